"""Annotations per week as bars, in the colours of their categories."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reader.model.annotation import Color
from reader.model.seeing import Week, Weeks
from reader.ui.theme import Theme, load_theme

WIDTH = 22
"""Pixels of a week, and more where its count needs them."""
FOOT, HEAD = 40, 22
"""Pixels under the bars for months and years, and over them for counts."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NO_INDEX = QModelIndex()


class WeeksModel(QAbstractListModel):
    """A row a week."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found = Weeks((), {}, 0, 0)
        self.most = 1
        """The largest count of a week, 1 at least: every bar that is painted asks for it."""

    def show(self, found: Weeks) -> None:
        """Show other weeks."""
        self.beginResetModel()
        self.found = found
        self.most = max((week.count for week in found.weeks), default=0) or 1
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.found.weeks)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        week = self.found.weeks[index.row()]
        counts = ((color, week.colors.get(color, 0)) for color in Color)
        of = ", ".join(f"{self.found.names[color]} {count:,}" for color, count in counts if count)
        day = f"{week.monday.day} {QLocale().monthName(week.monday.month)} {week.monday.year}"
        return f"Week from {day}: {week.count:,}" + (f" ({of})" if of else "")


class WeeksView(QListView):
    """A click or Enter asks for the annotations of a week."""

    chosen = Signal(tuple)

    def __init__(self, model: WeeksModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = load_theme("light")
        self.weeks = model
        self.setModel(model)
        self.setItemDelegate(_Bars(self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Annotations per week")
        self.clicked.connect(self._choose)
        model.modelReset.connect(self._to_latest)

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.currentIndex().isValid():
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _to_latest(self) -> None:
        if weeks := self.weeks.rowCount():
            self.scrollTo(self.weeks.index(weeks - 1))

    def _choose(self, index: QModelIndex) -> None:
        week = self.weeks.found.weeks[index.row()]
        if week.count:
            self.chosen.emit(week.parts)


class _Bars(QStyledItemDelegate):
    def __init__(self, view: WeeksView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        view = self._view
        return QSize(week_width(view.weeks.most, view.fontMetrics()), view.viewport().height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        view, model = self._view, index.model()
        assert isinstance(model, WeeksModel)
        rect = QRect(option.rect)
        draw_week(painter, rect, model.found.weeks, index.row(), model.most, view.theme)
        if index == view.currentIndex() and view.hasFocus():
            painter.setPen(QPen(QColor(view.theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


def week_width(most: int, metrics: QFontMetrics) -> int:
    """Pixels of a week, where `most` is the largest count that stands over a bar."""
    return max(WIDTH, metrics.horizontalAdvance(f"{most:,}") + 6)


def draw_week(painter: QPainter, rect: QRect, weeks: Sequence[Week], at: int, most: int, theme: Theme) -> None:
    """The bar of a week, its count over it, and under it the month and the year where they begin."""
    week = weeks[at]
    ground = rect.bottom() - FOOT
    room = max(1, ground - rect.top() - HEAD)
    painter.setPen(QColor(theme.line))
    painter.drawLine(rect.left(), ground, rect.right(), ground)
    top = ground
    for color in Color:
        if count := week.colors.get(color, 0):
            height = max(2, round(room * count / most))
            bar = QRect(rect.left() + 2, top - height, rect.width() - 4, height)
            painter.fillRect(bar, QColor(theme.ground(color)))
            painter.fillRect(bar.left(), bar.top(), 2, bar.height(), QColor(theme.ink(color)))
            top -= height
    if week.count:
        painter.setPen(QColor(theme.muted))
        painter.drawText(
            QRect(rect.left(), top - 18, rect.width(), 16), Qt.AlignmentFlag.AlignCenter, f"{week.count:,}"
        )
    _draw_foot(painter, rect, weeks, at, theme)


def _draw_foot(painter: QPainter, rect: QRect, weeks: Sequence[Week], at: int, theme: Theme) -> None:
    monday = weeks[at].monday
    before = weeks[at - 1].monday if at else None
    painter.setPen(QColor(theme.muted))
    left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    foot = QRect(rect.left() + 2, rect.bottom() - FOOT + 4, WIDTH * 4, 16)
    if before is None or before.month != monday.month:
        name = QLocale().standaloneMonthName(monday.month, QLocale.FormatType.ShortFormat)
        painter.drawText(foot, left, name)
    if before is None or before.year != monday.year:
        painter.drawText(foot.translated(0, 16), left, str(monday.year))
