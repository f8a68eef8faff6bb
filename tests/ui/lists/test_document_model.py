"""The list of documents: its orders, its filter, one change one row."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPersistentModelIndex
from pytestqt.modeltest import ModelTester

from reader.ui.lists.documents import DocumentModel, SortOrder, second_line
from tests.ui.builders import document

ROWS = [
    document("a", "The reservoir", authors=("M. Okafor",), opened="2026-04-02T10:00:00.000Z", annotations=9,
             progress=0.6, date="2026-04", added="2026-01-01"),
    document("b", "a dam", source="Lenn Valley Post", added="2026-03-01", annotations=2, progress=1.0, date="2025"),
    document("c", "École", opened="2026-05-01T09:00:00.000Z", tags=("board/water",), added="2026-02-01"),
    document("d", "Zebra", added="2026-03-02", date="2026-04-02"),
]  # fmt: skip


@pytest.fixture
def model(qapp: object, qtmodeltester: ModelTester) -> DocumentModel:
    made = DocumentModel()
    made.set_documents(ROWS)
    qtmodeltester.check(made)
    return made


def uids(model: DocumentModel) -> str:
    return "".join(row.uid for row in model.shown_rows())


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (SortOrder.OPENED, "cadb"),
        (SortOrder.TITLE, "bcad"),
        (SortOrder.ADDED, "dbca"),
        (SortOrder.DATE, "dabc"),
        (SortOrder.MARKS, "abcd"),
        (SortOrder.PROGRESS, "bacd"),
    ],
)
def test_orders(model: DocumentModel, order: SortOrder, expected: str) -> None:
    model.sort_by(order)
    assert uids(model) == expected


def test_another_order_keeps_what_is_selected(model: DocumentModel) -> None:
    kept = QPersistentModelIndex(model.index_of("d"))
    model.sort_by(SortOrder.ADDED)
    assert kept.row() == 0 == model.row_of("d")


@pytest.mark.parametrize(
    ("query", "expected"),
    [("", "cadb"), ("ecole", "c"), ("okafor", "a"), ("VALLEY post", "b"), ("water", "c"), ("txt", "cadb"), ("zz", "")],
)
def test_the_filter_looks_into_title_author_source_and_tags(model: DocumentModel, query: str, expected: str) -> None:
    model.ask(query)
    assert uids(model) == expected


def test_an_opened_document_moves_to_the_top_as_one_row(model: DocumentModel) -> None:
    moves: list[tuple[int, int]] = []
    resets: list[None] = []
    model.rowsMoved.connect(lambda _p, first, _l, _q, to: moves.append((first, to)))
    model.modelReset.connect(lambda: resets.append(None))
    model.change(updated=[replace(ROWS[1], opened="2026-06-01")])
    assert moves == [(3, 0)]
    assert uids(model) == "bcad"
    assert not resets


def test_a_count_that_changes_repaints_its_row_only(model: DocumentModel) -> None:
    changed: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last, _r: changed.append((first.row(), last.row())))
    model.change(updated=[replace(ROWS[0], annotations=10)])
    assert changed == [(1, 1)]


def test_a_removed_document_goes_under_a_filter_too(model: DocumentModel) -> None:
    model.ask("dam")
    model.change(removed=[ROWS[1]])
    assert uids(model) == ""
    model.ask("")
    assert uids(model) == "cad"
    assert model.total() == 3


def test_the_second_line_leaves_out_what_is_not_there() -> None:
    assert second_line(ROWS[0]) == ["TXT", "M. Okafor"]
    assert second_line(document("x", "X", format="html", source="Courier", authors=("A", "B"))) == [
        "HTML", "Courier", "A, B",
    ]  # fmt: skip
