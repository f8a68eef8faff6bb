"""Canonical text: normalising, positions, limits, folding, finding, anchoring. Pure functions over `str`."""
