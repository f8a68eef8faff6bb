"""Small pictures of all pages of a document; those in view are drawn, a few are kept."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reader.model.document import PageBreak, Sheet
from reader.model.errors import ReaderError
from reader.model.page import Tile
from reader.ui.panels.quiet import set_ground
from reader.ui.reading.pages.recolour import paper, recoloured
from reader.ui.theme import Theme, load_theme
from reader.ui.typography import interface_font

if TYPE_CHECKING:
    from reader.ui.reading.pages.source import PageSource, Ticket

AnyIndex = QModelIndex | QPersistentModelIndex

_WIDTH, _TALLEST = 112, 168
_MARGIN, _LABEL = 10, 18
_KEPT = 200
_UNDER_WAY = 2
# So many places are laid out at once in a few milliseconds; more of them bit by bit.
_AT_ONCE = 5_000
_PAGE = Qt.ItemDataRole.UserRole


class _Pages(QAbstractListModel):
    """One row a page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.breaks: Sequence[PageBreak] = ()

    def set_pages(self, breaks: Sequence[PageBreak]) -> None:
        self.beginResetModel()
        self.breaks = breaks
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  (Qt's own signature)
        return 0 if parent.isValid() else len(self.breaks)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.breaks[index.row()].label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"Page {self.breaks[index.row()].label}"
        return index.row() if role == _PAGE else None


class _Delegate(QStyledItemDelegate):
    """A page's picture, its label under it; the page that is read has the accent's frame."""

    def __init__(self, panel: "Thumbnails") -> None:
        super().__init__(panel)
        self._panel = panel
        self._font = interface_font(11)

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        size = self._panel.size_of(index.row())
        return QSize(_WIDTH + 2 * _MARGIN, size.height() + _LABEL + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        panel, page = self._panel, index.row()
        theme, rect, size = panel.theme, option.rect, panel.size_of(page)
        sheet = QRect(rect.center().x() - size.width() // 2, rect.top() + _MARGIN, size.width(), size.height())
        here = page == panel.page
        painter.save()
        if option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus):
            painter.fillRect(rect, QColor(theme.hover))
        painter.fillRect(sheet, paper(theme))
        image = panel.picture(page)
        if image:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(sheet, image)
        focus = option.state & QStyle.StateFlag.State_HasFocus
        painter.setPen(QPen(QColor(theme.accent if here or focus else theme.control), 2 if here or focus else 1))
        painter.drawRect(sheet.adjusted(-1, -1, 0, 0))
        painter.setFont(self._font)
        painter.setPen(QColor(theme.accent if here else theme.muted))
        line = QRect(rect.left(), sheet.bottom() + 4, rect.width(), _LABEL)
        words = QFontMetrics(self._font).elidedText(str(index.data()), Qt.TextElideMode.ElideMiddle, rect.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words)
        painter.restore()


class Thumbnails(QListView):
    """`page_chosen` carries a page, from 0: by a click, or by Enter."""

    page_chosen = Signal(int)
    _arrived = Signal(object, int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = load_theme("light")
        self.page = -1
        self._source: PageSource | None = None
        self._sheets: Sequence[Sheet] = ()
        self._images: OrderedDict[int, QImage | None] = OrderedDict()
        self._under_way: dict[int, Ticket] = {}
        self._wanted: list[int] = []
        self._pages = _Pages(self)
        self.setModel(self._pages)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName("Pages")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.clicked.connect(self._go)
        self.activated.connect(self._go)
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)
        set_ground(self, self.theme.panel)

    def set_pages(self, source: "PageSource | None", breaks: Sequence[PageBreak]) -> None:
        """Show the pages of another document; the same ones keep their pictures."""
        if source is self._source and len(breaks) == len(self._pages.breaks):
            return
        self._forget()
        self._source, self.page = source, -1
        self._sheets = tuple(getattr(source, "sheets", ()))
        few = len(breaks) <= _AT_ONCE
        self.setLayoutMode(QListView.LayoutMode.SinglePass if few else QListView.LayoutMode.Batched)
        self._pages.set_pages(breaks if source else ())

    def set_page(self, page: int) -> None:
        """Show which page is read."""
        if page == self.page or not 0 <= page < len(self._pages.breaks):
            return
        self.page = page
        index = self._pages.index(page)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if self.isVisible():
            self.scrollTo(index, QListView.ScrollHint.EnsureVisible)
        self.viewport().update()

    def set_theme(self, theme: Theme) -> None:
        self.theme = theme
        set_ground(self, theme.panel)
        self._forget()
        self.viewport().update()

    def size_of(self, page: int) -> QSize:
        """How large a page's picture is, in pixels."""
        if page >= len(self._sheets):
            return QSize(_WIDTH, _TALLEST)
        sheet = self._sheets[page]
        share = min(_WIDTH / max(1.0, sheet.width), _TALLEST / max(1.0, sheet.height))
        return QSize(max(8, round(sheet.width * share)), max(8, round(sheet.height * share)))

    def picture(self, page: int) -> QImage | None:
        """The picture where it is there; it is asked for where it is not."""
        if page in self._images:
            self._images.move_to_end(page)
            return self._images[page]
        if page not in self._under_way and page not in self._wanted:
            self._wanted.append(page)
            self._pump()
        return None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.page >= 0:
            self.scrollTo(self._pages.index(self.page), QListView.ScrollHint.PositionAtCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.page >= 0 and self.isVisible():
            self.scrollTo(self._pages.index(self.page))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            # Nobody looks: what is wanted is asked for when it is painted again.
            self._wanted.clear()
        return super().event(event)

    def _go(self, index: QModelIndex) -> None:
        self.page_chosen.emit(index.row())

    def _pump(self) -> None:
        source = self._source
        while source and self._wanted and len(self._under_way) < _UNDER_WAY:
            # The last one asked for is on the screen; those before may have been scrolled away.
            self._ask(source, self._wanted.pop())

    def _ask(self, source: "PageSource", page: int) -> None:
        size, sheet, theme, ratio = self.size_of(page), self._sheets[page], self.theme, self.devicePixelRatioF()
        scale = size.width() * ratio / max(1.0, sheet.width)
        pixels = max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))

        def come(answer: Tile | ReaderError) -> None:
            # In a thread of the source's.
            self._arrived.emit(source, page, None if isinstance(answer, ReaderError) else _image(answer, theme))

        self._under_way[page] = source.tile(page, scale, (0, 0, *pixels), 0, come, False)

    def _take(self, source: object, page: int, image: QImage | None) -> None:
        if source is not self._source or self._under_way.pop(page, None) is None:
            return
        self._images[page] = image
        if len(self._images) > _KEPT:
            self._images.popitem(last=False)
        self.viewport().update(self.visualRect(self._pages.index(page)))
        self._pump()

    def _forget(self) -> None:
        for ticket in self._under_way.values():
            ticket.cancel()
        self._under_way.clear()
        self._wanted.clear()
        self._images.clear()


def _image(tile: Tile, theme: Theme) -> QImage:
    image = QImage(tile.data, tile.width, tile.height, tile.stride, QImage.Format.Format_RGB32).copy()
    return recoloured(image, theme, tuple(QRect(*rect) for rect in tile.images))
