"""A file made ready to be written: read, hashed, cut into passages; nothing here touches the library."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reader.formats import plain
from reader.formats.registry import format_of, parse
from reader.formats.request import Limits, Reading, Request
from reader.formats.sources import read_with_status
from reader.model.document import Document
from reader.model.hashing import sha256_of
from reader.store.ids import path_text
from reader.store.structure import WHOLE, Structure, encode
from reader.store.texts import TextVersion
from reader.text.counting import count_words
from reader.text.debris import find_debris
from reader.text.normalise import NORMALISER_VERSION
from reader.text.passages import passages
from reader.text.terms import index_texts

_SUFFIX = re.compile(r"\.[\w+~-]{1,20}")

SMALL_TEXT = WHOLE
"""Up to this many code points a text is written whole, as is its structure, and folded before the writing begins."""


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a file with their sha256 (hex), and what its directory entry said before it was read.

    `path` is absolute and as the library can hold it, empty for text that came without a file.
    """

    path: str
    size: int
    modified_ns: int
    data: bytes
    sha256: str

    @property
    def place(self) -> tuple[str, int, int] | None:
        """Path, size in bytes and time in nanoseconds of the file; None when there is none."""
        return (self.path, self.size, self.modified_ns) if self.path else None


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything of a document but its row ids. `is_its_file`: the file is nothing but the text in UTF-8."""

    source: Source
    document: Document
    kind: str
    version: TextVersion
    structure: Structure
    passages: Sequence[tuple[int, int]]
    folded: Sequence[str] = ()
    is_its_file: bool = False

    def words(self, first: int = 0, last: int | None = None) -> Sequence[str]:
        """What the search index holds of the passages `first` up to `last`; of a small text it is at hand."""
        return self.folded[first:last] or index_texts(self.document.text, self.passages[first:last])


def read_source(path: Path) -> Source:
    """A file's bytes. Raises FormatError when they cannot be had."""
    data, size, modified = read_with_status(path)
    return Source(path_text(os.path.abspath(path)), size, modified, data, sha256_of(data))


def suffix_of(name: str) -> str:
    """The end of a file's name that tells its format, in small letters; empty where it cannot be one."""
    suffix = os.path.splitext(name)[1].lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def prepare(
    source: Source,
    path: Path | None = None,
    *,
    view: str = "",
    pictures: Mapping[str, bytes] | None = None,
    limits: Limits | None = None,
    fold: bool = False,
    password: str = "",
) -> Prepared:
    """Parse a file in this process; `path` is where it was read from, if that is at hand.

    `view`, `pictures`, `limits` and `password` are those of `Request`. With `fold` the words of a large text are at
    hand too. Raises FormatError when it is no document.
    """
    path = path or Path(source.path)
    kind = format_of(path, source.data)
    made = _read(source, path, kind, view, pictures or {}, limits or Limits(), password)
    return _prepared(source, made, kind, suffix_of(path.name), fold=fold)


def document_in(source: Source, path: Path) -> Document:
    """Only parse a file in this process, so that it can be shown. Raises FormatError when it is no document."""
    return _read(source, path, format_of(path, source.data), "", {}, Limits(), "").document


def _read(
    source: Source, path: Path, kind: str, view: str, pictures: Mapping[str, bytes], limits: Limits, password: str
) -> Reading:
    folder = path.parent if source.path or path.is_absolute() else None
    return parse(Request(source.data, path.name, folder, view, limits, pictures, password), kind)


def prepare_text(text: str, title: str) -> Prepared:
    """Text that came without a file. Raises FormatError when there is none."""
    data = text.encode("utf-8", "replace")
    source = Source("", len(data), 0, data, sha256_of(data))
    document = plain.read(data, "The text")
    if title.strip():
        document = replace(document, metadata=replace(document.metadata, title=" ".join(title.split())))
    return _prepared(source, Reading(document, plain.NAME, plain.VERSION), "text", ".txt")


def _prepared(source: Source, made: Reading, kind: str, suffix: str, *, fold: bool = False) -> Prepared:
    document = replace(made.document, debris=find_debris(made.document))
    text = document.text
    encoded = text.encode()
    # The bytes of most plain texts are their canonical text already.
    same = encoded == source.data
    about = TextVersion(
        reader=made.reader,
        reader_version=made.version,
        normaliser_version=NORMALISER_VERSION,
        file_sha256=source.sha256,
        file_size=len(source.data),
        file_suffix=suffix,
        text_sha256=source.sha256 if same else sha256_of(encoded),
        length=len(text),
        words=count_words(text),
        view=made.view,
    )
    pieces = list(passages(document))
    folded = index_texts(text, pieces) if fold or len(text) <= SMALL_TEXT else ()
    return Prepared(source, document, kind, about, encode(document), pieces, folded, same)
