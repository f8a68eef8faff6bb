"""The reading pane: text in chunks of which only the visible ones are laid out, with marks, selection and caret."""
