"""A file made ready to be written: read, hashed, cut into passages; nothing here touches the library."""

import hashlib
import os
from dataclasses import dataclass, replace
from pathlib import Path

from reader.model.document import Document
from reader.store.structure import encode
from reader.store.texts import TextVersion


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a file with their sha256 (hex), and what its directory entry said before it was read.

    `path` is absolute, empty for text that came without a file.
    """

    path: str
    size: int
    modified_ns: int
    data: bytes
    sha256: str

    @property
    def place(self) -> tuple[str, int, int] | None:
        """Path, size in bytes and time in nanoseconds of the file; None when there is none."""
        return (self.path, self.size, self.modified_ns) if self.path and self.size >= 0 else None


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything of a document but its row ids."""

    source: Source
    document: Document
    kind: str
    version: TextVersion
    structure: str
    passages: tuple[tuple[int, int], ...]

    def words(self, first: int = 0, last: int | None = None) -> list[str]:
        """What the search index holds of the passages `first` up to `last`."""
        from reader.text.folding import index_text

        text = self.document.text
        return [index_text(text[start:end]) for start, end in self.passages[first:last]]


def read_source(path: Path) -> Source:
    """A file's bytes. Raises FormatError when they cannot be had."""
    from reader.formats.sources import read_bytes

    place = os.path.abspath(path)
    try:
        status = os.stat(place)
        size, modified = status.st_size, status.st_mtime_ns
    except OSError:
        size, modified = -1, 0
    data = read_bytes(path)
    return Source(place, size, modified, data, hashlib.sha256(data).hexdigest())


def prepare(source: Source, path: Path | None = None) -> Prepared:
    """Parse a file; `path` is where it was read from, if that is at hand. Raises FormatError when it is no document."""
    from reader.formats.registry import format_of, parse

    path = path or Path(source.path)
    kind = format_of(path, source.data)
    document, reader, version = parse(source.data, kind, name=path.name, folder=path.parent)
    return _prepared(source, document, kind, reader, version, path.suffix.lower())


def prepare_text(text: str, title: str) -> Prepared:
    """Text that came without a file. Raises FormatError when there is none."""
    from reader.formats import plain

    data = text.encode("utf-8", "replace")
    source = Source("", len(data), 0, data, hashlib.sha256(data).hexdigest())
    document = plain.read(data, "The text")
    if title.strip():
        document = replace(document, metadata=replace(document.metadata, title=" ".join(title.split())))
    return _prepared(source, document, "text", plain.NAME, plain.VERSION, ".txt")


def _prepared(source: Source, document: Document, kind: str, reader: str, version: int, suffix: str) -> Prepared:
    from reader.text.limits import count_words
    from reader.text.normalise import NORMALISER_VERSION
    from reader.text.passages import passages

    text = document.text
    about = TextVersion(
        reader=reader,
        reader_version=version,
        normaliser_version=NORMALISER_VERSION,
        file_sha256=source.sha256,
        file_size=len(source.data),
        file_suffix=suffix,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        length=len(text),
        words=count_words(text),
    )
    return Prepared(source, document, kind, about, encode(document), tuple(passages(document)))
