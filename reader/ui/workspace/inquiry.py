"""What the workspace asks of the library, and what it was answered."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reader.model.filters import Filter, Part
from reader.model.workspace import Facets, Listing, View
from reader.ui.tasks import Task
from reader.ui.workspace.asking import Asking

if TYPE_CHECKING:
    from reader.model.change import Change
    from reader.ui.session import Session

AFTER_CHANGES = 60
"""Milliseconds from a change in the library to the next question: what changes together is asked about once."""
AFTER_LIST = 120
"""Milliseconds from a list to the counts of what is in it; another question meanwhile puts them off."""


class Inquiry(QObject):
    """The view that is wanted, the list and the facets that it has, and what is selected in the list.

    Everything is asked in threads of its own; an answer to what is not wanted any more is dropped. `asked` says that
    another view is wanted, `listed` that its list is there, `counted` that its facets are, `refused` (with a sentence)
    that it cannot be answered, `selected` that other rows are selected. All of them arrive on the interface's thread.
    """

    asked = Signal()
    listed = Signal()
    counted = Signal()
    refused = Signal(str)
    selected = Signal()

    def __init__(self, session: "Session", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.view = View()
        self.listing = Listing((), (), Filter())
        self.whole = False
        """Whether the listing is all of what the view asks for, and not its beginning only."""
        self.facets: Facets | None = None
        self.rows: tuple[int, ...] = ()
        """The row ids of the selected annotations, in the order of the list."""
        self.current = 0
        """The row id of the annotation that the keyboard is at; 0 for none."""
        self._lists, self._counts = Asking(self), Asking(self)
        self._later = QTimer(self, singleShot=True, interval=AFTER_CHANGES)
        self._later.timeout.connect(self.again)
        self._count_later = QTimer(self, singleShot=True, interval=AFTER_LIST)
        self._count_later.timeout.connect(self._count)
        self._counts_wanted = False
        session.changed.connect(self._changed)
        self._awake = self._listed = False

    def begin(self, view: View) -> None:
        """What is asked once the inquiry wakes; nothing is asked now."""
        self.view = view
        self.asked.emit()

    def ask(self, view: View) -> None:
        """Want another view. The list comes later, and the facets after it."""
        counts = view.filter != self.view.filter
        self.view = view
        self.asked.emit()
        self._ask(counts=counts)

    def ask_for(self, wanted: Filter) -> None:
        """Want what a filter finds, in the order and the groups that there are."""
        self.ask(replace(self.view, filter=wanted))

    def toggle(self, part: Part) -> None:
        """Want the filter with a part more, or without it where it has it."""
        self.ask_for(self.view.filter.toggled(part))

    def again(self) -> None:
        """Ask the same once more, as after something was written."""
        self._ask(counts=True)

    def wake(self) -> None:
        """From now on, ask again whenever the library changes; the first question is asked at once."""
        self._awake = True
        self.again()

    def sleep(self) -> None:
        """Ask nothing while nobody looks."""
        self._awake = False
        self._later.stop()
        self._count_later.stop()

    def asking(self) -> bool:
        """Whether another list is asked for."""
        return self._lists.tasks.busy()

    def busy(self) -> bool:
        """Whether anything is asked, or about to be."""
        waits = self._later.isActive() or self._count_later.isActive()
        return waits or self.asking() or self._counts.tasks.busy()

    def select(self, rows: Sequence[int], current: int) -> None:
        """Take these row ids as selected, and the one that the keyboard is at."""
        if (tuple(rows), current) != (self.rows, self.current):
            self.rows, self.current = tuple(rows), current
            self.selected.emit()

    def shut(self) -> None:
        """Ask nothing any more, and wait for what was asked."""
        self.sleep()
        self._lists.tasks.close()
        self._counts.tasks.close()

    def _ask(self, *, counts: bool) -> None:
        view, workspace = self.view, self._session.library.workspace
        first = view == View() and not self._listed

        def listing(_task: Task) -> Listing:
            if first:
                self._lists.tasks.report(self._take_beginning, workspace.beginning())
            return workspace.listing(view.filter, order=view.order, descending=view.descending, group=view.group)

        self._counts_wanted = self._counts_wanted or counts
        self._count_later.stop()
        self._lists.ask(listing, self._take_listing, self.refused.emit)

    def _count(self) -> None:
        """Count what is listed now: whoever types has the list first, and is not held up by counts for half a word."""
        self._counts_wanted = False
        wanted, workspace = self.listing.shown, self._session.library.workspace
        self._counts.ask(lambda _task: workspace.facets(wanted), self._take_facets, lambda _sentence: None)

    def _take_beginning(self, listing: Listing) -> None:
        """The first page, which is painted before the others are sorted."""
        if listing.ids and self.view == View():
            self.listing = listing
            self.listed.emit()

    def _take_listing(self, listing: Listing) -> None:
        self.listing, self.whole, self._listed = listing, True, True
        self.listed.emit()
        if self._counts_wanted:
            self._count_later.start()

    def _take_facets(self, facets: Facets) -> None:
        self.facets = facets
        self.counted.emit()

    def _changed(self, change: "Change") -> None:
        if self._awake and change:
            self._later.start()
