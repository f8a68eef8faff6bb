"""The error of this layer."""

from reader.model.errors import ReaderError


class FormatError(ReaderError):
    """A file that cannot become a document; the text is one sentence for the user."""
