"""Where annotations of a file stand in the text that the library has of their document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from reader.interchange.records import NOWHERE
from reader.interchange.table import OFFSET_UNIT
from reader.model.annotation import Anchor, AnchorState, Annotation
from reader.services.carrying import mask_stands, stands
from reader.services.import_plan import Place
from reader.services.placing_apart import MOST, Apart
from reader.services.placing_areas import placed_area
from reader.services.placing_by_position import ByPosition
from reader.store import annotations as annotation_rows
from reader.store import texts
from reader.text.joining import joined
from reader.text.offsets import Utf16Map
from reader.text.running import Running

if TYPE_CHECKING:
    from reader.interchange.records import Parsed
    from reader.model.mask import Mask
    from reader.store.database import Store
    from reader.text.anchoring import Resolution, Resolver
    from reader.text.paged_anchoring import PagedResolver


_FIRST = 20


class Placing:
    """Finds annotations of one document of a file; `marks` are those of it, which help to place each other.

    What this program wrote is where the file says when the text is the same, else where anchoring finds it. What
    another program wrote is where its quote stands: its positions only tell equal passages apart, once their unit is
    known, and so do pages and the order of its marks.
    """

    def __init__(self, store: Store, place: Place, parsed: Parsed, marks: Sequence[Annotation]) -> None:
        self._same_text = place.same_text
        self._foreign, self._placeless = parsed.foreign, parsed.placeless
        self._marks = marks
        self._off: int | None = None
        self._where = parsed.where
        self._uid = place.here.uid if place.here else ""
        self._newer = frozenset(mark.uid for mark in place.newer)
        self._store, self._version_id = store, place.here.text_version_id if place.here else 0
        wanted = self._version_id and (self._marks or place.masks)
        self._text = texts.text_of(store, self._version_id) if wanted else ""
        # What format a document has there another program's file does not say.
        self._paged = (place.here.format if parsed.foreign and place.here else place.record.format) == "pdf"

    def placed(self, mark: Annotation) -> Annotation:
        """The annotation with its position here; without a text it stays as it is."""
        anchor = mark.anchor
        if anchor is None or not self._text:
            return mark
        if self._foreign:
            if not anchor.exact:
                return placed_area(mark, anchor, self._text, paged=self._paged)
            return self._by_quote(mark, anchor)
        if self._same_text and stands(mark, self._text):
            return mark
        found = self._resolver.resolve(anchor)
        if found.state is AnchorState.LOST:
            return replace(mark, state=found.state, score=found.score)
        return _at(mark, anchor, found)

    def other_words(self, there: Annotation) -> str:
        """The words that a placed annotation stands on, on one line; empty where they are those of its quote."""
        anchor = there.anchor
        if anchor is None or there.state is AnchorState.LOST or not self._text:
            return ""
        words = joined(self._text[anchor.start : anchor.end])
        return "" if words.split() == joined(anchor.exact).split() else words

    def somewhere(self, mark: Annotation) -> bool:
        """Whether the words of a mark that nothing gives a place stand in the text, be it repeatedly."""
        return mark.uid in self._placeless and bool(self._running.places(mark.quote, 1))

    def stands_repeatedly(self, mark: Annotation) -> bool:
        """Whether the words of a mark stand in the text more than once."""
        return self._stands_twice(mark.quote)

    def placed_mask(self, mask: Mask) -> Mask:
        """The mask with its position here, as `placed` does it."""
        if not self._text or (self._same_text and mask_stands(mask, self._text)):
            return mask
        found = self._resolver.resolve(mask.anchor)
        if found.state is AnchorState.LOST:
            return replace(mask, anchor_state=found.state)
        return replace(mask, anchor=replace(mask.anchor, start=found.start, end=found.end), anchor_state=found.state)

    def _by_quote(self, mark: Annotation, anchor: Anchor) -> Annotation:
        """Another program's annotation where its quote stands, with what is around it here."""
        from reader.text.anchoring import describe

        found = self._found(mark, anchor)
        if found is None or found.state is AnchorState.LOST:
            return self._as_here(mark) or replace(mark, state=AnchorState.LOST, score=0.0)
        there = describe(self._text, found.start, found.end)
        if there.exact == anchor.exact or joined(there.exact) == joined(anchor.exact):
            return replace(mark, anchor=there, state=AnchorState.EXACT, score=1.0)
        if very := self._running.place_in(anchor.exact, found.start, found.end):
            # What reads so to the letter is neither widened to whole words nor cut at a quotation mark.
            return replace(mark, anchor=describe(self._text, *very), state=AnchorState.EXACT, score=1.0)
        return _at(mark, anchor, found)

    def _as_here(self, mark: Annotation) -> Annotation | None:
        """One that was changed there and is found nowhere, where somebody has placed it here; None for any other."""
        if mark.uid not in self._newer:
            return None
        here = annotation_rows.by_uid(self._store, [mark.uid])[0]
        if here.document_uid != self._uid:
            return None
        if here.state is AnchorState.LOST:
            return replace(mark, state=AnchorState.LOST, score=0.0, reviewed=here.reviewed)
        return replace(mark, anchor=here.anchor, state=here.state, score=here.score, reviewed=here.reviewed)

    def _found(self, mark: Annotation, anchor: Anchor) -> Resolution | None:
        """Where the quote stands; the last one tells by how much the file's positions are off."""
        from reader.text.framed import framed

        if mark.uid in self._placeless:
            if place := self._as_it_was(mark, anchor):
                return _moved(place)
            if not self._paged and (plain := framed(self._text, anchor, None)):
                return plain
            if not anchor.prefix + anchor.suffix and (places := self._running.places(anchor.exact, MOST)):
                return _moved(self._apart.chosen(mark.uid, places))
            hinted = self._without_place(anchor)
            return self._resolver.resolve(hinted) if hinted else None
        hinted = self._in_code_points(anchor)
        if not anchor.prefix + anchor.suffix:
            if place := self._by_position.place(anchor.exact, hinted.start):
                return _moved(place)
            if self._stands_twice(anchor.exact):
                return None
            expected = self._by_position.expected(hinted.start)
            return self._resolver.resolve(replace(hinted, start=expected, end=expected + len(anchor.exact)))
        found = self._plainly(hinted) or self._resolver.resolve(hinted)
        if found.state is not AnchorState.LOST:
            self._off = found.start - hinted.start
        return found

    def _as_it_was(self, mark: Annotation, anchor: Anchor) -> tuple[int, int] | None:
        """The place that a file of ours tells, where the text is the same and reads so there."""
        where = self._where.get(mark.uid, NOWHERE)
        if not self._same_text or where.unit != OFFSET_UNIT:
            return None
        start = int(where.order[0])
        return self._running.place_in(anchor.exact, start, start + len(anchor.exact))

    def _plainly(self, hinted: Anchor) -> Resolution | None:
        """Where the quote stands between its contexts, where that needs no search of the whole text."""
        from reader.text.framed import framed

        if self._paged:
            return None
        self._off = self._first_off if self._off is None else self._off
        return None if self._off is None else framed(self._text, hinted, hinted.start + self._off)

    @cached_property
    def _first_off(self) -> int | None:
        """By how much the position of one of the first marks is off that stand somewhere without doubt."""
        from reader.text.framed import verbatim

        for mark in self._marks[:_FIRST]:
            if mark.anchor and mark.uid not in self._placeless:
                hinted = self._in_code_points(mark.anchor)
                if found := verbatim(self._text, hinted):
                    return found.start - hinted.start
        return None

    def _without_place(self, anchor: Anchor) -> Anchor | None:
        """The anchor with a place, if its words stand only once; None where nothing tells which of several is meant."""
        before, words = len(anchor.prefix), anchor.prefix + anchor.exact + anchor.suffix
        if self._stands_twice(words):
            return None
        first = self._text.find(words)
        if first < 0:
            # What is around it may be written otherwise here; if the words stand repeatedly, anchoring weighs that.
            before, first = 0, self._text.find(anchor.exact)
            if first < 0 or self._stands_twice(anchor.exact):
                return anchor
        start = first + before
        return replace(anchor, start=start, end=start + len(anchor.exact))

    def _stands_twice(self, words: str) -> bool:
        """Whether the words stand in the text repeatedly, wherever the ends of lines and pages cut them."""
        return len(self._running.places(words, 2)) > 1

    @cached_property
    def _running(self) -> Running:
        return Running(self._text)

    @cached_property
    def _apart(self) -> Apart:
        bare = [
            (mark.uid, mark.anchor.exact, self._where.get(mark.uid, NOWHERE))
            for mark in self._marks
            if mark.anchor and mark.uid in self._placeless and not mark.anchor.prefix + mark.anchor.suffix
        ]
        return Apart(self._running, bare, lambda: texts.structured(self._store, self._version_id, self._text))

    @cached_property
    def _by_position(self) -> ByPosition:
        return ByPosition(self._running, self._positions)

    def _positions(self) -> list[tuple[str, int]]:
        return [
            (mark.anchor.exact, self._in_code_points(mark.anchor).start)
            for mark in self._marks
            if mark.anchor and mark.uid not in self._placeless
        ]

    def _in_code_points(self, anchor: Anchor) -> Anchor:
        """The anchor with its position in code points, if the file counts UTF-16 units."""
        if not self._counts_units:
            return anchor
        start, end = (self._units.to_code_point(position) for position in (anchor.start, anchor.end))
        return replace(anchor, start=start, end=max(end, start + 1))

    @cached_property
    def _counts_units(self) -> bool:
        """Whether more quotes of the file stand at its positions when these count UTF-16 units."""
        points = units = 0
        for mark in self._marks:
            if mark.anchor and mark.uid not in self._placeless:
                exact, start = mark.anchor.exact, mark.anchor.start
                points += self._text.startswith(exact, start)
                units += self._text.startswith(exact, self._units.to_code_point(start))
        return units > points

    @cached_property
    def _units(self) -> Utf16Map:
        return Utf16Map(self._text)

    @cached_property
    def _resolver(self) -> Resolver | PagedResolver:
        from reader.text.anchoring import Resolver
        from reader.text.paged_anchoring import PagedResolver

        resolver = PagedResolver(self._text) if self._paged else Resolver(self._text)
        if not self._foreign and not self._same_text:
            resolver.survey(mark.anchor for mark in self._marks if mark.anchor)
        return resolver


def _moved(place: tuple[int, int] | None) -> Resolution | None:
    from reader.text.anchoring import Resolution

    return Resolution(AnchorState.MOVED, *place, 1.0) if place else None


def _at(mark: Annotation, anchor: Anchor, found: Resolution) -> Annotation:
    return replace(mark, anchor=replace(anchor, start=found.start, end=found.end), state=found.state, score=found.score)
