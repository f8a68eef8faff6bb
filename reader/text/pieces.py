"""A text cut into lines, sentences or words, each with a key that is equal where only the way of writing differs."""

import re
from collections.abc import Callable, Iterator

from reader.text.fold_table import table

Piece = tuple[int, int, str]
"""Start and end in the text, and the key."""

_SENTENCE = re.compile(r"[^\s.?!。؟…][^.?!。؟…]*")
# Scripts without spaces are cut sign by sign; a word may be cut by a soft hyphen or by one at the end of a line.
_UNSPACED = "\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+(?:(?:\u00ad|-\n)[^\W\d_]+)*")


class _Keys(dict[int, str | None]):
    """Code point to what a key keeps of it: letters and digits, without case and accents."""

    def __missing__(self, code_point: int) -> str | None:
        # None instead of nothing lets `translate` stay in its fast lane.
        folded = "".join(char for char in table(case=True, accents=True)[code_point] if char.isalnum()) or None
        self[code_point] = folded
        return folded


_keys = _Keys()


def key_of(text: str) -> str:
    """The letters and digits of `text`, folded: what two ways of writing the same have in common."""
    return text.translate(_keys)


def lines(text: str, low: int, high: int) -> Iterator[Piece]:
    """The lines of `text[low:high]` that are not blank; the key is the line as it stands."""
    for line in text[low:high].split("\n"):
        if line and not line.isspace():
            yield low, low + len(line), line
        low += len(line) + 1


def sentences(text: str, low: int, high: int) -> Iterator[Piece]:
    """What stands between full stops and the like, wherever lines end."""
    return _folded(_SENTENCE, text, low, high)


def words(text: str, low: int, high: int) -> Iterator[Piece]:
    """The words, or the signs of scripts that do not part them."""
    return _folded(_WORD, text, low, high)


def _folded(pattern: re.Pattern[str], text: str, low: int, high: int) -> Iterator[Piece]:
    for found in pattern.finditer(text, low, high):
        key = found.group().translate(_keys)
        if key:
            yield found.start(), found.end(), key


Cut = Callable[[str, int, int], Iterator[Piece]]
