"""What a user does: add, open, annotate, tag, undo, search, export. No Qt, no SQL."""
