"""Blocks of plain text, derived on demand for any stretch of it."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from reader.model.document import Block, BlockKind
from reader.text import wrapping
from reader.text.characters import whole_character
from reader.text.wrapping import Line

# How far from the wished place a paragraph border is looked for, in code points.
_BOUND = 8000
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
_UNDERLINE = re.compile(r"(={3,}|-{3,})\s*")
_MARKER = re.compile(r"\s*(?:[-*•–—+]|\(?\d{1,3}[.)]|\(?[A-Za-z][.)]|\[\d+\])\s+\S|>")
_CHAPTER = re.compile(
    r"(?i:chapter|part|book|section|act|scene|appendix|canto) (?:\d+|[IVXLC]+)\b(?:\s*[.:—–-].*[^.,;])?\.?"
)
_TABLE = re.compile(r"\S(?: {3,}|\t+)\S|^\s*\||\|.*\||^\s*\+[-=+]+\+$")
_CODE = re.compile(
    r"[;{}]$|[\w)\]]\([^()]*\)[:;]?$|[<>=!+-]=|\w = \S|->"
    r"|^\s*(?:def|class|import|from|return|if|for|while|function|var|let|const|#include|</?\w+)\b.*[:;>)]$"
)
_HEADING_LENGTH = 80
_LONGEST_FIXED = 160


def is_hard_wrapped(text: str) -> bool:
    """Whether a `\\n` inside a paragraph is only a line end of the typist's; judged by a few samples."""
    return wrapping.is_hard_wrapped(text)


def paragraph_break_near(text: str, pos: int) -> int:
    """The nearest place at or after `pos` where a stretch may end: after blank lines, else after a line.

    Where 8,000 code points hold no line end at all, the place is between two words, else between two characters.
    """
    if pos <= 0 or pos >= len(text):
        return max(0, min(pos, len(text)))
    high = min(pos + _BOUND, len(text))
    blank = _BLANK_LINES.search(text, max(0, pos - 2), high)
    if blank and blank.end() >= pos:
        return blank.end()
    if text[pos - 1] == "\n":
        return pos
    for border in ("\n", " "):
        at = text.find(border, pos, high)
        if at >= 0:
            return at + 1
    return high if high == len(text) else whole_character(text, pos)


def blocks(text: str, start: int, end: int, *, hard_wrapped: bool) -> list[Block]:
    """The blocks of `text[start:end]`, in order; both ends at line borders. Blank lines are in no block.

    Paragraphs, headings that are clearly such (underlined, in capitals, numbered chapters), and tables and
    code as one CODE block. In hard-wrapped text a paragraph holds its `\\n`s; verse, lists and quoted
    mail stay one block a line. In other text a line is a block.
    """
    lines = list(wrapping.lines(text, start, end))
    columns = wrapping.width(lines) if hard_wrapped else 0
    return [block for run in wrapping.runs(lines) for block in _run_blocks(run, columns)]


def _run_blocks(run: list[Line], columns: int) -> Iterator[Block]:
    """The blocks of lines that follow each other; `columns` is 0 for text that is not hard-wrapped."""
    if _is_fixed(run):
        yield _block(BlockKind.CODE, run)
    elif columns:
        for piece in _pieces(run, columns):
            yield from _piece_blocks(piece, columns)
    else:
        for line, following in zip_longest(run, run[1:]):
            yield _line_block(line, following)


def _pieces(run: list[Line], columns: int) -> Iterator[list[Line]]:
    """A run of wrapped lines, cut where a paragraph ends or a list item, quoted mail or underline begins."""
    piece: list[Line] = []
    for line in run:
        if piece and (_stands_apart(line) or wrapping.is_end(piece[-1], line, columns)):
            yield piece
            piece = []
        piece.append(line)
        if _UNDERLINE.fullmatch(line.text):
            yield piece
            piece = []
    if piece:
        yield piece


def _piece_blocks(piece: list[Line], columns: int) -> Iterator[Block]:
    if (len(piece) == 2 and _UNDERLINE.fullmatch(piece[1].text)) or len(piece) == 1 or _all_headings(piece):
        for line, following in zip_longest(piece, piece[1:]):
            yield _line_block(line, following)
    elif wrapping.is_prose(piece, columns):
        yield _block(BlockKind.PARAGRAPH, piece)
    else:
        yield from (_block(BlockKind.PARAGRAPH, [line]) for line in piece)


def _line_block(line: Line, following: Line | None) -> Block:
    level = _heading_level(line, following)
    return _block(BlockKind.HEADING if level else BlockKind.PARAGRAPH, [line], level)


def _block(kind: BlockKind, lines: list[Line], level: int = 0) -> Block:
    return Block(kind, lines[0].start, lines[-1].end, level)


def _is_fixed(run: list[Line]) -> bool:
    """Whether the lines need their columns: a table drawn with spaces or bars, or program code."""
    if len(run) < 2 or any(len(line.text) > _LONGEST_FIXED for line in run):
        return False
    tabular = sum(bool(_TABLE.search(line.text)) for line in run)
    return tabular >= 0.6 * len(run) or sum(bool(_CODE.search(line.text)) for line in run) >= 0.5 * len(run)


def _stands_apart(line: Line) -> bool:
    return bool(_MARKER.match(line.text))


def _all_headings(piece: list[Line]) -> bool:
    return len(piece) <= 3 and all(map(_is_capitals, piece))


def _heading_level(line: Line, following: Line | None) -> int:
    """2 or 3 for a line that is clearly a heading, else 0."""
    text = line.text.strip()
    if len(text) > _HEADING_LENGTH or not any(map(str.isalnum, text)):
        return 0
    if following and (mark := _UNDERLINE.fullmatch(following.text)) and 2 * len(mark[1]) >= len(text):
        return 2 if mark[1][0] == "=" else 3
    return 2 if _is_capitals(line) or _CHAPTER.fullmatch(text) else 0


def _is_capitals(line: Line) -> bool:
    text = line.text.strip()
    letters = sum(map(str.isalpha, text))
    return text.isupper() and letters >= 4 and 2 * letters > len(text) and text[-1] not in ",;:?!"
