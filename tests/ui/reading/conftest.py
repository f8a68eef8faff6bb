"""A pane on the (offscreen) screen."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from reader.model.annotation import Annotation
from reader.model.document import Document
from reader.ui.reading.pane import ReadingPane
from tests.ui.reading.samples import Show


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """`show(document, annotations=(), width=760, height=640, position=0)`: a shown pane with the focus."""

    def make(
        document: Document,
        annotations: Sequence[Annotation] = (),
        *,
        width: int = 760,
        height: int = 640,
        **facts: object,
    ) -> ReadingPane:
        pane = ReadingPane()
        qtbot.addWidget(pane)
        pane.resize(width, height)
        pane.set_document(document, annotations, **facts)  # type: ignore[arg-type]
        with qtbot.waitExposed(pane):
            pane.show()
        pane.activateWindow()
        pane.setFocus()
        qtbot.waitUntil(pane.hasFocus)
        pane.viewport().repaint()
        return pane

    return make
