"""A walk through the window with mouse and keys: after each step text, cards, strip and lists show the file."""

import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from reader.services.library import Library
from reader.ui.reading.strip import MarkStrip
from reader.ui.widgets.chooser import AnnotationChooser
from tests.ui.conftest import TEXT, Desk
from tests.walks.checks import State, check_file, check_places, check_same, state_of, steps

CONTROL, SHIFT, ALT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Shift", "Alt"))
PHRASES = (
    "forty million",
    "million; the paper says",
    "promised the town a lake. It has now promised",
    "a lake",
    "The1988crisis is not mentioned 😀 at",
    "😀",
    "سد بر دره",
    "reservoir",
)
"""Words that are selected; some lie over others."""


def open_empty(open_desk: Callable[..., Desk], folder: Path) -> Desk:
    """The window on a library of its own with one text."""
    folder.mkdir()
    path = folder / "reservoir.txt"
    path.write_text(TEXT, encoding="utf-8")
    library = Library.open(folder / "library.sqlite")
    (result,) = library.adding.add([path])
    library.close()
    assert result.document
    return open_desk(result.document.uid, path=folder / "library.sqlite")


def ticks(strip: MarkStrip) -> list[int]:
    """The rows of pixels on which there is a tick."""
    image = strip.grab().toImage()
    ground = image.pixelColor(0, image.height() - 1)
    middle = image.width() // 2
    return [row for row in range(image.height()) if image.pixelColor(middle, row) != ground]


