"""Every signal about pages of fixed form and what answers it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow
    from reader.ui.parts import Parts

Slots = dict[str, Callable[[], object]]


def connect_pages(window: "MainWindow", parts: "Parts") -> Slots:
    """Wire what tells of pages, and say what answers their actions."""
    pane, folio = window.pane, parts.folio
    window.shown.connect(folio.shown)
    window.shown.connect(parts.finding.shown)
    window.session.closed.connect(folio.shown)
    window.shown.connect(parts.completing.shown)
    window.session.closed.connect(parts.completing.stop)
    window.session.changed.connect(parts.completing.changed)
    pane.page_changed.connect(folio.page_changed)
    pane.position_changed.connect(folio.position_changed)
    pane.fit_changed.connect(folio.fit_changed)
    pane.area_made.connect(parts.areas.mark)
    pane.area_changed.connect(parts.areas.change)
    window.status.page_requested.connect(parts.places.ask_page)
    window.session.changed.connect(folio.changed)
    folio.page_wanted.connect(parts.places.go_to_page)
    return {
        "as_text": folio.read_as_text,
        "fit_width": partial(folio.fit, "width"),
        "fit_page": partial(folio.fit, "page"),
        "two_pages": folio.two_pages,
        "rotate_right": partial(folio.rotate, 90),
        "rotate_left": partial(folio.rotate, -90),
        "zoom_in": partial(folio.zoom, 1),
        "zoom_out": partial(folio.zoom, -1),
        "zoom_reset": partial(folio.zoom, 0),
        "focus_pages": folio.to_pictures,
        "area": parts.areas.begin,
        "save_copy": parts.exchange.ask_copy,
    }
