"""What a page's lines say when they are read on: the canonical text of a PDF as it is shown, copied and searched.

The canonical text keeps a page's lines as they are: `\\n` at their ends, `\\f` between pages, a word that is cut in two
as "-\\n", ligatures as one code point. Anchors stand on that text. Here it is made readable, with a way back.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import normalize

from reader.text.fold_map import FoldMap, FoldMapBuilder

_BLANKS = " \t\n\f\u00ad"
_HYPHENS = "-\u2010"
_LIGATURES = "\ufb00-\ufb06\ufb13-\ufb17\ufb50-\ufd3d\ufd50-\ufdff\ufe70-\ufefc"
_EDIT = re.compile(
    rf"(?P<hyphen>[{_HYPHENS}]?)(?P<run>[\t\n\f\u00ad][{_BLANKS}]*|[{_BLANKS}]{{2,}})|(?P<ligature>[{_LIGATURES}])"
)
_LINE_END = re.compile(r"[\n\f]")
# Scripts that put no space between words: the end of a line is none either.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
# A hyphen before one of these stands for a word's second half: "pre- and post-war".
_LINKING = frozenset({"and", "or", "to", "und", "oder", "bzw", "et", "ou", "y", "e", "o"})
_CUT = re.compile(rf"[^\W\d_]{{2,}}[{_HYPHENS}\u00ad][ \t]*[\n\f][{_BLANKS}]*[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile(r"[^\W\d_]{2}\Z")
# How far back the word before a hyphen is looked at.
_LONGEST_WORD = 60

Edit = tuple[int, int, str]


def joined(text: str, start: int = 0, end: int | None = None) -> str:
    """`text[start:end]` as running text: equal to `joined(text[start:end])`, and joining it again changes nothing.

    The ends of lines and pages become one space (none between ideographs), the two halves of a hyphenated word one
    word, ligatures their letters; soft hyphens and the white space at both ends go.
    """
    piece = text[start:end]
    if piece.isascii() and not ("\n" in piece or "  " in piece or "\t" in piece or "\f" in piece):
        # Most pieces are of one line: looking takes a tenth of what going through it does.
        return piece.strip(" ")
    parts: list[str] = []
    at = 0
    for low, high, instead in _edits(piece):
        parts += (piece[at:low], instead)
        at = high
    return "".join(parts) + piece[at:] if parts else piece


def joined_with_map(text: str, start: int = 0, end: int | None = None) -> tuple[str, Sequence[int]]:
    """The joined text, and for each of its positions, its end included, the code point of `text` that it comes from."""
    piece = text[start:end]
    parts: list[str] = []
    positions = FoldMapBuilder()
    at = 0
    for low, high, instead in _edits(piece):
        parts += (piece[at:low], instead)
        at = high
        if len(instead) != 1 or high - low != 1:
            positions.add(low, len(instead))
            for source in range(low + 1, high):
                positions.add(source, 0)
    result = "".join(parts) + piece[at:]
    starts, shifts = positions.result() or ([], [])
    if not starts or starts[0] != 0:
        starts, shifts = [0, *starts], [0, *shifts]
    return result, FoldMap(starts, [shift + start for shift in shifts], len(result) + 1)


def joined_in_place(text: str, filler: str) -> str:
    """The joined text with each code point at its place: `filler` (one code point) stands where there is nothing.

    Ligatures stay.
    """
    parts: list[str] = []
    at = 0
    for low, high, instead in _edits(text):
        if len(instead) <= high - low and not text[low:high].isalpha():
            parts += (text[at:low], instead, filler * (high - low - len(instead)))
            at = high
    return "".join(parts) + text[at:] if parts else text


def cut_words(text: str) -> list[str]:
    """The words that the ends of lines and pages cut in two, put together, in order."""
    return [word for found in _CUT.finditer(text) if (word := joined(found.group())).isalpha()] if may_cut(text) else []


def may_cut(text: str) -> bool:
    """Whether any line may end within a word; costs little."""
    return "-\n" in text or "-\f" in text or "- \n" in text or "\u2010\n" in text or "\u00ad\n" in text


def _edits(piece: str) -> Iterator[Edit]:
    """What is replaced in `piece`, in order: start, end and what stands there instead."""
    low = len(piece) - len(piece.lstrip(_BLANKS))
    high = len(piece.rstrip(_BLANKS))
    if low:
        yield 0, low, ""
    if low >= high:
        return
    for found in _EDIT.finditer(piece, low, high):
        ligature = found["ligature"]
        if ligature:
            yield found.start(), found.end(), normalize("NFKC", ligature).strip() or ligature
        else:
            start, end = found.span("run")
            hyphen, space = _between(piece, start, end, found["hyphen"])
            yield start if hyphen else found.start(), end, space
    if high < len(piece):
        yield high, len(piece), ""


def _between(piece: str, start: int, end: int, hyphen: str) -> tuple[bool, str]:
    """For the blanks `start:end`: whether the hyphen before them stays, and what stands for the blanks."""
    run = piece[start:end]
    line_end = _LINE_END.search(run)
    if not line_end:
        return True, " " if run.strip("\u00ad") else ""
    if run.startswith("\u00ad") and not run[: line_end.start()].strip("\u00ad"):
        return True, ""
    if hyphen and piece[start - 2 : start - 1].isalnum():
        return _hyphenated(piece, start - 1, end)
    return True, "" if _UNSPACED.match(piece, start - 1) and _UNSPACED.match(piece, end) else " "


def _hyphenated(piece: str, hyphen: int, end: int) -> tuple[bool, str]:
    """For a hyphen at the end of a line, with the next line at `end`: whether it stays, and what follows it."""
    following = _WORD.match(piece, end)
    if following and following.group() in _LINKING:
        return True, " "
    if not piece[end].isalnum():
        return True, " "
    return not _is_cut(piece, hyphen) or not piece[end].islower(), ""


def _is_cut(piece: str, hyphen: int) -> bool:
    """Whether the word before the hyphen is cut in two, as it is not in "X-ray", "20-year", "state-of-the-art"."""
    low = max(0, hyphen - _LONGEST_WORD)
    word = piece[low:hyphen].split()[-1]
    return bool(_LETTERS.search(word)) and not any(mark in word for mark in (*_HYPHENS, "/", "@"))
