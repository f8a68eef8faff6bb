"""The ways to carry marks over that are compared: ours with and without the older text, and two plain ones."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from difflib import SequenceMatcher

from reader.text.anchoring import Resolver, describe
from tests.bench.anchoring_truth import Answers, Span, span_of


def with_before(before: str, after: str, spans: Sequence[Span]) -> list[Span | None]:
    """The resolver, with the older text at hand, as for a document of the library."""
    resolver = Resolver(after, before=before)
    return [span_of(resolver.resolve(describe(before, *span))) for span in spans]


def alone(before: str, after: str, spans: Sequence[Span]) -> list[Span | None]:
    """The resolver, with the anchors only, as for marks that are imported."""
    resolver = Resolver(after)
    anchors = [describe(before, *span) for span in spans]
    resolver.survey(anchors)
    return [span_of(resolver.resolve(anchor)) for anchor in anchors]


def quote_only(before: str, after: str, spans: Sequence[Span]) -> list[Span | None]:
    """The first place where the quote stands."""
    starts = [(after.find(before[start:end]), end - start) for start, end in spans]
    return [(start, start + size) if start >= 0 else None for start, size in starts]


def by_difflib(before: str, after: str, spans: Sequence[Span]) -> list[Span | None]:
    """What `difflib` says of the words: from the first to the last of a mark that stand in both texts."""
    old, new = (list(re.finditer(r"[\u3400-\u9fff]|\w+|\s+|.", text)) for text in (before, after))
    matcher = SequenceMatcher(None, [m.group() for m in old], [m.group() for m in new])
    places: dict[int, int] = {}
    for a, b, size in matcher.get_matching_blocks():
        places.update((a + n, b + n) for n in range(size))
    edges = [found.start() for found in old]
    answers: list[Span | None] = []
    for start, end in spans:
        first, last = bisect_right(edges, start) - 1, bisect_right(edges, end - 1) - 1
        kept = [places[word] for word in range(first, last + 1) if word in places]
        answers.append((new[kept[0]].start(), new[kept[-1]].end()) if kept else None)
    return answers


METHODS: dict[str, Answers] = {
    "with before": with_before,
    "alone": alone,
    "difflib": by_difflib,
    "quote only": quote_only,
}
