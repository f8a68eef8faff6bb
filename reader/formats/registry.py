"""Which reader reads which file, and which files of a folder are worth trying."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.formats import plain
from reader.formats.errors import FormatError
from reader.formats.request import Reading, Request
from reader.formats.signatures import begins_as_page, format_in
from reader.formats.sources import file_sha256, read_bytes, refuse_binary
from reader.model.document import Document
from reader.model.hashing import sha256_of

__all__ = [
    "EXTENSIONS",
    "FormatError",
    "ReadResult",
    "file_sha256",
    "in_process",
    "is_supported",
    "iter_files",
    "parse",
    "read",
]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A file read: the document, how it was read, and the file itself.

    `format` is one of `reader.model.document.FORMATS`; `reader` and `reader_version` say which code made the document
    and `view` which part of a web page it is; `data` is the file's bytes, `file_size` their number, `file_sha256`
    lower-case hexadecimal.
    """

    document: Document
    format: str
    reader: str
    reader_version: int
    file_sha256: str
    file_size: int
    data: bytes
    view: str = ""


_Reader = Callable[[Request], Reading]

_FORMATS: dict[str, str] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".xht": "html",
    ".mht": "html",
    ".mhtml": "html",
    ".epub": "epub",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".dotm": "docx",
    ".odt": "odt",
    ".ott": "odt",
    ".rtf": "rtf",
    ".fb2": "fb2",
    ".rst": "rst",
    ".org": "org",
    ".tex": "latex",
    ".latex": "latex",
    ".ipynb": "notebook",
    ".pdf": "pdf",
}
SHORT_MARKDOWN = 1 << 16
"""Bytes."""
EXTENSIONS: frozenset[str] = frozenset(_FORMATS)


def is_supported(path: Path) -> bool:
    """Whether the file's name says that it is of a format that is read here."""
    return path.suffix.lower() in EXTENSIONS


def read(path: Path) -> ReadResult:
    """Read a file into a document; runs in any thread and touches nothing but the file and its local images.

    Raises `FormatError` with one sentence for whatever cannot be read.
    """
    data = read_bytes(path)
    kind = format_of(path, data)
    made = parse(Request(data, path.name, path.parent), kind)
    digest = sha256_of(data)
    return ReadResult(made.document, kind, made.reader, made.version, digest, len(data), data, made.view)


def parse(request: Request, kind: str) -> Reading:
    """Read a file of a format, in this process. Raises `FormatError`."""
    refuse_binary(request.name, request.data, kind)
    return _READERS[kind](request)


def in_process(kind: str, size: int) -> bool:
    """Whether a file of this format and of `size` bytes is read where it is asked for; all others are for a worker.

    Markdown is, while it is short: made to be slow, a megabyte of it takes its reader half a minute.
    """
    return kind == "text" or (kind == "markdown" and size <= SHORT_MARKDOWN)


def format_of(path: Path, data: bytes) -> str:
    """The format that the content is without doubt, else the one that the name says, else text or a web page."""
    sure = format_in(data)
    if sure in _READERS:
        return sure
    named = _FORMATS.get(os.path.splitext(path.name)[1].lower())
    return named or ("html" if begins_as_page(data) else "text")


def iter_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files to add: those named, as they are, and the supported ones in folders named, sorted, at any depth.

    Hidden files and folders are skipped; a link back to a folder already visited is not followed twice.
    """
    visited: set[tuple[int, int]] = set()
    for path in paths:
        if path.is_dir():
            yield from _in_folder(path, visited)
        else:
            yield path


def _in_folder(folder: Path, visited: set[tuple[int, int]]) -> Iterator[Path]:
    pending = [folder]
    while pending:
        current = pending.pop()
        if not _is_first_visit(current, visited):
            continue
        files, folders = _listing(current)
        yield from files
        pending.extend(reversed(folders))


def _is_first_visit(folder: Path, visited: set[tuple[int, int]]) -> bool:
    try:
        status = folder.stat()
    except OSError:
        return False
    key = (status.st_dev, status.st_ino)
    if key in visited:
        return False
    visited.add(key)
    return True


def _listing(folder: Path) -> tuple[list[Path], list[Path]]:
    """The supported files and the folders in `folder`, each sorted by name; nothing when it may not be read."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: (entry.name.casefold(), entry.name))
    except OSError:
        return [], []
    files: list[Path] = []
    folders: list[Path] = []
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_folder(entry):
            folders.append(Path(entry.path))
        elif os.path.splitext(entry.name)[1].lower() in EXTENSIONS:
            files.append(Path(entry.path))
    return files, _without_companions(folders, files)


def _without_companions(folders: list[Path], files: list[Path]) -> list[Path]:
    """The folders but for those that a browser saved beside one of the pages: what they hold belongs to it."""
    if not folders or not files:
        return folders
    from reader.formats.html.companion import belongs_to

    return [folder for folder in folders if not belongs_to(folder.name, files)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _plain(request: Request) -> Reading:
    return Reading(plain.read(request.data, request.name), plain.NAME, plain.VERSION)


def _markdown(request: Request) -> Reading:
    from reader.formats.markdown import reader

    return Reading(reader.read(request.data, request.name, request.folder), reader.NAME, reader.VERSION)


def _html(request: Request) -> Reading:
    from reader.formats.html import saved

    return saved.read(request)


def _epub(request: Request) -> Reading:
    from reader.formats.epub import reader

    return Reading(reader.read(request), reader.NAME, reader.VERSION)


def _docx(request: Request) -> Reading:
    from reader.formats.docx import reader

    return Reading(reader.read(request), reader.NAME, reader.VERSION)


def _pdf(request: Request) -> Reading:
    from reader.formats.pdf import reader

    return Reading(reader.read(request), reader.NAME, reader.VERSION)


def _pandoc(kind: str) -> _Reader:
    def read_by_pandoc(request: Request) -> Reading:
        from reader.formats.pandoc import reader

        return Reading(reader.read(request, kind), reader.NAME, reader.VERSION)

    return read_by_pandoc


_READERS: dict[str, _Reader] = {
    "text": _plain,
    "markdown": _markdown,
    "html": _html,
    "epub": _epub,
    "docx": _docx,
    "pdf": _pdf,
    **{kind: _pandoc(kind) for kind in ("odt", "rtf", "fb2", "rst", "org", "latex", "notebook")},
}
