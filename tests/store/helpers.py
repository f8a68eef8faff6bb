"""What the tests of the store share: a library with a fixed clock and countable uids, and dumps of its rows."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from reader.services.library import Library
from reader.store.database import Store

START = 1_795_276_920.0  # 2026-11-21T16:02:00Z
TEXT = "The reservoir was full in 1988. Nobody asked the residents.\n\nThe mayor said: “We were never asked.”\n"


class Clock:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now


class Uids:
    """Uids in the shape of real ones, counted up."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> str:
        self.count += 1
        return f"01a1fef7-67cb-75f9-8000-{self.count:012x}"


def open_library(folder: Path, name: str = "library.sqlite", clock: Clock | None = None) -> Library:
    """A library with countable uids that never repeat over its life."""
    path = folder / name
    uids = Uids()
    library = Library.open(path, clock=clock or Clock(), new_uid=uids)
    tables = ("document", "annotation", "tag", "mask")
    live = " UNION ".join(f"SELECT uid FROM {table}" for table in tables)
    gone = (
        "SELECT json_extract(coalesce(before, after), '$.uid') AS uid FROM change "
        "WHERE json_extract(coalesce(before, after), '$.uid') IS NOT NULL"
    )
    rows = library.store.rows(f"{live} UNION {gone}")
    uids.count = max([int(row[0][-12:], 16) for row in rows], default=0)
    return library


def add_text(library: Library, text: str = TEXT, title: str = "") -> str:
    """Add a text; the uid of its document."""
    result = library.adding.add_text(text, title)
    assert result.document, result
    return result.document.uid


def write_file(folder: Path, name: str, text: str) -> Path:
    """A text file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


_DUMPED = {
    "annotation": "*",
    "annotation_tag": "*",
    "document_tag": "*",
    "tag": "*",
    "category": "*",
    "document": (
        "id, uid, title, authors, source, date, language, url, subtitle, publisher, contributors, identifiers, format, "
        "text_version_id, visible, removed, modified, annotation_count"
    ),
    "mask": "*",
}


def dump(store: Store, tables: Iterable[str] = _DUMPED) -> dict[str, list[Any]]:
    """Every row that undo answers for; documents whose adding was undone are only hidden."""
    shown = {"document": "WHERE visible = 1"}
    return {
        table: store.rows(f"SELECT {_DUMPED[table]} FROM {table} {shown.get(table, '')} ORDER BY id")
        for table in tables
    }
