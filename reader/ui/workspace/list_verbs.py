"""What is done to the selected annotations of the list: each verb one action, for one row or a hundred thousand."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu
from shiboken6 import isValid

from reader.model.annotation import Annotation, Color, Style
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.ui.asking import Asking
from reader.ui.citation import citation
from reader.ui.unsaved import in_words
from reader.ui.workspace.list_columns import Column

if TYPE_CHECKING:
    from reader.model.workspace import Row
    from reader.services.library import Library
    from reader.ui.main_window import MainWindow
    from reader.ui.workspace.inquiry import Inquiry
    from reader.ui.workspace.list_page import ListPage

MANY = 1_000
"""More annotations than this are written off the interface's thread."""
MOST_TAGS = 30
"""More tags than this are no menu any more."""
NOTHING_CHOSEN = "Select annotations in the list first."
CHANGED_MEANWHILE = (
    "Saved. The note was changed elsewhere while you wrote; what stood there is in the annotation's history (H)."
)
STILL_WRITING = "The last change is still being written; wait for it, then try again."


class RowVerbs(QObject):
    """Writes to the annotations that an inquiry says are selected. What was typed is kept where writing fails."""

    def __init__(self, window: "MainWindow", inquiry: "Inquiry", page: "ListPage") -> None:
        super().__init__(page)
        self._session, self._inquiry, self._table = window.session, inquiry, page.table
        self.asking = Asking(window, page.table.viewport(), window.session)
        self._writing = False

    # -- verbs

    def color(self, color: Color, rows: Sequence[int] | None = None) -> None:
        """Give the selected annotations this category, or those of these row ids."""
        self._on_rows(lambda uids: self._library.annotate.recolor(uids, color), rows)

    def underline(self) -> None:
        """Change between underline and highlight, as the current one is."""
        mark = self._current()
        lined = mark is not None and mark.style is Style.UNDERLINE
        style = Style.HIGHLIGHT if lined else Style.UNDERLINE
        self._on_rows(lambda uids: self._library.annotate.restyle(uids, style))

    def delete(self) -> None:
        self._on_rows(self._library.annotate.delete)

    def note(self) -> None:
        """Ask for the note of the current annotation."""
        mark = self._current()
        if mark is None:
            self._session.say(NOTHING_CHOSEN)
            return
        annotate, uid, before = self._library.annotate, mark.uid, mark.note

        def write(text: str) -> bool:
            now = annotate.find(uid)
            if not self._write(lambda: annotate.edit_note(uid, text), words=text):
                return False
            if now is not None and now.note not in (before, text):
                self._session.say(CHANGED_MEANWHILE)
            return True

        self.asking.ask_note(before, self._rect(Column.NOTE), write)

    def tag(self) -> None:
        """Ask for the tags of the selected annotations: of several, those that all of them have."""
        rows = self._inquiry.rows
        mark = self._current() if len(rows) <= 1 else None
        if mark is not None:
            self._ask_common((self._inquiry.current,), list(mark.tags))
        elif rows:

            def ask(counts: dict[str, int]) -> None:
                if self._inquiry.rows == rows and self._table.isVisible():
                    self._ask_common(rows, [name for name, count in counts.items() if count == len(rows)])

            workspace = self._library.workspace
            self._run(len(rows), lambda: workspace.tags_of(rows), ask, f"Looking at {len(rows):,} annotations…")
        else:
            self._session.say(NOTHING_CHOSEN)

    def give(self, rows: Sequence[int], tag: str) -> None:
        """Add a tag to the annotations of these row ids, as when they are dropped on it."""
        self._on_rows(lambda uids: self._library.annotate.add_tags(uids, [tag]), rows)

    def take_off(self, tag: str) -> None:
        """Take a tag off the selected annotations."""
        self._on_rows(lambda uids: self._library.annotate.remove_tags(uids, [tag]))

    def give_or_take(self, tag: str) -> None:
        """Add a tag to the selected annotations; where all of them have it, take it off."""
        annotate = self._library.annotate
        self._on_rows(lambda uids: annotate.add_tags(uids, [tag]) or annotate.remove_tags(uids, [tag]))

    def copy(self) -> None:
        """Put the quotes of the selected annotations on the clipboard, each with its source."""
        rows, library = self._inquiry.rows, self._library
        if not rows:
            self._session.say(NOTHING_CHOSEN)
            return

        def done(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            many = f"{len(rows):,} annotations copied with their sources"
            self._session.say(many if len(rows) > 1 else "Copied with its source")

        self._run(len(rows), lambda: cited(library, library.workspace.rows(rows)), done, f"Copying {len(rows):,}…")

    def fill(self, menu: QMenu, after: QAction) -> None:
        """Offer to open the current annotation, and, after that action, to take off each tag of those selected."""
        first = menu.actions()[0]
        opening = QAction("&Open in the document", menu)
        opening.triggered.connect(lambda: self._table.open_requested.emit(self._inquiry.current))
        menu.insertAction(first, opening)
        menu.insertSeparator(first)
        off = QMenu("Take off a ta&g", menu)
        off.setEnabled(False)
        actions = menu.actions()
        menu.insertMenu(actions[actions.index(after) + 1], off)

        def offer(tags: dict[str, int]) -> None:
            if not isValid(off):
                return  # the menu was closed before the tags were there
            off.setEnabled(bool(tags))
            for name, count in sorted(tags.items(), key=lambda pair: -pair[1])[:MOST_TAGS]:
                words = name.replace("&", "&&")
                off.addAction(f"{words}\t{count:,}").triggered.connect(lambda _=False, name=name: self.take_off(name))

        rows, workspace = self._inquiry.rows, self._library.workspace
        self._run(len(rows), lambda: workspace.tags_of(rows), offer)

    def with_uids(self, done: Callable[[list[str]], None]) -> None:
        """Hand over the uids of the selected annotations, in the order of the list; of very many a little later."""
        rows, workspace = self._inquiry.rows, self._library.workspace
        self._run(len(rows), lambda: workspace.uids_of(rows), done)

    # -- inside

    @property
    def _library(self) -> "Library":
        return self._session.library

    def _current(self) -> Annotation | None:
        """The annotation that the keyboard is at; None where it is at none, or where that is gone."""
        uids = self._library.workspace.uids_of([self._inquiry.current]) if self._inquiry.current else []
        return self._library.annotate.find(uids[0]) if uids else None

    def _ask_common(self, rows: Sequence[int], common: list[str], typed: Sequence[str] | None = None) -> None:
        known = {name.casefold() for name in common}

        def write(given: list[str]) -> bool:
            kept = {name.casefold() for name in given}
            add = [name for name in given if name.casefold() not in known]
            gone = [name for name in common if name.casefold() not in kept]
            return self._on_rows(
                lambda uids: self._library.annotate.retag(uids, add, gone),
                rows,
                words=in_words(add),
                sorry=lambda: self._ask_common(rows, common, given),
            )

        self.asking.ask_tags(common, self._rect(Column.TAGS), write, typed)

    def _on_rows(
        self,
        write: Callable[[list[str]], Change],
        rows: Sequence[int] | None = None,
        *,
        words: str | None = None,
        sorry: Callable[[], None] = lambda: None,
    ) -> bool:
        """Write to these rows, else to those selected; `sorry` is called where that fails later."""
        wanted, library = self._inquiry.rows if rows is None else rows, self._library
        if not wanted:
            self._session.say(NOTHING_CHOSEN)
            return False
        if len(wanted) <= MANY:
            return self._write(lambda: write(library.workspace.uids_of(wanted)), words=words)
        if self._writing:
            self._session.say(STILL_WRITING)
            return False
        self._writing = True

        def work() -> Change:
            return write(library.workspace.uids_of(wanted))

        def done(change: Change) -> None:
            self._writing = False
            self._session.said.emit(change.label or "Nothing to change", change.undoable and bool(change))

        def failed() -> None:
            self._writing = False
            sorry()

        self._run(len(wanted), work, done, f"Changing {len(wanted):,} annotations…", failed)
        return True

    def _run(
        self,
        count: int,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        doing: str = "",
        sorry: Callable[[], None] = lambda: None,
    ) -> None:
        """Do it at once where there are few, else off the interface's thread, and say what is being done."""

        def failed(error: ReaderError) -> None:
            self._session.failed.emit(str(error))
            sorry()

        if count > MANY:
            if doing:
                self._session.say(doing)
            self._session.tasks.start(lambda _task: work(), done, failed)
            return
        try:
            result = work()
        except ReaderError as error:
            failed(error)
        else:
            done(result)

    def _write(self, write: Callable[[], Change], *, words: str | None = None) -> bool:
        return self._session.perform(write, words=words or None, again=self.asking.flush) is not None

    def _rect(self, column: Column) -> QRect:
        """Where a pop-up belongs: at that cell of the current row, where it is in view, else at the top of the list."""
        table = self._table
        table.scrollTo(table.currentIndex())
        cell, view = table.cell(column), table.viewport().rect()
        if not cell.isEmpty() and cell.intersects(view):
            return cell.intersected(view)
        line = table.cell(Column(table.header.first_shown()))
        return QRect(24, line.top(), 1, line.height()) if line.intersects(view) else QRect(24, 24, 1, 1)


def cited(library: "Library", rows: Sequence["Row"]) -> str:
    """The quotes of rows with their sources; of what has no words, the note. One after the other, a line between."""
    about = {found.uid: found.metadata for found in library.documents.list()}
    texts: list[str] = []
    for row in rows:
        page = f"p. {row.place.page}" if row.place.page else ""
        if words := row.quote or row.mark.note:
            texts.append(citation(words, about[row.mark.document_uid], page))
    return "\n\n".join(texts)
