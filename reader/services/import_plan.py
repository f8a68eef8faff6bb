"""What an import is going to do: which document is which, and which annotations are new, newer, the same or older."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.model.annotation import Annotation
from reader.model.errors import Cancelled, ReaderError
from reader.model.mask import Mask
from reader.services.recognising import ENOUGH_FOUND, How, Recognition, best_of
from reader.services.writing import counted
from reader.store import annotations as annotation_rows
from reader.store import exchange as rows
from reader.store import masks
from reader.store.exchange import KnownDocument

if TYPE_CHECKING:
    from reader.interchange.records import DocumentRecord, Parsed
    from reader.store.database import Store

QUOTES_TRIED = 200
LEFT_OUT = ""
"""What is chosen for a document of a file whose annotations are to be left out."""


@dataclass(slots=True)
class Place:
    """A document of the file: the one of the library that it is (None: not here), and its annotations.

    `same_text`: the positions in the file are positions in the text here. `certain`: known by uid or hash, so that
    the file's details of it are details of this very document. `how` it was told; `found` are annotations (by uid)
    with where they stand in the text with the id `found_in`, where somebody has looked already.
    """

    record: DocumentRecord
    here: KnownDocument | None
    same_text: bool = False
    certain: bool = False
    how: How = How.NOT_HERE
    new: list[Annotation] = field(default_factory=list)
    newer: list[Annotation] = field(default_factory=list)
    new_masks: list[Mask] = field(default_factory=list)
    newer_masks: list[Mask] = field(default_factory=list)
    same: list[Annotation] = field(default_factory=list)
    older: list[Annotation] = field(default_factory=list)
    found: Mapping[str, Annotation] = field(default_factory=dict[str, Annotation])
    found_in: int = 0

    @property
    def masks(self) -> int:
        """How many masks are to be written."""
        return len(self.new_masks) + len(self.newer_masks)


@dataclass(slots=True)
class Plan:
    """Everything to be written, document by document.

    `left_out` names foreign documents that are not here, whose annotations have no text to be found in; `unwanted`
    counts annotations of documents that somebody chose to leave out.
    """

    parsed: Parsed
    places: list[Place]
    left_out: tuple[str, ...] = ()
    unwanted: int = 0

    @property
    def problems(self) -> tuple[str, ...]:
        """What of the file is left out, and why: what could not be read, and what belongs to no document here."""
        return (*self.parsed.problems, *self.left_out)

    @property
    def new(self) -> int:
        return sum(len(place.new) for place in self.places)

    @property
    def newer(self) -> int:
        return sum(len(place.newer) for place in self.places)

    @property
    def same(self) -> int:
        return sum(len(place.same) for place in self.places)

    @property
    def older(self) -> int:
        return sum(len(place.older) for place in self.places)

    @property
    def masks(self) -> int:
        return sum(place.masks for place in self.places)


def make_plan(
    store: Store,
    parsed: Parsed,
    document_uid: str | None = None,
    *,
    choices: Mapping[str, str] | None = None,
    places: Sequence[Place] | None = None,
) -> Plan:
    """The plan for a file's records; with `document_uid` all annotations belong to that document.

    `choices`: by the uid of a document of the file the uid of the one here that somebody chose for it, or LEFT_OUT.
    `places` are those of `find_places`, where they are known already.
    """
    marks = by_document(parsed)
    if document_uid is None:
        found = list(places or find_places(store, parsed, marks, choices))
    else:
        told = [record for record in parsed.documents if record.uid in marks or record.masks]
        found = [_directed(store, told, document_uid)]
    plan = Plan(parsed, [])
    for place in found:
        own = marks.get(place.record.uid, ())
        if place.how is How.CHOSEN and not place.here:
            plan.unwanted += len(own)
        elif parsed.foreign and not place.here and place.record.uid not in parsed.texts:
            plan.left_out = (*plan.left_out, _unknown(place.record, len(own)))
        else:
            plan.places.append(place)
            _compare(store, place, own, foreign=parsed.foreign)
            _compare_masks(store, place)
    return plan


def by_document(parsed: Parsed) -> dict[str, list[Annotation]]:
    """The annotations of a file by the uid of their document."""
    marks: dict[str, list[Annotation]] = {}
    for annotation in parsed.annotations:
        marks.setdefault(annotation.document_uid, []).append(annotation)
    return marks


def find_places(
    store: Store,
    parsed: Parsed,
    marks: Mapping[str, Sequence[Annotation]],
    choices: Mapping[str, str] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Place]:
    """For each document of the file the one of the library that it is; `marks` are those of the file, by document.

    `choices` as `make_plan` takes them. Cancelled when it is given up.
    """
    chosen = {} if choices is None else dict(choices)
    known = rows.known_by_uid(store, [*(record.uid for record in parsed.documents), *chosen.values()])
    recognition = Recognition(store)
    found: list[Place] = []
    for record in parsed.documents:
        if cancelled():
            raise Cancelled
        own = marks.get(record.uid, ())
        if record.uid in chosen:
            found.append(_chosen(record, chosen[record.uid], known))
            continue
        place = _place(store, record, known.get(record.uid), own)
        if place.here is None and parsed.foreign:
            here, how = recognition.find(record, own, cancelled)
            if here is None and (here := _by_marks(store, own)):
                how = How.MARKS
            place = Place(record, here, how=how)
        found.append(place)
    return found


def _by_marks(store: Store, marks: Sequence[Annotation]) -> KnownDocument | None:
    """The document that has annotations of the file already: somebody chose it when they came in."""
    uids = {mark.document_uid for mark in annotation_rows.by_uid(store, [mark.uid for mark in marks])}
    found = [here for here in rows.known_by_uid(store, sorted(uids)).values() if here.visible]
    return found[0] if len(found) == 1 else None


def _chosen(record: DocumentRecord, uid: str, known: Mapping[str, KnownDocument]) -> Place:
    """The document that somebody chose, or none for one to leave out."""
    if uid == LEFT_OUT:
        return Place(record, None, how=How.CHOSEN)
    here = _shown(known.get(uid))
    return Place(record, here, _same_text(record, here), how=How.CHOSEN)


def _shown(here: KnownDocument | None) -> KnownDocument:
    if here is None or not here.visible:
        raise ReaderError("This document is not in the library any more; undo its removal or add it again.")
    return here


def _unknown(record: DocumentRecord, marks: int) -> str:
    left_out = counted(marks, "annotation was", "annotations were")
    return (
        f"“{record.metadata.url or record.metadata.title}” is not in this library: {left_out} left out. Add the "
        "document first, or choose the one here that it is."
    )


def _directed(store: Store, marked: Sequence[DocumentRecord], document_uid: str) -> Place:
    """The file's one document with annotations, which the user wants on a document of the library."""
    if len(marked) != 1:
        raise ReaderError(
            f"The file holds annotations of {len(marked)} documents; name a document only for a file with one."
        )
    return _chosen(marked[0], document_uid, rows.known_by_uid(store, [document_uid]))


