"""Going somewhere: a document, a position, a mark, a hit, a link; and back again."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from reader.ui.navigation import WORKSPACE, Place, Trail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.model.document import Sheet
    from reader.ui.marking import Marking
    from reader.ui.reading.pane import ReadingPane
    from reader.ui.session import Session


class Places(QObject):
    """Every jump passes here, so that each can be gone back on.

    `going` says that the text is to be shown, where something else is; `workspace_wanted` that one has gone back to
    the annotations of all documents.
    """

    going = Signal()
    workspace_wanted = Signal()

    def __init__(self, session: "Session", pane: "ReadingPane", marking: "Marking", parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._pane, self._marking, self._parent = session, pane, marking, parent
        self._trail = Trail()
        self._stepped: Place | None = None

    def here(self) -> Place | None:
        pane, uid = self._pane, self._session.uid
        return Place(uid, pane.top_position(), pane.page_place()) if uid else None

    def open(self, uid: str) -> bool:
        """Open a document where it was last read."""
        self.going.emit()
        if uid == self._session.uid:
            self._pane.setFocus()
            return True
        self.leave()
        return self._session.open(uid)

    def open_last(self) -> None:
        """Go on where the reader stopped last time; nothing where nothing was ever opened."""
        last = next((d for d in self._session.library.documents.list() if d.opened), None)
        if last:
            self._session.open(last.uid)

    def go(self, position: int) -> None:
        """Jump within the open document, to a code point."""
        self.leave()
        self._pane.go_to(position)

    def go_to_heading(self, position: int) -> None:
        """Jump to a heading and what is under it."""
        self.leave()
        self._pane.go_to(position, at_top=True)

    def go_to_page(self, number: int) -> None:
        """Jump to a page of those that the document counts, from 0."""
        document = self._session.document
        if not document or not 0 <= number < len(document.document.pages):
            return
        if self._pane.view.stage:
            self.leave()
            self._pane.go_to_page(number)
            self._pane.setFocus()
        else:
            self.go_to_heading(document.document.pages[number].position)

    def ask_page(self) -> None:
        """Ask for a page of the printed book and go there, where the text counts them."""
        document = self._session.document
        pages = document.document.pages if document else ()
        if not document or not pages:
            self._session.say("This document counts no pages.")
            return
        from reader.ui.citation import page_index
        from reader.ui.widgets.page_entry import PageEntry

        sheets = bool(document.document.sheets)

        def find(label: str) -> int | None:
            return page_index(pages, label, counted=sheets)

        entry = PageEntry(find, pages[0].label, pages[-1].label, self._parent)
        entry.set_theme(self._pane.view.theme)
        entry.chosen.connect(self.go_to_page)
        view = self._pane.viewport()
        entry.popup_at(view.mapToGlobal(QPoint(view.width() // 2, 40)))

    def go_to_mark(self, uid: str) -> None:
        self.leave()
        self._marking.jump(uid)

    def step_mark(self, by: int) -> None:
        """Go to the next (1) or previous (-1) mark; after several of these one goes back to where they began."""
        if self.here() != self._stepped:
            self.leave()
        self._marking.step(by)
        self._stepped = self.here()

    def go_to_hit(self, document_uid: str, start: int, end: int, annotation_uid: str) -> None:
        """Open the document of a search hit and show the passage, or the mark that the hit is in."""
        if document_uid == self._session.uid:
            self.leave()
        elif not self.open(document_uid):
            return
        if annotation_uid:
            self._marking.jump(annotation_uid)
        elif end > start:
            self._pane.go_to(start, end=end)
        self._pane.setFocus()

    def go_from_workspace(self, document_uid: str, annotation_uid: str) -> bool:
        """Show a mark that was listed among those of all documents; back leads there again. False where that failed."""
        self.leave()
        self._trail.leave(WORKSPACE)
        if document_uid != self._session.uid and not self._session.open(document_uid):
            return False
        self._marking.jump(annotation_uid)
        self._pane.setFocus()
        return True

    def step(self, by: int, *, workspace: bool = False) -> None:
        """Back (-1) or forward (1), from the text or from the `workspace`."""
        here = WORKSPACE if workspace else self.here() or Place("", 0)
        place = self._trail.back(here) if by < 0 else self._trail.forward(here)
        if place is None:
            self._session.say("There is nothing to go back to." if by < 0 else "There is nothing ahead.")
            return
        if place == WORKSPACE:
            self.workspace_wanted.emit()
            return
        self.going.emit()
        self._go_to_place(place)

    def _go_to_place(self, place: Place) -> None:
        if place.document_uid == self._session.uid or self._session.open(place.document_uid):
            if place.on_page and self._pane.view.stage:
                self._pane.go_to_place(place.on_page)
            else:
                self._pane.go_to(place.position, flash=False, at_top=True)

    def follow(self, href: str) -> None:
        """An inside link jumps; an outside address is shown first, and opened only if the reader says so."""
        document = self._session.document
        if document and self._follow_to_page(href, document.document.sheets):
            return
        if href.startswith("#") and document:
            target = document.document.targets.get(href[1:])
            if target is None:
                self._session.say(f"This link leads to “{href}”, which is not in the document.")
            else:
                self.go(target)
        else:
            from reader.ui.dialogs.link import LinkDialog

            LinkDialog(href, self._parent).open()

    def _follow_to_page(self, href: str, sheets: "Sequence[Sheet]") -> bool:
        """Follow a link that leads to a page of fixed form; False for every other."""
        if not sheets or not href.startswith("#page="):
            return False
        from reader.ui.reading.pages.targets import target_of

        target = target_of(href)
        if target is None or target[0] >= len(sheets):
            return False
        if self._pane.view.stage:
            self.leave()
            self._pane.go_to_link(href)
        else:
            self.go_to_heading(sheets[target[0]].start)
        return True

    def open_guide(self) -> None:
        """Open the guide from the samples, adding it if it is not there yet."""
        from reader.resources import samples

        guide = next(samples().glob("reading-with-passage.*"))
        adding = self._session.library.adding

        def done(results: list[object]) -> None:
            document = getattr(results[0], "document", None)
            if document:
                self.open(document.uid)

        self._session.tasks.start(
            lambda _task: list(adding.add([guide])), done, lambda e: self._session.failed.emit(str(e))
        )

    def forget(self, document_uid: str) -> None:
        self._trail.forget(document_uid)

    def leave(self) -> None:
        """The page is about to go far from here; one may want to come back."""
        self.going.emit()
        if here := self.here():
            self._trail.leave(here)
