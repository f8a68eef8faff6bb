"""The codebook at work: what its window asks for is written, and what was written is shown in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.model.filters import Condition, Filter, Key
from reader.model.library import Tag
from reader.ui.codebook.files import CodebookFiles
from reader.ui.codebook.verbs import CodebookVerbs
from reader.ui.codebook.window import CodebookWindow
from reader.ui.tasks import while_open

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.tag_keys import TagKeys

MANY = 1_000
"""Annotations with a tag that are changed at once; more of them off the interface's thread."""
STILL_WRITING = "The last change is still being written; wait for it, then try again."
_AFTER_CHANGES = 60
"""Milliseconds from a change in the library to the tree: what changes together is read once."""


class CodebookActions(QObject):
    """One window at a time. `marks_wanted` carries the filter that finds the marks of a tag."""

    marks_wanted = Signal(object)

    def __init__(self, window: "MainWindow", keys: "TagKeys") -> None:
        super().__init__(window)
        self._main, self._session, self._keys = window, window.session, keys
        self._book: CodebookWindow | None = None
        self._verbs: CodebookVerbs | None = None
        self._last = ""
        self._again: Callable[[], object] = lambda: None
        self._reading, self._writing, self._is_behind = 0, False, False
        self._next = "", True
        """The tag that becomes the current one with the next reading, also where the filter would hide it."""
        self._renamed: dict[str, str] = {}
        """Names that are shown until then, and what they are by now."""
        self._later = QTimer(self, singleShot=True, interval=_AFTER_CHANGES)
        self._later.timeout.connect(self._refresh)
        self._session.changed.connect(self._changed)
        self._session.said.connect(self._tell)
        keys.changed.connect(lambda: self._book and self._book.set_keys(keys.shown()))
        window.appearance.theme_changed.connect(lambda theme: self._book and self._book.set_theme(theme))

    def open(self) -> None:
        """Show the codebook, at the tag where it was left."""
        if self._book is not None:
            self._book.raise_()
            self._book.activateWindow()
            return
        self._book = book = CodebookWindow(self._main.appearance.theme, self._main)
        self._connect(book)
        self._refresh(self._last, chosen=False)
        book.show()
        book.activateWindow()

    def _connect(self, book: CodebookWindow) -> None:
        tags = self._session.library.tags
        book.finished.connect(lambda _code: self._forget(book))
        book.again_requested.connect(lambda: self._again())
        book.undo_requested.connect(self._session.undo)
        book.redo_requested.connect(self._session.redo)
        book.rename_requested.connect(self._rename)
        book.move_requested.connect(self._move)
        book.recolor_requested.connect(lambda a, color: self._write(lambda: tags.edit(self._now(a), color=color)))
        book.describe_requested.connect(
            lambda a, said: self._write(lambda: tags.edit(self._now(a), description=said), words=said)
        )
        book.delete_requested.connect(lambda a: self._rewrite(a, lambda: tags.delete(self._now(a))))
        book.key_requested.connect(self._give_key)
        book.marks_requested.connect(self._show_marks)
        self._verbs = verbs = CodebookVerbs(self._session, book, self._write, self._rewrite)
        book.ask_new.connect(verbs.ask_new)
        book.ask_merge.connect(verbs.ask_merge)
        book.ask_split.connect(verbs.ask_split)
        book.ask_tidy.connect(verbs.ask_tidy)
        files = CodebookFiles(self._session, book, self._write)
        book.ask_import.connect(files.ask_import)
        book.ask_export.connect(files.ask_export)

    def flush(self) -> None:
        """Commit what stands in an open field."""
        if self._book:
            self._book.commit()

    def _forget(self, book: CodebookWindow) -> None:
        self._last, self._book, self._verbs = book.current(), None, None
        if book.unsaved.isVisible():
            self._session.give_up()

    # -- showing

    def _changed(self, change: Change) -> None:
        if self._book and (change.tags or change.everything or change.annotations_removed or change.documents_removed):
            self._later.start()

    def _tell(self, sentence: str, undoable: bool) -> None:
        if self._book:
            self._book.tell(sentence, undoable)

    def _refresh(self, current: str = "", *, chosen: bool = True) -> None:
        """Read the tags again; `current` becomes the current one, `chosen` also where the filter would hide it."""
        book, tags = self._book, self._session.library.tags
        if book is None:
            return
        self._later.stop()
        self._reading, self._is_behind = self._reading + 1, True
        number = self._reading
        if current:
            self._next = current, chosen

        def show(found: Sequence[Tag]) -> None:
            if number == self._reading:
                (name, is_chosen), self._next = self._next, ("", True)
                self._is_behind = False
                self._renamed.clear()
                book.set_tags(found, self._keys.shown(), name if is_chosen else "")
                if not is_chosen:
                    book.choose(name)

        def show_and_count(found: Sequence[Tag]) -> None:
            show(found)
            levels: Callable[[Mapping[str, int]], None] = while_open(book, book.set_levels)
            self._session.tasks.start(lambda _task: tags.levels(), levels)

        if tags.takes_long():
            self._session.tasks.start(lambda _task: tags.list(), while_open(book, show_and_count))
        else:
            show_and_count(tags.list())
        if self._verbs:
            self._verbs.look_for_tidying()

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

    def _rewrite(
        self,
        name: str,
        write: Callable[[], Change],
        then: Callable[[str], None] = lambda _said: None,
        current: str = "",
    ) -> None:
        """Carry out what changes all that has a tag: where that is much, off the interface's thread.

        Then `then` gets why it could not be done, empty where it was.
        """
        book = self._book
        known = book.known(name) if book else None
        if known is None or known.uses <= MANY:
            return then("" if self._write(write, current) else self._main.status.message())
        if self._writing:
            return then(STILL_WRITING)
        self._writing = True
        self._session.say(f"Changing {known.uses:,} annotations…")

        def done(change: Change) -> None:
            self._writing = False
            self._session.said.emit(change.label, bool(change))
            self._refresh(current)
            then("")

        def failed(error: ReaderError) -> None:
            self._writing = False
            self._session.failed.emit(str(error))
            if self._book:
                self._book.show_error(str(error))
            then(str(error))

        self._session.tasks.start(lambda _task: write(), done, failed)
        return None

    def _now(self, name: str) -> str:
        """What a tag of a name that is still shown is called by now."""
        for old, new in self._renamed.items():
            if name == old or name.startswith(f"{old}/"):
                name = new + name[len(old) :]
        return name

    def _rename(self, name: str, new: str) -> None:
        now = self._now(name)
        over, leaf = now.rpartition("/")[0], new.removeprefix(f"{name.rpartition('/')[0]}/")
        new = f"{over}/{leaf}" if over else leaf
        if self._write(lambda: self._session.library.tags.rename(now, new), new, was=name, words=leaf):
            self._call(name, new)

    def _move(self, name: str, under: str) -> None:
        now = self._now(name)
        leaf = now.rpartition("/")[2]
        new = f"{under}/{leaf}" if under else leaf
        if self._write(lambda: self._session.library.tags.move(now, under), new, was=name, words=under):
            self._call(name, new)

    def _call(self, name: str, new: str) -> None:
        if self._is_behind:
            self._renamed[name] = new

    def _give_key(self, name: str, key: str) -> None:
        known = self._book.known(name) if self._book else None
        if self._book and known and (reason := self._keys.assign(known.uid, key)):
            self._book.show_error(reason)
