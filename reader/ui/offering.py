"""The bar above the text and what its answers do."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, QPoint, QUrl, Signal

from reader.model.change import Change
from reader.model.document import Metadata
from reader.ui.offers import Situation, offers

if TYPE_CHECKING:
    from reader.services.documents import OpenedDocument
    from reader.ui.doubts import Doubts
    from reader.ui.file_changes import FileChanges
    from reader.ui.masking import Masking
    from reader.ui.reading.pane import ReadingPane
    from reader.ui.reading_again import ReadingAgain
    from reader.ui.session import Session
    from reader.ui.widgets.info_bar import InfoBar

DISMISSED = "dismissed_offers"
_REMEMBERED = 2000
_PASSING = ("review", "file", "doubts")
"""What is put away for now only."""
_ONLY_PAGES = "Only a saved web page that holds more than its article can be shown as the one or the other."


class Offering(QObject):
    """Says what the open document offers; what was put away for a document stays away until it is asked for.

    `review_requested` asks for the review of what moved and what was lost.
    """

    review_requested = Signal()

    def __init__(
        self,
        session: "Session",
        pane: "ReadingPane",
        bar: "InfoBar",
        masking: "Masking",
        again: "ReadingAgain",
        files: "FileChanges",
    ) -> None:
        super().__init__(bar)
        self._session, self._pane, self._bar = session, pane, bar
        self._masking, self._again, self._files = masking, again, files
        self._uid = ""
        self._reviewed: int | None = None
        self._put_away = ""
        self._known: Doubts | None = None
        bar.answered.connect(self._answered)
        bar.dismissed.connect(self._dismiss)
        bar.escaped.connect(pane.setFocus)
        again.done.connect(self.refresh)
        files.changed.connect(self.refresh)
        session.changed.connect(self._changed)
        session.opened.connect(self._opened)
        session.closed.connect(self._opened)

    def begin(self) -> None:
        """Offer what the document offers that is on the screen already."""
        self._uid = self._session.uid
        at_top = self._pane.verticalScrollBar().value() == 0
        # Further down the first line goes under the bar, else each start would begin a line later.
        self.refresh() if at_top else self._offer()

    def refresh(self) -> None:
        """Offer what there is to offer now."""
        with self._steady():
            self._offer()

    def _offer(self) -> None:
        document, parts = self._session.document, self._masking.proposals()
        under_review = parts[self._reviewed] if self._reviewed is not None and self._reviewed < len(parts) else None
        self._pane.set_outlined((under_review.start, under_review.end) if under_review else None)
        if document and document.text_version:
            self._bar.set_offers(offers(self._situation(document), self._dismissed().get(self._session.uid, ())))
        else:
            self._bar.set_offers(())

    @contextmanager
    def _steady(self) -> Generator[None]:
        """Keep the lines where they are on the screen while the bar comes or goes above them."""
        column = self._bar.parentWidget()
        before = self._pane.mapToGlobal(QPoint()).y()
        yield
        if column and (layout := column.layout()) and self._pane.isVisible():
            layout.activate()
            self._pane.scroll_by(self._pane.mapToGlobal(QPoint()).y() - before)

    def bring_back(self) -> None:
        """Offer again what was put away for this document, and go there."""
        self._put_away = ""
        self._remember(self._session.uid, [])
        self.refresh()
        if self._bar.offers():
            self._bar.take_keyboard()
        else:
            self._session.say("There is nothing to decide about this document.")

    def change_view(self) -> None:
        """From the article to the whole page, and back."""
        if not self._session.document:
            self._session.say("Open a document first.")
        elif view := self._view():
            self._answered("view", "page" if view == "article" else "article")
        else:
            self._session.say(_ONLY_PAGES)

    # -- answers

    def _answered(self, key: str, answer: str) -> None:
        match key:
            case "debris":
                self._on_debris(answer)
            case "review":
                self._on_review(answer)
            case "view":
                self._again.read(view=answer)
            case "file" | "doubts" if answer == "review":
                self.review_requested.emit()
            case "file":
                self._files.answer(answer)
            case "outdated":
                self._again.read()
            case "comments":
                uid, take = self._session.uid, self._session.library.comments.import_into
                self._session.perform(lambda: take(uid))
            case "source":
                self._use_source()

    def _on_debris(self, answer: str) -> None:
        ranges = [(part.start, part.end) for part in self._masking.proposals()]
        if answer == "review":
            self._review(0)
        elif answer == "hide":
            self._masking.hide_ranges(ranges)
        else:
            self._masking.keep_ranges(ranges)

    def _on_review(self, answer: str) -> None:
        parts, number = self._masking.proposals(), self._reviewed
        if answer == "done" or number is None or number >= len(parts):
            self._review(None)
            return
        part = parts[number]
        if answer == "skip":
            self._review(number + 1)
        # What is decided on is no proposal any more: the next one has its number.
        elif (self._masking.hide_ranges if answer == "hide" else self._masking.keep_ranges)([(part.start, part.end)]):
            self._review(number)

    def _review(self, number: int | None) -> None:
        parts = self._masking.proposals()
        self._reviewed = number if number is not None and number < len(parts) else None
        if self._reviewed is not None:
            part = parts[self._reviewed]
            self._pane.go_to(part.start, end=part.end)
        self.refresh()

    def _use_source(self) -> None:
        document = self._session.document
        if not document:
            return
        uid, metadata = document.summary.uid, with_source(document.summary.metadata, self._source(document))
        self._session.perform(lambda: self._session.library.documents.edit(uid, metadata=metadata))

    # -- what there is

    def _situation(self, document: "OpenedDocument") -> Situation:
        library, uid = self._session.library, self._session.uid
        return Situation(
            view=self._view(),
            outdated=document.outdated,
            comments=library.comments.waiting(uid) if document.document.comments else 0,
            are_marks=bool(document.document.sheets),
            debris=self._masking.proposals(),
            source=self._source(document),
            notices=document.document.notices,
            reviewed=self._reviewed,
            file_waits=self._files.waits,
            file_changed=self._files.outcome,
            doubts=(0, 0) if self._put_away == self._session.uid else self._doubts(document),
        )

    def _doubts(self, document: "OpenedDocument") -> tuple[int, int]:
        """How many marks are on other words than they were made on, and how many are lost, without a decision."""
        if self._known is None:
            from reader.ui.doubts import Doubts

            self._known = Doubts(self._session.annotations.values(), document.document.text)
        lost = self._known.lost
        if lost and document.view:
            lost = lost - self._session.library.versions.elsewhere(self._session.uid)
        return len(self._known.changed), len(lost)

    def _view(self) -> str:
        """Which view of a page is shown; empty where there is no other."""
        document = self._session.document
        return document.view if document and self._session.library.versions.views(self._session.uid) else ""

    def _source(self, document: "OpenedDocument") -> str:
        """The source that a line of the text names, where none is known."""
        if document.summary.metadata.source:
            return ""
        from reader.text.debris import source_of

        return next((found for part in document.document.debris if (found := source_of(document.document, part))), "")

    # -- what happened

    def _opened(self, _document: object = None) -> None:
        self._reviewed, self._put_away, self._known = None, "", None
        again, self._uid = self._uid == self._session.uid, self._session.uid
        # Not steadily what is new: nothing of it is painted yet, and its first line belongs under the bar.
        self.refresh() if again else self._offer()

    def _changed(self, change: Change) -> None:
        here = self._session.uid
        self._follow(change)
        marks = change.annotations_added or change.annotations_removed
        if here in change.masks or marks or change.everything or change.undoable:
            self.refresh()

    def _follow(self, change: Change) -> None:
        """Keep what is known of the marks; where all may be others, it is found out anew when it is asked for."""
        if change.everything:
            self._known = None
        elif self._known:
            added, updated, removed = change.in_document(self._session.uid)
            self._known.take((*added, *updated))
            self._known.drop(removed)

    # -- what was put away

    def _dismiss(self, keys: list[str]) -> None:
        self._reviewed, self._put_away = None, self._session.uid
        self._files.forget()
        kept = self._dismissed().get(self._session.uid, [])
        self._remember(self._session.uid, [*kept, *(key for key in keys if key not in kept and key not in _PASSING)])
        self.refresh()

    def _dismissed(self) -> dict[str, list[str]]:
        stored: Any = self._session.library.settings.get(DISMISSED, {})
        return cast("dict[str, list[str]]", stored) if isinstance(stored, dict) else {}

    def _remember(self, uid: str, keys: Sequence[str]) -> None:
        stored = {other: known for other, known in self._dismissed().items() if other != uid}
        if keys:
            stored[uid] = list(keys)
        for oldest in list(stored)[:-_REMEMBERED]:
            del stored[oldest]
        self._session.library.settings.set(DISMISSED, stored)


def with_source(metadata: Metadata, source: str) -> Metadata:
    """`metadata` with that source; an address is its address too, and the site's name its source."""
    url = QUrl(source)
    if url.scheme() not in ("http", "https") or not url.host():
        return replace(metadata, source=source)
    return replace(metadata, source=url.host().removeprefix("www."), url=metadata.url or source)