class Walk(RuleBasedStateMachine):
    """`states` and `ahead` as in the walk over the services; undo there is a key here."""

    open_desk: Callable[..., Desk]
    folders: "count[int]"
    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.home = self.folder / str(next(self.folders))
        self.desk = open_empty(self.open_desk, self.home)
        self.states, self.ahead = [state_of(self.desk.library)], list[State]()

    def _settled(self) -> None:
        QApplication.processEvents()
        self.desk.wait_idle()

    def _did(self) -> None:
        self._settled()
        now, done = state_of(self.desk.library), steps(self.desk.library) - 1
        if done >= len(self.states):
            # A verb of the window may be two steps (a mark, and the note on it).
            self.states += [now] * (done + 1 - len(self.states))
            self.ahead.clear()
        elif now != self.states[-1]:
            # An edit of a note that goes on with the last step.
            self.states[-1] = now
            self.ahead.clear()

    def _press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self.desk.press(key, with_)

    def _to_text(self) -> None:
        self._press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
        self.desk.trigger("focus_text")

    @rule(words=st.sampled_from(PHRASES), key=st.sampled_from("123456u"))
    def mark(self, words: str, key: str) -> None:
        self._to_text()
        start, end = self.desk.span(words)
        if any(a < end and start < b for a, b in self.desk.window.session.hidden):
            return
        self.desk.drag(words)
        self.desk.type(key)
        self._did()

    @rule(words=st.sampled_from(PHRASES), hide=st.booleans())
    def hide(self, words: str, hide: bool) -> None:
        """Hide what is selected, by keys alone."""
        self._to_text()
        start, end = self.desk.span(words)
        self.desk.window.pane.select(start, end)
        self.desk.press(Qt.Key.Key_H if hide else Qt.Key.Key_J, CONTROL | SHIFT)
        self._did()

    @rule(
        words=st.sampled_from(PHRASES),
        verb=st.sampled_from(["2", "6", "u", "Delete", "tag", "note", "longer", "shorter"]),
        down=st.integers(0, 2),
        typed=st.sampled_from(["water", "who", "42"]),
    )
    def change_clicked(self, words: str, verb: str, down: int, typed: str) -> None:
        """Click on a mark, choose one where there are several, and change it."""
        self._to_text()
        start = self.desk.span(words)[0]
        here = self.desk.window.pane.view.scene.marks.at(start)
        if not here or any(a <= start < b for a, b in self.desk.window.session.hidden):
            return
        self.desk.window.pane.go_to(start, flash=False)
        self.desk.click(start)
        chooser = self.desk.window.findChild(AnnotationChooser)
        assert bool(chooser and chooser.isVisible()) == (len(here) > 1)
        if len(here) > 1:
            self._press(*[Qt.Key.Key_Down] * down, Qt.Key.Key_Return)
        self._change(verb, typed)
        self._did()

    def _change(self, verb: str, typed: str) -> None:
        match verb:
            case "Delete":
                self._press(Qt.Key.Key_Delete)
            case "tag":
                self.desk.type("t")
                self.desk.type(typed)
                self._press(Qt.Key.Key_Return, Qt.Key.Key_Return)
            case "note":
                self.desk.type("n")
                self.desk.type(typed)
                self._press(Qt.Key.Key_Return, with_=CONTROL)
            case "longer" | "shorter":
                self.desk.type("r")
                self._press(Qt.Key.Key_Right if verb == "longer" else Qt.Key.Key_Left, with_=SHIFT | ALT)
                self._press(Qt.Key.Key_Escape)
            case _:
                self.desk.type(verb)

    @rule(downs=st.integers(0, 4), verb=st.sampled_from(["3", "note", "Delete", "all"]))
    def change_card(self, downs: int, verb: str) -> None:
        """Walk to a card and change it there."""
        self._to_text()
        if not self.desk.marks():
            return
        self.desk.trigger("focus_marks")
        self._press(Qt.Key.Key_Home, *[Qt.Key.Key_Down] * downs)
        match verb:
            case "note":
                self._press(Qt.Key.Key_Return)
                self.desk.type("card")
                self._press(Qt.Key.Key_Return, with_=CONTROL)
            case "Delete":
                self._press(Qt.Key.Key_Delete)
            case "all":
                self._press(Qt.Key.Key_A, with_=CONTROL)
                self.desk.type("5")
            case _:
                self.desk.type(verb)
        self._did()

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        self._to_text()
        for _ in range(times):
            # The document itself stays: its adding is the first step.
            if len(self.states) > 1:
                self._press(Qt.Key.Key_Z, with_=CONTROL)
                self.ahead.append(self.states.pop())
        self._settled()

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        self._to_text()
        for _ in range(times):
            self._press(Qt.Key.Key_Z, with_=CONTROL | SHIFT)
            if self.ahead:
                self.states.append(self.ahead.pop())
        self._settled()

    @rule()
    def restart(self) -> None:
        self.desk = self.open_desk(self.desk.uid, path=self.home / "library.sqlite")

    @invariant()
    def the_file_is_as_it_was(self) -> None:
        assert steps(self.desk.library) == len(self.states)
        check_same(state_of(self.desk.library), self.states[-1])
        check_places(self.desk.library)

    @invariant()
    def everything_shows_the_file(self) -> None:
        desk, window = self.desk, self.desk.window
        marks = desk.marks()
        other = sqlite3.connect(f"file:{desk.library.path}?mode=ro", uri=True)
        rows = other.execute("SELECT uid, note, color, style, start_position, end_position FROM annotation").fetchall()
        other.close()
        shown = window.session.annotations
        assert {
            (m.uid, m.note, m.color.value, m.style.value, m.anchor.start, m.anchor.end)
            for m in shown.values()
            if m.anchor
        } == set(rows)
        parts = window.complete()
        assert list(parts.notes.model.shown_rows()) == marks
        there = window.pane.view.scene.marks
        assert len(there) == len(marks)
        for mark in marks:
            drawn = there.get(mark.uid)
            assert drawn
            assert mark.anchor
            assert (drawn.start, drawn.end, drawn.color) == (mark.anchor.start, mark.anchor.end, mark.color)
            assert drawn in there.at(mark.anchor.start)
        (summary,) = desk.library.documents.list()
        assert summary.annotations == len(marks)
        assert parts.documents.model.shown_rows()[0].annotations == len(marks)

    @invariant()
    def the_strip_is_as_one_made_anew(self) -> None:
        strip = self.desk.window.strip
        anew = MarkStrip()
        anew.set_theme(self.desk.window.appearance.theme)
        anew.resize(strip.size())
        anew.set_annotations(self.desk.marks(), len(self.desk.text))
        assert ticks(strip) == ticks(anew)
        anew.deleteLater()

    def teardown(self) -> None:
        check_file(self.desk.library)
        assert self._picture() == self._picture_anew()
        self.undo(len(self.states))
        assert len(self.states) == 1
        check_same(state_of(self.desk.library), self.states[0])
        assert self.desk.marks() == []
        self.everything_shows_the_file()

    def _picture(self) -> QImage:
        """The text as it is drawn, without selection, caret and what is current."""
        self._to_text()
        pane = self.desk.window.pane
        self._press(Qt.Key.Key_Escape, Qt.Key.Key_Escape)
        pane.set_current_annotation(None)
        pane.clear_selection()
        self.desk.window.complete().notes.setFocus()
        pane.go_to(0, flash=False, at_top=True)
        self._settled()
        return pane.viewport().grab().toImage()

    def _picture_anew(self) -> QImage:
        self.desk = self.open_desk(self.desk.uid, path=self.home / "library.sqlite")
        return self._picture()


@pytest.mark.timeout(7200)
def test_any_walk_through_the_window(open_desk: Callable[..., Desk], tmp_path: Path, long: bool) -> None:
    few = settings(max_examples=4, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck))
    many = settings(few, max_examples=200, stateful_step_count=30)
    kind = type("Walk", (Walk,), {"open_desk": staticmethod(open_desk), "folders": count(), "folder": tmp_path})
    run_state_machine_as_test(kind, settings=many if long else few)
