"""What of a text is shown: hidden ranges, proposals nobody has decided on, and the text without what is hidden.

Ranges are pairs of code points, the end exclusive. The text itself stays as it is, and so do all positions in it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import itemgetter

from reader.model.annotation import AnchorState, Annotation
from reader.model.document import Debris, OutlineEntry
from reader.model.mask import Mask, MaskState

Range = tuple[int, int]
Ranges = Sequence[Range]


def merged(ranges: Iterable[Range], *, touching: bool = True) -> tuple[Range, ...]:
    """The ranges sorted, empty ones left out, overlapping ones joined, and those that only touch if so asked."""
    joined: list[Range] = []
    for start, end in sorted(found for found in ranges if found[0] < found[1]):
        if joined and (start < joined[-1][1] or (touching and start == joined[-1][1])):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined)


def without(ranges: Iterable[Range], cut: Ranges) -> tuple[Range, ...]:
    """What is left of each of the ranges outside `cut` (sorted, disjoint), in the order given."""
    return tuple(piece for found in ranges for piece in _outside(*found, cut))


def _outside(start: int, end: int, cut: Ranges) -> list[Range]:
    pieces: list[Range] = []
    for first, last in cut[bisect_right(cut, start, key=itemgetter(1)) :]:
        if first >= end:
            break
        if first > start:
            pieces.append((start, first))
        start = last
    return [*pieces, (start, end)] if start < end else pieces


def hidden_ranges(masks: Iterable[Mask]) -> tuple[Range, ...]:
    """What the masks hide, merged and sorted. Lost masks and those of kept proposals hide nothing."""
    return merged(
        (mask.anchor.start, mask.anchor.end) for mask in masks if mask.state is MaskState.HIDDEN and mask.stands
    )


def proposals(debris: Iterable[Debris], masks: Iterable[Mask]) -> tuple[Debris, ...]:
    """The debris that nobody has decided on: at least half of a decided one is hidden or kept.

    Half, because a mask that was carried over to another text may end a word earlier than what is found there.
    """
    decided = merged((mask.anchor.start, mask.anchor.end) for mask in masks if mask.stands)
    return tuple(found for found in debris if 2 * _length(_outside(found.start, found.end, decided)) > _size(found))


def _size(debris: Debris) -> int:
    return debris.end - debris.start


def _length(ranges: Ranges) -> int:
    return sum(end - start for start, end in ranges)


def shown_outline(text: str, outline: Sequence[OutlineEntry], hidden: Ranges) -> tuple[OutlineEntry, ...]:
    """The entries whose headings are shown. One that names what is no heading of its own stays."""
    return tuple(entry for entry in outline if not _is_hidden_heading(text, entry, hidden))


def _is_hidden_heading(text: str, entry: OutlineEntry, hidden: Ranges) -> bool:
    end = text.find("\n", entry.position)
    line = text[entry.position : end if end >= 0 else len(text)]
    words = " ".join(line.split())
    return bool(words) and entry.title in words and not _outside(entry.position, entry.position + len(line), hidden)


def visible_parts(start: int, end: int, hidden: Ranges) -> tuple[Range, ...]:
    """The parts of `start:end` that are shown. `hidden` is sorted and disjoint, as `hidden_ranges` gives it."""
    return tuple(_outside(start, end, hidden))


def visible_text(text: str, start: int, end: int, hidden: Ranges) -> str:
    """`text[start:end]` without what is hidden.

    Where a part is left out between white space, one of the two stretches of white space goes with it (the one
    with fewer line ends), and at either end that towards it: no gap tells where a paragraph or a sentence stood.
    """
    parts = _outside(start, end, hidden)
    if parts == [(start, end)]:
        return text[start:end]
    pieces: list[str] = []
    for first, last in parts:
        piece = text[first:last]
        if first > start:
            piece = _following(pieces, piece)
        if piece:
            pieces.append(piece)
    if pieces and parts[-1][1] < end:
        pieces[-1] = pieces[-1].rstrip()
    return "".join(pieces)


def _following(pieces: list[str], piece: str) -> str:
    """What of `piece` follows the last of `pieces`, of which the end may go; something was hidden between them."""
    tail = piece.lstrip()
    if not pieces:
        return tail
    head = pieces[-1].rstrip()
    before, after = pieces[-1][len(head) :], piece[: len(piece) - len(tail)]
    if not before or not after:
        return piece
    if after.count("\n") <= before.count("\n"):
        return tail
    pieces[-1] = head
    return piece


def visible_hits(hits: Iterable[Range], hidden: Ranges) -> list[Range]:
    """The hits in which nothing is hidden, in their order; an empty hit counts as the place before the next letter."""
    if not hidden:
        return list(hits)
    return [hit for hit in hits if not touches(*hit, hidden)]


def touches(start: int, end: int, hidden: Ranges) -> bool:
    """Whether any of `start:end` is hidden."""
    at = bisect_right(hidden, start, key=itemgetter(1))
    return at < len(hidden) and hidden[at][0] < max(end, start + 1)


def visible_quote(mark: Annotation, hidden: Ranges) -> str:
    """A mark's words without those that are hidden, for reading; its anchor always keeps all of them.

    A lost mark is nowhere, so nothing hides it. Where the words at the mark's place are others than its quote, the
    letters left out are those at the same distance from its beginning.
    """
    inside = hidden_in_quote(mark, hidden)
    return visible_text(mark.quote, 0, len(mark.quote), inside) if inside else mark.quote


def hidden_in_quote(mark: Annotation, hidden: Ranges) -> Ranges:
    """What of a mark's quote is hidden, as ranges in the quote (`visible_quote`)."""
    anchor = mark.anchor
    if not hidden or anchor is None or mark.state is AnchorState.LOST or not touches(anchor.start, anchor.end, hidden):
        return ()
    start, end = anchor.start, anchor.end
    if not visible_parts(start, end, hidden):
        return ((0, len(anchor.exact)),)
    return merged((max(first - start, 0), last - start) for first, last in hidden if last > start)
