"""Back and forward over the places where the reader was."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ui.reading.pages.page_flow import Place as PagePlace

LIMIT = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A document and the code point at the top of the window, and where that is on its pages if these are shown."""

    document_uid: str
    position: int
    on_page: "PagePlace | None" = None


WORKSPACE = Place("", -1)
"""The annotations of all documents, which are a place that one can go back to."""


class Trail:
    """Places left by a jump, as a browser keeps them: a new jump forgets what lay ahead."""

    def __init__(self) -> None:
        self._behind: list[Place] = []
        self._ahead: list[Place] = []

    def leave(self, place: Place) -> None:
        """Remember `place` before jumping away from it."""
        if not self._behind or self._behind[-1] != place:
            self._behind.append(place)
            del self._behind[:-LIMIT]
        self._ahead.clear()

    def back(self, here: Place) -> Place | None:
        """The place before `here`, which then lies ahead; None at the beginning."""
        return self._move(self._behind, self._ahead, here)

    def forward(self, here: Place) -> Place | None:
        """The place that `back` came from; None at the end."""
        return self._move(self._ahead, self._behind, here)

    def forget(self, document_uid: str) -> None:
        """Drop the places of a document that is gone."""
        for places in (self._behind, self._ahead):
            places[:] = [p for p in places if p.document_uid != document_uid]

    @staticmethod
    def _move(source: list[Place], target: list[Place], here: Place) -> Place | None:
        if not source:
            return None
        target.append(here)
        return source.pop()
