"""Fields of RTF for pandoc: it passes over what any but a plainly written hyperlink shows, words and all."""

import re

_FIELD = re.compile(rb"\{\\field(?:\\fld(?:dirty|edit|lock|priv|alt))*\s*\{\\\*\s*\\fldinst(?![a-z])\s?")
_RESULT = re.compile(rb"\s*\{\\fldrslt(?![a-z])\s?")
_BRACE = re.compile(rb"\\[\\{}]|[{}]")
_CONTROL = re.compile(rb"(\\\\)|[{}]|\\[a-z]+-?\d* ?")
_LINK = re.compile(rb"HYPERLINK(?![A-Z])\s*(?P<where>.*)", re.S)


def fields_shown(source: bytes) -> bytes:
    """The source with what each field shows in its place, and hyperlinks written as pandoc reads them.

    A cross-reference or a date is then text like any other. A field that is not closed stays as it is.
    """
    out: list[bytes] = []
    place = 0
    for field in _FIELD.finditer(source):
        if field.start() < place:
            continue
        end = _closing(source, field.end())
        if end < 0:
            break
        result = _RESULT.match(source, end + 1)
        if result is None:
            continue
        link = _LINK.search(source, field.end(), end)
        out.append(source[place : field.start()])
        if link:
            where = _CONTROL.sub(rb"\1", link["where"]).strip()
            out.append(b"{\\field{\\*\\fldinst{HYPERLINK " + where + b"}}{\\fldrslt ")
        else:
            out.append(b"{{")
        place = result.end()
    return b"".join(out) + source[place:] if out else source


def _closing(source: bytes, start: int) -> int:
    """Where the group ends in which `start` lies; -1 when it does not."""
    depth = 1
    for brace in _BRACE.finditer(source, start):
        depth += {b"{": 1, b"}": -1}.get(brace[0], 0)
        if not depth:
            return brace.start()
    return -1
