"""Tags by document, tags together and marks per week: seen, chosen by mouse and keys, saved."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QApplication

from reader.model.annotation import Color
from reader.model.filters import Filter
from reader.model.seeing import Line, Matrix, Weeks
from reader.text.filter_words import written
from reader.ui.theme import THEME_NAMES, load_theme
from reader.ui.workspace.page import WorkspacePage
from reader.ui.workspace.seeing.matrix_model import MatrixModel
from reader.ui.workspace.seeing.parts import ByDocument, PerWeek, Together
from reader.ui.workspace.seeing.shades import READABLE, contrast, shade
from tests.store.helpers import add_text
from tests.ui.conftest import Desk

OTHER = "Another text. The dam costs more than the lake, and the town pays for it."
MARKS = (
    ("promised a price", Color.YELLOW, ("cost", "promise")),
    ("forty million", Color.ORANGE, ("cost/dam", "promise")),
    ("a lake", Color.BLUE, ()),
)


class Seen:
    """The workspace of a window with one of its ways of seeing in front."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        desk.window.show_workspace()
        page = desk.window.workspace
        assert page is not None
        self.page: WorkspacePage = page
        by_document, together, weeks = page.ways
        assert isinstance(by_document, ByDocument)
        assert isinstance(together, Together)
        assert isinstance(weeks, PerWeek)
        self.by_document, self.together, self.weeks = by_document, together, weeks

    def to(self, name: str, said: str) -> None:
        """Turn to a tab by the mouse; what it says is awaited."""
        tabs, names = self.page.tabs, [self.page.tabs.tabText(at) for at in range(self.page.tabs.count())]
        at = names.index(name)
        self.desk.qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(at).center())
        way = self.page.ways[at - 1]
        self.desk.qtbot.waitUntil(lambda: said in way.said.text())

    def words_are(self, words: str) -> None:
        self.desk.qtbot.waitUntil(lambda: written(self.page.inquiry.listing.shown) == words)
        assert self.page.tabs.currentIndex() == 0
        assert self.page.list.isVisible()


@pytest.fixture
def seen(desk: Desk) -> Seen:
    text, library = desk.text, desk.library
    for words, color, tags in MARKS:
        start = text.index(words)
        library.annotate.highlight(desk.uid, text, start, start + len(words), color=color, tags=tags)
    other = add_text(library, OTHER, "Accounts")
    library.annotate.highlight(other, OTHER, 14, 22, tags=("cost",))
    return Seen(desk)


def click(seen: Seen, view: QAbstractItemView, index: QModelIndex) -> None:
    seen.desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def test_a_cell_leads_to_its_marks(seen: Seen) -> None:
    seen.to("Matrix", "3 tags in 2 documents, 4 annotations")
    view = seen.by_document.view
    cells = {
        str(view.model().data(view.model().index(row, column), Qt.ItemDataRole.AccessibleTextRole))
        for row in range(3)
        for column in range(2)
    }
    title = seen.desk.library.documents.get(seen.desk.uid).title
    assert f"cost in {title}: 2" in cells
    assert "cost/dam in Accounts: 0" in cells
    column = 0 if view.model().headerData(0, Qt.Orientation.Horizontal) == "Accounts  1" else 1
    click(seen, view, view.model().index(0, column))
    seen.words_are("tag:cost document:Accounts")


