"""Drawing annotations as cards: category, state, quote, note, tags."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, AnchorState, Annotation, Color, Picture
from reader.ui.lists.rows import ROW_ROLE
from reader.ui.panels.card_layout import EDGE, GAP, CardLayout, CardMeasure, beside_category, state_words
from reader.ui.panels.drawn_text import draw_line
from reader.ui.panels.quiet import between
from reader.ui.theme import Theme
from reader.ui.typography import Family

AnyIndex = QModelIndex | QPersistentModelIndex

_RADIUS = 6.0
_BAR = 4


class CardDelegate(QStyledItemDelegate):
    """Paints cards.

    `edited` is the uid of the card with an editor in it, `editor_height` that editor's pixels; `right_edge` is the
    room beside the cards within the rows, less where a scroll bar stands in it. While `several` are selected, the
    current one lies on the ground of the selected ones too.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._measure = CardMeasure(theme)
        self.names: dict[Color, str] = dict(DEFAULT_CATEGORY_NAMES)
        self.elsewhere: frozenset[str] = frozenset()
        self.right_edge = EDGE
        self.several = False
        self.edited = ""
        self.editor_height = 0

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._measure.set_theme(theme)

    def set_family(self, family: Family) -> None:
        self._measure.set_family(family)

    def set_pictures(self, load: Callable[[Annotation], Picture | None]) -> None:
        """Where the pictures of areas come from."""
        self._measure.crops.load = load

    def card(self, annotation: Annotation, width: int) -> CardLayout:
        """The layout of a card in a row `width` pixels wide."""
        note = self.editor_height if annotation.uid == self.edited else -1
        return self._measure.lay_out(annotation, width - EDGE - self.right_edge, note)

    def editor_rect(self, annotation: Annotation, row: QRect) -> QRect:
        """Where the editor of the note lies, given the row's rectangle."""
        layout = self.card(annotation, row.width())
        left, top = row.left() + EDGE + layout.inner.left(), row.top() + layout.note_top
        return QRect(left, top, layout.inner.width(), self.editor_height)

    def tag_at(self, annotation: Annotation, row: QRect, x: int, y: int) -> str:
        """The tag whose chip is at that place of the viewport; empty where there is none."""
        layout = self.card(annotation, row.width())
        for chip in layout.chips:
            if chip.rect.translated(row.left() + EDGE, row.top()).contains(x, y):
                return chip.tag
        return ""

    def folds(self, annotation: Annotation, row: QRect, *, whole: bool) -> bool:
        """Whether a card can be unfolded (`whole`), or folded again."""
        return not self.card(annotation, row.width()).fold.isNull() and self._measure.unfolded(annotation.uid) != whole

    def unfold(self, annotation: Annotation, *, whole: bool) -> None:
        """Show a card whole, or folded again; the rows are to be laid out after it."""
        self._measure.unfold(annotation.uid, whole=whole)

    def fold_at(self, annotation: Annotation, row: QRect, x: int, y: int) -> bool:
        """Whether the sign that unfolds the card is at that place of the viewport."""
        fold = self.card(annotation, row.width()).fold
        return not fold.isNull() and fold.adjusted(-4, -4, 4, 4).translated(row.left() + EDGE, row.top()).contains(x, y)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        annotation: Annotation = index.data(ROW_ROLE)
        return QSize(option.rect.width(), self.card(annotation, option.rect.width()).size.height() + GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        annotation: Annotation = index.data(ROW_ROLE)
        layout = self.card(annotation, option.rect.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.left() + EDGE, option.rect.top())
        self._ground(painter, layout, option.state)
        self._category(painter, layout)
        x = layout.inner.left()
        if layout.crop:
            self._crop(painter, layout, layout.crop)
        if layout.quote is not None:
            layout.quote.draw(painter, x, layout.quote_top, self._theme.text)
        if layout.note is not None:
            layout.note.draw(painter, x, layout.note_top, self._theme.text)
        self._chips(painter, layout)
        painter.restore()

    def _crop(self, painter: QPainter, layout: CardLayout, image: QImage) -> None:
        at = QRect(layout.inner.left(), layout.quote_top, image.width(), image.height())
        painter.drawImage(at.topLeft(), image)
        painter.setPen(QColor(self._theme.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(at).adjusted(-0.5, -0.5, 0.5, 0.5))

    def _ground(self, painter: QPainter, layout: CardLayout, state: QStyle.StateFlag) -> None:
        theme = self._theme
        card = QRectF(0.5, 0.5, layout.size.width() - 1, layout.size.height() - 1)
        current = bool(state & QStyle.StateFlag.State_Active)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        shape = QPainterPath()
        shape.addRoundedRect(card, _RADIUS, _RADIUS)
        marked = selected and (self.several or not current)
        painter.fillPath(shape, QColor(theme.selected if marked else theme.raised))
        border = theme.accent if current or selected else theme.control if hovered else theme.line
        focus = current and state & QStyle.StateFlag.State_HasFocus
        painter.setPen(QPen(QColor(border), 2.0 if focus else 1.0))
        painter.drawPath(shape)
        edge = QPainterPath()
        edge.addRect(QRectF(0, 0, _BAR, layout.size.height()))
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(0, 0, layout.size.width(), layout.size.height()), _RADIUS, _RADIUS)
        painter.fillPath(whole.intersected(edge), QColor(theme.ink(layout.annotation.color)))

    def _category(self, painter: QPainter, layout: CardLayout) -> None:
        annotation, theme = layout.annotation, self._theme
        line = QRect(layout.inner.left(), layout.inner.top(), layout.inner.width(), 16)
        if not layout.fold.isNull():
            self._fold_sign(painter, layout)
            line.setRight(layout.fold.left() - 6)
        elsewhere = annotation.uid in self.elsewhere
        badge = state_words(annotation, elsewhere=elsewhere)
        if badge:
            lost = annotation.state is AnchorState.LOST and not elsewhere
            line.setRight(self._badge(painter, line, badge, lost=lost) - 8)
        painter.setFont(self._measure.fonts.category)
        painter.setPen(QColor(theme.label(annotation.color)))
        name, more = self.names[annotation.color], beside_category(annotation)
        draw_line(painter, line, name)
        if more:
            painter.setFont(self._measure.fonts.chip)
            painter.setPen(QColor(theme.muted))
            used = QFontMetrics(self._measure.fonts.category).horizontalAdvance(name)
            line.setLeft(min(line.left() + used + 6, line.right()))
            draw_line(painter, line, more)

    def _fold_sign(self, painter: QPainter, layout: CardLayout) -> None:
        """An angle that points to where the rest will be, or back up."""
        up = -1 if self._measure.unfolded(layout.annotation.uid) else 1
        middle = QRectF(layout.fold).center()
        points = [middle + QPointF(x, y * up) for x, y in ((-4.0, -2.0), (0.0, 2.0), (4.0, -2.0))]
        painter.setPen(QPen(QColor(self._theme.muted), 1.5))
        painter.drawPolyline(points)

    def _badge(self, painter: QPainter, line: QRect, words: str, *, lost: bool) -> int:
        """The dashed frame that says moved or lost; returns its left edge."""
        font = self._measure.fonts.chip
        width = QFontMetrics(font).horizontalAdvance(words) + 10
        rect = QRectF(line.right() - width + 0.5, line.top() - 0.5, width, 18)
        color = QColor(self._theme.error if lost else self._theme.muted)
        pen = QPen(color, 1.0)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 3, 3)
        painter.setFont(font)
        painter.setPen(color)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)
        return int(rect.left())

    def _chips(self, painter: QPainter, layout: CardLayout) -> None:
        painter.setFont(self._measure.fonts.chip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = between(self._theme.line, self._theme.control, 0.35)
        for chip in layout.chips:
            painter.setPen(edge)
            painter.drawRoundedRect(QRectF(chip.rect).translated(QPointF(0.5, 0.5)), 9, 9)
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(chip.rect, Qt.AlignmentFlag.AlignCenter, chip.text)