def _place(store: Store, record: DocumentRecord, here: KnownDocument | None, marks: Sequence[Annotation]) -> Place:
    """The document of the library by uid, else by the hash of file or text, else by title and quotes.

    One that an undo has hidden comes back only when no other will do.
    """
    how = How.ID
    if here is None or not here.visible:
        file_sha256 = record.file.sha256 if record.file else ""
        text_sha256 = record.text.sha256 if record.text else ""
        same = rows.known_by_hash(store, file_sha256, text_sha256)
        here, how = same or here, How.FILE if same else How.ID
    if here:
        return Place(record, here, _same_text(record, here), certain=True, how=how)
    here = _by_quotes(store, record.metadata.title, marks)
    return Place(record, here, how=How.TITLE if here else How.NOT_HERE)


def _same_text(record: DocumentRecord, here: KnownDocument) -> bool:
    return record.text is not None and record.text.sha256 == here.text_sha256


def _by_quotes(store: Store, title: str, marks: Sequence[Annotation]) -> KnownDocument | None:
    """The document of this title in which the most quotes are found, if these are enough."""
    anchors = [mark.anchor for mark in marks if mark.anchor][:QUOTES_TRIED]
    return best_of(store, rows.known_by_title(store, title), anchors, ENOUGH_FOUND) if title and anchors else None


def _compare(store: Store, place: Place, marks: Sequence[Annotation], *, foreign: bool) -> None:
    """Sort a document's annotations by what the library has of them.

    Other programs do not always tell when a note was edited: what nobody has touched here since it came is newer there
    when it says something else.
    """
    here = rows.modified_times(store, [mark.uid for mark in marks])
    as_old = [mark.uid for mark in marks if foreign and mark.uid in here and mark.modified in (here[mark.uid], "")]
    present = {mark.uid: mark for mark in annotation_rows.by_uid(store, as_old)} if as_old else {}
    for mark in marks:
        modified = here.get(mark.uid)
        if modified is None:
            place.new.append(mark)
        elif mark.modified > modified or (mark.uid in present and _is_edited(mark, present[mark.uid])):
            place.newer.append(mark)
        elif mark.modified in (modified, ""):
            place.same.append(mark)
        else:
            place.older.append(mark)


def _is_edited(mark: Annotation, here: Annotation) -> bool:
    """Whether the file says something else of a mark that is here as it came. Its tags may have other names by now."""
    untouched = mark.modified == here.modified or here.created == here.modified
    is_area = mark.anchor is not None and not mark.anchor.exact  # of which the note says here where it was
    return untouched and not is_area and (mark.note, mark.color, mark.style) != (here.note, here.color, here.style)


def _compare_masks(store: Store, place: Place) -> None:
    """Sort out which of a document's masks the library lacks, and which it has as they were before."""
    here = masks.modified_times(store, [mask.uid for mask in place.record.masks])
    for mask in place.record.masks:
        modified = here.get(mask.uid)
        if modified is None:
            place.new_masks.append(mask)
        elif mask.modified > modified:
            place.newer_masks.append(mask)
