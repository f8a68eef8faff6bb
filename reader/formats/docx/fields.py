"""Fields of Word: what their codes ask for, and which part of them is text."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from reader.formats.docx.names import W, switch
from reader.formats.structure import CHECKED, UNCHECKED

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_WITH_ARGUMENT = frozenset({"\\l", "\\o", "\\t"})


@dataclass(slots=True)
class _Open:
    """A field being read: its code until the separator has come, after that what it shows."""

    begin: Element
    code: str = ""
    shows: bool = False


@dataclass(slots=True)
class Fields:
    """The fields open at one place of the document; they go on through the borders of paragraphs."""

    _open: list[_Open] = field(default_factory=list[_Open])

    @property
    def in_code(self) -> bool:
        """Whether what comes is a field's code and no text."""
        return any(not each.shows for each in self._open)

    @property
    def link(self) -> tuple[str, str]:
        """The (address, anchor) of the innermost link that what comes stands in; empty strings for none."""
        return next((found for each in reversed(self._open) if any(found := link_of(each.code))), ("", ""))

    def mark(self, character: Element) -> str:
        """Take a `<w:fldChar>`; the text to put there, which is a check box or nothing."""
        kind = character.get(W + "fldCharType")
        if kind == "begin":
            self._open.append(_Open(character))
        elif kind == "separate" and self._open:
            self._open[-1].shows = True
        elif kind == "end" and self._open:
            return _box(self._open.pop())
        return ""

    def code(self, text: str) -> None:
        """Take a piece of a field's code."""
        if self._open:
            self._open[-1].code += text

    def end_paragraph(self) -> None:
        """Give up fields whose code never ended: the text after them is text."""
        self._open = [each for each in self._open if each.shows]


def link_of(code: str) -> tuple[str, str]:
    """The (address, anchor) that a field's code links to; empty strings when it is no link."""
    tokens = [quoted or bare for quoted, bare in _TOKEN.findall(code)]
    if not tokens or tokens[0].upper() != "HYPERLINK":
        return "", ""
    address = anchor = ""
    position = 1
    while position < len(tokens):
        token = tokens[position]
        if token in _WITH_ARGUMENT:
            position += 1
            if token == "\\l" and position < len(tokens):
                anchor = tokens[position]
        elif not token.startswith("\\") and not address:
            address = token
        position += 1
    return address, anchor


def _box(opened: _Open) -> str:
    if opened.shows or opened.code.strip().upper() != "FORMCHECKBOX":
        return ""
    box = opened.begin.find(f"{W}ffData/{W}checkBox")
    state = switch(box, "checked")
    state = switch(box, "default") if state is None else state
    return CHECKED if state else UNCHECKED
