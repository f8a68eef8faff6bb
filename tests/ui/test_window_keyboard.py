"""The window by keyboard alone: where Tab leads, and that each stop has a name and shows that it is one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from reader.ui.actions import MENUS
from tests.ui.conftest import Desk


def name_of(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def round_by_tab(desk: Desk) -> list[QWidget]:
    """Every stop from the text on, until it comes back there."""
    stops: list[QWidget] = []
    for _ in range(60):
        focus = QApplication.focusWidget()
        assert focus
        if focus in stops:
            return stops
        stops.append(focus)
        desk.qtbot.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError("Tab never comes back")


def test_tab_goes_round_everything_from_left_to_right(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("1")
    desk.trigger("find")
    desk.window.pane.setFocus()
    names = [name_of(stop) for stop in round_by_tab(desk)]
    assert all(names)
    wanted = [
        "Text", "Annotations, contents, search", "Filter annotations", "Only with a tag", "Only Claim", "Annotations",
        "Undo what was just done", "Filter documents", "Order of the documents", "Documents", "Add documents",
        "Find in the document", "Match case", "Previous", "Next", "Close",
    ]  # fmt: skip
    assert [name for name in names if name in wanted] == wanted


def test_a_stop_looks_different_while_the_keyboard_is_there(desk: Desk) -> None:
    desk.drag("forty million")
    desk.type("1")
    desk.trigger("find")
    pane = desk.window.pane
    for stop in round_by_tab(desk):
        if stop is pane:
            continue
        frame = stop.parentWidget() or stop
        pane.setFocus()
        QApplication.processEvents()
        without = frame.grab().toImage()
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        assert frame.grab().toImage() != without, name_of(stop)


def test_tab_leads_from_a_selection_to_its_bar_and_escape_back_to_the_text(desk: Desk) -> None:
    desk.drag("forty million")
    pane = desk.window.pane
    desk.press(Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus
    assert focus.accessibleName() == "Claim, key 1"
    desk.press(Qt.Key.Key_Right)
    desk.press(Qt.Key.Key_Return)
    assert [m.color for m in desk.marks()] == ["green"]
    assert QApplication.focusWidget() is pane
    desk.drag("forty million")
    desk.press(Qt.Key.Key_Tab)
    desk.press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is pane
    assert pane.selection() is not None


def test_a_letter_in_a_menu_leads_to_one_line() -> None:
    for title, specs in MENUS.items():
        letters = [spec.text[spec.text.index("&") + 1].casefold() for spec in specs if "&" in spec.text]
        assert len(letters) == len(set(letters)), (title, sorted(letters))
