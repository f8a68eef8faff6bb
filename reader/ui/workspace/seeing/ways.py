"""The ways of seeing, put into the workspace."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.model.filters import Part
from reader.ui.workspace.seeing.part import SeeingPart
from reader.ui.workspace.seeing.parts import ByDocument, PerWeek, Together, narrowed

if TYPE_CHECKING:
    from reader.ui.session import Session
    from reader.ui.workspace.page import WorkspacePage

NAMES = ("Matrix", "Together", "Weeks")


def add_ways(page: "WorkspacePage", session: "Session") -> tuple[SeeingPart, ...]:
    """Add each of them behind a tab; what is chosen in one of them is shown in the list."""
    inquiry = page.inquiry

    def show(parts: Sequence[Part]) -> None:
        inquiry.ask_for(narrowed(inquiry.listing.shown, tuple(parts)))
        page.tabs.setCurrentIndex(0)
        page.to_list()

    ways = (ByDocument(session, inquiry), Together(session, inquiry), PerWeek(session, inquiry))
    for name, way in zip(NAMES, ways, strict=True):
        way.narrowed.connect(show)
        page.add_view(name, way)
    return ways
