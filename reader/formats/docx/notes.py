"""Footnotes and endnotes in mammoth's HTML, counted each for themselves and told as notes."""

import re
from collections.abc import Iterable

from reader.formats.structure import marker

_PLACE = re.compile(r'<a id="([^"]*)"></a>')
_BACK = re.compile(r'(?:<p>)?\s*<a href="#(?:foot|end)note-ref-[^"]*">↑</a>(?:</p>)?')
_LIST = re.compile(r'<ol>(?=<li id="(?:foot|end)note-)')
_NOTE = re.compile(r'<li id="((foot|end)note-[^"]*)">(.*?)</li>', re.S)
_REFERENCE = re.compile(r'<sup><a href="#((foot|end)note-[^"]*)" id="([^"]*)">\[\d+\]</a></sup>')
_STYLES = {"foot": "1", "end": "i"}


def notes_told(page: str) -> str:
    """The page with footnotes numbered 1, 2, 3 and endnotes i, ii, iii, as Word shows them, in sections at its end.

    Named places become elements that may stand inside a link, and the arrows back are left out.
    """
    parts = _LIST.split(page, maxsplit=1)
    numbers: dict[str, str] = {}
    counts = dict.fromkeys(_STYLES, 0)
    referred: set[str] = set()

    def reference(found: re.Match[str]) -> str:
        note, sort, name = found.groups()
        if note not in numbers:
            counts[sort] += 1
            numbers[note] = marker(counts[sort], _STYLES[sort]).rstrip(".")
        own = f' id="{name}"' if name not in referred else ""
        referred.add(name)
        return f'<sup><a href="#{note}"{own}>{numbers[note]}</a></sup>'

    body = _REFERENCE.sub(reference, parts[0])
    notes = _sections(_NOTE.findall(_BACK.sub(_closing, parts[1])), numbers) if len(parts) > 1 else ""
    return _PLACE.sub(r'<span id="\1"></span>', body + notes)


def _closing(found: re.Match[str]) -> str:
    """What stays of an arrow back: the end of the paragraph whose end it was put at."""
    text = found[0]
    return "</p>" if text.endswith("</p>") and not text.startswith("<p>") else ""


def _sections(notes: Iterable[tuple[str, str, str]], numbers: dict[str, str]) -> str:
    """A section of footnotes and one of endnotes, each note once, those that a note refers to as well."""
    written: dict[str, dict[str, str]] = {sort: {} for sort in _STYLES}
    for name, sort, content in notes:
        if name in numbers:
            written[sort].setdefault(name, f'<li id="{name}">{content}</li>')
    return "".join(
        f'<section class="{sort}notes"><ol type="{_STYLES[sort]}">{"".join(items.values())}</ol></section>'
        for sort, items in written.items()
        if items
    )
