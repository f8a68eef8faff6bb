"""A PDF in the window: its pages, the switch to its text, marks of words and areas, and what is remembered of it."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QToolButton
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

from reader.model.annotation import Style
from reader.services.library import Library
from reader.store.originals import SMALL
from reader.ui.dialogs.link import LinkDialog
from reader.ui.dialogs.password import PasswordDialog
from reader.ui.opening import Opening
from reader.ui.panels.thumbnails import Thumbnails
from reader.ui.widgets.page_entry import PageEntry
from tests.ui.conftest import Desk, move
from tests.ui.reading.pages.conftest import settle

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
LINES = ("The board has promised the town a lake.", "It has now promised a price as", "well, and neither will hold.")
PAGES = 6
OpenDesk = Callable[..., Desk]


def paper(password: str = "", about: str = "") -> bytes:
    """Six pages, the first two labelled i and ii: a red figure and two links on the first."""
    into = BytesIO()
    canvas = Canvas(into, pagesize=A5, encrypt=password or None, invariant=1)
    canvas.setSubject(about)
    for page in range(PAGES):
        canvas.addPageLabel(
            page, style="ROMAN_LOWER" if page < 2 else "ARABIC", start=page + 1 if page < 2 else page - 1
        )
        canvas.bookmarkPage(f"page{page}")
        canvas.setFont("Times-Roman", 14)
        canvas.drawString(50, 540, f"Sheet {page + 1} of six")
        for number, line in enumerate(LINES):
            canvas.drawString(50, 500 - 20 * number, line)
        if page == 0:
            canvas.linkAbsolute("", "page3", (50, 400, 150, 420))
            canvas.linkURL("https://example.org/lake", (200, 400, 300, 420))
            canvas.setFillColorRGB(0.8, 0.1, 0.1)
            canvas.rect(50, 200, 200, 150, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
        canvas.showPage()
    canvas.save()
    return into.getvalue()


def add(library_path: Path, file: Path, password: str = "") -> str:
    library = Library.open(library_path)
    if password:
        library.passwords.give(file, password)
    (result,) = library.adding.add([file])
    library.close()
    assert result.document, result.reason
    return result.document.uid


def sharp(desk: Desk) -> Desk:
    settle(desk.qtbot, desk.window.pane)
    return desk


@pytest.fixture
def uid(library_path: Path, tmp_path: Path) -> str:
    file = tmp_path / "lake.pdf"
    file.write_bytes(paper())
    return add(library_path, file)


@pytest.fixture
def large(library_path: Path, tmp_path: Path) -> str:
    """The paper with so much round it that its copy is a file and no row."""
    file = tmp_path / "large.pdf"
    file.write_bytes(paper(about="lake " * (SMALL // 2)))
    return add(library_path, file)


@pytest.fixture
def paged(open_desk: OpenDesk, uid: str) -> Desk:
    return sharp(open_desk(uid))


def on_page(desk: Desk, x: float, y: float, page: int = 0) -> QPoint:
    """A point of the viewport by points of a page, from its lower left corner."""
    flow = desk.window.pane.view.page_flow
    assert flow
    turn = flow.page(page).turn
    return turn.rect((x, A5[1] - y, x, A5[1] - y)).topLeft() + flow.page_rect(page).topLeft()


def drag_area(desk: Desk, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    view = desk.window.pane.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, modifiers, start)
    move(view, (start + end) / 2)
    move(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, modifiers, end)
    desk.qtbot.waitUntil(lambda: bool(desk.marks()))


def dialog(desk: Desk) -> PasswordDialog:
    desk.qtbot.waitUntil(lambda: any(d.isVisible() for d in desk.window.findChildren(PasswordDialog)))
    return next(d for d in desk.window.findChildren(PasswordDialog) if d.isVisible())


def give(desk: Desk, password: str) -> str:
    """Type a password into the dialog; what the dialog said."""
    asked = dialog(desk)
    said = " ".join(label.text() for label in asked.findChildren(QLabel))
    QTest.keyClicks(asked.field, password)
    QTest.keyClick(asked.field, Qt.Key.Key_Return)
    return said


def test_the_page_field_says_the_label_and_a_click_asks_for_another(paged: Desk) -> None:
    status = paged.window.status
    assert status.page().startswith("page i (1 of 6) · ")
    button = status.findChild(QToolButton, "page")
    assert isinstance(button, QToolButton)
    paged.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (entry,) = paged.window.findChildren(PageEntry)
    assert entry.hint.text().startswith("Pages i to 4")
    paged.type("3")
    paged.press(Qt.Key.Key_Return)
    assert paged.window.pane.page_at_top() == 4
    assert status.page().startswith("page 3 (5 of 6)")
    paged.press(Qt.Key.Key_Left, ALT)
    sharp(paged)
    assert paged.window.pane.page_at_top() == 0


def test_a_number_beyond_the_labels_is_the_sheet(paged: Desk) -> None:
    paged.press(Qt.Key.Key_G, CONTROL | ALT)
    paged.type("6")
    paged.press(Qt.Key.Key_Return)
    assert paged.window.pane.page_at_top() == 5


def test_keys_fit_zoom_turn_and_pair_pages(paged: Desk) -> None:
    pane, actions = paged.window.pane, paged.window.actions_
    assert actions["fit_width"].isChecked()
    paged.press(Qt.Key.Key_F, CONTROL | ALT)
    assert pane.page_mode().fit == "page"
    assert (actions["fit_width"].isChecked(), actions["fit_page"].isChecked()) == (False, True)
    paged.press(Qt.Key.Key_0, CONTROL)
    assert paged.window.status.page().endswith("100 %")
    before = pane.zoom()
    paged.press(Qt.Key.Key_Plus, CONTROL)
    assert pane.zoom() > before
    assert not actions["fit_page"].isChecked()
    assert paged.window.appearance.typography.zoom == 1.0, "the text keeps its size"
    paged.press(Qt.Key.Key_D, CONTROL | ALT)
    assert pane.page_mode().per_row == 2
    paged.press(Qt.Key.Key_Period, CONTROL | ALT)
    assert pane.page_mode().rotation == 90
    paged.press(Qt.Key.Key_Comma, CONTROL | ALT)
    assert pane.page_mode().rotation == 0


def test_a_text_says_that_it_has_no_pages(desk: Desk) -> None:
    for name in ("as_text", "fit_page", "two_pages", "area", "focus_pages", "rotate_right"):
        desk.trigger(name)
        assert "no pages of a fixed form" in desk.window.status.message(), name
        assert not desk.window.actions_[name].isChecked()
    assert desk.window.status.page() == ""


def test_place_zoom_and_turn_are_there_after_a_restart(open_desk: OpenDesk, uid: str) -> None:
    first = sharp(open_desk(uid))
    pane = first.window.pane
    pane.set_zoom(1.3)
    pane.go_to_page(3, down=120.0)
    sharp(first)
    flow = pane.view.page_flow
    assert flow
    before = flow.page_rect(3).top()
    again = sharp(open_desk(uid))
    flow = again.window.pane.view.page_flow
    assert flow
    assert again.window.pane.zoom() == pytest.approx(1.3)
    assert abs(flow.page_rect(3).top() - before) <= 2
    assert again.window.status.page() == "page 2 (4 of 6) · 130 %"


def test_read_as_text_shows_the_marks_in_both_and_is_remembered(open_desk: OpenDesk, uid: str) -> None:
    desk = sharp(open_desk(uid))
    desk.drag("promised the town")
    desk.type("2")
    (mark,) = desk.marks()
    assert mark.anchor
    assert len(mark.anchor.rects) == 1
    rect = mark.anchor.rects[0]
    assert rect.page == 0
    assert 0.1 < rect.left < rect.right < 0.9
    desk.press(Qt.Key.Key_X, CONTROL | ALT)
    pane = desk.window.pane
    assert pane.view.stage is None
    assert desk.window.actions_["as_text"].isChecked()
    assert not pane.annotation_rect(mark.uid).isEmpty()
    desk.drag("neither will hold")
    desk.type("3")
    assert {m.quote for m in desk.marks()} == {"promised the town", "neither will hold"}
    assert desk.window.status.page() == "page i (1 of 6)"
    again = open_desk(uid)
    assert again.window.pane.view.stage is None
    again.press(Qt.Key.Key_X, CONTROL | ALT)
    sharp(again)
    assert all(not again.window.pane.annotation_rect(m.uid).isEmpty() for m in again.marks())
    assert not again.window.actions_["as_text"].isChecked()


def test_the_lines_of_the_text_run_on(paged: Desk) -> None:
    paged.press(Qt.Key.Key_X, CONTROL | ALT)
    rects = paged.window.pane.view.rects(*paged.span("promised a price as\nwell, and"))
    assert len(rects) == 1


@pytest.mark.parametrize("by_key", [False, True])
def test_an_area_is_marked_with_its_picture_on_the_card(paged: Desk, by_key: bool) -> None:
    if by_key:
        paged.press(Qt.Key.Key_A)
    start, end = on_page(paged, 40, 360), on_page(paged, 260, 190)
    drag_area(paged, start, end, Qt.KeyboardModifier.NoModifier if by_key else ALT)
    (mark,) = paged.marks()
    assert mark.style is Style.AREA
    assert mark.anchor
    assert mark.anchor.rects[0].page == 0
    paged.qtbot.waitUntil(lambda: bool(paged.library.annotate.picture(paged.marks()[0])))
    crop = paged.library.annotate.picture(paged.marks()[0])
    assert crop
    assert crop.data.startswith(b"\x89PNG")
    parts = paged.window.complete()
    view = parts.notes.view

    def reds() -> int:
        image = view.viewport().grab().toImage()
        places = ((x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3))
        colors = (image.pixelColor(*place) for place in places)
        return sum(color.red() > 180 and color.green() < 60 for color in colors)

    # The picture is in the library a moment before the card hears of it.
    paged.qtbot.waitUntil(lambda: reds() > 200)
    assert parts.marking.current
    assert parts.marking.current.uid == mark.uid
    paged.press(Qt.Key.Key_Z, CONTROL)
    assert not paged.marks()


def test_escape_draws_no_area(paged: Desk) -> None:
    paged.press(Qt.Key.Key_A)
    paged.press(Qt.Key.Key_Escape)
    paged.drag("promised the town")
    assert not paged.marks()


def test_thumbnails_lead_to_their_pages(paged: Desk) -> None:
    paged.press(Qt.Key.Key_L, CONTROL | ALT)
    (pictures,) = paged.window.findChildren(Thumbnails)
    assert QApplication.focusWidget() is pictures
    paged.qtbot.waitUntil(lambda: all(pictures.picture(page) is not None for page in range(PAGES)))
    image = pictures.picture(0)
    assert image
    color = image.pixelColor(image.width() * 150 // 420, image.height() * 325 // 595)
    assert color.red() > 150
    assert color.green() < 80
    index = pictures.model().index(3, 0)
    pictures.scrollTo(index, QListView.ScrollHint.PositionAtCenter)
    paged.qtbot.mouseClick(pictures.viewport(), Qt.MouseButton.LeftButton, pos=pictures.visualRect(index).center())
    assert paged.window.pane.page_at_top() == 3
    assert pictures.page == 3


def test_links_lead_inside_and_back_and_outside_after_a_question(paged: Desk) -> None:
    pane = paged.window.pane
    inside, outside = on_page(paged, 100, 410), on_page(paged, 250, 410)
    paged.qtbot.waitUntil(lambda: bool(pane.page_link_at(inside)))
    paged.qtbot.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=outside)
    (asked,) = paged.window.findChildren(LinkDialog)
    address = asked.findChild(QLabel, "address")
    assert isinstance(address, QLabel)
    assert address.text().replace("\u200b", "") == "https://example.org/lake"
    QTest.keyClick(asked, Qt.Key.Key_Return)
    assert not asked.isVisible(), "Enter opens nothing"
    assert pane.page_at_top() == 0
    paged.qtbot.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert pane.page_at_top() == 3
    paged.press(Qt.Key.Key_Left, ALT)
    sharp(paged)
    assert pane.page_at_top() == 0


def test_shift_alt_arrows_move_the_ends_of_a_mark_on_a_page(paged: Desk) -> None:
    both = Qt.KeyboardModifier.ShiftModifier | ALT
    paged.drag("promised the town")
    paged.type("2")
    before = paged.marks()[0].anchor
    assert before
    for key, words in (
        (Qt.Key.Key_Right, "promised the town"), (Qt.Key.Key_Right, "promised the town a"),
        (Qt.Key.Key_Up, "has promised the town a"), (Qt.Key.Key_Down, "promised the town a"),
        (Qt.Key.Key_Down, "the town a"),
    ):  # fmt: skip
        paged.press(key, both)
        assert paged.marks()[0].quote.strip() == words
    anchor = paged.marks()[0].anchor
    assert anchor
    (was,), (now,) = before.rects, anchor.rects
    assert (now.top, now.bottom) == (was.top, was.bottom)
    assert now.left > was.left
    assert now.right > was.right


def test_back_and_forward_come_to_the_very_pixel(paged: Desk) -> None:
    pane = paged.window.pane
    pane.set_zoom(1.7)
    pane.scroll_by(137)
    flow = pane.view.page_flow
    assert flow
    flow.scroll_across(23)
    sharp(paged)
    before = flow.left, flow.top
    inside = on_page(paged, 100, 410)
    paged.qtbot.waitUntil(lambda: bool(pane.page_link_at(inside)))
    paged.qtbot.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    sharp(paged)
    after = flow.left, flow.top
    assert pane.page_at_top() == 3
    for _ in range(2):
        paged.press(Qt.Key.Key_Left, ALT)
        sharp(paged)
        assert (flow.left, flow.top) == before
        paged.press(Qt.Key.Key_Right, ALT)
        sharp(paged)
        assert (flow.left, flow.top) == after


def test_find_leads_to_the_place_on_another_page(paged: Desk) -> None:
    paged.press(Qt.Key.Key_F, CONTROL)
    paged.type("Sheet 5")
    pane = paged.window.pane
    paged.qtbot.waitUntil(lambda: pane.page_at_top() == 4)
    sharp(paged)
    start, end = paged.span("Sheet 5")
    assert pane.view.rects(start, end)


def test_hits_are_shown_in_the_text_as_on_the_pages(paged: Desk) -> None:
    pane = paged.window.pane
    paged.press(Qt.Key.Key_F, CONTROL)
    paged.type("price")
    paged.qtbot.waitUntil(lambda: len(pane.view.scene.hits) == PAGES)
    paged.trigger("as_text")
    assert pane.view.stage is None
    assert len(pane.view.scene.hits) == PAGES
    assert pane.view.scene.current_hit == paged.span("price")


def test_pages_that_cannot_be_had_are_told_and_the_text_is_shown(
    open_desk: OpenDesk, large: str, library_path: Path
) -> None:
    uid = large
    library = Library.open(library_path)
    copy = library.documents.original(uid)
    library.close()
    assert copy
    copy.chmod(0o600)
    copy.unlink()
    desk = open_desk(uid)
    desk.qtbot.waitUntil(lambda: desk.window.pane.view.stage is None)
    assert "text is shown" in desk.window.status.message()
    desk.drag("promised the town")


def test_a_damaged_copy_is_told_too(open_desk: OpenDesk, large: str, library_path: Path) -> None:
    uid = large
    library = Library.open(library_path)
    copy = library.documents.original(uid)
    library.close()
    assert copy
    copy.chmod(0o600)
    copy.write_bytes(b"%PDF-1.4 and nothing more".ljust(copy.stat().st_size))
    desk = open_desk(uid)
    desk.qtbot.waitUntil(lambda: desk.window.pane.view.stage is None)
    assert "damaged" in desk.window.status.message()


def test_a_locked_file_is_added_with_its_password_and_a_wrong_one_is_told(open_desk: OpenDesk, tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    file.write_bytes(paper("sesame"))
    desk = open_desk()
    desk.window.complete().adding.add([file], then_open=True)
    assert "is locked with a password" in give(desk, "wrong")
    assert "does not open" in give(desk, "sesame")
    desk.qtbot.waitUntil(lambda: bool(desk.window.session.uid))
    sharp(desk)
    assert desk.text.startswith("Sheet 1 of six")
    desk.wait_idle()


def test_escape_leaves_a_locked_file_alone(open_desk: OpenDesk, tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    file.write_bytes(paper("sesame"))
    desk = open_desk()
    desk.window.complete().adding.add([file], then_open=True)
    QTest.keyClick(dialog(desk), Qt.Key.Key_Escape)
    assert "not opened" in desk.window.status.message()
    assert not desk.library.documents.list()


def test_a_locked_document_asks_again_after_a_restart(open_desk: OpenDesk, library_path: Path, tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    file.write_bytes(paper("sesame"))
    uid = add(library_path, file, "sesame")
    desk = open_desk(uid)
    assert "locked" in give(desk, "sesam")
    assert "does not open" in give(desk, "sesame")
    sharp(desk)
    assert b"sesame" not in library_path.read_bytes()
    again = open_desk(uid)
    QTest.keyClick(dialog(again), Qt.Key.Key_Escape)
    again.qtbot.waitUntil(lambda: again.window.pane.view.stage is None)
    again.drag("promised the town")


def test_a_copy_with_the_marks_is_offered_for_import_once(paged: Desk, tmp_path: Path) -> None:
    paged.drag("promised the town")
    paged.type("2")
    target = tmp_path / "copy.pdf"
    paged.window.complete().exchange.save_copy(paged.uid, target)
    paged.qtbot.waitUntil(target.exists)
    paged.wait_idle()
    assert "A copy with 1 annotation was saved" in paged.window.status.message()
    paged.window.complete().adding.add([target], then_open=True)
    paged.qtbot.waitUntil(lambda: paged.window.session.uid not in ("", paged.uid))
    paged.wait_idle()
    sharp(paged)
    session, bar = paged.window.session, paged.window.complete().info_bar
    (offer,) = [offer for offer in bar.offers() if offer.key == "comments"]
    assert offer.sentence == "This file brings a mark"
    pages = paged.window.paging.pages
    assert pages
    assert pages.annotations
    bar.answered.emit("comments", "import")
    assert [mark.quote for mark in session.annotations.values()] == ["promised the town"]
    assert not [offer for offer in bar.offers() if offer.key == "comments"]
    assert paged.window.paging.pages
    assert not paged.window.paging.pages.annotations
    assert not paged.library.comments.import_into(session.uid)


def test_memory_and_images_of_pages_are_set(paged: Desk) -> None:
    paged.trigger("settings")
    from reader.ui.dialogs.settings import SettingsDialog

    (settings,) = paged.window.findChildren(SettingsDialog)
    settings.pages.memory.setValue(128)
    settings.pages.images.click()
    stage = paged.window.pane.view.stage
    assert stage
    assert stage.tiles.budget == 128 << 20
    assert paged.window.pane.page_mode().keep_images
    assert paged.library.settings.get("tile_memory_mb", 0) == 128
    settings.reject()


def test_the_window_closes_while_pages_are_on_their_way(open_desk: OpenDesk, uid: str) -> None:
    open_desk(uid)
    again = open_desk(uid)
    assert again.window.session.uid == uid


def test_a_new_file_shows_its_pages_before_it_is_in_the_library_and_keeps_them(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    file = tmp_path / "new.pdf"
    file.write_bytes(paper())
    desk = open_desk()
    window = desk.window
    opening = Opening(window, file.name, lambda cancelled: desk.library.adding.look(file, cancelled), file)
    with desk.qtbot.waitSignal(opening.arrived):
        opening.start()
    sharp(desk)
    assert not window.session.uid
    stage = window.pane.view.stage
    window.pane.go_to_page(2)
    window.complete().adding.add([file], then_open=True)
    desk.qtbot.waitUntil(lambda: bool(window.session.uid))
    assert window.pane.view.stage is stage, "nothing is drawn again"
    assert window.pane.page_at_top() == 2
    assert window.status.page().startswith("page 1 (3 of 6)")
    desk.uid = window.session.uid
    desk.drag("promised the town")
    desk.type("1")
    assert len(desk.marks()) == 1


def test_a_locked_new_file_asks_before_it_is_read(open_desk: OpenDesk, tmp_path: Path) -> None:
    file = tmp_path / "locked.pdf"
    file.write_bytes(paper("sesame"))
    desk = open_desk()
    adding = desk.window.complete().adding
    opening = Opening(desk.window, file.name, lambda cancelled: desk.library.adding.look(file, cancelled), file)

    def locked(sentence: str) -> None:
        adding.unlock(file, sentence)

    opening.locked.connect(locked)
    opening.start()
    give(desk, "sesame")
    desk.qtbot.waitUntil(lambda: bool(desk.window.session.uid))
    sharp(desk)
    desk.wait_idle()
