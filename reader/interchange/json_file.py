"""A file of JSON that nobody vouches for: what is in it, or one sentence that says what is wrong with it."""

import json
from collections.abc import Callable
from typing import Any

from reader.interchange.watching import Watch
from reader.model.errors import ReaderError


class InterchangeError(ReaderError):
    """The file as a whole is not one that can be imported."""


TOO_DEEP = "The file is nested far too deep; choose an export as it was written."


MOST_VALUES = 4_000_000
"""Values that a file may have; one of ours, which may hold a whole library, as many as annotations have at most."""
_OURS = b'"passage ', b"anno.jsonld"
_BYTES_A_VALUE = 12
_HEAD = 4096


def load(data: bytes, watch: Watch | None = None) -> Any:
    """The value that the file with these bytes holds; `InterchangeError` when it is no JSON in UTF-8 or UTF-16.

    Refused unread when it has so many tiny values that these would take all memory. Each object is a step of `watch`,
    which keeps the interface alive: without a word of Python in between, no other thread comes to its turn.
    """
    ours = any(sign in data[:_HEAD] for sign in _OURS)
    most = max(MOST_VALUES, len(data) // _BYTES_A_VALUE if ours else 0)
    objects = data.count(b"{")
    if objects + sum(map(data.count, (b"[", b","))) > most:
        raise InterchangeError(
            "The file has too many values for its size to be an export of annotations; split it, and import the parts."
        )
    try:
        text = data.decode(json.detect_encoding(data))
        return json.loads(text, object_hook=_counted(watch, objects) if watch else None)
    except UnicodeDecodeError:
        raise InterchangeError(
            "The file is neither UTF-8 nor UTF-16 text; choose an export as it was written."
        ) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise InterchangeError(f"The file is not valid JSON ({place}); mend it there or export it again.") from None
    except RecursionError:
        raise InterchangeError(TOO_DEEP) from None
    except ValueError:
        raise InterchangeError("The file is not valid JSON; choose an export as it was written.") from None


def _counted(watch: Watch, objects: int) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What hands each object on as it is, counting it."""
    watch.begin(objects)

    def counted(value: dict[str, Any]) -> dict[str, Any]:
        watch.step()
        return value

    return counted
