"""Formats that the program pandoc reads: OpenDocument, RTF, FictionBook, reStructuredText, Org, LaTeX, notebooks."""
