"""A walk through the workspace with mouse and keys: after each step list, counts and selection show the file."""

import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QModelIndex, QPoint, Qt

from reader.model.annotation import Color
from reader.model.workspace import Grouping, Row
from reader.services.library import Library
from reader.ui.workspace.list_columns import Column
from reader.ui.workspace.list_lines import Head
from reader.ui.workspace.page import WorkspacePage
from tests.ui.conftest import TEXT, Desk
from tests.walks.checks import check_file, check_same, state_of, steps
from tests.walks.recount import known_of

CONTROL, SHIFT, ALT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "Alt"))
NONE = Qt.KeyboardModifier.NoModifier
FILTERS = (
    "",
    "tag:cost",
    "-tag:cost",
    "has:note",
    "color:yellow",
    "lake",
    "lak -price",
    "document:second",
    "tag:",
    "zzz",
)
TAGS = ("cost", "cost/dam", "lake", "سد")


def filled(folder: Path) -> str:
    """A library with two texts and some thirty marks; the uid of the first text."""
    folder.mkdir()
    library = Library.open(folder / "library.sqlite")
    uids: list[str] = []
    for name, text in (("reservoir.txt", TEXT), ("second.txt", "The second text.\n\n" + TEXT)):
        (folder / name).write_text(text, encoding="utf-8")
        (result,) = library.adding.add([folder / name])
        assert result.document
        uids.append(result.document.uid)
        text = library.documents.open(uids[-1]).document.text
        for number in range(16):
            start = text.index("The board") + number * 9
            color, tags = list(Color)[number % 6], TAGS[number % 5 : number % 5 + number % 3]
            note = "why?" if number % 4 == 0 else ""
            library.annotate.highlight(uids[-1], text, start, start + 12, color=color, note=note, tags=tags)
    library.close()
    return uids[0]


