"""Adding documents from the window: dialog, drop, paste, another start; with progress, a stop, and a report."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.model.errors import ReaderError
from reader.resources import samples
from reader.ui.tasks import Task

if TYPE_CHECKING:
    from reader.services.adding import AddResult
    from reader.ui.session import Session
    from reader.ui.widgets.task_bar import TaskBar

_SUFFIXES = {
    "Text": "txt text md markdown mdown mkd",
    "Books": "epub fb2",
    "PDF": "pdf",
    "Saved pages": "html htm xhtml xht mht mhtml",
    "Office documents": "docx docm dotx dotm odt ott rtf",
    "Written with marks": "rst org tex latex ipynb",
}
_EVERY_SECONDS = 0.04
_RICH = re.compile(r"<(?:h[1-6]|b|strong|i|em|u|s|a\s|ul|ol|li|table|blockquote|pre|code|img|figure|sup|sub)\b", re.I)
"""What a pasted piece of a page says more than its words do."""


class Adding(QObject):
    """Runs additions one after the other, so that each is one action that can be undone.

    `begun` tells the file when a single one is added to be opened, `ended` that what was added is there, or is not.
    """

    open_requested = Signal(str)
    begun = Signal(Path)
    ended = Signal()

    def __init__(self, session: "Session", bar: "TaskBar", parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._bar, self._parent = session, bar, parent
        self._waiting: list[tuple[list[Path], bool]] = []
        self._locked: list[tuple[Path, str]] = []
        self._task: Task | None = None
        self._report: QWidget | None = None
        self._unsaid = ""
        bar.stop_requested.connect(self.stop)

    def ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._parent, "Add documents", self._last_folder(), file_filter())
        self._chosen([Path(name) for name in names])

    def ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self._parent, "Add a folder and all in it", self._last_folder())
        self._chosen([Path(name)] if name else [])

    def add_samples(self) -> None:
        self.add([samples()], then_open=True)

    def paste(self) -> None:
        """Add what the clipboard holds."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self._session.say("The clipboard holds no text and no files.")

    def take(self, mime: QMimeData) -> bool:
        """Add what was dropped or copied: files, else text as a document of its own. False where there is neither."""
        paths = local_paths(mime)
        if paths:
            self.add(paths, then_open=True)
        elif mime.hasText() and mime.text().strip():
            self._add_text(mime.text(), mime.html() if mime.hasHtml() else "")
        else:
            return False
        return True

    def add(self, paths: Sequence[Path], *, then_open: bool = False) -> None:
        """Queue `paths`; with `then_open` the first document is opened as soon as it is there."""
        if not paths:
            return
        self._waiting.append((list(paths), then_open))
        if self._task is None:
            self._next()

    def stop(self) -> None:
        """Stop at once: what is added stays, what is being read is given up, the rest is not begun."""
        self._waiting.clear()
        if self._task:
            self._task.cancel()

    def unlock(self, path: Path, sentence: str) -> None:
        """Ask for the password of a locked file, which `sentence` says, and add it with that; one after the other."""
        self._locked.append((path, sentence))
        if len(self._locked) == 1:
            self._ask_password()

    def _ask_password(self) -> None:
        from reader.ui.dialogs.password import PasswordDialog

        path, sentence = self._locked[0]
        dialog = PasswordDialog(sentence, self._parent)

        def answered(password: str = "") -> None:
            self._locked.pop(0)
            # A wrong one is forgotten, too.
            self._session.library.passwords.give(path, password)
            if password:
                self.add([path], then_open=True)
            else:
                self._session.say(f"“{path.name}” was not opened: it is locked with a password.")
            if self._locked:
                self._ask_password()

        dialog.given.connect(answered)
        dialog.rejected.connect(answered)
        dialog.open()

    # -- one batch

    def _next(self) -> None:
        paths, then_open = self._waiting.pop(0)
        self._bar.start("Adding", 0)
        tasks = self._session.tasks

        def work(task: Task) -> "list[AddResult]":
            progress = seldom(lambda *values: tasks.report(self._bar.advance, *values))
            results: list[AddResult] = []
            opened = not then_open
            for result in self._session.library.adding.add(paths, cancelled=task.cancelled, progress=progress):
                if result.document and not opened:
                    opened = True
                    tasks.report(self.open_requested.emit, result.document.uid)
                results.append(result)
            return results

        self._task = tasks.start(work, lambda results: self._finished(results, then_open=then_open), self._failed)
        if then_open and len(paths) == 1:
            self.begun.emit(paths[0])

    def _finished(self, results: "list[AddResult]", *, then_open: bool) -> None:
        stopped = self._task is not None and self._task.cancelled()
        self._task = None
        self.ended.emit()
        locked = [r for r in results if r.locked]
        read = [r for r in results if not r.locked]
        said = summary(read, stopped=stopped) if read or not locked else locked[0].reason
        self._bar.finish(said)
        unsaid, self._unsaid = self._unsaid, ""
        if unsaid:
            self._session.failed.emit(f"{said}; before that: {unsaid}")
        elif not (then_open and self._could_not_open(read)):
            self._session.said.emit(said, any(r.status in ("added", "changed") for r in results))
        failed = [r for r in read if r.status == "failed"]
        if failed:
            self._show_failed(failed)
        for result in locked:
            self.unlock(result.path, result.reason)
        if self._waiting:
            self._next()

    def _could_not_open(self, results: "list[AddResult]") -> bool:
        """Whether all that was to happen is that a known document is opened, and why it was not is said already."""
        known = results[0].document if len(results) == 1 and results[0].status == "known" else None
        return known is not None and known.uid != self._session.uid

    def _failed(self, error: ReaderError) -> None:
        self._task = None
        self.ended.emit()
        self._bar.finish("")
        self._session.failed.emit(str(error))
        if self._waiting:
            # What comes of the next batch would take the sentence's place at once.
            self._unsaid = str(error)
            self._next()

    def _show_failed(self, failed: "list[AddResult]") -> None:
        from reader.ui.dialogs.add_report import AddReport

        self._report = AddReport([(str(r.path), r.reason) for r in failed], self._parent)
        self._report.open()

    def _add_text(self, text: str, markup: str) -> None:
        adding = self._session.library.adding
        rich = is_rich(markup)

        def done(result: "AddResult") -> None:
            if result.document is None:
                self._session.failed.emit(result.reason)
                return
            self.open_requested.emit(result.document.uid)
            self._session.said.emit(summary([result]), result.status == "added")

        def work(_task: Task) -> "AddResult":
            return adding.add_html(markup) if rich else adding.add_text(text)

        self._session.tasks.start(work, done, lambda error: self._session.failed.emit(str(error)))

    def _chosen(self, paths: list[Path]) -> None:
        if paths:
            folder = paths[0] if paths[0].is_dir() else paths[0].parent
            self._session.library.settings.set("last_folder", str(folder))
            self.add(paths, then_open=True)

    def _last_folder(self) -> str:
        return str(self._session.library.settings.get("last_folder", str(Path.home())))


