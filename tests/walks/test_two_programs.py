"""Two programs at one library: the command line writes without pause in a process of its own while somebody works in
the workspace of the window; the list follows, and nothing fails or is said to have failed."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reader.model.annotation import Color
from reader.model.workspace import Grouping, Order, Row, View
from reader.text.filter_words import parse
from tests.ui.conftest import Desk
from tests.walks.checks import check_file, check_places
from tests.walks.recount import check_facets, check_filter, check_rows, check_seeing, check_tags, known_of
from tests.walks.test_workspace import filled

_WRITER = """
import json, sys
from reader.cli import run
library, rounds = sys.argv[1], json.load(open(sys.argv[2]))
for arguments in rounds:
    done = run(["--library", library, *arguments])
    if done:
        sys.exit(f"{arguments}: {done}")
"""

VIEWS = (
    View(),
    View(parse("tag:there"), Order.CHANGED, descending=True),
    View(group=Grouping.TAG),
    View(parse("said"), group=Grouping.MONTH),
    View(parse("-tag:cost has:note"), Order.TAGS, group=Grouping.AUTHOR),
)


def rounds(uid: str, folder: Path, number: int) -> list[list[str]]:
    """What the other program does: marks, tags merged and renamed, files imported, steps taken back."""
    made: list[list[str]] = []
    for turn in range(number):
        table = folder / f"{turn}.csv"
        rows = [f"price as well,said {turn},there;t{turn}", f"the dearest,said {turn},"]
        table.write_text("\n".join(["Highlight,Comment,Labels", *rows]), encoding="utf-8")
        made += [
            ["annotate", uid, "--exact", "The first estimate", "--tag", f"new{turn}", "--note", f"said {turn}"],
            ["import", str(table), "--document", uid],
            ["tags", "merge", f"new{turn}", "there"],
            ["tags", "rename", f"t{turn}", f"there/t{turn}"],
            ["annotate", uid, "--exact", "forty million", "--tag", "gone"],
            ["undo"] if turn % 2 else ["tags", "delete", "gone"],
        ]
    return made


@pytest.mark.timeout(1200)
def test_the_list_follows_while_both_write(open_desk: Callable[..., Desk], tmp_path: Path, long: bool) -> None:
    home = tmp_path / "home"
    uid = filled(home)
    desk = open_desk(uid, path=home / "library.sqlite")
    desk.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    page = desk.window.workspace
    assert page
    failures: list[str] = []
    desk.window.session.failed.connect(failures.append)
    page.inquiry.refused.connect(failures.append)
    number = 150 if long else 4
    told = tmp_path / "rounds.json"
    told.write_text(json.dumps(rounds(uid, tmp_path, number)), encoding="utf-8")
    command = [sys.executable, "-c", _WRITER, str(desk.library.path), str(told)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as other:
        turn = 0
        while other.poll() is None:
            turn += 1
            page.inquiry.ask(VIEWS[turn % len(VIEWS)])
            desk.qtbot.waitUntil(lambda: not page.inquiry.asking())
            page.list.table.setFocus()
            page.list.table.go_to_line(turn % max(page.list.model.lines.count, 1))
            desk.type("123456"[turn % 6])
            for way in range(page.tabs.count()):
                page.tabs.setCurrentIndex((turn + way) % page.tabs.count())
                QApplication.processEvents()
            page.tabs.setCurrentIndex(0)
        assert other.stderr
        assert (other.returncode, other.stderr.read()) == (0, "")
    assert failures == []
    assert turn > 3
    for view in VIEWS:
        page.inquiry.ask(view)
        desk.qtbot.waitUntil(lambda: shows_the_file(desk))
        check_filter(desk.library, view.filter)
        check_facets(desk.library, view.filter)
        check_seeing(desk.library, view.filter)
    notes = [mark.note for mark in known_of(desk.library)]
    assert [notes.count(f"said {turn}") for turn in range(number)] == [3] * number
    assert {mark.color for mark in known_of(desk.library)} <= {color.value for color in Color}
    check_rows(desk.library)
    check_tags(desk.library)
    check_file(desk.library)
    check_places(desk.library)


def shows_the_file(desk: Desk) -> bool:
    """Whether every line of the list is what the file says now."""
    page = desk.window.workspace
    assert page
    model, view, workspace = page.list.model, page.inquiry.view, desk.library.workspace
    found = workspace.listing(view.filter, order=view.order, descending=view.descending, group=view.group)
    items = [model.item(line) for line in range(model.lines.count)]
    rows = [item for item in items if isinstance(item, Row)]
    return list(page.inquiry.listing.ids) == list(found.ids) and rows == list(workspace.rows(found.ids))
