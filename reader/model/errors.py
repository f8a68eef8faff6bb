"""The one family of errors whose text is meant for the user."""


class ReaderError(Exception):
    """Something the user can act on: `str(error)` is one sentence that says what happened and what to do."""


class Unknown(ReaderError):
    """Nothing in the library has the id that was given."""


class Cancelled(ReaderError):
    """The user has stopped what was under way."""

    def __init__(self) -> None:
        super().__init__("Stopped; what was done until then is kept.")
