"""The lines of the list: annotations, and over them the heads of their groups, of which some are folded."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from reader.model.workspace import Group, Grouping, Listing

WITHOUT: dict[Grouping, str] = {
    Grouping.DOCUMENT: "Without a document",
    Grouping.TAG: "Without a tag",
    Grouping.CATEGORY: "Without a category",
    Grouping.MONTH: "Without a date",
    Grouping.SOURCE: "Without a source",
    Grouping.AUTHOR: "Without an author",
}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a group. `key` tells it from the others, `name` is the group's as a whole ("cost/dam").

    `total` counts the annotations under it, those of nested groups too; its own are `count` from `start` on, as places
    in the listing. `level` says how deep it is nested.
    """

    key: str
    name: str
    label: str
    level: int
    start: int
    count: int
    total: int


class Lines:
    """A listing as lines. `folded` are the keys of the heads that show nothing under them."""

    def __init__(self, listing: Listing, grouping: Grouping | None = None, folded: Collection[str] = ()) -> None:
        self._listing, self._grouping = listing, grouping
        self.ids: Sequence[int] = listing.ids
        self.heads: tuple[Head, ...] = tuple(_heads(listing.groups, grouping)) if grouping else ()
        self._groups = [head for head in self.heads if head.count]
        self._shown: list[Head] = []
        self._starts: list[int] = []
        self.folded = frozenset(folded)
        self.count = self._lay_out() if self.heads else len(self.ids)

    def with_folded(self, folded: Collection[str]) -> "Lines":
        """The same with other heads folded."""
        return Lines(self._listing, self._grouping, folded)

    def at(self, line: int) -> Head | int:
        """The head on that line, else the place in the listing of the annotation on it."""
        if not self.heads:
            return line
        number = bisect_right(self._starts, line) - 1
        head, begin = self._shown[number], self._starts[number]
        return head if line == begin else head.start + line - begin - 1

    def line_of(self, place: int) -> int:
        """The line of the annotation at that place in the listing; where it is folded away, that of its head."""
        if not self.heads:
            return place
        group = self._groups[bisect_right(self._groups, place, key=lambda head: head.start) - 1]
        line = self.line_of_head(group.key)
        open_ = self._shown[bisect_right(self._starts, line) - 1].key == group.key and group.key not in self.folded
        return line + 1 + place - group.start if open_ else line

    def unfolded(self) -> Iterator[tuple[int, range]]:
        """The lines from which annotations follow each other, with their places in the listing."""
        if not self.heads:
            yield 0, range(len(self.ids))
            return
        for head, begin in zip(self._shown, self._starts, strict=True):
            if head.count and head.key not in self.folded:
                yield begin + 1, range(head.start, head.start + head.count)

    def line_of_head(self, key: str) -> int:
        """The line of a head; where it is folded away, that of the head over it."""
        if key in self._line_of_key:
            return self._line_of_key[key]
        nearest = 0
        for head in self.heads:
            if head.key in self._line_of_key:
                nearest = self._line_of_key[head.key]
            if head.key == key:
                break
        return nearest

    def head_over(self, line: int) -> int:
        """The line of the head that a line stands under; of a head, the one that it is nested in, else itself."""
        if not self.heads:
            return line
        number = bisect_right(self._starts, line) - 1
        if self._starts[number] < line:
            return self._starts[number]
        level = self._shown[number].level
        while number and self._shown[number].level >= level > 0:
            number -= 1
        return self._starts[number]

    def places(self, first: int, last: int) -> Iterator[range]:
        """The places in the listing of the annotations on the lines `first` to `last`, in order."""
        if not self.heads:
            yield range(first, last + 1)
            return
        number = max(bisect_right(self._starts, first) - 1, 0)
        while number < len(self._shown) and self._starts[number] <= last:
            head, begin = self._shown[number], self._starts[number]
            if head.key not in self.folded:
                low, high = max(first, begin + 1), min(last, begin + head.count)
                if low <= high:
                    yield range(head.start + low - begin - 1, head.start + high - begin)
            number += 1

    def _lay_out(self) -> int:
        line, hidden = 0, -1
        self._line_of_key: dict[str, int] = {}
        for head in self.heads:
            if 0 <= hidden < head.level:
                continue
            folded = head.key in self.folded
            hidden = head.level if folded else -1
            self._shown.append(head)
            self._starts.append(line)
            self._line_of_key[head.key] = line
            line += 1 if folded else 1 + head.count
        return line


def _heads(groups: Sequence[Group], grouping: Grouping | None) -> Iterator[Head]:
    if grouping is Grouping.TAG:
        yield from _nested(groups)
        return
    known: dict[str, int] = {}
    for group in groups:
        known[group.label] = known.get(group.label, 0) + 1
        # Two documents may have one title.
        key = f"{group.label}\n{known[group.label]}"
        label = group.label or WITHOUT[grouping or Grouping.DOCUMENT]
        yield Head(key, group.label, label, 0, group.start, group.count, group.count)


def _nested(groups: Sequence[Group]) -> Iterator[Head]:
    """Groups of tags, with a head for each tag that others are nested in, though no annotation has it itself."""
    totals: dict[str, int] = {}
    for group in groups:
        for part in _over(group.label):
            totals[part.casefold()] = totals.get(part.casefold(), 0) + group.count
    made: set[str] = set()
    for group in groups:
        for level, name in enumerate(_over(group.label)):
            key = name.casefold()
            if key in made:
                continue
            made.add(key)
            own = group.count if name == group.label else 0
            label = name.rpartition("/")[2] or WITHOUT[Grouping.TAG]
            yield Head(key, name, label, level, group.start, own, totals[key])


def _over(tag: str) -> list[str]:
    """A tag and those that it is nested in, the outermost first."""
    parts = tag.split("/")
    return ["/".join(parts[: number + 1]) for number in range(len(parts))]
