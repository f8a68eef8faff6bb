"""What the codebook asks for in dialogs of their own: tags made, merged, split, tidied, each after a look at it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from shiboken6 import isValid

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.model.filters import Filter
from reader.ui.codebook.asking import MergeDialog, NewTagDialog, SplitDialog
from reader.ui.codebook.tidying import TidyDialog
from reader.ui.tasks import Task, while_open

if TYPE_CHECKING:
    from reader.ui.codebook.window import CodebookWindow
    from reader.ui.session import Session


class Rewrite(Protocol):
    """Carries out what changes all that has a tag; then `then` gets why it could not be done, empty where it was."""

    def __call__(
        self, name: str, write: Callable[[], Change], then: Callable[[str], None] = ..., current: str = ""
    ) -> None: ...


class CodebookVerbs(QObject):
    """`write` carries out a change after which a tag is the current one, and tells whether it could be done."""

    def __init__(
        self,
        session: "Session",
        book: "CodebookWindow",
        write: Callable[[Callable[[], Change], str], bool],
        rewrite: Rewrite,
    ) -> None:
        super().__init__(book)
        self._session, self._book = session, book
        self._write, self._rewrite = write, rewrite
        self._tidy: TidyDialog | None = None
        self._said = ""
        session.failed.connect(self._hear)

    def _hear(self, sentence: str) -> None:
        self._said = sentence

    def ask_new(self, over: str) -> None:
        """Ask for the name of a new tag, nested in `over` (empty: in none)."""
        dialog = NewTagDialog(over, self._book.names(), self._book)

        def make(name: str) -> None:
            if self._write(lambda: self._session.library.tags.add(name), name):
                dialog.accept()
            else:
                dialog.show_error(self._said)

        dialog.requested.connect(make)
        dialog.open()

    def ask_merge(self, name: str) -> None:
        """Ask into which tag one goes; what that changes is told before."""
        tags = self._session.library.tags
        dialog = MergeDialog(name, self._book.names(), self._book)

        def preview(into: str) -> None:
            try:
                dialog.set_preview(tags.merge_preview(name, into))
            except ReaderError as error:
                dialog.show_error(str(error))

        def merge(into: str) -> None:
            dialog.go.setEnabled(False)
            self._merge(name, into, while_open(dialog, lambda said: _end(dialog, said)))

        dialog.preview_wanted.connect(preview)
        dialog.requested.connect(merge)
        dialog.open()

    def _merge(self, goes: str, stays: str, then: Callable[[str], None]) -> None:
        self._rewrite(goes, lambda: self._session.library.tags.merge(goes, stays), then, stays)

    def ask_split(self, name: str) -> None:
        """Ask which marks of a tag get another one; how many they are is told before."""
        from reader.text.filter_words import parse

        tags = self._session.library.tags
        dialog = SplitDialog(name, self._book.names(), self._book)

        def preview(words: str) -> None:
            refuse = while_open(dialog, lambda error: dialog.refuse_words(words, str(error)))
            show = while_open(dialog, lambda counts: dialog.set_preview(words, *counts))

            def work(_task: Task) -> tuple[int, int]:
                return tags.split_preview(name, parse(words)), tags.split_preview(name, Filter())

            self._session.tasks.start(work, show, refuse)

        def split(words: str, new: str) -> None:
            dialog.go.setEnabled(False)
            end = while_open(dialog, lambda said: _end(dialog, said))
            self._rewrite(name, lambda: tags.split(name, parse(words), new), end, new)

        dialog.preview_wanted.connect(preview)
        dialog.requested.connect(split)
        dialog.open()

    def ask_tidy(self) -> None:
        """Show tags that nothing has, and tags that may be one."""
        tags = self._session.library.tags
        self._tidy = dialog = TidyDialog(self._book)

        def forget() -> None:
            self._tidy = None

        def preview(goes: str, stays: str) -> None:
            try:
                dialog.set_preview(tags.merge_preview(goes, stays))
            except ReaderError as error:
                dialog.show_error(str(error))

        def show(said: str) -> None:
            if said:
                dialog.show_error(said)

        dialog.finished.connect(forget)
        dialog.preview_wanted.connect(preview)
        tell = while_open(dialog, show)
        dialog.merge_requested.connect(lambda goes, stays: self._merge(goes, stays, tell))
        dialog.delete_requested.connect(lambda: self._write(tags.delete_unused, "") or show(self._said))
        self.look_for_tidying()
        dialog.open()

    def look_for_tidying(self) -> None:
        """Look again through the tags, where that is shown."""
        dialog, tags = self._tidy, self._session.library.tags
        if dialog is not None and isValid(dialog):
            unused: Callable[[Sequence[str]], None] = while_open(dialog, dialog.set_unused)
            self._session.tasks.start(lambda _task: [tag.name for tag in tags.unused()], unused)
            self._session.tasks.start(lambda _task: tags.twins(), while_open(dialog, dialog.set_twins))


def _end(dialog: MergeDialog | SplitDialog, said: str) -> None:
    """Close what was asked, or say why it could not be done."""
    if said:
        dialog.show_error(said)
    else:
        dialog.accept()
