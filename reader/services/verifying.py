"""What of an exported file still holds against the texts that the library has now; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from reader.model.annotation import AnchorState, Annotation
from reader.services.import_plan import Place, find_places
from reader.services.placing import Placing
from reader.store import texts

if TYPE_CHECKING:
    from reader.interchange.records import Parsed
    from reader.store.database import Store


class Holds(StrEnum):
    """Whether a mark still stands: on its words at its place, elsewhere or on other words, nowhere; or nobody knows,
    because its document has no text here."""

    EXACT = "exact"
    MOVED = "moved"
    LOST = "lost"
    UNKNOWN = "unknown"


class Same(StrEnum):
    """Whether a hash in the file is that of what the library has; unknown where one of the two is missing."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class VerifiedMark:
    """A mark of the file: uids of it and of its document (both of the file), and where it stands in the text here.

    `start`, `end` are code points, None where it stands nowhere, is on a whole document, or nobody knows, as where its
    words stand repeatedly and the file has no place of it; `score` is 0..1.
    """

    uid: str
    document_uid: str
    holds: Holds
    score: float
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class VerifiedDocument:
    """A document of the file: its uid there, that of the one here (empty: none), how its file and its text compare."""

    uid: str
    title: str
    here: str
    file: Same
    text: Same
    marks: tuple[VerifiedMark, ...]

    def count(self, holds: Holds) -> int:
        """How many of its marks are so."""
        return Counter(mark.holds for mark in self.marks)[holds]


@dataclass(frozen=True, slots=True)
class Verified:
    """What holds of a file in the form of that name; `problems` name the records that could not be read."""

    form: str
    documents: tuple[VerifiedDocument, ...]
    problems: tuple[str, ...]

    def count(self, holds: Holds) -> int:
        """How many of all marks are so."""
        return sum(document.count(holds) for document in self.documents)


def verify(
    store: Store, parsed: Parsed, progress: Callable[[int, int], object], cancelled: Callable[[], bool]
) -> Verified:
    """Compare a file's records with the library; `progress` gets documents done and their number."""
    marks: dict[str, list[Annotation]] = {}
    for annotation in parsed.annotations:
        marks.setdefault(annotation.document_uid, []).append(annotation)
    places = find_places(store, parsed, marks)
    documents: list[VerifiedDocument] = []
    for number, place in enumerate(places, 1):
        if cancelled():
            break
        documents.append(_document(store, parsed, place, marks.get(place.record.uid, ())))
        progress(number, len(places))
    return Verified(parsed.form, tuple(documents), parsed.problems)


def _document(store: Store, parsed: Parsed, place: Place, marks: Sequence[Annotation]) -> VerifiedDocument:
    record, here = place.record, place.here if place.here and place.here.visible else None
    version = texts.shown_version(store, here.uid) if here else None
    placing = Placing(store, place, parsed, marks) if here and here.text_version_id else None
    return VerifiedDocument(
        record.uid,
        record.metadata.title,
        here.uid if here else "",
        _same(record.file.sha256 if record.file else "", version.file_sha256 if version else ""),
        _same(record.text.sha256 if record.text else "", version.text_sha256 if version else ""),
        tuple(_mark(mark, placing) for mark in marks),
    )


def _same(there: str, here: str) -> Same:
    if not there or not here:
        return Same.UNKNOWN
    return Same.SAME if there == here else Same.OTHER


def _mark(mark: Annotation, placing: Placing | None) -> VerifiedMark:
    if placing is None:
        return VerifiedMark(mark.uid, mark.document_uid, Holds.UNKNOWN, 0.0)
    if mark.anchor is None:
        return VerifiedMark(mark.uid, mark.document_uid, Holds.EXACT, 1.0)
    # One that was lost when the file was written may stand in the text of now.
    asked = replace(mark, state=AnchorState.EXACT, score=1.0) if mark.state is AnchorState.LOST else mark
    there = placing.placed(asked)
    if there.state is AnchorState.LOST or there.anchor is None:
        if placing.somewhere(mark):
            return VerifiedMark(mark.uid, mark.document_uid, Holds.EXACT, 1.0)
        return VerifiedMark(mark.uid, mark.document_uid, Holds.LOST, 0.0)
    place = there.anchor.start, there.anchor.end
    return VerifiedMark(mark.uid, mark.document_uid, Holds(there.state.value), there.score, *place)
