"""What an import is going to do: which document is which, and which annotations are new, newer, the same or older."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reader.model.annotation import AnchorState, Annotation
from reader.model.errors import ReaderError
from reader.model.mask import Mask
from reader.services.writing import counted
from reader.store import exchange as rows
from reader.store import masks, texts
from reader.store.exchange import KnownDocument

if TYPE_CHECKING:
    from reader.interchange.records import DocumentRecord, Parsed
    from reader.store.database import Store

ENOUGH_FOUND = 0.5
"""The part of a document's quotes that must be in a text of the same title for it to count as the same document."""

QUOTES_TRIED = 200


@dataclass(slots=True)
class Place:
    """A document of the file: the one of the library that it is (None: not here), and its annotations.

    `same_text`: the positions in the file are positions in the text here. `certain`: known by uid or hash, so that
    the file's details of it are details of this very document.
    """

    record: DocumentRecord
    here: KnownDocument | None
    same_text: bool = False
    certain: bool = False
    new: list[Annotation] = field(default_factory=list)
    newer: list[Annotation] = field(default_factory=list)
    new_masks: list[Mask] = field(default_factory=list)
    newer_masks: list[Mask] = field(default_factory=list)

    @property
    def masks(self) -> int:
        """How many masks are to be written."""
        return len(self.new_masks) + len(self.newer_masks)


@dataclass(slots=True)
class Plan:
    """Everything to be written, document by document, and how many annotations stay as they are.

    `left_out` names foreign documents that are not here, whose annotations have no text to be found in.
    """

    parsed: Parsed
    places: list[Place]
    same: int = 0
    older: int = 0
    left_out: tuple[str, ...] = ()

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
    def masks(self) -> int:
        return sum(place.masks for place in self.places)


def make_plan(store: Store, parsed: Parsed, document_uid: str | None = None) -> Plan:
    """The plan for a file's records; with `document_uid` all annotations belong to that document."""
    marks: dict[str, list[Annotation]] = {}
    for annotation in parsed.annotations:
        marks.setdefault(annotation.document_uid, []).append(annotation)
    left_out: tuple[str, ...] = ()
    if document_uid is None:
        places = find_places(store, parsed, marks)
        if parsed.foreign:
            strangers = [place.record for place in places if not place.here]
            left_out = tuple(_unknown(record, len(marks.get(record.uid, ()))) for record in strangers)
            places = [place for place in places if place.here]
    else:
        told = [record for record in parsed.documents if record.uid in marks or record.masks]
        places = [_directed(store, told, document_uid)]
    plan = Plan(parsed, places, left_out=left_out)
    for place in places:
        _compare(store, plan, place, marks.get(place.record.uid, ()))
        _compare_masks(store, place)
    return plan


def find_places(store: Store, parsed: Parsed, marks: Mapping[str, Sequence[Annotation]]) -> list[Place]:
    """For each document of the file the one of the library that it is; `marks` are those of the file, by document."""
    known = rows.known_by_uid(store, [record.uid for record in parsed.documents])
    found: list[Place] = []
    for record in parsed.documents:
        own = marks.get(record.uid, ())
        place = _place(store, record, known.get(record.uid), own)
        if place.here is None and parsed.foreign:
            place = Place(record, _best(store, rows.known_by_address(store, record.metadata.url), own, 0.0))
        found.append(place)
    return found


def _unknown(record: DocumentRecord, marks: int) -> str:
    left_out = counted(marks, "annotation was", "annotations were")
    return (
        f"“{record.metadata.url or record.metadata.title}” is not in this library: {left_out} left out. Add the "
        "document first, or import the file onto a document."
    )


def _directed(store: Store, marked: Sequence[DocumentRecord], document_uid: str) -> Place:
    """The file's one document with annotations, which the user wants on a document of the library."""
    if len(marked) != 1:
        raise ReaderError(
            f"The file holds annotations of {len(marked)} documents; name a document only for a file with one."
        )
    here = rows.known_by_uid(store, [document_uid]).get(document_uid)
    if here is None or not here.visible:
        raise ReaderError("This document is not in the library any more; undo its removal or add it again.")
    return Place(marked[0], here, _same_text(marked[0], here))


def _place(store: Store, record: DocumentRecord, here: KnownDocument | None, marks: Sequence[Annotation]) -> Place:
    """The document of the library by uid, else by the hash of file or text, else by title and quotes.

    One that an undo has hidden comes back only when no other will do.
    """
    if here is None or not here.visible:
        file_sha256 = record.file.sha256 if record.file else ""
        text_sha256 = record.text.sha256 if record.text else ""
        here = rows.known_by_hash(store, file_sha256, text_sha256) or here
    if here:
        return Place(record, here, _same_text(record, here), certain=True)
    return Place(record, _by_quotes(store, record.metadata.title, marks))


def _same_text(record: DocumentRecord, here: KnownDocument) -> bool:
    return record.text is not None and record.text.sha256 == here.text_sha256


def _by_quotes(store: Store, title: str, marks: Sequence[Annotation]) -> KnownDocument | None:
    """The document of this title in which the most quotes are found, if these are enough."""
    if not title or not any(mark.anchor for mark in marks):
        return None
    return _best(store, rows.known_by_title(store, title), marks, ENOUGH_FOUND)


def _best(
    store: Store, candidates: Sequence[KnownDocument], marks: Sequence[Annotation], enough: float
) -> KnownDocument | None:
    """The candidate in which the most quotes are found, if these are `enough` of them (0 to 1)."""
    from reader.text.anchoring import Resolver

    anchors = [mark.anchor for mark in marks if mark.anchor][:QUOTES_TRIED]
    best, most = None, -1
    for candidate in candidates:
        resolver = Resolver(texts.text_of(store, candidate.text_version_id))
        found = sum(resolver.resolve(anchor).state is not AnchorState.LOST for anchor in anchors)
        if found > most and found >= len(anchors) * enough:
            best, most = candidate, found
    return best


def _compare(store: Store, plan: Plan, place: Place, marks: Sequence[Annotation]) -> None:
    """Sort a document's annotations by what the library has of them."""
    here = rows.modified_times(store, [mark.uid for mark in marks])
    for mark in marks:
        modified = here.get(mark.uid)
        if modified is None:
            place.new.append(mark)
        elif mark.modified > modified:
            place.newer.append(mark)
        elif mark.modified == modified:
            plan.same += 1
        else:
            plan.older += 1


def _compare_masks(store: Store, place: Place) -> None:
    """Sort out which of a document's masks the library lacks, and which it has as they were before."""
    here = masks.modified_times(store, [mask.uid for mask in place.record.masks])
    for mask in place.record.masks:
        modified = here.get(mask.uid)
        if modified is None:
            place.new_masks.append(mask)
        elif mask.modified > modified:
            place.newer_masks.append(mask)
