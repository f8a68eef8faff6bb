"""A file of JSON that nobody vouches for: what is in it, or one sentence that says what is wrong with it."""

import json
from typing import Any

from reader.model.errors import ReaderError


class InterchangeError(ReaderError):
    """The file as a whole is not one that can be imported."""


TOO_DEEP = "The file is nested far too deep; choose an export as it was written."


def load(data: bytes) -> Any:
    """The value that the file with these bytes holds; `InterchangeError` when it is no JSON in UTF-8."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InterchangeError("The file is not UTF-8 text; choose an export as it was written.") from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InterchangeError(f"The file is not valid JSON ({place}); mend it there or export it again.") from None
    except RecursionError:
        raise InterchangeError(TOO_DEEP) from None
    except ValueError:
        raise InterchangeError("The file is not valid JSON; choose an export as it was written.") from None
