"""The forms in which annotations leave the program: one entry each, with what writes it, imported when it is used."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from reader.interchange.outgoing import Outgoing


class Writer(Protocol):
    """What writes a form: an export as pieces of text, made as they are asked for."""

    def __call__(self, outgoing: Outgoing) -> Iterator[str]: ...


class BinaryWriter(Protocol):
    """What writes a form that is no text: an export as bytes; empty ones while it is in the making."""

    def __call__(self, outgoing: Outgoing) -> Iterator[bytes]: ...


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export.

    `name` is what `--format` calls it, `title` what a person reads in a list, `about` a sentence on what it is good
    for. `writer` is "module:function", empty where a file of the library is copied instead of records being
    written. `per_document`: a file holds one document. `fields` is the "module:NAMES" of those among which the user
    may choose, empty where there is no choice. `groups` are those by which the marks can stand under headings, the
    first when nobody chooses. `in_folder`: it can also be written as a folder with a file a document, and brought up to
    date there. `binary`: what the writer makes is no text, so that it goes to a file only.
    `has_unmarked`: it tells of all documents that are chosen, of those without annotations too.
    """

    name: str
    title: str
    about: str
    suffix: str
    writer: str = ""
    per_document: bool = False
    fields: str = ""
    groups: tuple[str, ...] = ()
    in_folder: bool = False
    binary: bool = False
    has_unmarked: bool = False

    @property
    def is_text(self) -> bool:
        """Whether records are written as text, which can be looked at and copied."""
        return bool(self.writer) and not self.binary

    def pieces(self, outgoing: Outgoing) -> Iterator[str]:
        """The file's text, piece by piece; of a form that is text."""
        return cast("Writer", _imported(self.writer))(outgoing)

    def chunks(self, outgoing: Outgoing) -> Iterator[bytes]:
        """The file's bytes, piece by piece; between them it can be stopped."""
        if self.binary:
            return cast("BinaryWriter", _imported(self.writer))(outgoing)
        return (piece.encode() for piece in self.pieces(outgoing))

    def field_names(self) -> tuple[str, ...]:
        """The names of the fields among which the user may choose."""
        return tuple(cast("Mapping[str, object]", _imported(self.fields))) if self.fields else ()


def _imported(name: str) -> object:
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)


FORMS: tuple[Form, ...] = (
    Form(
        "passage",
        "Passage JSON",
        "Everything, to be read again by Passage to the last field.",
        ".json",
        "reader.interchange.forms:passage_pieces",
        has_unmarked=True,
    ),
    Form(
        "pdf",
        "PDF with its marks",
        "A copy of one PDF document with its marks as annotations that other programs show.",
        ".pdf",
        per_document=True,
    ),
    Form(
        "w3c",
        "W3C Web Annotation",
        "JSON-LD that other programs for annotations read, with all that the standard has no word for beside it.",
        ".jsonld",
        "reader.interchange.w3c_writer:pieces",
        has_unmarked=True,
    ),
    Form(
        "csv",
        "Table (CSV)",
        "A row for each mark, for LibreOffice, Excel and programs that count.",
        ".csv",
        "reader.interchange.table:csv_pieces",
        fields="reader.interchange.table:FIELDS",
    ),
    Form(
        "tsv",
        "Table with tabs (TSV)",
        "The same table with tabs between the fields.",
        ".tsv",
        "reader.interchange.table:tsv_pieces",
        fields="reader.interchange.table:FIELDS",
    ),
    Form(
        "readwise",
        "Readwise CSV",
        "A row for each quote in the columns that Readwise imports, with tags as Readwise takes them from notes.",
        ".csv",
        "reader.interchange.readwise:pieces",
    ),
    Form(
        "markdown",
        "Markdown",
        "A file for each document, for Obsidian and other notebooks; a second export leaves what you wrote there.",
        ".md",
        "reader.interchange.markdown_notes:pieces",
        groups=("chapter", "category"),
        in_folder=True,
    ),
    Form(
        "html",
        "Report (HTML)",
        "One page to read, search, print and pass on, in your colours, with the pictures of areas in it.",
        ".html",
        "reader.interchange.html_report:pieces",
        groups=("chapter", "category"),
    ),
    Form(
        "qdpx",
        "REFI-QDA project (QDPX)",
        "Texts, tags, marks, notes for NVivo, MAXQDA, ATLAS.ti, QualCoder; into a file only.",
        ".qdpx",
        "reader.interchange.qdpx_writer:pieces",
        binary=True,
        has_unmarked=True,
    ),
)


def passage_pieces(outgoing: Outgoing) -> Iterator[str]:
    """Passage 1, which has the records themselves and nothing that is only read."""
    from reader.interchange.passage_writer import pieces

    return pieces(outgoing.snapshot)


def form(name: str) -> Form:
    """The form of that name, a template's too (`template:NAME`); KeyError when there is none."""
    if name.startswith("template:"):
        from reader.interchange.template_form import template_form

        return template_form(name.removeprefix("template:"))
    return {one.name: one for one in FORMS}[name]
