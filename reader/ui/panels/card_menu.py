"""The context menu of the cards."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu

from reader.model.annotation import Annotation, Color
from reader.text.joining import joined
from reader.ui.theme import Theme

if TYPE_CHECKING:
    from reader.ui.panels.card_view import CardView


def card_menu(view: "CardView", uids: list[str], names: dict[Color, str], theme: Theme) -> QMenu:
    """What one may do with these annotations; the menu deletes itself when it closes."""
    menu = QMenu(view)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if len(uids) == 1:
        menu.addAction("Show the passage\tSpace", lambda: view.jump_requested.emit(uids[0]))
        menu.addAction("Edit the note\tEnter", lambda: view.edit_note(uids[0]))
        index = view.annotations().index_of(uids[0])
        for whole, words in ((True, "Show all of it\tRight"), (False, "Fold it\tLeft")):
            if view.foldable(index, whole=whole):
                menu.addAction(words, lambda: view.unfold(index))
        menu.addSeparator()
    for number, color in enumerate(Color, 1):
        action = menu.addAction(dot_icon(theme, color), f"{names[color]}\t{number}")
        action.triggered.connect(lambda _checked=False, color=color: view.recolor_requested.emit(uids, color))
    menu.addSeparator()
    menu.addAction("Tag…\tT", lambda: view.tag_requested.emit(uids))
    menu.addAction("Copy the quote" if len(uids) == 1 else "Copy the quotes", lambda: _copy(view, uids))
    if len(uids) == 1:
        menu.addAction("History…\tH", lambda: view.past_requested.emit(uids[0]))
        mark = view.annotations().by_uid(uids[0])
        if mark and view.annotations().standings(mark):
            menu.addAction("Review…", lambda: view.review_requested.emit(uids[0]))
    menu.addSeparator()
    words = "Delete" if len(uids) == 1 else f"Delete {len(uids):,} annotations"
    menu.addAction(f"{words}\tDel", lambda: view.delete_requested.emit(uids))
    return menu


def dot_icon(theme: Theme, color: Color, size: int = 14) -> QIcon:
    """A category's dot as an icon of `size` pixels."""
    pixmap = QPixmap(size * 2, size * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.ink(color)))
    painter.drawEllipse(1, 1, size - 2, size - 2)
    painter.end()
    return QIcon(pixmap)


def _copy(view: "CardView", uids: list[str]) -> None:
    marks = (view.annotations().by_uid(uid) for uid in uids)
    QGuiApplication.clipboard().setText("\n\n".join(_words(mark) for mark in marks if mark))


def _words(mark: Annotation) -> str:
    """The quote, that of a page read on over its lines; of a note on the document, the note."""
    on_page = mark.anchor is not None and mark.anchor.rects
    return (joined(mark.quote) if on_page else mark.quote) or mark.note
