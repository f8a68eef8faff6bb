"""The pop-ups that ask for tags and for a note, wherever a mark is shown."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from reader.ui.session import Session
    from reader.ui.theme import Theme
    from reader.ui.widgets.floating import Popup


class Asking(QObject):
    """Opens pop-ups within `parent`, at rectangles in the coordinates of `view`.

    What was typed stays on the screen, in the editor, until `write` has said that it is on the disk.
    """

    def __init__(self, parent: QWidget, view: QWidget, session: "Session") -> None:
        super().__init__(parent)
        self._parent, self._view, self._session = parent, view, session
        self._theme: Theme | None = None
        self._popup: Popup | None = None

    def set_theme(self, theme: "Theme") -> None:
        self._theme = theme

    def ask_tags(
        self,
        before: Sequence[str],
        rect: QRect,
        write: Callable[[list[str]], bool],
        typed: Sequence[str] | None = None,
    ) -> None:
        """Ask for tags, beginning with those `before`, or with those `typed` when writing them failed."""
        from reader.ui.widgets.tag_entry import TagEntry

        def commit(given: list[str]) -> None:
            if given != list(before) and not write(given):
                self.ask_tags(before, rect, write, typed=given)

        entry = TagEntry(self._session.library.tags.complete, self._parent)
        entry.set_theme(self._theme)
        entry.set_tags(before if typed is None else typed)
        entry.committed.connect(commit)
        entry.cancelled.connect(self._session.give_up)
        self._show(entry, rect)

    def ask_note(self, before: str, rect: QRect, write: Callable[[str], bool], typed: str | None = None) -> None:
        """Ask for a note, beginning with `before`, or with what was `typed` when writing it failed."""
        from reader.ui.widgets.note_editor import NoteEditor

        def commit(words: str) -> None:
            if words != before and not write(words):
                self.ask_note(before, rect, write, typed=words)

        editor = NoteEditor(self._parent)
        editor.set_theme(self._theme)
        editor.set_text(before if typed is None else typed)
        editor.committed.connect(commit)
        editor.cancelled.connect(self._session.give_up)
        self._show(editor, rect)

    def flush(self) -> None:
        """Commit what stands in an open pop-up, as when the window closes."""
        if self._popup:
            self._popup.leave()

    def _show(self, popup: "Popup", rect: QRect) -> None:
        self._open(popup)
        view = self._view
        popup.popup_at(view.mapToGlobal(rect.bottomLeft()), view.mapToGlobal(rect.topLeft()))

    def _open(self, popup: "Popup") -> None:
        self._popup = popup
        popup.destroyed.connect(self._closed)

    def _closed(self) -> None:
        self._popup = None
