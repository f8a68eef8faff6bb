"""What moved and what was lost, to be looked at by a person: accepted, put elsewhere, or kept as lost."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from reader.model.annotation import AnchorState, Annotation
from reader.model.change import Change
from reader.model.errors import Cancelled, ReaderError
from reader.services.bus import Bus
from reader.services.writing import Writer, counted
from reader.store import annotations, documents, texts
from reader.store.database import Store
from reader.store.journal import action
from reader.store.selecting import doubtful
from reader.text.joining import joined_with_map
from reader.text.matching import Match

_CONTEXT = 60
_MANY = 2000


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a text as they are read on over its lines, with what stands round them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A mark that is not where it was: the passage that was marked, and what it is on now (None: on nothing).

    `title` is that of its document. `times`: how often the words of a lost one stand in the present text all the same,
    so that it is not known which of them are meant.
    """

    mark: Annotation
    title: str
    was: Passage
    now: Passage | None
    times: int = 0

    @property
    def same_words(self) -> bool:
        """Whether the mark is on the words that it was on, elsewhere."""
        return self.now is not None and self.now.words == self.was.words


class Reviewing(Writer):
    """`elsewhere` tells which lost marks of a document stand in its other view: these are not lost."""

    def __init__(self, store: Store, bus: Bus, elsewhere: Callable[[str], frozenset[str]]) -> None:
        super().__init__(store, bus)
        self._elsewhere = elsewhere

    def list(
        self, uid: str = "", *, kept: bool = False, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[Doubt, ...]:
        """What is to be decided on in a document, or in all that are not in the bin, by document and in text order.

        With `kept` it is what was kept as lost instead. Not for the interface's thread; Cancelled when it is given up.
        """
        found: list[Doubt] = []
        with self._store.reading():
            every = doubtful(self._store, uid, kept=kept)
            for document_uid, marks in groupby(every, key=lambda mark: mark.document_uid):
                if cancelled():
                    raise Cancelled
                found += self._of_document(document_uid, tuple(marks))
        return tuple(found)

    def _of_document(self, uid: str, marks: Sequence[Annotation]) -> Iterator[Doubt]:
        lost = any(mark.state is AnchorState.LOST for mark in marks)
        other_view = self._elsewhere(uid) if lost else frozenset[str]()
        text, title = self._text(uid), self._summary(uid).title
        for mark in marks:
            if mark.uid not in other_view:
                yield Doubt(mark, title, _was(mark), _now(mark, text), _times(mark, text))

    def accept(self, uids: Sequence[str]) -> Change:
        """Have moved marks be about the words that they are on now; what they were about stays in the history.

        Others than moved ones are left alone. One undoable action.
        """
        from reader.text.anchoring import describe

        with action(self._store, "") as step:
            now = self._store.now()
            moved = [m for m in annotations.by_uid(self._store, uids) if m.state is AnchorState.MOVED and m.anchor]
            step.label = f"{counted(len(moved), 'passage', 'passages')} accepted"
            shown = {uid: self._text(uid) for uid in {mark.document_uid for mark in moved}}
            for mark in moved:
                assert mark.anchor
                there = describe(shown[mark.document_uid], mark.anchor.start, mark.anchor.end)
                annotations.set_anchor(step.connection, mark.uid, replace(there, rects=mark.anchor.rects), now)
        if not moved:
            raise ReaderError("Nothing of this has moved, or somebody has decided on it already.")
        return self._changed(step.label, [mark.uid for mark in moved])

    def keep_lost(self, uids: Sequence[str]) -> Change:
        """Have lost marks stay lost; they are not asked about again while they are. One undoable action."""
        with action(self._store, "") as step:
            marks = annotations.by_uid(self._store, uids)
            lost = [mark.uid for mark in marks if mark.state is AnchorState.LOST and not mark.reviewed]
            step.label = f"{counted(len(lost), 'annotation', 'annotations')} kept as lost"
            now = self._store.now()
            annotations.set_columns(step.connection, lost, now, reviewed=now)
        if not lost:
            raise ReaderError("Nothing of this is lost, or somebody has decided on it already.")
        return self._changed(step.label, lost)

    def rough(self, uid: str, most: int = 5) -> tuple[Match, ...]:
        """Passages of the present text that a mark may belong to, the likeliest first. Not for the interface's thread.

        The place where a moved mark is now is not among them.
        """
        from reader.text.rough import rough_places

        found = annotations.by_uid(self._store, [uid])
        anchor = found[0].anchor if found else None
        if anchor is None:
            return ()
        lost = found[0].state is AnchorState.LOST
        places = rough_places(self._text(found[0].document_uid), anchor, most + 1)
        others = [place for place in places if lost or place.end <= anchor.start or place.start >= anchor.end]
        return tuple(others[:most])

    def _text(self, uid: str) -> str:
        row_id = documents.row_id(self._store, uid)
        return "" if row_id is None else texts.present_text(self._store, row_id)

    def _changed(self, label: str, uids: Sequence[str]) -> Change:
        many = len(uids) > _MANY
        marks = () if many else tuple(annotations.by_uid(self._store, uids))
        return self._bus.publish(Change(label, annotations_updated=marks, everything=many))


def _was(mark: Annotation) -> Passage:
    assert mark.anchor
    return _passage(mark.anchor.prefix, mark.anchor.exact, mark.anchor.suffix)


def _now(mark: Annotation, text: str) -> Passage | None:
    if mark.state is AnchorState.LOST:
        return None
    assert mark.anchor
    start, end = mark.anchor.start, mark.anchor.end
    return _passage(text[max(start - _CONTEXT, 0) : start], text[start:end], text[end : end + _CONTEXT])


def _passage(before: str, words: str, after: str) -> Passage:
    running, positions = joined_with_map(before + words + after)
    first = bisect_left(positions, len(before))
    last = bisect_left(positions, len(before) + len(words))
    return Passage(running[:first], running[first:last], running[last:])


def _times(mark: Annotation, text: str) -> int:
    if mark.state is not AnchorState.LOST or not mark.anchor or not mark.anchor.exact:
        return 0
    return text.count(mark.anchor.exact)
