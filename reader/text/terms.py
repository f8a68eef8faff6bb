"""The words that the search index holds, and the words that a query asks for.

Both sides are cut alike: folded, at every border between letters and digits, and scripts written without
spaces into overlapping pairs. So "The1988crisis" is found by 1988, by crisis and as typed.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import add

from reader.text.joining import cut_words, may_cut
from reader.text.paired import PAIRED, is_paired, paired_run
from reader.text.variants import fold

__all__ = ["QueryTerm", "index_text", "index_texts", "is_paired", "query_terms"]

_DIGITS = re.compile("[0-9]+")
_QUOTED = re.compile('"([^"]*)("?)|([^\\s"]+)')


@cache
def _run() -> re.Pattern[str]:
    return re.compile(f"[{PAIRED}]+|[0-9]+|[^{PAIRED}0-9]+")


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """Words that must follow each other: letters, digits and marks only, folded as the index is.

    With `prefix` the last of them may be the beginning of a longer word.
    """

    tokens: tuple[str, ...]
    prefix: bool = False


def index_text(text: str) -> str:
    """What the search index stores for `text`: words separated by anything that is no letter or digit."""
    folded = _with_borders(fold(_with_cut_words(text)))
    return folded if folded.isascii() else paired_run().sub(_pairs, folded)


def index_texts(text: str, ranges: Sequence[tuple[int, int]]) -> list[str]:
    """`index_text` of each of these stretches of a text, which are in text order."""
    if ranges and text.isascii():
        low = ranges[0][0]
        folded = text[low : ranges[-1][1]].lower()
        pieces = [folded[start - low : end - low] for start, end in ranges]
        if may_cut(folded):
            pieces = [_with_cut_words(text[start:end]).lower() for start, end in ranges]
        return [_with_borders(piece) for piece in pieces]
    return [index_text(text[start:end]) for start, end in ranges]


def _with_cut_words(text: str) -> str:
    """The text, and after it the words that its lines cut in two: they are found whole and by their halves."""
    words = cut_words(text)
    return f"{text}\n{' '.join(words)}" if words else text


def _with_borders(folded: str) -> str:
    """The text with its digits set apart from letters. Ten looks for a digit cost less than one with a pattern."""
    for digit in "0123456789":
        if digit in folded:
            return _DIGITS.sub(_set_apart, folded)
    return folded


def query_terms(query: str) -> list[QueryTerm]:
    """What a typed query asks for; a passage is a hit when it holds all the terms.

    Words in quotation marks are one term. The word still being typed, at the very end, is a prefix.
    """
    folded = fold(query)
    terms: list[QueryTerm] = []
    for match in _QUOTED.finditer(folded):
        quoted, closed, word = match.groups()
        tokens = _tokens(word if quoted is None else quoted)
        if tokens:
            typing = match.end() == len(folded) and not closed and not folded[-1].isspace()
            # One ideograph alone begins a pair in the index.
            single = len(tokens[-1]) == 1 and paired_run().fullmatch(tokens[-1])
            terms.append(QueryTerm(tokens, typing or bool(single)))
    return terms


def _set_apart(digits: re.Match[str]) -> str:
    """The digits, with a space towards a letter on either side."""
    text, start, end = digits.string, digits.start(), digits.end()
    before = " " if start and _is_word(text[start - 1]) else ""
    after = " " if end < len(text) and _is_word(text[end]) else ""
    return f"{before}{digits.group()}{after}"


def _pairs(run: re.Match[str]) -> str:
    """The run as overlapping pairs and its last character: every character begins one word."""
    text, start, end = run.string, run.start(), run.end()
    before = " " if start and _is_word(text[start - 1]) else ""
    after = " " if end < len(text) and _is_word(text[end]) else ""
    return before + " ".join(_cut(run.group())) + after


def _cut(run: str) -> list[str]:
    return [*map(add, run, run[1:]), run[-1]]


def _tokens(folded: str) -> tuple[str, ...]:
    """The words of a phrase as the index holds them one after the other."""
    words = "".join(c if _is_word(c) else " " for c in folded).split()
    runs = [run for word in words for run in _run().findall(word)]
    tokens: list[str] = []
    for run in runs:
        tokens += _cut(run) if paired_run().fullmatch(run) else [run]
    # The text may go on after the phrase: its last character then begins another pair.
    if runs and len(runs[-1]) > 1 and paired_run().fullmatch(runs[-1]):
        tokens.pop()
    return tuple(tokens)


def _is_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M" or is_paired(char)
