"""Values in the records of other programs, and the mark that is made of them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PureWindowsPath
from typing import Any, cast
from urllib.parse import quote

from reader.interchange import checks
from reader.interchange.checks import Malformed
from reader.interchange.json_file import InterchangeError
from reader.interchange.w3c_bodies import names
from reader.model.annotation import Anchor, Annotation, Color, Style

Json = Mapping[str, Any]

_MILLISECONDS_FROM = 100_000_000_000
"""A number of seconds this large is in the year 5138: a larger one counts milliseconds."""


def marked(
    document_uid: str,
    words: str,
    *,
    note: str = "",
    tags: tuple[str, ...] = (),
    color: Color = Color.YELLOW,
    underlined: bool = False,
    created: str = "",
    modified: str = "",
) -> Annotation:
    """A mark on these words, wherever they stand; without words, a note on the whole document."""
    words = words.strip()
    if not words and not note.strip() and not tags:
        raise Malformed("", "has neither words to find the passage by nor a note")
    return Annotation(
        uid="",
        document_uid=document_uid,
        anchor=Anchor(0, len(words), words) if words else None,
        color=color,
        style=Style.UNDERLINE if underlined else Style.HIGHLIGHT,
        note=note.strip(),
        tags=tags,
        created=created,
        modified=modified,
    )


def not_one(title: str) -> InterchangeError:
    """What to raise when a file is said to have a form and has not."""
    return InterchangeError(f"The file is none of {title}; choose another file or another format.")


def said(record: Json, *keys: str) -> str:
    """The first text among these keys that is filled; empty when there is none, or something else stands there."""
    for key in keys:
        if isinstance(value := record.get(key), str) and value.strip():
            return checks.clean(value, key)
    return ""


def instant(value: Any) -> str:
    """A time as UTC (2026-11-21T16:02:00.000Z): ISO 8601, seconds or milliseconds since 1970; empty when it is none.

    One that does not say its zone is taken for UTC.
    """
    if isinstance(value, str):
        try:
            return checks.instant({"": value.strip()}, "")
        except Malformed:
            return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    try:
        moment = datetime.fromtimestamp(value / 1000 if abs(value) >= _MILLISECONDS_FROM else value, UTC)
    except (OverflowError, ValueError, OSError):
        return ""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z") if value > 0 else ""


def tag_names(values: Any, key: str = "") -> tuple[str, ...]:
    """The tags of a list of names, or of objects with the name under `key`; no tag twice."""
    found = cast("list[Any]", values) if isinstance(values, list) else []
    names = (said(cast("Json", one), key) if isinstance(one, dict) else one for one in found)
    clean = (" ".join(checks.clean(name, "tags").split()) for name in names if isinstance(name, str))
    return tuple(dict.fromkeys(filter(None, clean)))


def listed(cell: str) -> tuple[str, ...]:
    """The tags of a cell, with commas between them."""
    return tag_names(cell.split(","))


def paragraphs(*words: str) -> str:
    """The parts of a note, a blank line between them."""
    return "\n\n".join(part for part in map(str.strip, words) if part)


def file_address(path: str) -> str:
    """The address of a file by its path on whatever system, or by its mere name; empty for none."""
    if not path or path.startswith("file:"):
        return path
    return "file:///" + quote(PureWindowsPath(path).as_posix().lstrip("/"), safe="/:")


def file_title(path: str) -> str:
    """What to call a document of which only the file is known."""
    return PureWindowsPath(path).stem if path else ""


def first_of(values: Any, kind: str = "") -> Json:
    """The first object of a list, or the first of that type; an empty one when there is none."""
    none: Json = {}
    found = (one for one in objects(values) if not kind or kind in names(one.get("type")))
    return next(found, none)


def objects(values: Any) -> Iterator[Json]:
    """Those of a list that are objects."""
    for one in cast("list[Any]", values) if isinstance(values, list) else []:
        if isinstance(one, dict):
            yield cast("Json", one)
