"""PDF, by PDFium: read into a text, and drawn page by page in a process of its own."""
