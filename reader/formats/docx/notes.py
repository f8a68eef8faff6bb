"""Footnotes and endnotes in mammoth's HTML, counted each for themselves and told as notes."""

import re
from collections.abc import Iterable, Mapping
from html import escape

from reader.formats.structure import marker

_PLACE = re.compile(r'<a id="([^"]*)"></a>')
_BACK = re.compile(r'(?:<p>)?\s*<a href="#(?:foot|end)note-ref-[^"]*">↑</a>(?:</p>)?')
_LIST = re.compile(r'<ol>(?=<li id="(?:foot|end)note-)')
_NOTE = re.compile(r'<li id="((foot|end)note-[^"]*)">(.*?)</li>', re.S)
_REFERENCE = re.compile(r'<sup><a href="#((foot|end)note-[^"]*)" id="([^"]*)">\[\d+\]</a></sup>')


def notes_told(pages: Iterable[str], marks: Mapping[str, str]) -> str:
    """One page of all pieces, footnotes and endnotes each numbered for themselves, in sections at its end.

    Footnotes are 1, 2, 3. So are endnotes, unless there are both: then they are [i], [ii], [iii], in brackets, because
    letters would become part of the word that they stand at. `marks` are the signs that stand instead of numbers, by
    the names of their notes; such a note is not counted. Named places become elements that may stand inside a
    link, and the arrows back are left out.
    """
    bodies: list[str] = []
    lists: list[str] = []
    for page in pages:
        body, *rest = _LIST.split(page, maxsplit=1)
        bodies.append(body)
        lists += rest
    text = "".join(bodies)
    numbers: dict[str, str] = {}
    ordinals: dict[str, int] = {}
    counts = {"foot": 0, "end": 0}
    has_both = all(f'<sup><a href="#{sort}note-' in text for sort in counts)
    styles = {"foot": "1", "end": "i" if has_both else "1"}
    referred: set[str] = set()

    def reference(found: re.Match[str]) -> str:
        note, sort, name = found.groups()
        own = f' id="{name}"' if name not in referred else ""
        referred.add(name)
        if note in marks:
            numbers[note] = marks[note]
            return f'<sup><a role="doc-noteref" href="#{note}"{own}>{escape(marks[note])}</a></sup>'
        if note not in numbers:
            counts[sort] += 1
            ordinals[note] = counts[sort]
            numbers[note] = marker(counts[sort], styles[sort]).rstrip(".")
        shown = f"[{numbers[note]}]" if styles[sort] == "i" else numbers[note]
        return f'<sup><a href="#{note}"{own}>{shown}</a></sup>'

    body = _REFERENCE.sub(reference, text)
    notes = _sections(_NOTE.findall(_BACK.sub(_closing, "".join(lists))), numbers, ordinals, styles)
    return _PLACE.sub(r'<span id="\1"></span>', body + notes)


def _closing(found: re.Match[str]) -> str:
    """What stays of an arrow back: the end of the paragraph whose end it was put at."""
    text = found[0]
    return "</p>" if text.endswith("</p>") and not text.startswith("<p>") else ""


def _sections(
    notes: Iterable[tuple[str, str, str]], numbers: dict[str, str], ordinals: dict[str, int], styles: dict[str, str]
) -> str:
    """A section of footnotes and one of endnotes, each note once, those that a note refers to as well."""
    written: dict[str, dict[str, str]] = {sort: {} for sort in styles}
    for name, sort, content in notes:
        if name in numbers:
            count = f' value="{ordinals[name]}"' if name in ordinals else ""
            written[sort].setdefault(name, f'<li id="{name}"{count}>{content}</li>')
    return "".join(
        f'<section class="{sort}notes"><ol type="{styles[sort]}">{"".join(items.values())}</ol></section>'
        for sort, items in written.items()
        if items
    )
