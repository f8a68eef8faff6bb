"""The codebook at work: what its window asks for is written, and what was written is shown in it."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.model.filters import Condition, Filter, Key
from reader.ui.codebook.asking import MergeDialog, NewTagDialog, SplitDialog
from reader.ui.codebook.files import CodebookFiles
from reader.ui.codebook.tidying import TidyDialog
from reader.ui.codebook.window import CodebookWindow
from reader.ui.exporting import while_open
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.tag_keys import TagKeys

_AFTER_CHANGES = 60
"""Milliseconds from a change in the library to the tree: what changes together is read once."""


class CodebookActions(QObject):
    """One window at a time. `marks_wanted` carries the filter that finds the marks of a tag."""

    marks_wanted = Signal(object)

    def __init__(self, window: "MainWindow", keys: "TagKeys") -> None:
        super().__init__(window)
        self._main, self._session, self._keys = window, window.session, keys
        self._book: CodebookWindow | None = None
        self._tidy: TidyDialog | None = None
        self._last = ""
        self._again: Callable[[], object] = lambda: None
        self._later = QTimer(self, singleShot=True, interval=_AFTER_CHANGES)
        self._later.timeout.connect(self._refresh)
        self._session.changed.connect(self._changed)
        self._session.said.connect(self._tell)
        keys.changed.connect(self._refresh)
        window.appearance.theme_changed.connect(lambda theme: self._book and self._book.set_theme(theme))

    def open(self) -> None:
        """Show the codebook, at the tag where it was left."""
        if self._book is not None:
            self._book.raise_()
            self._book.activateWindow()
            return
        self._book = book = CodebookWindow(self._main.appearance.theme, self._main)
        self._connect(book)
        self._refresh()
        book.choose(self._last)
        book.show()
        book.activateWindow()

    def _connect(self, book: CodebookWindow) -> None:
        tags = self._session.library.tags
        book.finished.connect(lambda _code: self._forget(book))
        book.again_requested.connect(lambda: self._again())
        book.undo_requested.connect(self._session.undo)
        book.redo_requested.connect(self._session.redo)
        book.rename_requested.connect(lambda a, b: self._write(lambda: tags.rename(a, b), b, was=a, words=b))
        book.move_requested.connect(self._move)
        book.recolor_requested.connect(lambda a, color: self._write(lambda: tags.edit(a, color=color)))
        book.describe_requested.connect(lambda a, d: self._write(lambda: tags.edit(a, description=d), words=d))
        book.delete_requested.connect(lambda a: self._write(lambda: tags.delete(a)))
        book.key_requested.connect(self._give_key)
        book.marks_requested.connect(self._show_marks)
        book.ask_new.connect(self._ask_new)
        book.ask_merge.connect(self._ask_merge)
        book.ask_split.connect(self._ask_split)
        book.ask_tidy.connect(self._ask_tidy)
        files = CodebookFiles(self._session, book, self._write)
        book.ask_import.connect(files.ask_import)
        book.ask_export.connect(files.ask_export)

    def flush(self) -> None:
        """Commit what stands in an open field."""
        if self._book:
            self._book.commit()

    def _forget(self, book: CodebookWindow) -> None:
        self._last, self._book = book.current(), None
        if book.unsaved.isVisible():
            self._session.give_up()

    # -- showing

    def _changed(self, change: Change) -> None:
        if self._book and (change.tags or change.everything or change.annotations_removed or change.documents_removed):
            self._later.start()

    def _tell(self, sentence: str, undoable: bool) -> None:
        if self._book:
            self._book.tell(sentence, undoable)

    def _refresh(self, current: str = "") -> None:
        book, tags = self._book, self._session.library.tags
        if book is None:
            return
        self._later.stop()
        book.set_tags(tags.list(), self._keys.shown(), current)
        show: Callable[[Mapping[str, int]], None] = while_open(book, book.set_levels)
        self._session.tasks.start(lambda _task: tags.levels(), show)
        self._look_for_tidying()

    def _show_marks(self, name: str) -> None:
        if self._book and name:
            self._book.close()
            self.marks_wanted.emit(Filter((Condition(Key.TAG, name),)))

    # -- writing

    def _write(self, write: Callable[[], Change], current: str = "", *, was: str = "", words: str = "") -> bool:
        """Carry out what was asked. Then `current` is the current tag, if that which it `was` is it still."""
        self._again = lambda: self._write(write, current, was=was, words=words)
        book = self._book
        done = self._session.perform(write, words=words or None, again=self._again) is not None
        if book is None:
            return done
        if done:
            book.unsaved.hide()
            self._refresh(current if not was or book.current() == was else "")
        elif self._session.refused or not words:
            book.show_error(self._main.status.message())
        else:
            book.refuse(self._main.status.message(), words)
        return done

    def _move(self, name: str, under: str) -> None:
        leaf = name.rpartition("/")[2]
        new = f"{under}/{leaf}" if under else leaf
        self._write(lambda: self._session.library.tags.move(name, under), new, was=name, words=under)

    def _give_key(self, name: str, key: str) -> None:
        uid = next((tag.uid for tag in self._session.library.tags.list() if tag.name == name), "")
        if self._book and uid and (reason := self._keys.assign(uid, key)):
            self._book.show_error(reason)

    # -- making, merging, splitting

    def _ask_new(self, over: str) -> None:
        dialog = NewTagDialog(over, [tag.name for tag in self._session.library.tags.list()], self._book)

        def make(name: str) -> None:
            if self._write(lambda: self._session.library.tags.add(name), name):
                dialog.accept()
            else:
                dialog.show_error(self._main.status.message())

        dialog.requested.connect(make)
        dialog.open()

    def _ask_merge(self, name: str) -> None:
        tags = self._session.library.tags
        dialog = MergeDialog(name, [tag.name for tag in tags.list()], self._book)

        def preview(into: str) -> None:
            try:
                dialog.set_preview(tags.merge_preview(name, into))
            except ReaderError as error:
                dialog.show_error(str(error))

        def merge(into: str) -> None:
            if self._write(lambda: tags.merge(name, into), into):
                dialog.accept()
            else:
                dialog.show_error(self._main.status.message())

        dialog.preview_wanted.connect(preview)
        dialog.requested.connect(merge)
        dialog.open()

    def _ask_split(self, name: str) -> None:
        from reader.text.filter_words import parse

        tags = self._session.library.tags
        dialog = SplitDialog(name, [tag.name for tag in tags.list()], self._book)

        def preview(words: str) -> None:
            refuse = while_open(dialog, lambda error: dialog.refuse_words(words, str(error)))
            show = while_open(dialog, lambda counts: dialog.set_preview(words, *counts))

            def work(_task: Task) -> tuple[int, int]:
                return tags.split_preview(name, parse(words)), tags.split_preview(name, Filter())

            self._session.tasks.start(work, show, refuse)

        def split(words: str, new: str) -> None:
            if self._write(lambda: tags.split(name, parse(words), new), new):
                dialog.accept()
            else:
                dialog.show_error(self._main.status.message())

        dialog.preview_wanted.connect(preview)
        dialog.requested.connect(split)
        dialog.open()

    # -- tidying

    def _ask_tidy(self) -> None:
        tags = self._session.library.tags
        self._tidy = dialog = TidyDialog(self._book)

        def forget() -> None:
            self._tidy = None

        def preview(goes: str, stays: str) -> None:
            try:
                dialog.set_preview(tags.merge_preview(goes, stays))
            except ReaderError as error:
                dialog.show_error(str(error))

        def write(work: Callable[[], Change]) -> None:
            if not self._write(work):
                dialog.show_error(self._main.status.message())

        dialog.finished.connect(forget)
        dialog.preview_wanted.connect(preview)
        dialog.merge_requested.connect(lambda goes, stays: write(lambda: tags.merge(goes, stays)))
        dialog.delete_requested.connect(lambda: write(tags.delete_unused))
        self._look_for_tidying()
        dialog.open()

    def _look_for_tidying(self) -> None:
        dialog, tags = self._tidy, self._session.library.tags
        if dialog is not None and isValid(dialog):
            dialog.set_unused([tag.name for tag in tags.unused()])
            self._session.tasks.start(lambda _task: tags.twins(), while_open(dialog, dialog.set_twins))
