"""A pane that shows made up pages."""

from collections.abc import Callable, Sequence

import pytest
from pytestqt.qtbot import QtBot

from reader.model.annotation import Annotation
from reader.ui.reading.pane import ReadingPane
from tests.ui.reading.pages.fake import FakePage, FakeSource
from tests.ui.reading.samples import Show


@pytest.fixture
def show_pages(qtbot: QtBot, show: Show) -> Callable[..., tuple[ReadingPane, FakeSource]]:
    """`show_pages(pages, annotations=(), at_once=True, **as for show)`: the pane once all is there, and its source."""

    def make(
        pages: Sequence[FakePage], annotations: Sequence[Annotation] = (), *, at_once: bool = True, **facts: object
    ) -> tuple[ReadingPane, FakeSource]:
        source = FakeSource(pages, at_once=at_once)
        pane = show(source.document, annotations, pages=source, **facts)
        if at_once:
            settle(qtbot, pane)
        return pane, source

    return make


def settle(qtbot: QtBot, pane: ReadingPane) -> None:
    """Wait until all that is in view is sharp, and its text known."""
    from reader.ui.reading.pages.stage import wanted_of

    def done() -> bool:
        flow, stage = pane.view.page_flow, pane.view.stage
        if flow is None or stage is None:
            return False
        pane.viewport().repaint()
        window, ratio = pane.viewport().rect(), pane.devicePixelRatioF()
        shown = flow.pages_between(0, window.height())
        return all(
            flow.page(page).ready and stage.tiles.is_sharp(wanted_of(flow, page, window, ratio)) for page in shown
        )

    qtbot.waitUntil(done)