def test_an_empty_cell_leads_nowhere_and_a_heading_to_all_of_its_line(seen: Seen) -> None:
    seen.to("Matrix", "3 tags")
    view = seen.by_document.view
    click(seen, view, view.model().index(1, 0))
    assert seen.page.tabs.currentIndex() == 1
    heads = view.verticalHeader()
    place = QPoint(heads.width() // 2, heads.sectionViewportPosition(2) + 5)
    seen.desk.qtbot.mouseClick(heads.viewport(), Qt.MouseButton.LeftButton, pos=place)
    seen.words_are("tag:promise")


def test_another_cell_asks_for_its_document_in_the_place_of_the_one_before(seen: Seen) -> None:
    seen.to("Matrix", "3 tags")
    documents = tuple(column.parts[0] for column in seen.by_document.model.matrix.columns)
    seen.page.inquiry.ask_for(Filter(documents))
    seen.desk.qtbot.waitUntil(lambda: len(seen.page.inquiry.listing.shown.parts) == 2)
    seen.to("Matrix", "3 tags in 2 documents")
    view = seen.by_document.view
    column = 0 if view.model().headerData(0, Qt.Orientation.Horizontal) == "Accounts  1" else 1
    click(seen, view, view.model().index(0, column))
    seen.words_are("document:Accounts tag:cost" if column else "tag:cost document:Accounts")


def test_the_keyboard_goes_through_the_cells(seen: Seen) -> None:
    seen.to("Matrix", "3 tags")
    view = seen.by_document.view
    seen.page.to_list()
    assert QApplication.focusWidget() is view
    seen.desk.press(Qt.Key.Key_Home)
    view.setCurrentIndex(view.model().index(0, 0))
    seen.desk.press(Qt.Key.Key_Return)
    seen.words_are("tag:cost document:Accounts")


def test_lines_stand_by_name_or_by_count(seen: Seen) -> None:
    seen.to("Matrix", "3 tags")
    model, order = seen.by_document.view.model(), seen.by_document.order

    def names() -> list[str]:
        return [str(model.headerData(at, Qt.Orientation.Vertical)).split("  ")[0] for at in range(model.rowCount())]

    assert names() == ["cost", "cost/dam", "promise"]
    seen.desk.qtbot.keyClick(order, Qt.Key.Key_Down)
    assert names() == ["cost", "promise", "cost/dam"]


def test_tags_that_occur_together_lead_to_marks_that_have_both(seen: Seen) -> None:
    seen.to("Together", "2 pairs of 3 tags in 4 annotations")
    pairs = seen.together.list.model()
    shown = [tuple(str(pairs.index(row, column).data()) for column in range(4)) for row in range(pairs.rowCount())]
    assert shown == [("cost", "promise", "2", "67%"), ("cost/dam", "promise", "1", "50%")]
    click(seen, seen.together.list, pairs.index(1, 0))
    seen.words_are("tag:cost/dam tag:promise")


def test_tags_in_the_same_document_lead_to_the_documents(seen: Seen) -> None:
    seen.to("Together", "2 pairs")
    seen.desk.qtbot.keyClick(seen.together.where, Qt.Key.Key_Down)
    seen.desk.qtbot.waitUntil(lambda: "in 2 documents" in seen.together.said.text())
    seen.desk.qtbot.keyClick(seen.together.form, Qt.Key.Key_Down)
    view = seen.together.view
    assert view.isVisible()
    click(seen, view, view.model().index(2, 0))
    title = seen.desk.library.documents.get(seen.desk.uid).title
    seen.words_are(f'document:"{title}"' if " " in title else f"document:{title}")


def test_a_week_leads_to_its_marks(seen: Seen) -> None:
    seen.to("Weeks", "4 annotations in 1 week")
    view = seen.weeks.view
    index = view.model().index(0, 0)
    told = str(index.data(Qt.ItemDataRole.AccessibleTextRole))
    assert told.endswith(": 4 (Claim 2, Quote 1, Figure 1)")
    click(seen, view, index)
    monday = seen.weeks.model.found.weeks[0].monday
    seen.desk.qtbot.waitUntil(lambda: len(seen.page.inquiry.listing.ids) == 4)
    assert written(seen.page.inquiry.view.filter).startswith(f"since:{monday.isoformat()} until:")


def test_bars_are_drawn_in_the_colours_of_the_categories(seen: Seen) -> None:
    seen.to("Weeks", "4 annotations")
    view, theme = seen.weeks.view, seen.weeks.theme
    picture = view.viewport().grab(view.visualRect(view.model().index(0, 0))).toImage()
    colors = {picture.pixelColor(picture.width() // 2, y).name() for y in range(picture.height())}
    assert {theme.ground(color).lower() for color in (Color.YELLOW, Color.ORANGE, Color.BLUE)} <= colors


@pytest.mark.parametrize("count", [4, 12_345])
def test_the_count_of_a_week_has_room_over_its_bar_on_the_screen_and_in_a_drawing(seen: Seen, count: int) -> None:
    seen.to("Weeks", "4 annotations")
    view, (week,) = seen.weeks.view, seen.weeks.model.found.weeks
    weeks = tuple(replace(week, colors={Color.BLUE: count}) for _ in range(2))
    seen.weeks.model.show(Weeks(weeks, {Color.BLUE: "Quote"}, 2 * count, 0))
    room = view.fontMetrics().horizontalAdvance(f"{count:,}")
    first, second = (view.visualRect(view.model().index(at, 0)) for at in range(2))
    assert min(first.width(), second.left()) >= room
    left, right = (place for words, place in written_at(seen.weeks.drawing("Weeks")) if words == f"{count:,}")
    assert right - left >= room


def written_at(drawing: bytes) -> list[tuple[str, float]]:
    """The words of a drawing, and how far from the left they begin."""
    found = ElementTree.fromstring(drawing).iter("{http://www.w3.org/2000/svg}text")
    return [("".join(text.itertext()).strip(), float(text.attrib["x"])) for text in found]


def test_what_is_written_meanwhile_is_counted(seen: Seen) -> None:
    seen.to("Matrix", "3 tags")
    other = next(d.uid for d in seen.desk.library.documents.list() if d.title == "Accounts")
    seen.desk.library.annotate.highlight(other, OTHER, 0, 7, tags=("who",))
    seen.desk.qtbot.waitUntil(lambda: "4 tags in 2 documents, 5 annotations" in seen.by_document.said.text())
    seen.desk.trigger("undo")
    seen.desk.qtbot.waitUntil(lambda: "3 tags" in seen.by_document.said.text())


def test_where_nothing_is_to_be_seen_it_is_said_what_to_do(desk: Desk) -> None:
    seen = Seen(desk)

    def says(words: str) -> None:
        way = next(way for way in seen.page.ways if way.isVisible())
        desk.qtbot.waitUntil(lambda: way.empty.sentence().startswith(words))
        assert not way.save.isEnabled()

    for name in ("Matrix", "Together", "Weeks"):
        seen.to(name, "")
        says("There are no annotations yet. Mark a passage")
    start = desk.text.index("a lake")
    desk.library.annotate.highlight(desk.uid, desk.text, start, start + 6)
    for name, words in (("Together", "No two tags"), ("Matrix", "None of these annotations has a tag")):
        seen.to(name, "")
        says(words)
    seen.page.filter.field.set_text("zebra")
    says("No annotation meets the filter.")


def saved(seen: Seen, at: int, target: Path) -> bytes:
    seen.page.ways[at].save_as(target)
    return target.read_bytes()


@pytest.mark.parametrize(
    ("at", "name", "said"), [(0, "Matrix", "3 tags"), (1, "Together", "2 pairs"), (2, "Weeks", "4 ann")]
)
def test_each_is_saved_as_a_drawing_and_as_a_table(seen: Seen, tmp_path: Path, at: int, name: str, said: str) -> None:
    seen.to(name, said)
    drawing = ElementTree.fromstring(saved(seen, at, tmp_path / "seen.svg"))
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert "".join(drawing.itertext()).strip()
    rows = list(csv.reader(saved(seen, at, tmp_path / "seen.csv").decode("utf-8-sig").splitlines()))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1
    assert [path.name for path in sorted(tmp_path.iterdir()) if path.name.startswith(("seen", "."))] == [
        "seen.csv",
        "seen.svg",
    ]


def test_the_table_of_a_matrix_has_the_counts_and_no_formulas(seen: Seen, tmp_path: Path) -> None:
    seen.desk.library.tags.rename("promise", "=cmd()")
    seen.to("Matrix", "3 tags")
    rows = list(csv.reader(saved(seen, 0, tmp_path / "seen.csv").decode("utf-8-sig").splitlines()))
    assert rows[0][:3] == ["tag", "all", "Accounts"]
    assert [row[:3] for row in rows[1:]] == [["'=cmd()", "2", "0"], ["cost", "3", "1"], ["cost/dam", "1", "0"]]


def test_what_cannot_be_written_is_said(seen: Seen, tmp_path: Path) -> None:
    seen.to("Matrix", "3 tags")
    said: list[str] = []
    seen.desk.window.session.failed.connect(said.append)
    seen.by_document.save_as(tmp_path)
    seen.by_document.save_as(seen.desk.library.path)
    assert "is a folder" in said[0]
    assert "belongs to the library" in said[1]


@pytest.mark.parametrize("name", THEME_NAMES)
def test_counts_can_be_read_on_every_shade(name: str) -> None:
    theme = load_theme(name)  # type: ignore[arg-type]
    shades = [shade(count, 100, theme) for count in range(101)]
    assert all(contrast(QColor(theme.text), ground) >= READABLE for ground in shades)
    assert shades[0] == QColor(theme.paper)
    assert len({ground.name() for ground in shades}) > 20


def test_what_is_said_of_very_much_does_not_widen_a_small_window(seen: Seen, open_desk: Callable[..., Desk]) -> None:
    small = Seen(open_desk(seen.desk.uid, size=(800, 600)))
    for number, way in enumerate(small.page.ways, start=1):
        small.page.tabs.setCurrentIndex(number)
        small.desk.qtbot.waitUntil(lambda way=way: bool(way.said.text()))
        way.said.setText("12,345 pairs of 1,234 tags in 100,000 annotations of 1,000 documents")
        QApplication.sendPostedEvents()
        assert small.page.minimumSizeHint().width() <= 800, way.title
        assert small.desk.window.size().toTuple() == (800, 600), way.title


def test_dark_and_narrow_they_are_drawn_too(seen: Seen, open_desk: Callable[..., Desk]) -> None:
    desk = open_desk(seen.desk.uid, size=(800, 600), theme="dark")
    again = Seen(desk)
    again.to("Matrix", "3 tags")
    view, theme = again.by_document.view, load_theme("dark")
    index = view.model().index(0, 0)
    picture = view.viewport().grab(view.visualRect(index)).toImage()
    assert picture.pixelColor(3, 3).name() == shade(1, 2, theme).name()


@pytest.mark.parametrize("symmetric", [False, True])
@pytest.mark.parametrize("count", [False, True])
def test_what_is_drawn_whole_has_the_cells_that_stand_on_the_screen(*, symmetric: bool, count: bool) -> None:
    lines = tuple(Line(name, uses, ()) for name, uses in (("a", 1), ("b", 5), ("c", 3)))
    model = MatrixModel()
    model.sort_by(count=count)
    model.show(Matrix(lines, lines, {(0, 1): 4, (1, 2): 2}, 9), symmetric=symmetric)
    cells = {(i, j): model.count(i, j) for i in range(3) for j in range(3) if model.count(i, j)}
    assert {(i, j): number for i, j, number in model.filled()} == cells
    assert len(cells) == (4 if symmetric else 2)
    assert model.most == max(cells.values())
