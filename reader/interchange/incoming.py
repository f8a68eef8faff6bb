"""Files that come in: which form one has is read off what it holds, never off its name."""

from collections.abc import Callable
from typing import Any

from reader.interchange import passage_reader, w3c_reader
from reader.interchange.json_file import InterchangeError, load
from reader.interchange.records import Parsed

_READERS: dict[str, Callable[[Any], Parsed]] = {"passage": passage_reader.parsed, "w3c": w3c_reader.parsed}
NAMES = tuple(_READERS)
"""The forms that are read, by their names."""


def parse(data: bytes, form: str = "") -> Parsed:
    """What the file with these bytes holds; `form` is one of NAMES where the user says which it has.

    `InterchangeError` when it is none that is read here, or not the one that it is said to be.
    """
    top = load(data)
    if form:
        return _READERS[form](top)
    if w3c_reader.is_one(top):
        return w3c_reader.parsed(top)
    if isinstance(top, dict) and "format" in top:
        return passage_reader.parsed(top)
    raise InterchangeError(
        "The file is neither an export of this program nor W3C Web Annotation; choose one that it can read."
    )
