"""The open document as pages of fixed form: their pictures fetched, how they are shown, and the switch to its text."""

from functools import partial
from os.path import abspath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.model.errors import ReaderError
from reader.ui.late_pages import LatePages
from reader.ui.page_memory import PageMemory, Remembered
from reader.ui.reading.paged_area import TILE_MEMORY_MB

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from reader.model.document import Sheet
    from reader.services.documents import OpenedDocument
    from reader.services.page_source import PageSource
    from reader.ui.main_window import MainWindow
    from reader.ui.reading.pages.mode import PageMode
    from reader.ui.reading.pages.page_flow import Place
    from reader.ui.tasks import Task

TILE_MEMORY = "tile_memory_mb"
KEEP_IMAGES = "pages_keep_images"
NO_PAGES = "This document has no pages of a fixed form."
AS_TEXT = "This document is shown as text. View, Read as text, shows its pages."


class Paging(QObject):
    """Made with the first document that has pages. `refused` tells that what was asked of the pages cannot be done."""

    refused = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window, self._session, self._pane = window, window.session, window.pane
        self._memory = PageMemory(self._session.library.settings)
        self._uid = ""
        self._pages: LatePages | None = None
        # Of which text they are; 0 while their document is not in the library.
        self._text = 0
        self._texts: set[str] = set()
        self._seen: Remembered | None = None
        # Whether the pages could not be had: for now, the next time they are tried again.
        self._fallen = False
        self._looked_at: LatePages | None = None
        self._file = ""
        self._session.closed.connect(self.leave)

    # -- what is shown

    @property
    def pages(self) -> LatePages | None:
        """The pages on the screen; None where there are none, or the document is shown as text."""
        return self._pages if self._pane.view.stage else None

    @property
    def as_text(self) -> bool:
        """Whether the open document has pages and is read as text."""
        document = self._session.document
        return bool(document and document.document.sheets) and self._pane.view.stage is None

    def pages_of(self, opened: "OpenedDocument") -> LatePages | None:
        """What shows a document that is being opened; None to show its text. The former one's pages are left."""
        uid, sheets = opened.summary.uid, opened.document.sheets
        if uid != self._uid and not (self._is_looked_at(opened) or self._are_early(opened)):
            self.leave()
        if not sheets:
            return None
        if uid != self._uid:
            self._uid, self._seen = uid, self._memory.of(uid)
            self._pane.set_page_mode(self._seen.mode)
            self.take_settings()
            if self._seen.as_text:
                self._texts.add(uid)
        if uid in self._texts or self._fallen:
            self._session.library.pages.forget()
            self._drop()
            return None
        if self._pages is None or self._pages.sheets != sheets or self._text not in (0, opened.text_version):
            self._drop()
            self._pages = LatePages(sheets)
            self._fetch(self._pages)
        self._text = opened.text_version
        self._pages.annotations = not self._taken_over(opened)
        return self._pages

    def look_at(self, file: "Path", sheets: "Sequence[Sheet]") -> LatePages:
        """The pages of a file that is only being added; `pages_of` goes on with them once it is in the library."""
        early = self._pages
        if early and not early.readable and self._file == abspath(file) and early.text_came(sheets):
            self._looked_at = early
            return early
        pages = self._looked_at = self._begin(file, LatePages(sheets))

        def work(_task: "Task") -> None:
            pages.arrive(self._open_file(file, sheets))

        # What is wrong with it is told when it is added.
        self._session.tasks.start(work)
        return pages

    def ask_early(self, file: "Path", came: "Callable[[PageSource, list[tuple[float, float]]], None]") -> None:
        """Have `came` called with the pages of a file whose text is only being read, and their sizes in points.

        It is not called when they cannot be had: whoever reads the text learns why.
        """
        tasks = self._session.tasks

        def work(_task: "Task") -> None:
            source = self._open_file(file)

            def sized(answer: "list[tuple[float, float]] | ReaderError") -> None:
                # In a thread of the pages'.
                if isinstance(answer, ReaderError):
                    source.close()
                else:
                    tasks.report(came, source, answer)

            source.sizes(sized)

        tasks.start(work)

    def take_early(self, file: "Path", source: "PageSource", sheets: "Sequence[Sheet]") -> LatePages:
        """The pages of a file whose text is still being read; `look_at` goes on with them once it is there."""
        pages = self._begin(file, LatePages(sheets, readable=False))
        pages.arrive(source)
        return pages

    def _begin(self, file: "Path", pages: LatePages) -> LatePages:
        self.leave()
        self._pane.set_page_mode(self._memory.of("").mode)
        self.take_settings()
        self._pages, self._file = pages, abspath(file)
        return pages

    def _open_file(self, file: "Path", sheets: "Sequence[Sheet]" = ()) -> "PageSource":
        library = self._session.library
        password = library.passwords.of(abspath(file))
        return library.pages.open_file(file, sheets, name=file.name, password=password)

    def was_looked_at(self, pages: LatePages) -> bool:
        """Whether these pages are on the screen since before the document was in the library; true once."""
        before, self._looked_at = self._looked_at, None
        stage = self._pane.view.stage
        return before is pages and stage is not None and stage.source is pages

    def _is_looked_at(self, opened: "OpenedDocument") -> bool:
        pages = self._looked_at
        return pages is not None and pages.sheets == opened.document.sheets and opened.summary.path == self._file

    def _are_early(self, opened: "OpenedDocument") -> bool:
        """Whether its pages are on the screen, and wait for nothing but its text."""
        pages = self._pages
        if not pages or pages.readable or opened.summary.path != self._file:
            return False
        return pages.text_came(opened.document.sheets)

    def place_of(self, opened: "OpenedDocument") -> "Place | None":
        """Where the pages of a document were left, if nothing has moved its place since."""
        seen, sheets = self._seen, opened.document.sheets
        if not seen or not seen.place or opened.summary.uid != self._uid or not 0 <= seen.place.page < len(sheets):
            return None
        return seen.place if seen.position == opened.summary.position else None

    def close(self) -> None:
        """Remember how the document is shown, and ask for nothing more: the window closes."""
        self.remember()
        if self._pages:
            self._pages.retire()
        if self._pane.view.stage:
            self._pane.view.stage.close()

    def leave(self) -> None:
        """Remember how the document is shown, and end the process behind its pages."""
        if self._uid:
            self.remember()
        self._drop()
        self._uid, self._seen, self._fallen = "", None, False

    def remember(self) -> None:
        """Write down how the document is shown and where its reader is."""
        if not self._uid or self._session.library.read_only:
            return
        place, position = self._pane.page_place(), 0
        if place:
            self._pane.tell_position()
            position = self._session.library.documents.get(self._uid).position
        elif self._seen:
            place, position = self._seen.place, self._seen.position
        self._seen = Remembered(self._uid in self._texts, self._pane.page_mode(), place, position)
        self._memory.keep(self._uid, self._seen)

    # -- what is asked

    def read_as_text(self, as_text: bool) -> None:
        """Show the text of the open document instead of its pages, or the pages again."""
        if not self._uid:
            self._session.say(NO_PAGES)
            self.refused.emit()
            return
        self.remember()
        (self._texts.add if as_text else self._texts.discard)(self._uid)
        self._fallen = False
        self._window.show_again()
        self.remember()

    def fit(self, fit: str) -> None:
        """Show pages as wide as the window ("width") or whole ("page")."""
        if self._shown():
            self._pane.set_fit(fit)

    def zoom(self, steps: int) -> bool:
        """Enlarge pages by steps, 0 shows them at 100 %; False where no pages are shown."""
        if self.pages is None:
            return False
        if steps:
            self._pane.zoom_about(self._pane.viewport().rect().center(), steps)
        else:
            self._pane.set_zoom(1.0)
        return True

    def two_pages(self, two: bool) -> None:
        """Show two pages side by side."""
        if self._shown():
            self._pane.set_two_pages(two)

    def rotate(self, degrees: int) -> None:
        """Turn the pages clockwise."""
        if self._shown():
            self._pane.set_rotation(self._pane.page_mode().rotation + degrees)

    def mode(self) -> "PageMode":
        """How pages are shown."""
        return self._pane.page_mode()

    def take_settings(self) -> None:
        """Take over how much memory pictures of pages may have, and whether images keep their colours."""
        settings = self._session.library.settings
        stored = settings.get(TILE_MEMORY, TILE_MEMORY_MB)
        self._pane.set_tile_memory(int(stored) if isinstance(stored, int | float) else TILE_MEMORY_MB)
        self._pane.set_keep_images(bool(settings.get(KEEP_IMAGES, False)))

    def marks_changed(self) -> None:
        """Draw pages again where the file's own annotations are marks of the library now, or no longer."""
        document = self._session.document
        if self._pages and document and self._pages.annotations == self._taken_over(document):
            self._window.show_again()

    def _shown(self) -> bool:
        if self.pages is None:
            self._session.say(AS_TEXT if self.as_text else NO_PAGES)
            self.refused.emit()
        return self.pages is not None

    def _taken_over(self, opened: "OpenedDocument") -> bool:
        """Whether the file's own annotations are marks of the library."""
        if not opened.document.comments:
            return False
        return self._session.library.comments.waiting(opened.summary.uid) == 0

    # -- getting them

    def _fetch(self, pages: LatePages, password: str = "") -> None:
        library, tasks, uid = self._session.library, self._session.tasks, self._uid

        def come(source: "PageSource") -> None:
            if pages.arrive(source):
                source.count(lambda answer: self._counted(pages, answer))

        def work(_task: "Task") -> None:
            come(library.pages.open(uid, password=password, sheets=pages.sheets))

        begun = library.pages.begun(uid, pages.sheets)
        if begun:
            come(begun)
            return
        tasks.start(work, failed=partial(self._refused, pages))

    def _counted(self, pages: LatePages, answer: int | ReaderError) -> None:
        # In a thread of the pages'.
        if isinstance(answer, ReaderError):
            self._session.tasks.report(self._refused, pages, answer)

    def _refused(self, pages: LatePages, error: ReaderError) -> None:
        """Ask for the password that is missing; show the text where nothing helps."""
        if pages is not self._pages:
            return
        from reader.services.pages import PasswordNeeded

        if isinstance(error, PasswordNeeded):
            from reader.ui.dialogs.password import PasswordDialog

            dialog = PasswordDialog(str(error), self._window)
            dialog.given.connect(lambda password: self._fetch(pages, password))
            dialog.rejected.connect(lambda: self._fall_back(pages, error))
            dialog.open()
        else:
            self._fall_back(pages, error)

    def _fall_back(self, pages: LatePages, error: ReaderError) -> None:
        if pages is self._pages:
            self._fallen = True
            self._window.show_again()
            self._session.failed.emit(f"{error} The text is shown instead of the pages.")

    def _drop(self) -> None:
        pages, self._pages, self._looked_at, self._text = self._pages, None, None, 0
        if pages:
            pages.retire()
            self._session.tasks.start(lambda _task: pages.close())
