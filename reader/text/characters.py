"""Cutting where no word or line tells where: never between a letter and its marks."""

from unicodedata import combining

_JOINER = "\u200d"
_MOST_MARKS = 50


def whole_character(text: str, at: int) -> int:
    """The first position from `at` on that parts no letter from its marks and no joined emoji.

    At most 50 code points further on, whatever the text holds.
    """
    high = min(at + _MOST_MARKS, len(text))
    while 0 < at < high and (_clings(text[at]) or text[at - 1] == _JOINER):
        at += 1
    return at


def _clings(char: str) -> bool:
    """Whether this never begins a character: marks, joiner, variation selectors, skin tones."""
    return (
        bool(combining(char)) or char == _JOINER or "\ufe00" <= char <= "\ufe0f" or "\U0001f3fb" <= char <= "\U0001f3ff"
    )
