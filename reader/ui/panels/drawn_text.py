"""Pieces of text laid out to be drawn: a few lines, cut with an ellipsis, in the direction of their own script."""

from unicodedata import bidirectional

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from reader.text.joining import joined
from reader.ui.panels.note_text import Stretch
from reader.ui.theme import Theme

# No more than this is laid out for a line or so on a card, however long a quote is.
_LONGEST = 1200
# Nor this where it is shown whole.
WHOLE = 20_000
_ELLIPSIS = "…"
_LEFT_TO_RIGHT, _FIRST_STRONG, _POP = "\u200e", "\u2068", "\u2069"


class DrawnText:
    """Up to `lines` lines of `text` in `width` pixels, all of it for 0; `height` says what they took.

    `cut` says that there is more than is drawn.
    """

    def __init__(self, text: str, font: QFont, width: int, lines: int, formats: list[QTextLayout.FormatRange]) -> None:
        longest = _LONGEST if lines else WHOLE
        self._layout = _laid_out(text[:longest], font, width, formats)
        lines = lines or self._layout.lineCount()
        self.cut = self._layout.lineCount() > lines or len(text) > longest
        if self.cut:
            self._layout = _cut(self._layout, font, width, lines, formats)
        self._lines = min(self._layout.lineCount(), lines)
        self.height = 0
        if self._lines:
            last = self._layout.lineAt(self._lines - 1)
            self.height = round(last.y() + last.height())

    @property
    def text(self) -> str:
        """What is drawn, the ellipsis included."""
        return self._layout.text()

    def draw(self, painter: QPainter, x: float, y: float, color: str) -> None:
        painter.setPen(QColor(color))
        for number in range(self._lines):
            self._layout.lineAt(number).draw(painter, QPointF(x, y))


def _laid_out(text: str, font: QFont, width: int, formats: list[QTextLayout.FormatRange]) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    if reads_right_to_left(text):
        option.setAlignment(Qt.AlignmentFlag.AlignRight)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    if formats:
        layout.setFormats(formats)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    return layout


def _cut(
    layout: QTextLayout, font: QFont, width: int, lines: int, formats: list[QTextLayout.FormatRange]
) -> QTextLayout:
    """The same with its last line ended by an ellipsis."""
    number = min(lines, layout.lineCount()) - 1
    line = layout.lineAt(number)
    units = layout.text().encode("utf-16-le", "surrogatepass")
    start, end = 2 * line.textStart(), 2 * (line.textStart() + line.textLength())
    before = units[:start].decode("utf-16-le", "surrogatepass")
    kept = units[start:end].decode("utf-16-le", "surrogatepass").rstrip("\u2028 ")
    metrics = QFontMetricsF(font)
    while kept and metrics.horizontalAdvance(kept + _ELLIPSIS) > width:
        # A word at a time, so that no word is cut; a single long one loses its letters.
        head, space, _ = kept.rpartition(" ")
        kept = head if space else kept[:-1]
    return _laid_out(before + kept.rstrip(" ,;:") + _ELLIPSIS, font, width, formats)


def formats_of(stretches: list[Stretch], theme: Theme) -> list[QTextLayout.FormatRange]:
    """What Qt calls the meanings found in a note."""
    ranges: list[QTextLayout.FormatRange] = []
    for stretch in stretches:
        form = QTextCharFormat()
        match stretch.kind:
            case "bold":
                form.setFontWeight(QFont.Weight.Bold)
            case "italic":
                form.setFontItalic(True)
            case "code":
                form.setFontFamilies(["Noto Sans Mono", "Menlo", "Consolas", "DejaVu Sans Mono"])
                form.setBackground(QColor(theme.hover))
            case _:
                form.setFontUnderline(True)
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = stretch.start, stretch.length, form
        ranges.append(part)
    return ranges


def reads_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction reads from the right."""
    if text.isascii():
        return False
    for letter in text[:200]:
        direction = bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def isolated(parts: list[str], separator: str = " · ") -> str:
    """Parts of any script in one line, in the interface's order: none pulls its neighbours to another side."""
    return _LEFT_TO_RIGHT + separator.join(part if part.isascii() else f"{_FIRST_STRONG}{part}{_POP}" for part in parts)


def one_line(text: str, longest: int = _LONGEST * 2) -> str:
    """Line ends and runs of spaces as single spaces, words that lines cut as one word: a quote on a card."""
    return " ".join(joined(text[:longest]).split())


def draw_line(painter: QPainter, rect: QRect, text: str) -> None:
    """One line in the painter's font and pen, at the left, read in its own direction, elided at its own end."""
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, LEFT | Qt.TextFlag.TextSingleLine, shown)


LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
"""At the left whatever the script: lists are read along their left edge."""
