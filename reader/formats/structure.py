"""Where in lists, quotations and notes the next paragraph stands."""

from dataclasses import dataclass, field

from reader.model.document import Block, BlockKind

BULLET = "•"
UNCHECKED = "☐"
CHECKED = "☑"
_MAX_NUMBER = 10**9
_PARAGRAPH = Block(BlockKind.PARAGRAPH, 0, 0)


@dataclass(slots=True)
class OpenList:
    """A list being read: its next number (None for bullets), the step to the one after, and how it is written."""

    number: int | None = None
    step: int = 1
    style: str = "1"

    @property
    def coming(self) -> str:
        """The marker that the next item will have."""
        return BULLET if self.number is None else marker(self.number, self.style)

    def next_marker(self) -> str:
        shown = self.coming
        if self.number is not None:
            self.number += self.step
        return shown


@dataclass(slots=True)
class Structure:
    """What surrounds the text being read.

    `pending` is the marker of a list item, or the label of a note, of which no text has come yet;
    `tables` counts the tables begun.
    """

    lists: list[OpenList] = field(default_factory=list)
    quote_depth: int = 0
    pending: str = ""
    in_notes: bool = False
    tables: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether a paragraph here is just a paragraph."""
        return not (self.lists or self.quote_depth or self.in_notes or self.pending)

    def paragraph(self) -> Block:
        """The shape of a paragraph here. Takes the pending marker: the item's next paragraph has none."""
        number, self.pending = self.pending, ""
        if self.in_notes:
            return Block(BlockKind.FOOTNOTE, 0, 0, number=number, quote_depth=self.quote_depth)
        if self.lists:
            return Block(BlockKind.LIST_ITEM, 0, 0, level=len(self.lists), number=number, quote_depth=self.quote_depth)
        if self.quote_depth:
            return Block(BlockKind.QUOTE, 0, 0, quote_depth=self.quote_depth)
        return _PARAGRAPH


def marker(number: int, style: str) -> str:
    """A list number as it is shown: style "1", "a", "A", "i" or "I" as in HTML."""
    number = max(-_MAX_NUMBER, min(number, _MAX_NUMBER))
    if style in ("a", "A") and number > 0:
        return _letters(number, style) + "."
    if style in ("i", "I") and 0 < number < 4000:
        roman = _roman(number)
        return (roman.lower() if style == "i" else roman) + "."
    return f"{number}."


def _letters(number: int, first: str) -> str:
    shown = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        shown = chr(ord(first) + rest) + shown
    return shown


def _roman(number: int) -> str:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    numerals = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    shown = ""
    for value, numeral in zip(values, numerals, strict=True):
        count, number = divmod(number, value)
        shown += numeral * count
    return shown
