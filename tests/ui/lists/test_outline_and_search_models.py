"""The tree of headings and the rows of hits."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from reader.model.document import OutlineEntry
from reader.ui.lists.outline import OutlineModel
from reader.ui.lists.rows import ROW_ROLE
from reader.ui.lists.search import GroupRow, HitRow, SearchModel
from tests.ui.results import found

ENTRIES = (
    OutlineEntry("Part\n one", 2, 10),
    OutlineEntry("Chapter", 4, 20),
    OutlineEntry("Section", 6, 30),
    OutlineEntry("Chapter two", 3, 40),
    OutlineEntry("Part two", 1, 50),
)


@pytest.fixture
def outline(qapp: object, qtmodeltester: ModelTester) -> OutlineModel:
    model = OutlineModel()
    model.set_outline(ENTRIES)
    qtmodeltester.check(model)
    return model


def test_entries_hang_under_the_last_one_of_a_lower_level(outline: OutlineModel) -> None:
    part = outline.index(0, 0)
    assert part.data() == "Part one"
    assert outline.rowCount() == 2
    assert [outline.index(n, 0, part).data() for n in range(outline.rowCount(part))] == ["Chapter", "Chapter two"]
    chapter = outline.index(0, 0, part)
    assert outline.index(0, 0, chapter).data() == "Section"
    assert outline.parent(outline.index(0, 0, chapter)) == chapter
    assert outline.index(1, 0).data() == "Part two"


@pytest.mark.parametrize(
    ("position", "title"),
    [(10, "Part one"), (19, "Part one"), (35, "Section"), (49, "Chapter two"), (5000, "Part two")],
)
def test_the_heading_of_a_place(outline: OutlineModel, position: int, title: str) -> None:
    assert outline.index_at(position).data() == title


def test_before_the_first_heading_there_is_none(outline: OutlineModel) -> None:
    assert outline.index_at(9) == QModelIndex()
    outline.set_outline(())
    assert outline.index_at(9) == QModelIndex()


def test_hits_stand_under_their_documents(qapp: object, qtmodeltester: ModelTester) -> None:
    model = SearchModel()
    model.set_result(found())
    qtmodeltester.check(model)
    rows = [model.index(n, 0).data(ROW_ROLE) for n in range(model.rowCount())]
    assert [type(row) for row in rows] == [GroupRow, HitRow, HitRow, GroupRow, HitRow]
    assert rows[0].count == 2
    assert rows[4].document.uid == "second"
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(1, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.index(2, 0).data() == "note: forty again"
    model.set_result(None)
    assert model.rowCount() == 0
    assert not model.first_hit().isValid()
