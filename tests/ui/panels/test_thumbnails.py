"""The pictures of many pages: only those in view are asked for, and the page that is read is among them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.model.document import PageBreak
from reader.ui.panels.thumbnails import Thumbnails
from reader.ui.theme import load_theme
from tests.ui.reading.pages.fake import FakePage, FakeSource

COUNT = 300


class Source(FakeSource):
    """Made up pages, which know their sheets."""

    @property
    def sheets(self):
        return self.document.sheets


@pytest.fixture
def source() -> Source:
    return Source([FakePage() for _ in range(COUNT)])


@pytest.fixture
def pictures(qtbot: QtBot, source: Source) -> Thumbnails:
    made = Thumbnails()
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.set_pages(source, [PageBreak(str(n + 1), sheet.start) for n, sheet in enumerate(source.sheets)])
    return made


def asked(source: Source) -> set[int]:
    return {page for page, *_rest in source.tiles}


def test_the_page_that_is_read_is_in_view_when_they_are_shown(
    qtbot: QtBot, pictures: Thumbnails, source: Source
) -> None:
    pictures.set_page(250)
    pictures.show()
    qtbot.waitUntil(lambda: 250 in asked(source))
    rect = pictures.visualRect(pictures.model().index(250, 0))
    assert pictures.viewport().rect().contains(rect.center())
    qtbot.waitUntil(lambda: pictures.picture(250) is not None)
    assert len(asked(source)) < 40
    assert 0 not in asked(source)


def test_keys_walk_and_enter_goes_there(qtbot: QtBot, pictures: Thumbnails) -> None:
    pictures.set_page(3)
    pictures.show()
    QTest.keyClick(pictures, Qt.Key.Key_Right)
    with qtbot.waitSignal(pictures.page_chosen) as told:
        QTest.keyClick(pictures, Qt.Key.Key_Return)
    assert told.args == [4]


def test_another_theme_draws_them_anew_and_a_page_that_fails_stays_blank(
    qtbot: QtBot, pictures: Thumbnails, source: Source
) -> None:
    source.broken.add(1)
    pictures.set_page(0)
    pictures.show()
    qtbot.waitUntil(lambda: pictures.picture(0) is not None)
    first = pictures.picture(0)
    assert first
    assert first.pixelColor(2, 2).lightness() > 200
    assert pictures.picture(1) is None
    pictures.set_theme(load_theme("dark"))
    qtbot.waitUntil(lambda: pictures.picture(0) is not None)
    again = pictures.picture(0)
    assert again
    assert again.pixelColor(2, 2).lightness() < 80
