"""What a form of export is made from: the records of a file, and of each mark what a person wants to read of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from reader.interchange.records import DocumentRecord, Snapshot
from reader.model.annotation import AnchorState, Annotation
from reader.model.contents import Contents
from reader.text.joining import joined
from reader.text.masks import Ranges, hidden_ranges, visible_quote
from reader.text.paragraphs import may_have_more, paragraphs

LINK = "passage://annotation/"

Breaks = Callable[[Annotation], Sequence[int]]
"""Where in the quote of an annotation another paragraph begins, as `text.paragraphs.breaks` has it."""


def _no_breaks(_mark: Annotation) -> tuple[int, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Mark:
    """An annotation with what it belongs to.

    `number` counts from 1 through the export, which has `total` of them. `words` is its quote as it is read, in one
    line: lines joined, paragraphs too, without what is hidden. `contents` are those of its document, `hidden` the
    ranges of its text that are. `headings` are those over it, the outermost first; `page` is the label of its page.
    Both are empty where there are none, for a note on the whole document and for a lost mark, which is nowhere.
    """

    number: int
    total: int
    annotation: Annotation
    document: DocumentRecord
    category: str
    words: str
    contents: Contents
    headings: tuple[str, ...] = ()
    page: str = ""
    hidden: Ranges = ()
    breaks: Breaks = _no_breaks

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its words, paragraph by paragraph."""
        mark = self.annotation
        return paragraphs(mark, self.hidden, self.breaks(mark) if may_have_more(mark.quote) else ())

    @property
    def chapter(self) -> str:
        """The outermost heading over it that is not the document's title; empty where there is none."""
        return next((heading for heading in self.headings if heading != self.document.metadata.title), "")

    @property
    def link(self) -> str:
        """The address that leads back to it."""
        return LINK + self.annotation.uid


def _nowhere(_uid: str) -> Contents:
    return Contents()


def _no_text(_uid: str) -> str:
    return ""


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
        lost, categories, total = AnchorState.LOST, self.snapshot.categories, self.total
        for number, (annotation, record, contents, hidden) in enumerate(self._placed(), 1):
            anchor = annotation.anchor
            stands = anchor if annotation.state is not lost else None
            yield Mark(
                number,
                total,
                annotation,
                record,
                categories[annotation.color],
                joined(visible_quote(annotation, hidden)),
                contents,
                contents.headings(stands.start) if stands else (),
                contents.page(stands) if stands else "",
                hidden,
                self.breaks,
            )

    def by_document(self) -> Iterator[tuple[DocumentRecord, list[Mark]]]:
        """Each document that has annotations, with them."""
        for _, marks in groupby(self.marks(), key=lambda mark: mark.document.uid):
            found = list(marks)
            yield found[0].document, found

    def _placed(self) -> Iterator[tuple[Annotation, DocumentRecord, Contents, tuple[tuple[int, int], ...]]]:
        """Each annotation with its document, what is in it and what of it is hidden."""
        record, contents, hidden = None, Contents(), ()
        for annotation in self.snapshot.annotations:
            if record is None or record.uid != annotation.document_uid:
                record = self._documents[annotation.document_uid]
                contents, hidden = self.contents(record.uid), hidden_ranges(record.masks)
            yield annotation, record, contents, hidden
