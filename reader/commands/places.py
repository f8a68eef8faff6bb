"""The passage that a command is told: by its words and what stands round them, or by its positions."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

from reader.model.errors import ReaderError

_OPTIONS = (
    click.option("--exact", metavar="TEXT", help="The passage's words; line ends and spaces count as the same."),
    click.option("--prefix", metavar="P", default="", help="What stands right before it, where the words recur."),
    click.option("--suffix", metavar="S", default="", help="What stands right after it."),
    click.option("--start", type=click.IntRange(min=0), metavar="N", help="The passage's first code point, from 0."),
    click.option("--end", type=click.IntRange(min=1), metavar="N", help="The code point after its last one."),
)


@dataclass(frozen=True, slots=True)
class Place:
    """The words `exact` between `prefix` and `suffix`, or the code points from `start` to `end`, or neither."""

    exact: str | None
    prefix: str
    suffix: str
    start: int | None
    end: int | None

    @property
    def given(self) -> bool:
        """Whether it is said at all where the passage is."""
        return self.exact is not None or self.start is not None

    def span(self, text: str) -> tuple[int, int]:
        """Start and end in a text, in code points; ReaderError when the passage is not in it, or not just once."""
        if self.exact is not None:
            return _of_words(text, self.exact, self.prefix, self.suffix)
        return _of_positions(text, self.start, self.end)


def place_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that say a passage, and what they say as its parameter `place`.

    UsageError before the command begins, when they contradict each other.
    """

    @wraps(command)
    def placed(
        *args: Any, exact: str | None, prefix: str, suffix: str, start: int | None, end: int | None, **rest: Any
    ) -> int:
        place = Place(exact, prefix, suffix, start, end)
        _check(place)
        return command(*args, place=place, **rest)

    optioned: Callable[..., int] = placed
    for option in reversed(_OPTIONS):
        optioned = option(optioned)
    return optioned


def _check(place: Place) -> None:
    by_position = place.start is not None or place.end is not None
    if place.exact is not None and by_position:
        raise click.UsageError("Give the words (--exact) or the positions (--start and --end), not both")
    if (place.start is None) != (place.end is None):
        raise click.UsageError("--start and --end belong together")
    if (place.prefix or place.suffix) and place.exact is None:
        raise click.UsageError("--prefix and --suffix belong to --exact")
    if place.exact is not None and not place.exact.strip():
        raise click.UsageError("--exact is empty")


def _of_positions(text: str, start: int | None, end: int | None) -> tuple[int, int]:
    """The passage from `start` to `end`, in code points; ReaderError when there is none."""
    if start is None or end is None or not start < end <= len(text):
        raise ReaderError(f"There is no passage from {start} to {end}; the text has {len(text):,} code points.")
    return start, end


def _of_words(text: str, exact: str, prefix: str, suffix: str) -> tuple[int, int]:
    """Where `exact` stands between `prefix` and `suffix`; any white space in them fits any other.

    Words that the ends of lines cut are found as they are shown, whole, where the text has none as they are given.
    """
    from reader.text.joining import joined_with_map, may_cut

    spans = _spans(text, exact, prefix, suffix)
    if not spans and may_cut(text):
        shown, places = joined_with_map(text)
        spans = {(places[start], places[end - 1] + 1) for start, end in _spans(shown, exact, prefix, suffix)}
    found = sorted(spans)
    if not found:
        raise ReaderError("These words are not in the document; look at its text with: reader text ID")
    if len(found) > 1:
        places = ", ".join(f"{start}-{end}" for start, end in found[:5]) + (", ..." if len(found) > 5 else "")
        raise ReaderError(
            f"These words are there {len(found)} times ({places}); add --prefix or --suffix, or --start and --end."
        )
    return found[0]


def _spans(text: str, exact: str, prefix: str, suffix: str) -> set[tuple[int, int]]:
    import re

    before, words, after = (r"\s+".join(map(re.escape, re.split(r"\s+", part))) for part in (prefix, exact, suffix))
    pattern = re.compile(f"{before}(?P<words>{words})(?={after})")
    spans: set[tuple[int, int]] = set()
    at = 0
    while match := pattern.search(text, at):
        spans.add(match.span("words"))
        at = match.start() + 1
    return spans
