"""Where the words of a query stand in a text that the index found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.text.folding import fold_with_map, source_range
from reader.text.joining import cut_words, joined, joined_with_map, may_cut
from reader.text.terms import is_paired

_BEFORE = 60
_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of text to show, with `matches` as ranges of it; `start` and `end` are the place in the document."""

    start: int
    end: int
    text: str
    matches: tuple[tuple[int, int], ...]


class Matcher:
    """Finds the terms of one query: words as the index holds them, the last unfinished if so marked."""

    def __init__(self, terms: Sequence[tuple[Sequence[str], bool]]) -> None:
        self._patterns = [re.compile(_pattern(tokens, prefix=prefix)) for tokens, prefix in terms]

    def finds(self, *texts: str) -> int:
        """How many of the terms are in the texts; a term in one of them is enough."""
        folded = [fold_with_map(part)[0] for text in texts for part in (text, *cut_words(text))]
        return sum(any(map(pattern.search, folded)) for pattern in self._patterns)

    def finds_all(self, *texts: str) -> bool:
        """Whether each of the terms is in one of the texts."""
        return self.finds(*texts) == len(self._patterns)

    def ranges(self, text: str) -> list[tuple[int, int]]:
        """Where the terms are, in order, overlaps joined."""
        folded, positions = fold_with_map(text)
        found = [match.span() for pattern in self._patterns for match in pattern.finditer(folded)]
        return _joined(sorted(source_range(positions, *span) for span in found))

    def in_passage(self, text: str, start: int) -> Snippet:
        """The first match in a passage that begins at `start` in the document; words that lines cut are read whole."""
        if may_cut(text):
            running, positions = joined_with_map(text)
            if inside := self.ranges(running):
                first = source_range(positions, *inside[0])
                return _cut(running, inside, start + first[0], start + first[1])
        ranges = self.ranges(text)
        first = ranges[0] if ranges else (0, len(text))
        return _cut(text, ranges, start + first[0], start + first[1])

    def in_parts(self, parts: Sequence[tuple[int, str]]) -> Snippet:
        """The first match in parts of a passage, each with its start in the document."""
        start, text = next(((start, text) for start, text in parts if self.finds(text)), parts[0])
        return self.in_passage(text, start)

    def within(self, text: str, start: int, end: int) -> Snippet:
        """The matches in a text that belongs to the place `start`..`end` of the document."""
        if may_cut(text) and (inside := self.ranges(running := joined(text))):
            return _cut(running, inside, start, end)
        return _cut(text, self.ranges(text), start, end)


def _cut(text: str, ranges: list[tuple[int, int]], start: int, end: int) -> Snippet:
    """About 200 code points round the first match, cut between words, on one line."""
    begin = _word_start(text, ranges[0][0] - _BEFORE) if ranges and ranges[0][0] > _BEFORE else 0
    stop = begin + _LENGTH
    if stop < len(text):
        space = text.rfind(" ", begin + _LENGTH // 2, stop)
        stop = space if space > 0 else stop
    else:
        stop = len(text)
    head, tail = "…" if begin else "", "…" if stop < len(text) else ""
    shift = len(head) - begin
    inside = tuple((max(s, begin) + shift, min(e, stop) + shift) for s, e in ranges if s < stop)
    shown = "".join(" " if letter.isspace() else letter for letter in text[begin:stop].rstrip())
    return Snippet(start, end, head + shown + tail, tuple(_clip(inside, len(head) + len(shown))))


def _clip(ranges: tuple[tuple[int, int], ...], end: int) -> list[tuple[int, int]]:
    return [(s, min(e, end)) for s, e in ranges if s < end]


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at, at + _BEFORE)
    return space + 1 if space >= 0 else at


def _joined(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _pattern(tokens: Sequence[str], *, prefix: bool) -> str:
    """Words one after the other, with anything but letters and digits between them, or a letter/digit border."""
    words = _without_pairs(tokens)
    first, last = words[0], words[-1]
    head = "" if is_paired(first[0]) else _no_more(first[0], behind=True)
    tail = "" if prefix or is_paired(last[-1]) else _no_more(last[-1], behind=False)
    return head + r"[\W_]*".join(re.escape(word) for word in words) + tail


def _no_more(letter: str, *, behind: bool) -> str:
    kind = r"\d" if letter.isdigit() else r"[^\W\d_]"
    return f"(?<!{kind})" if behind else f"(?!{kind})"


def _without_pairs(tokens: Sequence[str]) -> list[str]:
    """The words, with overlapping pairs put together again."""
    words: list[str] = []
    for token in tokens:
        if words and is_paired(token[0]) and is_paired(words[-1][-1]) and words[-1][-1] == token[0]:
            words[-1] += token[1:]
        else:
            words.append(token)
    return words
