"""The errors of this layer."""

from reader.model.errors import ReaderError


class FormatError(ReaderError):
    """A file that cannot become a document; the text is one sentence for the user."""


class PasswordNeeded(FormatError):
    """A file that opens with a password only, and none or another one was given."""
