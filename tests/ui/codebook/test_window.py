"""The codebook is used with mouse and keys, and every change is looked for in the library."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QColorDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from reader.model.filters import Condition, Filter, Key
from reader.ui.codebook.tree_model import NAME, OWN, TOTAL
from reader.ui.codebook.window import CodebookWindow
from tests.ui.codebook.conftest import Book, mark, open_book
from tests.ui.conftest import Desk

LEFT = Qt.MouseButton.LeftButton

# Completions come up in a popup, which the platform of the tests has its limits with.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)", extend=True)


def rows(window: CodebookWindow) -> list[tuple[str, str, str]]:
    """What stands in the tree from top to bottom: names with their depth as dots, own uses, and all."""
    tree, found = window.tree, list[tuple[str, str, str]]()
    index = tree.tags.index(0, NAME)
    while index.isValid():
        depth, over = 0, index.parent()
        while over.isValid():
            depth, over = depth + 1, over.parent()
        cells = [str(index.siblingAtColumn(column).data()) for column in (NAME, OWN, TOTAL)]
        found.append(("·" * depth + cells[0], cells[1], cells[2]))
        index = tree.indexBelow(index)
    return found


def names(desk: Desk) -> set[str]:
    return {tag.name for tag in desk.library.tags.list()}


def type_into(desk: Desk, field: QLineEdit | QPlainTextEdit, words: str) -> None:
    field.setFocus()
    field.selectAll()
    desk.qtbot.keyClicks(field, words)


def click_row(desk: Desk, window: CodebookWindow, name: str) -> None:
    view = window.tree.viewport()
    desk.qtbot.mouseClick(view, LEFT, pos=window.tree.visualRect(window.tree.tags.index_of(name)).center())


def button(window: object, words: str) -> QPushButton:
    assert hasattr(window, "findChildren")
    return next(b for b in window.findChildren(QPushButton) if b.text().replace("&", "").startswith(words))


def test_the_tree_counts_what_is_nested_once(desk: Desk, book: Book) -> None:
    assert rows(book()) == [
        ("board", "1", ""),
        ("cost", "2", ""),
        ("costs", "1", ""),
        ("money", "", "1"),
        ("·spent", "1", ""),
        ("water", "", "1"),
        ("·level", "1", ""),
    ]


def test_a_click_elsewhere_renames_and_goes_there(desk: Desk, book: Book) -> None:
    window = book("board")
    type_into(desk, window.fields.name, "trustees")
    click_row(desk, window, "cost")
    desk.qtbot.waitUntil(lambda: "trustees" in names(desk))
    assert window.current() == "cost"
    assert rows(window)[-3][0] == "trustees"


def test_enter_renames_what_is_nested_too_and_undo_takes_it_back(desk: Desk, book: Book) -> None:
    window = book("money")
    type_into(desk, window.fields.name, "price")
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: "price/spent" in names(desk))
    assert window.current() == "price"
    assert not window.undo.isDefault(), "it would be white on nearly white"
    desk.qtbot.mouseClick(window.undo, LEFT)
    desk.qtbot.waitUntil(lambda: "money" in [row[0] for row in rows(window)])
    assert "money/spent" in names(desk)


def test_escape_takes_a_typed_name_back_and_then_closes(desk: Desk, book: Book) -> None:
    window = book("board")
    type_into(desk, window.fields.name, "trustees")
    desk.press(Qt.Key.Key_Escape)
    assert window.isVisible()
    assert window.fields.name.text() == "board"
    with desk.qtbot.waitSignal(window.rejected):
        desk.press(Qt.Key.Key_Escape)
    assert "board" in names(desk)


def test_an_empty_name_is_refused(desk: Desk, book: Book) -> None:
    window = book("board")
    type_into(desk, window.fields.name, " / ")
    desk.press(Qt.Key.Key_Return)
    assert "needs a name" in window.fields.error.text()
    assert window.fields.name.text() == "board"


def test_a_tag_is_moved_by_its_field_and_by_dropping_it(desk: Desk, book: Book) -> None:
    window = book("costs")
    type_into(desk, window.fields.under, "money")
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: "money/costs" in names(desk))
    assert window.current() == "money/costs"
    model = window.tree.tags
    dragged = model.mimeData([model.index_of("money/costs")])
    onto = model.index_of("water/level")
    move = Qt.DropAction.MoveAction
    assert model.canDropMimeData(dragged, move, -1, -1, onto)
    assert not model.canDropMimeData(dragged, move, -1, -1, model.index_of("money/costs"))
    model.dropMimeData(dragged, move, -1, -1, onto)
    desk.qtbot.waitUntil(lambda: "water/level/costs" in names(desk))


def test_what_it_is_for_is_kept_in_three_parts(desk: Desk, book: Book) -> None:
    window = book("cost")
    for part, words in zip(window.fields.parts, ("All that is paid", "Prices", "ninety-two"), strict=True):
        type_into(desk, part, words)
    desk.press(Qt.Key.Key_Escape)
    (tag,) = [tag for tag in desk.library.tags.list() if tag.name == "cost"]
    assert tag.description == "All that is paid\n\nNot: Prices\n\nExample: ninety-two"


def test_a_change_from_elsewhere_leaves_what_is_being_typed(desk: Desk, book: Book) -> None:
    window = book("cost")
    type_into(desk, window.fields.parts[0], "Half a sent")
    desk.library.tags.add("later")
    desk.qtbot.waitUntil(lambda: "later" in [row[0] for row in rows(window)])
    assert window.current() == "cost"
    assert window.fields.parts[0].toPlainText() == "Half a sent"


def test_a_colour_of_the_categories_and_any_other(desk: Desk, book: Book) -> None:
    window = book("cost")
    box = window.fields.color
    box.setFocus()
    box.setCurrentIndex(box.findText("Green"))
    box.activated.emit(box.currentIndex())
    assert [tag.color for tag in desk.library.tags.list() if tag.name == "cost"] == ["#2e8b3d"]
    box.activated.emit(box.findText("Another colour…"))
    dialog = window.findChild(QColorDialog)
    assert isinstance(dialog, QColorDialog)
    dialog.setCurrentColor(QColor("#123456"))
    dialog.accept()
    assert [tag.color for tag in desk.library.tags.list() if tag.name == "cost"] == ["#123456"]
    assert box.currentText() == "#123456"


def test_the_filter_finds_names_and_descriptions(desk: Desk, book: Book) -> None:
    desk.library.tags.edit("board", description="Those who decide")
    window = book()
    desk.type("decide")
    desk.qtbot.waitUntil(lambda: [row[0] for row in rows(window)] == ["board"])
    type_into(desk, window.filter, "lev")
    desk.qtbot.waitUntil(lambda: [row[0] for row in rows(window)] == ["water", "·level"])
    type_into(desk, window.filter, "nowhere")
    desk.qtbot.waitUntil(lambda: rows(window) == [])
    assert not window.delete.isEnabled()
    assert window._empty.isVisible()


def test_deleting_keeps_the_place_and_is_undone_with_a_key(desk: Desk, book: Book) -> None:
    window = book("cost")
    desk.qtbot.mouseClick(window.delete, LEFT)
    assert "cost" not in names(desk)
    assert window.current() == "costs"
    window.tree.setFocus()
    desk.press(Qt.Key.Key_Delete)
    assert "costs" not in names(desk)
    for _ in range(2):
        desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(desk) >= {"cost", "costs"}
    desk.press(Qt.Key.Key_F2)
    assert window.fields.name.hasFocus()
    desk.wait_idle()


def test_enter_in_the_tree_shows_the_marks(desk: Desk, book: Book) -> None:
    window = book("money/spent")
    actions = desk.window.complete().library_actions
    window.tree.setFocus()
    with desk.qtbot.waitSignal(actions.marks_wanted) as wanted:
        desk.press(Qt.Key.Key_Return)
    assert wanted.args == [Filter((Condition(Key.TAG, "money/spent"),))]
    assert desk.window.in_workspace()
    desk.trigger("tags")
    again = [w for w in desk.window.findChildren(CodebookWindow) if w.isVisible()]
    assert [w.current() for w in again] == ["money/spent"]


def test_the_keyboard_alone_reaches_everything(desk: Desk, book: Book) -> None:
    window = book()
    reached = set[object]()
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused
        reached.add(focused)
        desk.press(Qt.Key.Key_Tab)
    fields = window.fields
    wanted = [window.filter, window.tree, fields.name, fields.under, window.marks]
    wanted += [b for b in window.findChildren(QPushButton) if b.isVisible() and b.isEnabled()]
    assert set(wanted) <= reached


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_dot_has_the_colour_of_its_tag(desk: Desk, book: Book, theme: str) -> None:
    desk.window.appearance.choose_theme(theme)
    desk.library.tags.edit("cost", color="#12aa34")
    window = book("costs")
    rect = window.tree.visualRect(window.tree.tags.index_of("cost"))
    picture = window.tree.viewport().grab(rect).toImage()
    colors = {picture.pixelColor(x, rect.height() // 2).name() for x in range(30)}
    assert "#12aa34" in colors


def test_five_thousand_tags(desk: Desk) -> None:
    rows_ = [f"theme {n % 50:02}/topic {n:04}" for n in range(5000)]
    desk.library.codebook.import_data(("tag\n" + "\n".join(rows_)).encode())
    window = open_book(desk)
    assert len(rows(window)) == 50
    desk.type("topic 4999")
    desk.qtbot.waitUntil(lambda: [row[0] for row in rows(window)] == ["theme 49", "·topic 4999"])
    window.choose("theme 49/topic 4999")
    type_into(desk, window.fields.name, "the last")
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: "theme 49/the last" in names(desk))
    assert (window.current(), window.filter.text()) == ("theme 49/the last", ""), "the filter would hide it"


def desk_book(desk: Desk) -> CodebookWindow:
    from tests.ui.codebook.conftest import open_book

    return open_book(desk)


def test_what_is_typed_when_the_window_closes_is_written(desk: Desk, book: Book) -> None:
    window = book("cost")
    type_into(desk, window.fields.parts[0], "All that is paid")
    assert desk.window.close()
    assert [tag.description for tag in desk.library.tags.list() if tag.name == "cost"] == ["All that is paid"]


def test_ctrl_z_in_a_field_undoes_the_last_change_once_nothing_is_typed_there(desk: Desk, book: Book) -> None:
    window = book("board")
    type_into(desk, window.fields.name, "trustees")
    desk.press(Qt.Key.Key_Return)
    desk.qtbot.waitUntil(lambda: window.current() == "trustees")
    window.fields.name.setFocus()
    desk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: "board" in [row[0] for row in rows(window)])
    assert "trustees" not in names(desk)
    desk.wait_idle()


def test_a_tag_can_be_changed_again_before_a_large_library_is_counted(
    desk: Desk, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.services.tags.MANY_LINKS", 0)
    window = book()
    desk.qtbot.waitUntil(lambda: "cost" in window.names())
    window.choose("money/spent")
    window.rename_requested.emit("money/spent", "money/paid")
    window.describe_requested.emit("money/spent", "What was paid")
    window.move_requested.emit("money/spent", "board")
    window.rename_requested.emit("money/spent", "money/out/paid")
    desk.qtbot.waitUntil(lambda: window.current() == "board/out/paid")
    assert window.fields.parts[0].toPlainText() == "What was paid"
    assert window.fields.error.text() == ""
    assert "money/paid" not in names(desk)
    desk.wait_idle()


def test_what_is_new_of_a_tag_is_shown_without_folding_or_losing_the_place(desk: Desk, book: Book) -> None:
    window = book("money/spent")
    resets: list[object] = []
    window.tree.tags.modelReset.connect(lambda: resets.append(1))
    desk.library.tags.edit("money/spent", description="What was paid", color="#2f6fc0")
    desk.qtbot.waitUntil(lambda: window.fields.parts[0].toPlainText() == "What was paid")
    mark(desk, "at all", "money/spent")
    desk.qtbot.waitUntil(lambda: window.tree.tags.index_of("money/spent", OWN).data() == "2")
    assert not resets
    desk.library.tags.add("zoo")
    desk.qtbot.waitUntil(lambda: "zoo" in window.names())
    assert resets
    desk.wait_idle()


def test_each_letter_with_alt_leads_to_one_thing(desk: Desk, book: Book) -> None:
    window = book("cost")
    labels = [label.text() for label in window.findChildren(QLabel) if label.buddy()]
    words = labels + [button.text() for button in window.findChildren(QPushButton)]
    letters = [word[word.index("&") + 1].casefold() for word in words if "&" in word]
    assert len(letters) >= 15
    assert len(letters) == len(set(letters)), sorted(letters)
    desk.wait_idle()


def test_by_tab_the_buttons_come_in_the_order_in_which_they_stand(desk: Desk) -> None:
    window = open_book(desk)
    button = next(each for each in window.findChildren(QPushButton) if each.text() == "New t&ag…")
    button.setFocus()
    found: list[str] = []
    for _ in range(5):
        focus = QApplication.focusWidget()
        assert isinstance(focus, QPushButton)
        found.append(focus.text().replace("&", ""))
        desk.press(Qt.Key.Key_Tab)
    assert found == ["New tag…", "Import…", "Export…", "Tidy up…", "Close"]