def seldom(tell: Callable[..., None]) -> Callable[[int, int, str, int, int], None]:
    """Progress that is told a few times a second and at the end: of thousands of small files the eye needs no more."""
    told = 0.0

    def progress(done: int, total: int, name: str, bytes_done: int, bytes_total: int) -> None:
        nonlocal told
        if done == total or monotonic() - told >= _EVERY_SECONDS:
            told = monotonic()
            tell(done, total, name, bytes_done, bytes_total)

    return progress


def file_filter() -> str:
    """What the file dialog offers: all that is read, then sort by sort, then everything."""
    sorts = {name: " ".join(f"*.{suffix}" for suffix in known.split()) for name, known in _SUFFIXES.items()}
    lines = [f"All documents ({' '.join(sorts.values())})", *(f"{name} ({some})" for name, some in sorts.items())]
    return ";;".join([*lines, "All files (*)"])


def is_rich(markup: str) -> bool:
    """Whether the markup on the clipboard holds more than plain text: headings, links, lists, emphasis, pictures."""
    return _RICH.search(markup) is not None


def local_paths(mime: QMimeData) -> list[Path]:
    """The files and folders of this machine that a drop or the clipboard carries."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def summary(results: "Sequence[AddResult]", *, stopped: bool = False) -> str:
    """What became of a batch, in one line: "3 documents added, 1 already here, 2 could not be read"."""
    if stopped:
        return f"Stopped: {summary(results)}" if results else "Stopped; nothing was added."
    count = {s: sum(r.status == s for r in results) for s in ("added", "changed", "known", "failed")}
    if len(results) == 1 and results[0].document:
        title = results[0].document.title
        words = {"added": "added", "known": "is already here", "changed": f"read again: {results[0].reason}"}
        return f"“{title}” {words[results[0].status]}"
    added = f"{count['added']:,} document{'' if count['added'] == 1 else 's'} added"
    parts = [added if count["added"] or not results else ""]
    parts += [f"{count['changed']:,} read again" if count["changed"] else ""]
    parts += [f"{count['known']:,} already here" if count["known"] else ""]
    parts += [f"{count['failed']:,} could not be read" if count["failed"] else ""]
    return ", ".join(part for part in parts if part)
