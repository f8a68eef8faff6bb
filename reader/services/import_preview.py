"""What importing a file would do, record by record and document by document, before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from typing import TYPE_CHECKING

from reader.model.annotation import AnchorState, Annotation
from reader.model.errors import Cancelled
from reader.services.import_plan import Place, Plan, by_document, find_places, make_plan
from reader.services.placing import Placing
from reader.services.recognising import How
from reader.text.joining import joined

if TYPE_CHECKING:
    from reader.interchange.records import Parsed
    from reader.store.database import Store

Progress = Callable[[int, int], object]

MANY = 10_000
"""Annotations from which on the objects that are made of them are so many that collecting them takes long."""

_NAMED = 200
"""Code points of a quote or note that a preview keeps."""


class Stands(StrEnum):
    """Where a record stands in the text here: its very words, words something like them, nowhere; or its document has
    no text here; or it is about a document as a whole."""

    EXACTLY = "exactly"
    ROUGHLY = "roughly"
    LOST = "not found"
    NOT_HERE = "document not here"
    WHOLE = "whole document"


class Becomes(StrEnum):
    """What an import would make of a record: one more, one in the place of an older one, or nothing."""

    NEW = "new"
    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class SeenRecord:
    """A record of the file: uids of it and of its document in the file, its words, and the words that it stands on.

    `there` is empty unless it is found `ROUGHLY`; `score` is 0..1 as anchoring gives it; `repeated`: it is lost because
    its words stand several times, and nothing tells which of these are meant.
    """

    uid: str
    document_uid: str
    stands: Stands
    becomes: Becomes
    quote: str
    note: str
    there: str = ""
    score: float = 1.0
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """A document of the file: uid, title and origin as the file has them, the one here (empty: none) and how it was
    told, and how many annotations the file has of it.

    `comes_along`: the file has its text, which becomes a document.
    """

    uid: str
    title: str
    origin: str
    here: str
    here_title: str
    how: How
    annotations: int
    comes_along: bool = False


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do: annotations not here yet, the same, changed later there, changed later here;
    documents that are here and those that are not; what of the file cannot be read, by its place; and masks that are
    new or changed later there. `notes` say what of the file is no annotation, which is no fault.

    `form` names the form of the file, `foreign` tells that another program wrote it.
    """

    new: int
    same: int
    newer: int
    older: int
    documents_matched: int
    documents_new: int
    problems: tuple[str, ...]
    masks: int = 0
    form: str = ""
    foreign: bool = False
    documents: tuple[SeenDocument, ...] = ()
    records: tuple[SeenRecord, ...] = ()
    notes: tuple[str, ...] = ()

    def count(self, stands: Stands) -> int:
        """How many records of the file stand so."""
        return Counter(record.stands for record in self.records)[stands]


