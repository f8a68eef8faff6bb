"""Passage: read closely, mark, find again."""

__version__ = "0.1.0"
