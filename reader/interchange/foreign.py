"""What another program's file holds, gathered record by record: its documents, its marks, and what cannot be used.

A mark has an id made of what its own program knows it by, the same each time, so that a second import adds nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PureWindowsPath
from typing import Any, cast
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from reader.interchange import checks
from reader.interchange.checks import Malformed
from reader.interchange.json_file import InterchangeError
from reader.interchange.records import DocumentRecord, FileFacts, Parsed
from reader.interchange.w3c_bodies import names
from reader.model.annotation import Anchor, Annotation, Color, Style
from reader.model.document import Metadata

Json = Mapping[str, Any]

_MILLISECONDS_FROM = 100_000_000_000
"""A number of seconds this large is in the year 5138: a larger one counts milliseconds."""


class Gathering:
    """Gathers the records of a file of the form `form`; documents are told apart by whatever key their program has."""

    def __init__(self, form: str) -> None:
        self._form = form
        self._documents: dict[str, DocumentRecord] = {}
        self._marks: dict[str, Annotation] = {}
        self._placeless: set[str] = set()
        self._problems: list[str] = []
        self._passed_over: Counter[str] = Counter()

    def document(
        self, key: str, metadata: Metadata, *, file: FileFacts | None = None, tags: tuple[str, ...] = ()
    ) -> str:
        """The uid by which marks name the document; what is first said of it holds."""
        uid = self._uid(f"document:{key}")
        self._documents.setdefault(uid, DocumentRecord(uid, "text", metadata, tags, file))
        return uid

    def each(self, records: Any, place: str, take: Callable[[Json, str], None]) -> None:
        """Hand each record of a list to `take` with its place; one that it finds malformed is named."""
        if not isinstance(records, list):
            self.problem(f"{place}: is not a list")
            return
        for index, value in enumerate(cast("list[Any]", records)):
            here = f"{place}[{index}]"
            try:
                take(checks.record(value), here)
            except Malformed as fault:
                self.problem(fault.within(here))

    def add(self, place: str, identity: str, mark: Annotation, *, placed: bool = False) -> str:
        """Take a mark, whose uid is made of `identity`; `placed` when its position is worth something as a hint."""
        uid = self._uid(identity)
        mark = replace(mark, uid=uid, created=mark.created or mark.modified, modified=mark.modified or mark.created)
        known = self._marks.setdefault(uid, mark)
        if known != mark:
            self.problem(f"{place}: has the id or the place of another one in the file, and says something else")
        elif mark.anchor and not placed:
            self._placeless.add(uid)
        return uid

    def _uid(self, identity: str) -> str:
        return str(uuid5(NAMESPACE_URL, checks.clean(f"{self._form}:{identity}", "id")))

    def reword(self, uid: str, words: str, modified: str) -> None:
        """Put further words under the note of a mark that was added."""
        mark = self._marks[uid]
        latest = max(mark.modified, modified)
        self._marks[uid] = replace(mark, note=paragraphs(mark.note, words), modified=latest)

    def problem(self, sentence: str) -> None:
        """Name a record that is left out."""
        self._problems.append(sentence)

    def pass_over(self, kind: str) -> None:
        """Count a thing of that kind, which is no mark of words: told together at the end."""
        self._passed_over[kind] += 1

    def parsed(self) -> Parsed:
        """All of it."""
        told = (_left_out(kind, number) for kind, number in self._passed_over.items())
        used = {mark.document_uid for mark in self._marks.values()}
        return Parsed(
            documents=tuple(record for uid, record in self._documents.items() if uid in used),
            annotations=tuple(self._marks.values()),
            problems=(*self._problems, *told),
            form=self._form,
            foreign=True,
            placeless=frozenset(self._placeless),
        )


def _left_out(kind: str, number: int) -> str:
    return f"{number:,} {kind}s: mark no words" if number > 1 else f"1 {kind}: marks no words"


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
