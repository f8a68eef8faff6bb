"""Which forms of files are read, which of them a file has, and what the head of a table says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from reader.model.errors import ReaderError

if TYPE_CHECKING:
    from reader.interchange.given import Given
    from reader.services.settings import Settings

TABLE = "csv"
"""The form whose columns somebody may have to tell."""

_ROWS = 30
_CELL = 300
_KEPT = 50
_KEY = "import_columns"
_LARGEST_TEXT = 1 << 25
_DOCUMENTS = frozenset(
    {".md", ".markdown", ".epub", ".fb2", ".pdf", ".html", ".htm", ".xhtml", ".docx", ".odt", ".rtf", ".rst", ".org"}
)


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form that is read: its name, its title, what its files' names end in, where such a file is had from."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class TableHead:
    """The columns of a table, its first rows, and by field those columns that can be told by their names."""

    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    guess: Mapping[str, str]

    @property
    def key(self) -> str:
        """The same for all tables with these columns."""
        return sha256("\n".join(self.names).encode("utf-8", "replace")).hexdigest()[:16]


def forms() -> tuple[ReadForm, ...]:
    """All forms that are read."""
    from reader.interchange.incoming import SOURCES

    return tuple(ReadForm(one.name, one.title, one.suffixes, one.about) for one in SOURCES)


def title_of(form: str) -> str:
    """What a person reads for a form; its name when it is unknown."""
    return next((one.title for one in forms() if one.name == form), form)


def column_fields() -> Mapping[str, str]:
    """What a column of a table may be: names of the fields, and what a person reads."""
    from reader.interchange.csv_reader import FIELDS

    return FIELDS


def given(
    path: Path,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Given:
    """A file, of which nobody knows yet what it is. ReaderError when it cannot be had.

    Whatever reads it tells `progress` steps done and their number (0: unknown), and is Cancelled when `cancelled` says
    so.
    """
    from reader.interchange.given import Given
    from reader.interchange.watching import Watch
    from reader.services.exchange import file_bytes

    watch = Watch(progress, cancelled)
    watch.begin()
    return Given(file_bytes(path), watch=watch)


def form_of(file: Given) -> str:
    """The name of the form that a file has; empty when it is none that is read. ReaderError when nobody can read it."""
    from reader.interchange.incoming import recognised

    found = recognised(file)
    return found.name if found else ""


def dropped_form(
    path: Path,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> str:
    """The form of a file that somebody may want to import rather than read; empty for all others, and when cancelled.

    A file whose name ends as those of documents do is a document. Reads the file: not for the interface's thread.
    """
    if not may_be_import(path):
        return ""
    is_text = path.suffix.lower() == ".txt"
    try:
        found = "" if is_text and path.stat().st_size > _LARGEST_TEXT else form_of(given(path, progress, cancelled))
    except (OSError, ReaderError):
        return ""
    # Lines of prose may look like a table.
    return "" if is_text and found == TABLE else found


def may_be_import(path: Path) -> bool:
    """Whether the name of a file does not speak against annotations in it; nothing is read."""
    suffix = path.suffix.lower()
    known = {ending for form in forms() for ending in form.suffixes}
    return suffix in known and suffix not in _DOCUMENTS


def table_head(file: Given) -> TableHead:
    """What a person needs to see of a table to tell its columns. ReaderError when it is none."""
    from reader.interchange.csv_reader import guessed
    from reader.interchange.tables import table

    found = table(file)
    rows = tuple(tuple(" ".join(cell[:_CELL].split()) for cell in cells) for _, cells in found.rows[:_ROWS])
    return TableHead(found.names, rows, guessed(found.names))


def is_enough(columns: Mapping[str, str]) -> bool:
    """Whether with these columns a table has something to import."""
    return "quote" in columns or "note" in columns


def remembered(settings: Settings, head: TableHead) -> Mapping[str, str]:
    """What was last said of a table with these columns, else what is guessed."""
    kept = _kept(settings).get(head.key)
    return {str(field): str(name) for field, name in kept.items()} if kept else head.guess


def remember(settings: Settings, head: TableHead, columns: Mapping[str, str]) -> None:
    """Keep what was said of the columns of a table, for the next one like it."""
    kept = _kept(settings)
    kept.pop(head.key, None)
    newest = {**kept, head.key: dict(columns)}
    settings.set(_KEY, dict(list(newest.items())[-_KEPT:]))


def _kept(settings: Settings) -> dict[str, dict[str, Any]]:
    value = settings.get(_KEY, {})
    found = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    return {key: cast("dict[str, Any]", one) for key, one in found.items() if isinstance(one, dict)}
