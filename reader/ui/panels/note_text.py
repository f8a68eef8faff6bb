"""Notes are Markdown; on a card the simple of it is shown: emphasis, code and the words of links. Nothing is loaded."""

from dataclasses import dataclass
from functools import lru_cache
from re import Match, Pattern


@dataclass(frozen=True, slots=True)
class Stretch:
    """`length` UTF-16 units from `start` shown as `kind`: "bold", "italic", "code" or "link"."""

    start: int
    length: int
    kind: str


_LINE_SEPARATOR = "\u2028"
# The inside of a mark may neither begin nor end with a space, so that "2 * 3 * 4" stays as it is.
_PATTERN = r"""
    (?P<escaped>\\[\\`*_\[\]()#!~>-])
  | `(?P<code>[^`\n]+)`
  | (?P<image>!)?\[(?P<link>[^\[\]\n]*)\]\([^()\s]*(?:\s"[^"\n]*")?\)
  | (?:\*\*(?=\S)(?P<bold>[^\n]+?)(?<=\S)\*\*)
  | (?:(?<!\w)__(?=\S)(?P<bold_>[^\n]+?)(?<=\S)__(?!\w))
  | (?:\*(?=[^\s*])(?P<italic>[^*\n]+?)(?<=\S)\*)
  | (?:(?<!\w)_(?=[^\s_])(?P<italic_>[^_\n]+?)(?<=\S)_(?!\w))
  | ^(?P<heading>\#{1,6}\s+)(?P<title>[^\n]+)
  | ^(?P<item>\s*[-*+]\s+)
  | ^(?P<quoted>>\s?)
"""


@lru_cache(maxsize=1)
def _pattern() -> Pattern[str]:
    import re

    return re.compile(_PATTERN, re.VERBOSE | re.MULTILINE)


def shown_note(note: str) -> tuple[str, list[Stretch]]:
    """A note as it is shown: the text with line separators for line ends, and what in it is shown how."""
    text, stretches = _shown(note.strip("\n"))
    return text.replace("\n", _LINE_SEPARATOR), stretches


def _shown(source: str) -> tuple[str, list[Stretch]]:
    parts: list[str] = []
    stretches: list[Stretch] = []
    units, last = 0, 0
    for match in _pattern().finditer(source):
        before = source[last : match.start()]
        text, kind = _meaning(match)
        inner, nested = _shown(text) if kind in ("bold", "italic", "link") else (text, [])
        units += _units(before)
        stretches += [Stretch(units + s.start, s.length, s.kind) for s in nested]
        if kind:
            stretches.append(Stretch(units, _units(inner), kind))
        units += _units(inner)
        parts += [before, inner]
        last = match.end()
    return "".join((*parts, source[last:])), stretches


def _meaning(match: Match[str]) -> tuple[str, str]:
    """The words that a piece of Markdown shows, and as what."""
    for name in ("code", "bold", "bold_", "italic", "italic_"):
        if match[name] is not None:
            return match[name], name.rstrip("_")
    if match["link"] is not None:
        return match["link"], "" if match["image"] else "link"
    if match["heading"] is not None:
        return match["title"], "bold"
    if match["item"] is not None:
        return match["item"].replace("-", "•").replace("*", "•").replace("+", "•"), ""
    if match["quoted"] is not None:
        return "", ""
    return match["escaped"][1:], ""


def _units(text: str) -> int:
    """UTF-16 units, in which Qt counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
