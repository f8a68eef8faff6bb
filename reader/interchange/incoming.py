"""Files that come in: one entry a form, with what recognises and what reads it, imported when it is used.

Which form a file has is read off what it holds, never off its name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from reader.interchange.given import Given
from reader.interchange.json_file import TOO_DEEP, InterchangeError
from reader.interchange.records import Parsed

LARGEST_OF_OTHERS = 1 << 27
"""Bytes of a file of another program that are still read; what people have marked is a hundredth of that."""

_LARGE_ONES = (b'"passage ', b"anno.jsonld", b"Annotation", b"PK\x03\x04")
"""One of these stands near the beginning of every larger file that may be read all the same."""


@dataclass(frozen=True, slots=True)
class Source:
    """A form that is read.

    `name` is what `--format` calls it, `title` what a person reads in a list, `about` where such a file is had from.
    `suffixes` are what the names of such files end in: enough to list them in a dialog, never to tell what one holds.
    `module` has two functions: `recognises(given) -> bool`, which raises nothing, and `read(given) -> Parsed`, which
    raises `InterchangeError` in one sentence when the file is not such a one. A file of more than `largest` bytes is
    refused unread.
    """

    name: str
    title: str
    about: str
    suffixes: tuple[str, ...]
    module: str
    largest: int = LARGEST_OF_OTHERS

    def recognises(self, given: Given) -> bool:
        """Whether the file looks like one of this form."""
        return len(given.data) <= self.largest and cast("Callable[[Given], bool]", self._of("recognises"))(given)

    def read(self, given: Given) -> Parsed:
        """What the file holds; `InterchangeError` when it is not of this form."""
        if len(given.data) > self.largest:
            raise InterchangeError(
                f"The file is larger than {self.largest >> 20:,} MB, which no export in the form {self.title} is; "
                "choose another file."
            )
        try:
            return cast("Callable[[Given], Parsed]", self._of("read"))(given)
        except RecursionError:
            raise InterchangeError(TOO_DEEP) from None
        except InterchangeError:
            if given.json_fault:
                raise InterchangeError(given.json_fault) from None
            raise

    def _of(self, function: str) -> object:
        return getattr(import_module(self.module), function)


SOURCES: tuple[Source, ...] = (
    Source(
        "qdpx",
        "REFI-QDA project (QDPX)",
        "NVivo, MAXQDA, ATLAS.ti, QualCoder and others: Export project, REFI-QDA; its texts come along.",
        (".qdpx", ".qde"),
        "reader.interchange.qdpx_reader",
        1 << 30,
    ),
    Source(
        "passage",
        "Passage JSON",
        "Passage: Export…, Passage JSON.",
        (".json",),
        "reader.interchange.passage_reader",
        1 << 30,
    ),
    Source(
        "w3c",
        "W3C Web Annotation",
        "Passage and other programs that follow the standard.",
        (".jsonld", ".json", ".annotation", ".annotations"),
        "reader.interchange.w3c_reader",
        1 << 30,
    ),
    Source(
        "readest",
        "Readest JSON",
        "Readest: Export Annotations, JSON.",
        (".json",),
        "reader.interchange.readest_reader",
    ),
    Source(
        "hypothesis",
        "Hypothesis",
        "Hypothesis: Share, Export (JSON or CSV), or an answer of its API.",
        (".json", ".csv"),
        "reader.interchange.hypothesis_reader",
    ),
    Source(
        "calibre",
        "calibre",
        "calibre: the exports of its viewer and of Browse annotations, or an EPUB with annotations in it.",
        (".calibre_highlights", ".calibre_annotation_collection", ".json", ".epub", ".txt"),
        "reader.interchange.calibre_reader",
        1 << 30,
    ),
    Source(
        "zotero",
        "Zotero",
        "Zotero: items of its API as JSON, annotations of its reader, Better BibTeX JSON.",
        (".json",),
        "reader.interchange.zotero_reader",
    ),
    Source(
        "koreader",
        "KOReader",
        "KOReader: metadata.….lua beside the book, or its JSON export.",
        (".lua", ".json"),
        "reader.interchange.koreader_reader",
        1 << 24,
    ),
    Source(
        "sioyek",
        "sioyek JSON",
        "sioyek: its command export.",
        (".json",),
        "reader.interchange.sioyek_reader",
    ),
    Source(
        "foliate",
        "Foliate JSON",
        "Foliate: Export Annotations, JSON.",
        (".json",),
        "reader.interchange.foliate_reader",
    ),
    Source(
        "kindle",
        "Kindle clippings",
        "A Kindle: My Clippings.txt in its folder documents.",
        (".txt",),
        "reader.interchange.kindle_reader",
        1 << 25,
    ),
    Source(
        "readwise",
        "Readwise CSV",
        "Readwise: Export to CSV; and tables written for its import.",
        (".csv",),
        "reader.interchange.readwise_reader",
    ),
    Source(
        "csv",
        "Table (CSV, TSV)",
        "Any table with a column of quotes; which column is what is guessed by its name, or said.",
        (".csv", ".tsv", ".tab"),
        "reader.interchange.csv_reader",
    ),
)
"""The forms that are read, in the order in which they are tried: the narrower before the wider."""

NAMES = tuple(source.name for source in SOURCES)
"""The forms that are read, by their names."""


def source(name: str) -> Source:
    """The form of that name; KeyError when there is none."""
    return {one.name: one for one in SOURCES}[name]


def recognised(given: Given) -> Source | None:
    """The form that a file has; None when it is none that is read here. `InterchangeError` when it is too large."""
    if len(given.data) > LARGEST_OF_OTHERS and not any(word in given.head for word in _LARGE_ONES):
        raise InterchangeError(
            f"The file is larger than {LARGEST_OF_OTHERS >> 20} MB and none that this program wrote; choose another."
        )
    return next((one for one in SOURCES if one.recognises(given)), None)


def parse(file: bytes | Given, form: str = "", columns: Mapping[str, str] | None = None) -> Parsed:
    """What the file (or one with these bytes) holds; `form` is one of NAMES where the user says which it has.

    `columns` says which column of a plain table means what, for the form "csv". `InterchangeError` when the file is
    none that is read here, or not the one that it is said to be; Cancelled when its `watch` says so.
    """
    given = file if isinstance(file, Given) else Given(file)
    given.columns = columns
    found = source(form) if form else recognised(given)
    if found:
        return found.read(given)
    raise InterchangeError(given.json_fault or _refused(given))


def _refused(given: Given) -> str:
    """Why a file that has none of the forms is not imported."""
    from reader.interchange.verifiable import written

    if form := written(given):
        return (
            f"The file is an export in the form {form.title}, which is for people and is not imported; choose one in "
            "another form. `reader verify` says what of it still holds."
        )
    return (
        "The file holds no annotations in a form that is read here; choose an export that `reader import --list` "
        "names, or say which column of a table is what."
    )
