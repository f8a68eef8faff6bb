"""What is remembered of documents of fixed pages: how they were shown, and where their reader was."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from reader.ui.reading.pages.mode import FITS, PageMode
from reader.ui.reading.pages.page_flow import Place

if TYPE_CHECKING:
    from reader.services.settings import Settings

DOCUMENTS = "page_documents"
LAST = "page_mode"
_REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class Remembered:
    """How a document is shown: as text, or as pages in a mode, from a place on that is that `position` of the text."""

    as_text: bool
    mode: PageMode
    place: Place | None = None
    position: int = 0


class PageMemory:
    """Keeps what was shown last of each document; a new one is shown as the last one was, but not turned."""

    def __init__(self, settings: "Settings") -> None:
        self._settings = settings

    def of(self, uid: str) -> Remembered:
        """How a document was shown last."""
        last = replace(_mode(self._settings.get(LAST, {})), rotation=0)
        stored = _mapping(_mapping(self._settings.get(DOCUMENTS, {})).get(uid))
        if not stored:
            return Remembered(as_text=False, mode=last)
        return Remembered(
            bool(stored.get("as_text")),
            _mode(stored.get("mode"), last),
            _place(stored.get("place")),
            int(stored.get("position") or 0),
        )

    def keep(self, uid: str, seen: Remembered) -> None:
        """Remember how a document is shown, and the next one's mode with it."""
        others = {k: v for k, v in _mapping(self._settings.get(DOCUMENTS, {})).items() if k != uid}
        for oldest in list(others)[: max(0, len(others) - _REMEMBERED + 1)]:
            del others[oldest]
        self._settings.set(DOCUMENTS, {**others, uid: asdict(seen)})
        self._settings.set(LAST, asdict(seen.mode))


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _mode(value: object, otherwise: PageMode | None = None) -> PageMode:
    otherwise = otherwise or PageMode()
    given = _mapping(value)
    fit, zoom, rotation, per_row = (given.get(name) for name in ("fit", "zoom", "rotation", "per_row"))
    return replace(
        otherwise,
        fit=fit if fit in FITS else otherwise.fit,
        zoom=min(max(float(zoom), 0.1), 8.0) if isinstance(zoom, int | float) else otherwise.zoom,
        rotation=rotation if rotation in (0, 90, 180, 270) else otherwise.rotation,
        per_row=per_row if per_row in (1, 2) else otherwise.per_row,
    )


def _place(value: object) -> Place | None:
    given = _mapping(value)
    page, x, y = (given.get(name) for name in ("page", "x", "y"))
    if not (isinstance(page, int) and isinstance(x, int | float) and isinstance(y, int | float)):
        return None
    return Place(page, float(x), float(y))
