"""Finding in one text, as the find bar does: literally or by a regular expression, with every hit's range."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from unicodedata import category

from reader.text.fold_table import is_accent
from reader.text.paired import is_paired
from reader.text.variants import fold, fold_with_map, source_range

_LIMIT = 10_000
_CHECK_EVERY = 2048
_REGEX_SECONDS = 2.0
# Code points that a fair pattern gets a further second for.
_REGEX_PACE = 10_000_000
_TOO_SLOW = "This pattern takes too long on this text: make it simpler or search for a longer literal part."

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class FindOptions:
    """True means that the difference must match; `regex` takes the query as a regular expression."""

    case: bool = False
    accents: bool = False
    whole_word: bool = False
    regex: bool = False


@dataclass(frozen=True, slots=True)
class FindResult:
    """Hits in text order, none empty, none overlapping; `error` is a sentence for the user, else empty.

    `truncated` says that there are more hits than the limit, or that the search was cancelled.
    """

    hits: list[Range] = field(default_factory=list)
    error: str = ""
    truncated: bool = False


class _Stopped(Exception):
    """The caller does not want the answer any more."""


class _PatternError(Exception):
    """A sentence about a regular expression that is wrong, or too slow."""


class Finder:
    """Searches one text; keeps what folding the text yields, so that each further letter is fast.

    Threads take turns: letters typed while the text is being folded wait for that one folding.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._turn = Lock()
        self._folded: dict[tuple[bool, bool], tuple[str, Sequence[int] | None]] = {}
        self._asked: dict[tuple[bool, bool], tuple[str, int]] = {}
        self._accentless: tuple[str, Sequence[int] | None] | None = None

    def find(
        self,
        query: str,
        options: FindOptions | None = None,
        *,
        limit: int = _LIMIT,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> FindResult:
        """At most `limit` hits of `query`. `cancelled` is asked every few milliseconds."""
        with self._turn:
            if cancelled():
                return FindResult(truncated=True)
            return self._find(query, options or FindOptions(), limit, cancelled)

    def prepare(self, options: FindOptions | None = None) -> None:
        """Fold the text ahead of the first letter."""
        chosen = options or FindOptions()
        with self._turn:
            self._for(case=not chosen.case, accents=not chosen.accents)

    def _find(self, query: str, chosen: FindOptions, limit: int, cancelled: Callable[[], bool]) -> FindResult:
        if not query:
            return FindResult()
        search = self._pattern_hits if chosen.regex else self._literal_hits
        hits: list[Range] = []
        try:
            for hit in search(query, chosen, cancelled):
                if hits and hit[0] < hits[-1][1]:
                    continue  # both halves of one character, such as the "s" in "ß"
                if len(hits) >= limit:
                    return FindResult(hits, truncated=True)
                hits.append(hit)
        except _Stopped:
            return FindResult(hits, truncated=True)
        except _PatternError as error:
            return FindResult(error=str(error))
        return FindResult(hits)

    def _literal_hits(self, query: str, options: FindOptions, cancelled: Callable[[], bool]) -> Iterator[Range]:
        folded, positions = self._for(case=not options.case, accents=not options.accents)
        needle = _spaced(fold(query, case=not options.case, accents=not options.accents))
        if not needle:
            return
        size, checks = len(needle), 0
        at = self._first(folded, needle, (options.case, options.accents))
        while at >= 0:
            checks += 1
            if checks % _CHECK_EVERY == 0 and cancelled():
                raise _Stopped
            end = at + size
            wanted = not (options.accents and _is_composed(folded, end))
            if wanted and (not options.whole_word or _is_whole(folded, at, end)):
                yield source_range(positions, at, end)
                at = folded.find(needle, end)
            else:
                at = folded.find(needle, at + 1)

    def _first(self, folded: str, needle: str, way: tuple[bool, bool]) -> int:
        """Where `needle` stands first, -1 if nowhere.

        With a letter more than was asked before, it stands nowhere before what was found then.
        """
        before, at = self._asked.get(way, ("", 0))
        if not needle.startswith(before):
            at = 0
        if at >= 0:
            at = folded.find(needle, at)
        self._asked[way] = needle, at
        return at

    def _pattern_hits(self, query: str, options: FindOptions, cancelled: Callable[[], bool]) -> Iterator[Range]:
        pattern = _compiled(query, options)
        text, positions = self._for_pattern(options)
        for start, end in _matches(pattern, text, cancelled):
            if start < end and (not options.whole_word or _is_whole(text, start, end)):
                yield source_range(positions, start, end)

    def _for(self, *, case: bool, accents: bool) -> tuple[str, Sequence[int] | None]:
        """The text folded, with line ends as spaces: a hard-wrapped phrase is found across its line end."""
        key = (case, accents)
        if key not in self._folded:
            folded, positions = fold_with_map(self._text, case=case, accents=accents)
            self._folded[key] = _spaced(folded), positions
        return self._folded[key]

    def _for_pattern(self, options: FindOptions) -> tuple[str, Sequence[int] | None]:
        """The text that a regular expression sees: with its line ends, without accents unless they must match."""
        if options.accents:
            return self._text, None
        if self._accentless is None:
            self._accentless = fold_with_map(self._text, case=False)
        return self._accentless


def _spaced(text: str) -> str:
    return text.replace("\n", " ").replace("\t", " ")


def _is_composed(folded: str, end: int) -> bool:
    """Whether an accent of its own follows: "e" is then not the letter that is written there."""
    return end < len(folded) and is_accent(folded[end])


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no word goes on over either end; scripts without spaces have no such ends."""
    return not (_is_inside(text, start) or _is_inside(text, end))


def _is_inside(text: str, at: int) -> bool:
    return 0 < at < len(text) and _is_word(text[at - 1]) and _is_word(text[at])


def _is_word(char: str) -> bool:
    return (char.isalnum() or char == "_" or category(char)[0] == "M") and not is_paired(char)


def _compiled(query: str, options: FindOptions) -> Any:
    """The query as a compiled pattern; without accents unless they must match, as its text is."""
    import regex

    flags = regex.MULTILINE if options.case else regex.MULTILINE | regex.IGNORECASE
    pattern = query if options.accents else fold(query, case=False)
    try:
        return regex.compile(pattern, flags)
    except regex.error as error:
        raise _PatternError(f"This pattern is not valid: {error}.") from error
    except (RecursionError, OverflowError, ValueError) as error:
        raise _PatternError("This pattern is too deeply nested: make it simpler.") from error


def _matches(pattern: Any, text: str, cancelled: Callable[[], bool]) -> Iterator[Range]:
    """Ranges of the pattern's matches, empty ones too; gives up after two seconds, more for very long texts."""
    seconds = _REGEX_SECONDS + len(text) / _REGEX_PACE
    try:
        for count, match in enumerate(pattern.finditer(text, timeout=seconds, concurrent=True)):
            if count % _CHECK_EVERY == 0 and cancelled():
                raise _Stopped
            yield match.span()
    except TimeoutError:
        raise _PatternError(_TOO_SLOW) from None
    except (ValueError, MemoryError, RecursionError) as error:
        raise _PatternError("This pattern cannot be used on this text: make it simpler.") from error
