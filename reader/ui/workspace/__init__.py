"""The annotations of all documents as a page of the window."""