class ImportFile:
    """A file that has been read, to be looked at again with other documents chosen, and to be imported.

    What has been found once is not looked for again while the text is the same. Let it go when it is no longer needed:
    while one with many annotations is there, no full collections are made. May be used from any thread, one at
    a time: another one waits.
    """

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self._marks = by_document(parsed)
        self._found: dict[tuple[str, int], _Found] = {}
        self._lock = Lock()
        if len(parsed.annotations) > MANY:
            from reader.interchange.collecting import spare

            spare(self)

    def plan(
        self,
        store: Store,
        document_uid: str | None = None,
        choices: Mapping[str, str] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Plan:
        """The plan as `make_plan` makes it, with what was found before."""
        with self._lock:
            return self._plan(store, document_uid, choices, cancelled)

    def preview(
        self,
        store: Store,
        document_uid: str | None = None,
        choices: Mapping[str, str] | None = None,
        progress: Progress = lambda _done, _total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ImportPreview:
        """What the import would do; `progress` gets records looked for and their number. Cancelled when given up."""
        with self._lock:
            plan = self._plan(store, document_uid, choices, cancelled)
            looking = _Looking(store, self.parsed, progress, cancelled, len(self.parsed.annotations))
            for place in plan.places:
                self._look(place, looking)
            return self._seen(plan, choices or {})

    def _plan(
        self,
        store: Store,
        document_uid: str | None,
        choices: Mapping[str, str] | None,
        cancelled: Callable[[], bool],
    ) -> Plan:
        places = None if document_uid else find_places(store, self.parsed, self._marks, choices, cancelled)
        plan = make_plan(store, self.parsed, document_uid, choices=choices, places=places)
        for place in plan.places:
            if place.here:
                place.found_in = place.here.text_version_id
                place.found = self._found.get((place.record.uid, place.found_in), _Found()).marks
        return plan

    def _look(self, place: Place, looking: _Looking) -> None:
        """Find a document's annotations in its text, once."""
        marks = self._marks.get(place.record.uid, ())
        key = place.record.uid, place.found_in
        if place.here and place.found_in and key not in self._found:
            self._found[key] = looking.found(place, marks)
        else:
            looking.pass_over(len(marks))
        place.found = self._found.get(key, _Found()).marks

    def _seen(self, plan: Plan, choices: Mapping[str, str]) -> ImportPreview:
        places = {place.record.uid: place for place in plan.places}
        documents: list[SeenDocument] = []
        records: list[SeenRecord] = []
        for record in self.parsed.documents:
            place, marks = places.get(record.uid), self._marks.get(record.uid, ())
            how = place.how if place else How.CHOSEN if record.uid in choices else How.NOT_HERE
            here, about = place.here if place else None, record.metadata
            told = (here.uid, here.metadata.title) if here else ("", "")
            along = place is not None and not here and record.uid in self.parsed.texts
            documents.append(SeenDocument(record.uid, about.title, about.url, *told, how, len(marks), along))
            found = self._found.get((record.uid, place.found_in), _Found()) if place else _Found()
            records += _records(marks, place, found)
        return ImportPreview(
            new=plan.new,
            same=plan.same,
            newer=plan.newer,
            older=plan.older,
            documents_matched=sum(1 for place in plan.places if place.here),
            documents_new=sum(1 for place in plan.places if not place.here),
            problems=plan.problems,
            masks=plan.masks,
            form=self.parsed.form,
            foreign=self.parsed.foreign,
            documents=tuple(documents),
            records=tuple(records),
            notes=self.parsed.notes,
        )


@dataclass(frozen=True, slots=True)
class _Found:
    """A document's annotations where they stand in the text here, and the words of those that stand on others.

    `repeated` are the lost ones (by uid) whose words stand several times.
    """

    marks: Mapping[str, Annotation] = field(default_factory=dict[str, Annotation])
    other_words: Mapping[str, str] = field(default_factory=dict[str, str])
    repeated: frozenset[str] = frozenset()


class _Looking:
    """Looks for annotations and tells how far it is."""

    def __init__(
        self, store: Store, parsed: Parsed, progress: Progress, cancelled: Callable[[], bool], total: int
    ) -> None:
        self._store, self._parsed = store, parsed
        self._progress, self._cancelled = progress, cancelled
        self._done, self._total = 0, total

    def found(self, place: Place, marks: Sequence[Annotation]) -> _Found:
        """The annotations, by uid, where they stand in the text here."""
        placing = Placing(self._store, place, self._parsed, marks)
        there: dict[str, Annotation] = {}
        words: dict[str, str] = {}
        repeated: set[str] = set()
        for mark in marks:
            if self._cancelled():
                raise Cancelled
            there[mark.uid] = placed = placing.placed(mark)
            if other := placing.other_words(placed):
                words[mark.uid] = _short(other)
            if placed.state is AnchorState.LOST and placing.stands_repeatedly(mark):
                repeated.add(mark.uid)
            self.pass_over(1)
        return _Found(there, words, frozenset(repeated))

    def pass_over(self, count: int) -> None:
        self._done += count
        self._progress(self._done, self._total)


def _records(marks: Sequence[Annotation], place: Place | None, found: _Found) -> list[SeenRecord]:
    """A document's records as they are shown; without a place they are left out."""
    becomes: dict[str, Becomes] = {}
    if place:
        sorts = ((place.new, Becomes.NEW), (place.newer, Becomes.NEWER))
        sorts = (*sorts, (place.same, Becomes.SAME), (place.older, Becomes.OLDER))
        becomes = {mark.uid: what for some, what in sorts for mark in some}
    return [
        SeenRecord(
            mark.uid,
            mark.document_uid,
            _stands(mark, found),
            becomes.get(mark.uid, Becomes.LEFT_OUT),
            _short(joined(mark.quote[: 4 * _NAMED])),
            _short(mark.note),
            found.other_words.get(mark.uid, ""),
            found.marks[mark.uid].score if mark.uid in found.marks else 0.0,
            mark.uid in found.repeated,
        )
        for mark in marks
    ]


def _stands(mark: Annotation, found: _Found) -> Stands:
    there = found.marks.get(mark.uid)
    if there is None:
        return Stands.NOT_HERE
    if mark.anchor is None:
        return Stands.WHOLE
    if there.state is AnchorState.LOST:
        return Stands.LOST
    return Stands.ROUGHLY if mark.uid in found.other_words else Stands.EXACTLY


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _NAMED else f"{line[: _NAMED - 1]}…"
