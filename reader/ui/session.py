"""The window's one conversation with the library: what is open, what was said, what failed."""

import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.faults import one_line
from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.ui.tasks import Tasks
from reader.ui.unsaved import Unsaved

if TYPE_CHECKING:
    from reader.model.mask import Mask
    from reader.services.documents import OpenedDocument
    from reader.services.library import Library


LOOK_EVERY = 300
"""Milliseconds between two looks at whether another program has written; one look takes some microseconds."""

STILL_STEPPING = "The last step is still under way; wait for it, then go on."
_BUSY_PAUSE = 200


class Session(QObject):
    """Holds the library and the open document, and turns the library's changes into one signal.

    `changed` always arrives on the interface's thread, whichever thread made the change. `turned` says that another
    document is about to be opened than the one that is, `unsaved_changed` that what a reader typed could not be
    written, or that it was later, or was given up.
    """

    changed = Signal(object)
    turned = Signal()
    opened = Signal(object)
    closed = Signal()
    said = Signal(str, bool)
    failed = Signal(str)
    unsaved_changed = Signal()
    _published = Signal(object)

    def __init__(self, library: "Library", tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.library, self.tasks = library, tasks
        self.document: OpenedDocument | None = None
        self.annotations: dict[str, Annotation] = {}
        self.masks: tuple[Mask, ...] = ()
        self.shows_hidden = False
        # Whether the reader is at something that another text would take from them.
        self.busy: Callable[[], bool] = lambda: False
        self.unsaved: Unsaved | None = None
        self._error: Exception | None = None
        self._offer: tuple[str, Callable[[], str]] | None = None
        self._held: list[Change] = []
        self._pause = QTimer(self, singleShot=True, interval=_BUSY_PAUSE)
        self._pause.timeout.connect(self._deliver)
        tasks.faulted.connect(self.failed)
        self._published.connect(self._apply)
        self._looks = QTimer(self)
        self._looks.timeout.connect(self.look_about)
        self._unsubscribe = library.bus.subscribe(self._hear)

    # -- documents

    @property
    def uid(self) -> str:
        """The open document's uid, empty when there is none."""
        return self.document.summary.uid if self.document else ""

    @property
    def hidden(self) -> tuple[tuple[int, int], ...]:
        """What of the open document is not shown at present; with `shows_hidden` that is nothing."""
        if not self.masks or self.shows_hidden:
            return ()
        from reader.text.masks import hidden_ranges

        return hidden_ranges(self.masks)

    @property
    def faded(self) -> tuple[tuple[int, int], ...]:
        """What is proposed for hiding, and, with `shows_hidden`, what is hidden otherwise."""
        if not self.document or not (self.masks or self.document.document.debris):
            return ()
        from reader.text.masks import hidden_ranges, merged, proposals

        found = [(d.start, d.end) for d in proposals(self.document.document.debris, self.masks)]
        return merged([*found, *(hidden_ranges(self.masks) if self.shows_hidden else ())])

    def open(self, uid: str) -> bool:
        """Read a document from the library and announce it. False, with a sentence said, when that failed."""
        try:
            document = self.library.documents.open(uid)
        except ReaderError as error:
            self.failed.emit(str(error))
            return False
        if uid != self.uid:
            self.turned.emit()
        self.document = document
        self.annotations = {a.uid: a for a in document.annotations}
        self.masks = document.masks
        self.opened.emit(document)
        return True

    def close_document(self) -> None:
        self.document = None
        self.annotations = {}
        self.masks = ()
        self.closed.emit()

    # -- other programs

    def follow(self) -> None:
        """From now on, show what other programs write to the library, soon after they have."""
        self.look_about()
        self._looks.start(LOOK_EVERY)

    def look_about(self) -> None:
        """Take over what other programs have written since the last look, and say what it was."""
        # What cannot be read just now is said where the reader asks for it; the next look tries again.
        with suppress(ReaderError):
            change = self.library.following.look()
            if change and change.label:
                self.say(change.label)

    # -- writing

    def perform(
        self,
        write: Callable[[], Change],
        *,
        quiet: bool = False,
        words: str | None = None,
        again: Callable[[], object] | None = None,
    ) -> Change | None:
        """Run one write; say its label, or the reason why it failed. None when it failed.

        `words` are what the reader typed for it: where they cannot be written, they are kept in `unsaved`, and `again`
        writes what stands in their editor then; without it, the same is written again.
        """
        self._error = None
        try:
            change = write()
        except Exception as error:
            reason = self._explain(error)
            if words:
                self._keep(Unsaved(words, reason, again or (lambda: self.perform(write, words=words))))
            return None
        if words is not None:
            self._keep(None)
        if change.label and not quiet:
            self.said.emit(change.label, change.undoable and bool(change))
        return change

    def _explain(self, error: Exception) -> str:
        """Say why a write failed, and return it. A fault of the program is reported besides, as any other."""
        self._error = error
        reason = str(error) if isinstance(error, ReaderError) else one_line(error)
        self.failed.emit(reason)
        if not isinstance(error, ReaderError):
            sys.excepthook(type(error), error, error.__traceback__)
        return reason

    @property
    def refused(self) -> bool:
        """Whether the last write failed for what was asked: what the file, the disk or a fault keeps back is none."""
        from reader.services.library import StorageError

        return isinstance(self._error, ReaderError) and not isinstance(self._error, StorageError)

    def give_up(self) -> None:
        """Let go what could not be written: its reader wants it no more, or has it elsewhere."""
        self._keep(None)

    def _keep(self, unsaved: Unsaved | None) -> None:
        if unsaved is not self.unsaved:
            self.unsaved = unsaved
            self.unsaved_changed.emit()

    def say(self, sentence: str) -> None:
        """Show a sentence that nothing can be undone about."""
        self.said.emit(sentence, False)

    def offer_undo(self, sentence: str, take_back: Callable[[], str]) -> None:
        """Say what was done that is no step of the history. The next undo takes it back, unless the library changes.

        `take_back` returns a sentence; ReaderError when it cannot be done any more.
        """
        self._offer = sentence, take_back
        self.said.emit(sentence, True)

    def undo_label(self) -> str:
        """What undo would take back; empty where there is nothing."""
        return self._offer[0] if self._offer else self.library.history.undo_label()

    def undo(self) -> None:
        """Take back what was done last."""
        if self._offer is None:
            self.undo_step()
            return
        (_, take_back), self._offer = self._offer, None
        try:
            self.say(take_back())
        except ReaderError as error:
            self.failed.emit(str(error))

    def undo_step(self) -> None:
        """Take back the last step of the history."""
        self._step(self.library.history.undo, "There is nothing to undo.", undone=False)

    def redo(self) -> None:
        self._step(self.library.history.redo, "There is nothing to redo.", undone=True)

    def _step(self, step: Callable[[], Change | None], nothing: str, *, undone: bool) -> None:
        """Take a step of the history; one of very many rows off the interface's thread."""
        self.look_about()
        if self._stepping:
            self.say(STILL_STEPPING)
            return
        try:
            if self.library.history.takes_long(undone=undone):
                self._step_apart(step, nothing)
                return
            change = step()
        except ReaderError as error:
            self.failed.emit(str(error))
            return
        self.say(change.label if change else nothing)

    def _step_apart(self, step: Callable[[], Change | None], nothing: str) -> None:
        self._stepping = True
        self.say("Changing many annotations…")

        def done(change: Change | None) -> None:
            self._stepping = False
            self.say(change.label if change else nothing)

        def failed(error: ReaderError) -> None:
            self._stepping = False
            self.failed.emit(str(error))

        self.tasks.start(lambda _task: step(), done, failed)

    _stepping = False

    def shut(self) -> None:
        """Stop listening to the library."""
        self._pause.stop()
        self._looks.stop()
        self._unsubscribe()

    # -- changes

    def _hear(self, change: Change) -> None:
        """In the thread that wrote: what takes long for very many annotations is done here."""
        change.in_document("")
        self._published.emit(change)

    def _apply(self, change: Change) -> None:
        self._held.append(change)
        self._deliver()

    def _deliver(self) -> None:
        """Pass on what has arrived. Another text waits, and all behind it, while the reader is busy with this one."""
        if any(self._turns_text(change) for change in self._held) and self.busy():
            self._pause.start()
            return
        while self._held:
            self._take(self._held.pop(0))

    def _turns_text(self, change: Change) -> bool:
        return any(found.uid == self.uid for found in change.documents_updated) and self._has_another_text()

    def _take(self, change: Change) -> None:
        self._offer = None
        if change.everything and self.uid and self._is_gone(self.uid):
            self.close_document()
        here = self.uid
        if change.everything and here:
            self.annotations = {a.uid: a for a in self.library.annotate.of_document(here)}
        if here in change.masks or (change.everything and here):
            self.masks = self.library.masks.of_document(here)
        if self.document and (mine := [d for d in change.documents_updated if d.uid == here]):
            self.document = replace(self.document, summary=mine[-1])
        added, updated, removed = change.in_document(here)
        self.annotations.update((annotation.uid, annotation) for annotation in (*added, *updated))
        for annotation in removed:
            self.annotations.pop(annotation.uid, None)
        self.changed.emit(change)
        if here and any(d.uid == here for d in change.documents_removed):
            self.close_document()
        elif here and any(d.uid == here for d in change.documents_updated) and self._has_another_text():
            self.open(here)

    def _has_another_text(self) -> bool:
        document = self.document
        return document is not None and self.library.documents.text_version(self.uid) != document.text_version

    def _is_gone(self, uid: str) -> bool:
        try:
            return bool(self.library.documents.get(uid).removed)
        except ReaderError:
            return True
