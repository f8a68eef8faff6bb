"""How the page is set: fonts, line pitches and distances in pixels, made once for a theme, a typography and a width."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QTextLayout, QTextOption

from reader.model.annotation import Color
from reader.model.document import BlockKind, SpanKind
from reader.ui.theme import Theme
from reader.ui.typography import Typography, column_width, heading_size, interface_font, reading_font

if TYPE_CHECKING:
    from PySide6.QtGui import QTextCharFormat

_MONOSPACE = ["Noto Sans Mono", "DejaVu Sans Mono", "Menlo", "Consolas", "monospace"]
_SMALLEST_MARGIN = 28
# Pixels between the text of a table's cell and its sides.
CELL_PADDING = 10


@dataclass(frozen=True, slots=True)
class Face:
    """A font and the distance of its lines."""

    font: QFont
    pitch: int


class PageStyle:
    """Everything the layout of a page depends on; two equal inputs give the same page.

    `column` and `left` place the text in the viewport, `room` is the widest a table may become.
    """

    def __init__(self, theme: Theme, typography: Typography, viewport_width: int) -> None:
        self.theme = theme
        self.typography = typography
        margin = min(_SMALLEST_MARGIN, max(4, viewport_width // 12))
        self.column = max(80, min(column_width(typography), viewport_width - 2 * margin))
        self.left = max(margin, (viewport_width - self.column) // 2)
        self.room = max(self.column, viewport_width - 2 * margin)
        font = reading_font(typography)
        self.size = font.pixelSize()
        self.gap = round(self.size * 0.95)
        self.indent = round(self.size * 1.6)
        self.body = Face(font, round(self.size * typography.line_height))
        self._faces: dict[tuple[BlockKind, int], Face] = {}
        self._options: dict[tuple[bool, bool, bool], QTextOption] = {}
        self._formats: dict[tuple[SpanKind, int], QTextCharFormat] = {}
        self._colors: dict[str, QColor] = {}

    def color(self, name: str) -> QColor:
        """A colour of the theme by its token."""
        return self._color(name, str(getattr(self.theme, name)))

    def ground(self, category: str) -> QColor:
        return self._color(f"ground {category}", self.theme.ground(Color(category)))

    def ink(self, category: str) -> QColor:
        return self._color(f"ink {category}", self.theme.ink(Color(category)))

    def _color(self, key: str, value: str) -> QColor:
        made = self._colors.get(key)
        if made is None:
            made = self._colors[key] = QColor(value)
        return made

    def face(self, kind: BlockKind, level: int = 0) -> Face:
        """The font and pitch of a kind of block."""
        key = (kind, level if kind == BlockKind.HEADING else 0)
        face = self._faces.get(key)
        if face is None:
            face = self._faces[key] = self._make_face(*key)
        return face

    def option(self, *, right_to_left: bool, anywhere: bool = False, whole_words: bool = False) -> QTextOption:
        """Direction and wrapping: `anywhere` cuts lines at any character, as code does, `whole_words` never a word."""
        key = (right_to_left, anywhere, whole_words)
        option = self._options.get(key)
        if option is None:
            option = self._options[key] = self._make_option(right_to_left, anywhere)
            if whole_words:
                option.setWrapMode(QTextOption.WrapMode.WordWrap)
        return option

    def format(self, kind: SpanKind, size: int) -> "QTextCharFormat":
        """What an inline meaning changes of a font of `size` pixels."""
        made = self._formats.get((kind, size))
        if made is None:
            from PySide6.QtGui import QTextFormat

            made = self._formats[kind, size] = self._make_format(kind)
            if kind in (SpanKind.CODE, SpanKind.SMALL):
                made.setProperty(QTextFormat.Property.FontPixelSize, max(8, round(size * 0.86)))
        return made

    def written_in(self, name: str) -> "QTextCharFormat":
        """Text in a colour of the theme, as selected text is."""
        from PySide6.QtGui import QTextCharFormat

        made = QTextCharFormat()
        made.setForeground(self.color(name))
        return made

    def small(self) -> Face:
        """The face of captions and of the line above the title."""
        size = max(9, round(self.size * 0.72))
        font = QFont(self.body.font)
        font.setPixelSize(size)
        return Face(font, round(size * 1.5))

    def _make_face(self, kind: BlockKind, level: int) -> Face:
        font = QFont(self.body.font)
        factor = self.typography.line_height
        if kind == BlockKind.HEADING:
            font.setPixelSize(heading_size(self.typography, level))
            font.setWeight(QFont.Weight.Bold)
            factor = min(factor, 1.3)
        elif kind == BlockKind.CODE:
            font.setFamilies(_MONOSPACE)
            font.setStyleHint(QFont.StyleHint.Monospace)
            font.setPixelSize(max(8, round(self.size * 0.82)))
            factor = min(factor, 1.5)
        elif kind in (BlockKind.FOOTNOTE, BlockKind.TABLE_CELL):
            font.setPixelSize(max(8, round(self.size * 0.86)))
            factor = min(factor, 1.5)
        elif kind == BlockKind.FIGURE:
            return Face(interface_font(max(8, round(self.size * 0.78))), round(self.size * 1.15))
        else:
            return self.body
        return Face(font, round(font.pixelSize() * factor))

    def _make_option(self, right_to_left: bool, anywhere: bool) -> QTextOption:
        option = QTextOption()
        wrap = QTextOption.WrapMode
        option.setWrapMode(wrap.WrapAnywhere if anywhere else wrap.WrapAtWordBoundaryOrAnywhere)
        direction = Qt.LayoutDirection
        option.setTextDirection(direction.RightToLeft if right_to_left else direction.LeftToRight)
        edge = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
        option.setAlignment(edge | Qt.AlignmentFlag.AlignAbsolute)
        option.setTabStopDistance(self.size * (2.0 if anywhere else 2.2))
        return option

    def _make_format(self, kind: SpanKind) -> "QTextCharFormat":
        from PySide6.QtGui import QTextCharFormat

        made = QTextCharFormat()
        if kind == SpanKind.BOLD:
            made.setFontWeight(QFont.Weight.Bold)
        elif kind == SpanKind.ITALIC:
            made.setFontItalic(True)
        elif kind == SpanKind.UNDERLINE:
            made.setFontUnderline(True)
        elif kind == SpanKind.STRIKE:
            made.setFontStrikeOut(True)
        elif kind == SpanKind.CODE:
            made.setFontFamilies(_MONOSPACE)
            made.setFontFixedPitch(True)
        elif kind == SpanKind.SUPERSCRIPT:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        elif kind == SpanKind.SUBSCRIPT:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
        elif kind == SpanKind.LINK:
            made.setForeground(QColor(self.theme.accent))
            made.setFontUnderline(True)
        return made


def format_range(start: int, length: int, style: "QTextCharFormat") -> QTextLayout.FormatRange:
    """A format over UTF-16 units of one layout."""
    made = QTextLayout.FormatRange()
    made.start = start
    made.length = length
    made.format = style
    return made
