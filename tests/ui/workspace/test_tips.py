"""Tooltips show words of documents and readers as they are: no markup of theirs, in lines that fit, not without end."""

from PySide6 import QtGui
from PySide6.QtCore import Qt

from reader.ui.widgets.tip_text import LONGEST, tip_text
from reader.ui.workspace.list_columns import Column
from tests.ui.conftest import Desk
from tests.ui.workspace.facet_helpers import marked
from tests.ui.workspace.hands import Hands


def read(tip: str) -> str:
    """What Qt shows for a tooltip."""
    if not QtGui.Qt.mightBeRichText(tip):
        return tip
    document = QtGui.QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def test_a_tip_shows_what_it_was_given() -> None:
    for words in ("", "a lake", "<b>not bold</b> & so on", "a <img src='file:///etc/passwd'> b\n  c", "word " * 40):
        assert read(tip_text(words)).strip() == words.strip()
    assert len(read(tip_text("x" * 10 * LONGEST))) == LONGEST + 1


def test_a_note_with_markup_is_told_as_it_was_written(desk: Desk) -> None:
    marked(desk.library, desk.uid)
    hands = Hands(desk)
    note = "<h1>Loud</h1> and <img src='http://x.y/z.png'>"
    desk.library.annotate.edit_note(hands.mark("a lake").uid, note)
    hands.settle()
    tip = hands.list.model.index(0, Column.NOTE).data(Qt.ItemDataRole.ToolTipRole)
    assert read(tip) == note