class Walk(RuleBasedStateMachine):
    """`other` is another program at the same library."""

    open_desk: Callable[..., Desk]
    folders: "count[int]"
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        home = self.folder / str(next(self.folders))
        self.path = home / "library.sqlite"
        self._open(filled(home))
        self.first, self.begun = state_of(self.desk.library), steps(self.desk.library)

    def _open(self, uid: str) -> None:
        self.desk = self.open_desk(uid, path=self.path, size=(1200, 560))
        self.other = Library.open(self.path)
        self._to_workspace()

    # -- hands

    @property
    def page(self) -> WorkspacePage:
        page = self.desk.window.workspace
        assert page
        return page

    def _to_workspace(self) -> None:
        if not (self.desk.window.workspace and self.page.isVisible()):
            self.desk.press(Qt.Key.Key_A, CONTROL | SHIFT)
        self._settle()

    def _settle(self) -> None:
        """Until nothing is asked and no row is still to be read, twice in a row: reading begins a moment later."""
        calm: list[bool] = []

        def settled() -> bool:
            page = self.page
            items = [page.list.model.item(line) for line in range(page.list.model.lines.count)]
            busy = page.inquiry.busy() or page.list.reader.busy() or self.desk.window.tasks.busy()
            calm.append(not busy and None not in items)
            return all(calm[-2:]) and len(calm) > 1

        self.desk.qtbot.waitUntil(settled)

    def _press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            self.desk.press(key, with_)

    def _lines(self) -> list[Row | Head | None]:
        model = self.page.list.model
        return [model.item(line) for line in range(model.lines.count)]

    def _chosen(self) -> list[str]:
        return self.desk.library.workspace.uids_of(self.page.inquiry.rows)

    def _top(self) -> tuple[str, bool]:
        """The uid of the annotation at the top, and whether the list cannot be scrolled on."""
        table = self.page.list.table
        bar = table.verticalScrollBar()
        line = table.rowAt(0)
        item = self.page.list.model.item(line) if line >= 0 else None
        return item.mark.uid if isinstance(item, Row) else "", bar.value() == bar.maximum()

    def _keeping(self, verb: Callable[[], object]) -> None:
        """Do something to the rows: what is selected and the place in the list stay, as far as they are there."""
        self.desk.trigger("focus_marks")
        self._settle()
        chosen, (top, _) = set(self._chosen()), self._top()
        verb()
        self._settle()
        here = {item.mark.uid for item in self._lines() if isinstance(item, Row)}
        if chosen & here:
            assert set(self._chosen()) == chosen & here
        now, at_end = self._top()
        if top in here:
            assert now == top or at_end

    def _line(self, fraction: float) -> int:
        return min(int(fraction * self.page.list.model.lines.count), self.page.list.model.lines.count - 1)

    # -- what is asked

    @rule(words=st.sampled_from(FILTERS))
    def type_filter(self, words: str) -> None:
        self._press(Qt.Key.Key_F, with_=CONTROL)
        self._press(Qt.Key.Key_Delete)
        self.desk.type(words)
        self._settle()
        self._press(Qt.Key.Key_Down)

    @rule(number=st.integers(0, 40), out=st.booleans())
    def click_facet(self, number: int, out: bool) -> None:
        view = self.page.sides.facets.view
        model = view.facets
        titles = [model.index(row, 0, QModelIndex()) for row in range(model.rowCount(QModelIndex()))]
        values = [model.index(row, 0, title) for title in titles for row in range(model.rowCount(title))]
        shown = [index for index in values if view.isExpanded(model.parent(index))]
        if not shown:
            return
        index = shown[number % len(shown)]
        view.scrollTo(index)
        held = CONTROL if out else NONE
        self.desk.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, view.visualRect(index).center())

    @rule(column=st.sampled_from(Column))
    def sort(self, column: Column) -> None:
        header = self.page.list.table.header
        place = header.sectionViewportPosition(column) + 12
        if 0 < place < header.viewport().width():
            where = QPoint(place, header.height() // 2)
            self.desk.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, NONE, where)

    @rule(grouping=st.sampled_from([None, *Grouping]))
    def group(self, grouping: Grouping | None) -> None:
        self.page.list.group_by(grouping)

    @rule(keys=st.lists(st.sampled_from(["Left", "Right", "Plus", "Minus", "Asterisk"]), max_size=3))
    def fold(self, keys: list[str]) -> None:
        self.desk.trigger("focus_marks")
        self._press(*(getattr(Qt.Key, f"Key_{key}") for key in keys))

    # -- what is selected

    @rule(fraction=st.floats(0, 1), held=st.sampled_from([NONE, NONE, CONTROL, SHIFT]))
    def click_row(self, fraction: float, held: Qt.KeyboardModifier) -> None:
        line, table = self._line(fraction), self.page.list.table
        if line >= 0 and not isinstance(self.page.list.model.lines.at(line), Head):
            index = self.page.list.model.index(line, Column.QUOTE)
            table.scrollTo(index)
            where = table.visualRect(index).center()
            self.desk.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, held, where)

    @rule(key=st.sampled_from(["Home", "End", "PageDown", "Down", "Up"]), held=st.sampled_from([NONE, SHIFT]))
    def walk(self, key: str, held: Qt.KeyboardModifier) -> None:
        self.desk.trigger("focus_marks")
        self._press(getattr(Qt.Key, f"Key_{key}"), with_=held)

    @rule()
    def select_all(self) -> None:
        self.desk.trigger("focus_marks")
        self._press(Qt.Key.Key_A, with_=CONTROL)

    # -- what is done

    @rule(key=st.sampled_from("123456u"))
    def change(self, key: str) -> None:
        self._keeping(lambda: self.desk.type(key))

    @rule(typed=st.sampled_from(TAGS[:3]), gone=st.booleans())
    def tag(self, typed: str, gone: bool) -> None:
        if not self._rows_taken():
            return
        self.desk.type("t")
        if gone:
            self._press(Qt.Key.Key_Backspace)
        self.desk.type(typed)
        self._press(Qt.Key.Key_Return)
        self._press(Qt.Key.Key_Return, with_=CONTROL)

    @rule(typed=st.sampled_from(["why?", "lake", "x"]))
    def note(self, typed: str) -> None:
        if not self._rows_taken() or not self.page.inquiry.current:
            return
        self.desk.type("n")
        self.desk.type(typed)
        self._press(Qt.Key.Key_Return, with_=CONTROL)

    @rule()
    def delete(self) -> None:
        if len(self.page.inquiry.rows) < 6:
            self._keeping(lambda: self._press(Qt.Key.Key_Delete))

    @rule(times=st.integers(1, 3), key=st.sampled_from([CONTROL, CONTROL, CONTROL | SHIFT]))
    def undo(self, times: int, key: Qt.KeyboardModifier) -> None:
        for _ in range(times):
            # What was there before the walk stays.
            if key != CONTROL or steps(self.desk.library) > self.begun:
                self._keeping(lambda: self._press(Qt.Key.Key_Z, with_=key))

    def _rows_taken(self) -> bool:
        self.desk.trigger("focus_marks")
        return bool(self.page.inquiry.rows)

    @rule(back=st.sampled_from(["keys", "Alt+Left"]), key=st.sampled_from(["2", "5", "Delete", ""]))
    def open_and_back(self, back: str, key: str) -> None:
        """Into the text, where the mark is changed, and back to its row."""
        if not self._rows_taken() or not self.page.inquiry.current:
            return
        (uid,) = self.desk.library.workspace.uids_of([self.page.inquiry.current])
        self._press(Qt.Key.Key_Return)
        self.desk.wait_idle()
        assert not self.page.isVisible()
        marking = self.desk.window.complete().marking
        assert marking.current
        assert marking.current.uid == uid
        if key:
            self._press(Qt.Key.Key_Delete) if key == "Delete" else self.desk.type(key)
        if back == "keys":
            self._to_workspace()
        else:
            self._press(Qt.Key.Key_Left, with_=ALT)
            self._settle()
        assert self.page.isVisible()
        row = self.page.list.model.row_of(self.page.inquiry.current)
        if key != "Delete" and any(isinstance(item, Row) and item.mark.uid == uid for item in self._lines()):
            assert row
            assert row.mark.uid == uid

    @rule(
        verb=st.sampled_from(["note", "tag", "delete", "recolor", "merge", "title", "undo"]),
        fraction=st.floats(0, 1),
    )
    def other_writes(self, verb: str, fraction: float) -> None:
        """Another program writes: list and counts follow, and what is selected stays."""
        uids = sorted(mark.uid for mark in known_of(self.other))
        if uids:
            uid = uids[int(fraction * (len(uids) - 1))]
            self._keeping(lambda: self._write_there(verb, uid))

    def _write_there(self, verb: str, uid: str) -> None:
        other = self.other
        names = [tag.name for tag in other.tags.list()]
        match verb:
            case "note":
                other.annotate.edit_note(uid, "there")
            case "tag":
                other.annotate.add_tags([uid], ["there"])
            case "delete":
                other.annotate.delete([uid])
            case "recolor":
                other.annotate.recolor([uid], Color.PINK)
            case "merge" if len(names) > 1:
                other.tags.merge(names[0], names[-1])
            case "title":
                about = other.documents.list()[0]
                other.documents.edit(about.uid, tags=["there"])
            case "undo" if steps(other) > self.begun:
                other.history.undo()
            case _:
                return
        self.desk.qtbot.waitUntil(self._up_to_date)

    def _up_to_date(self) -> bool:
        """Whether the window has seen what is in the file now."""
        shown = {item.mark for item in self._lines() if isinstance(item, Row)}
        view, workspace = self.page.inquiry.view, self.desk.library.workspace
        found = workspace.listing(view.filter, order=view.order, descending=view.descending, group=view.group)
        rows = {row.mark for row in workspace.rows(found.ids)}
        folded = self.page.list.model.lines.folded
        # What is not listed counts, too: the list alone may be as it was before the window has seen anything.
        return (
            list(self.page.inquiry.listing.ids) == list(found.ids)
            and (shown == rows or bool(folded and shown <= rows))
            and self.page.inquiry.facets == workspace.facets(view.filter)
        )

    @rule()
    def restart(self) -> None:
        self.other.close()
        self._open(self.desk.uid)

    # -- what holds after each step

    @invariant()
    def the_list_shows_the_file(self) -> None:
        self._to_workspace()
        page, library = self.page, self.desk.library
        view = page.inquiry.view
        known = {mark.uid: mark for mark in known_of(library)}
        found = library.workspace.listing(view.filter, order=view.order, descending=view.descending, group=view.group)
        assert (list(page.inquiry.listing.ids), page.inquiry.listing.groups) == (list(found.ids), found.groups)
        assert page.inquiry.facets == library.workspace.facets(view.filter)
        items = self._lines()
        for item in items:
            if isinstance(item, Row):
                there = known[item.mark.uid]
                assert (item.mark.note, item.mark.tags, item.quote) == (there.note, there.tags, there.quote)
                assert (item.category, item.document) == (there.category, there.title)
                assert (item.mark.color.value, item.mark.style.value) == (there.color, there.style)
        rows = [item.mark.uid for item in items if isinstance(item, Row)]
        if not page.list.model.lines.folded:
            assert rows == library.workspace.uids_of(found.ids)
        number = len(set(found.ids))
        assert page.list.count.text() == f"{number:,} annotation{'' if number == 1 else 's'}"
        assert set(self._chosen()) <= set(rows)

    @invariant()
    def the_painted_cells_are_the_files(self) -> None:
        """What a person reads in the rows that are in view."""
        page = self.page
        model, table = page.list.model, page.list.table
        other = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        notes = dict(other.execute("SELECT id, note FROM annotation"))
        other.close()
        first, last = table.rowAt(0), table.rowAt(table.viewport().height() - 1)
        for line in range(max(first, 0), (last if last >= 0 else model.lines.count - 1) + 1):
            if row_id := model.row_id(line):
                assert model.index(line, Column.NOTE).data().strip("\u200e\u200f\u2068\u2069") == notes[row_id]

    def teardown(self) -> None:
        check_file(self.desk.library)
        while steps(self.desk.library) > self.begun:
            self._press(Qt.Key.Key_Z, with_=CONTROL)
        self.the_list_shows_the_file()
        check_same(state_of(self.desk.library), self.first)
        self.other.close()


@pytest.mark.timeout(7200)
def test_any_walk_through_the_workspace(open_desk: Callable[..., Desk], tmp_path: Path, long: bool) -> None:
    few = settings(max_examples=3, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))
    many = settings(few, max_examples=200, stateful_step_count=30)
    kind = type("Walk", (Walk,), {"open_desk": staticmethod(open_desk), "folders": count(), "folder": tmp_path})
    run_state_machine_as_test(kind, settings=many if long else few)
