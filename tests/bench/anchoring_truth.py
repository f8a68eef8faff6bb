"""Marks on an old text, where they belong in an edited one, and what an answer about them is worth."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from random import Random

from reader.model.annotation import AnchorState
from reader.text.anchoring import Resolution
from tests.bench.anchoring_edits import NEW, Edited

Span = tuple[int, int]
# What has less in common than this with the marked words is another passage.
_HALF = 0.5
# Pieces of a passage that are further apart than this were parted by a move.
_PARTED = 400
# So many code points more that are as they were make another copy of a quote as good an answer as its own.
_CLEARLY_MORE = 32


class Survival(StrEnum):
    """How much of a marked passage the edited text still holds."""

    WHOLE = "whole"
    NEARLY = "up to 10 % changed"
    SHORT = "short, changed"
    PARTLY = "more changed"
    GONE = "gone"


class Outcome(StrEnum):
    RIGHT = "right"
    LOST = "lost"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Truth:
    """A marked passage: where it was, where its code points are now, and what became of it."""

    before: Span
    now: frozenset[int]
    survival: Survival


def marks(rng: Random, text: str, count: int) -> list[Span]:
    """Words, phrases, sentences and paragraphs as people mark them, in text order."""
    words = [found.span() for found in re.finditer(r"[^\W_]+(?:['\u200c-][^\W_]+)*|[\u4e00-\u9fff]", text)]
    if len(words) < 2 or words[0][0] == words[-1][0]:
        return []
    words = words if len(text) / len(words) < 9 else _by_signs(text)
    spans: set[Span] = set()
    for _ in range(count):
        first = rng.randrange(len(words))
        last = min(len(words) - 1, first + rng.choice((0, 1, 2, 4, 7, 12, 20, 35, 80)))
        spans.add((words[first][0], words[last][1]))
    return sorted(spans)


def _by_signs(text: str) -> list[Span]:
    """Text without spaces is marked sign by sign."""
    return [found.span() for found in re.finditer(r"\w", text)]


def truths(before: str, edited: Edited, spans: Sequence[Span]) -> list[Truth]:
    """What became of each span."""
    places = [NEW] * len(before)
    for now, origin in enumerate(edited.origins):
        if origin != NEW:
            places[origin] = now
    return [_truth(before, edited.text, span, places) for span in spans]


def _truth(before: str, after: str, span: Span, places: Sequence[int]) -> Truth:
    from rapidfuzz.distance import Levenshtein

    size = span[1] - span[0]
    now = _largest(sorted(place for place in places[slice(*span)] if place != NEW))
    if len(now) < _HALF * size:
        return Truth(span, frozenset(now), Survival.GONE)
    quote, words = before[slice(*span)], after[now[0] : now[-1] + 1]
    changed = Levenshtein.distance(quote, words) / size
    if not changed:
        survival = Survival.WHOLE
    elif size < 12:
        survival = Survival.SHORT
    else:
        survival = Survival.NEARLY if changed <= 0.1 else Survival.PARTLY
    return Truth(span, frozenset(now), survival)


def _largest(places: Sequence[int]) -> list[int]:
    """The largest part of a passage that a move tore apart."""
    parts: list[list[int]] = []
    for place in places:
        if parts and place - parts[-1][-1] <= _PARTED:
            parts[-1].append(place)
        else:
            parts.append([place])
    return max(parts, key=len) if parts else []


def outcome(truth: Truth, found: Span | None, before: str, edited: Edited) -> Outcome:
    """Right: the answer and the truth share at least half of each. Lost is right for what is gone.

    Where what is new or gone reads like what is beside it, nobody can tell which of the two it is: both answers are
    right. The same goes for another copy of the quote, if round it clearly more of the text is as it was.
    """
    if found is None:
        return Outcome.RIGHT if truth.survival is Survival.GONE else Outcome.LOST
    shared = sum(place in truth.now for place in range(*found))
    if shared and shared >= _HALF * max(found[1] - found[0], len(truth.now)):
        return Outcome.RIGHT
    if truth.survival is not Survival.GONE and before[slice(*truth.before)] == edited.text[slice(*found)]:
        now = min(truth.now), max(truth.now) + 1
        here, there = (_agreement(before, truth.before, edited.text, place) for place in (now, found))
        if _has_slid(edited, now, found) or there >= here + _CLEARLY_MORE:
            return Outcome.RIGHT
    origins = [origin for origin in edited.origins[slice(*found)] if origin != NEW]
    if origins and _is_either(before, edited, truth.before, (min(origins), max(origins) + 1)):
        return Outcome.RIGHT
    return Outcome.WRONG


def _agreement(before: str, old: Span, after: str, now: Span) -> int:
    """How many code points on both sides of a passage are as they were."""
    left = takewhile(lambda pair: pair[0] == pair[1], zip(before[: old[0]][::-1], after[: now[0]][::-1], strict=False))
    right = takewhile(lambda pair: pair[0] == pair[1], zip(before[old[1] :], after[now[1] :], strict=False))
    return sum(1 for _ in left) + sum(1 for _ in right)


def _has_slid(edited: Edited, real: Span, found: Span) -> bool:
    """Whether the same text comes about if the new block between the two places is put in elsewhere."""
    low, high = min(real[0], found[0]), max(real[1], found[1])
    size = abs(real[0] - found[0])
    text, origins = edited.text, edited.origins

    def is_new(at: int) -> bool:
        return at >= 0 and all(origin == NEW for origin in origins[at : at + size])

    if any(is_new(at) and text[low:at] == text[low + size : at + size] for at in range(low, low + size)):
        return True
    return any(is_new(at) and text[at : high - size] == text[at + size : high] for at in range(low - size, low + 1))


def _is_either(before: str, edited: Edited, one: Span, other: Span) -> bool:
    """Whether the same text comes about if the deleted one of two equal neighbours is the other one."""
    size = abs(one[0] - other[0])
    kept = set(edited.origins)
    low, high = min(one[0], other[0]), max(one[1], other[1])

    def is_gone(at: int) -> bool:
        return kept.isdisjoint(range(at, at + size))

    return size > 0 and any(
        before[at - size : at] == before[at : at + size] and (is_gone(at - size) or is_gone(at))
        for at in range(max(low, size), high + 1)
    )


def span_of(found: Resolution) -> Span | None:
    return None if found.state is AnchorState.LOST else (found.start, found.end)


Answers = Callable[[str, str, Sequence[Span]], list[Span | None]]
"""What a method says of the spans of an older text in a newer one."""
