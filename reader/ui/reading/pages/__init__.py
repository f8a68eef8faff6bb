"""Pages of fixed form (PDF) in the reading pane: where they stand, their pictures, their text and its marks."""
