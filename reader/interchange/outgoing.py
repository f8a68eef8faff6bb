"""What a form of export is made from: the records of a file, and of each mark what a person wants to read of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from reader.interchange.records import DocumentRecord, Snapshot
from reader.model.annotation import Anchor, AnchorState, Annotation, Color
from reader.model.contents import Contents
from reader.text.joining import joined
from reader.text.masks import Ranges, hidden_ranges, visible_quote
from reader.text.paragraphs import may_have_more, paragraphs

LINK = "passage://annotation/"

Breaks = Callable[[Annotation], Sequence[int]]
"""Where in the quote of an annotation another paragraph begins, as `text.paragraphs.breaks` has it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What the marks of a document have in common in an export of `total` marks.

    `contents` are those of the document, `hidden` the ranges of its text that are (code points, sorted, disjoint),
    `categories` the names of all, `breaks` gives where in the quote of one of them paragraphs begin.
    """

    document: DocumentRecord
    contents: Contents
    hidden: Ranges
    categories: Mapping[Color, str]
    total: int
    breaks: Breaks


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation with where it comes from; `number` counts from 1 through the export.

    Most forms say little of what can be said of a mark: all of it is made when it is asked for.
    """

    number: int
    annotation: Annotation
    origin: Origin

    @property
    def document(self) -> DocumentRecord:
        return self.origin.document

    @property
    def contents(self) -> Contents:
        return self.origin.contents

    @property
    def category(self) -> str:
        """The name of its category."""
        return self.origin.categories[self.annotation.color]

    @property
    def words(self) -> str:
        """Its quote as it is read, in one line: lines joined, paragraphs too, without what is hidden."""
        return joined(visible_quote(self.annotation, self.origin.hidden))

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The same, paragraph by paragraph."""
        mark = self.annotation
        return paragraphs(mark, self.origin.hidden, self.origin.breaks(mark) if may_have_more(mark.quote) else ())

    @property
    def headings(self) -> tuple[str, ...]:
        """Those over it, the outermost first; none for a mark that is nowhere."""
        place = self._place
        return self.origin.contents.headings(place.start) if place else ()

    @property
    def page(self) -> str:
        """The label of its page; empty without pages, and for a mark that is nowhere."""
        place = self._place
        return self.origin.contents.page(place) if place else ""

    @property
    def chapter(self) -> str:
        """The outermost heading over it that is not the document's title; empty where there is none."""
        return next((heading for heading in self.headings if heading != self.document.metadata.title), "")

    @property
    def link(self) -> str:
        """The address that leads back to it."""
        return LINK + self.annotation.uid

    @property
    def _place(self) -> Anchor | None:
        """Where it stands; a note on the whole document and a lost mark are nowhere."""
        return None if self.annotation.state is AnchorState.LOST else self.annotation.anchor


def _nowhere(_uid: str) -> Contents:
    return Contents()


def _no_text(_uid: str) -> str:
    return ""


def _no_breaks(_mark: Annotation) -> tuple[int, ...]:
    return ()


def _ignored(_mark: Mark) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One export, whose annotations are consumed once.

    `total` is how many annotations there are, `exported` the instant of it. `contents` gives those of a document by its
    uid, and is asked once for each document with marks. `fields` are the names of those chosen, none for all that the
    form has; `by` is what the marks stand under, one of the form's groups, empty for the first. A form that has no
    place for a mark tells `leave_out`; `render` runs templates. `text` gives the canonical text of a document by its
    uid, empty where there is none; `breaks` is asked for quotes that may be of several paragraphs.
    """

    snapshot: Snapshot
    total: int = 0
    exported: str = ""
    contents: Callable[[str], Contents] = _nowhere
    fields: tuple[str, ...] = ()
    leave_out: Callable[[Mark], object] = _ignored
    by: str = ""
    render: Callable[..., Iterator[str]] | None = None
    text: Callable[[str], str] = _no_text
    breaks: Breaks = _no_breaks
    _documents: Mapping[str, DocumentRecord] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_documents", {record.uid: record for record in self.snapshot.documents})

    def marks(self) -> Iterator[Mark]:
        """The annotations in the order of the file, each made when it is asked for."""
        origin: Origin | None = None
        for number, annotation in enumerate(self.snapshot.annotations, 1):
            if origin is None or origin.document.uid != annotation.document_uid:
                origin = self._origin(self._documents[annotation.document_uid])
            yield Mark(number, annotation, origin)

    def by_document(self) -> Iterator[tuple[DocumentRecord, list[Mark]]]:
        """Each document that has annotations, with them."""
        for _, marks in groupby(self.marks(), key=lambda mark: mark.document.uid):
            found = list(marks)
            yield found[0].document, found

    def _origin(self, record: DocumentRecord) -> Origin:
        hidden = hidden_ranges(record.masks)
        return Origin(record, self.contents(record.uid), hidden, self.snapshot.categories, self.total, self.breaks)
