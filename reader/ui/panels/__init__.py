"""The panels beside the text: documents, annotations, contents, search."""
