"""The errors of this layer."""

from reader.model.errors import ReaderError


class FormatError(ReaderError):
    """A file that cannot become a document; the text is one sentence for the user."""


class OutOfTime(FormatError):
    """A worker was ended as it took longer than is allowed."""


class OutOfMemory(FormatError):
    """A worker needed more memory than is allowed."""


class PasswordNeeded(FormatError):
    """A file that opens with a password only, and none or another one was given."""
