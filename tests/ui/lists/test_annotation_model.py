"""The list of annotations: one change is one row, at its place in the text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reader.model.annotation import AnchorState, Annotation, Color
from reader.ui.lists.annotations import AnnotationFilter, AnnotationModel, text_order
from tests.ui.builders import mark, marks


class Signals:
    """Every row signal of a model, in order."""

    def __init__(self, model: AnnotationModel) -> None:
        self.seen: list[tuple[object, ...]] = []
        model.rowsInserted.connect(lambda _p, first, last: self.seen.append(("in", first, last)))
        model.rowsRemoved.connect(lambda _p, first, last: self.seen.append(("out", first, last)))
        model.rowsMoved.connect(lambda _p, first, last, _q, to: self.seen.append(("move", first, last, to)))
        model.dataChanged.connect(lambda first, last, _r: self.seen.append(("data", first.row(), last.row())))
        model.modelReset.connect(lambda: self.seen.append(("reset",)))


@pytest.fixture
def model(qapp: object, qtmodeltester: ModelTester) -> AnnotationModel:
    made = AnnotationModel()
    made.set_rows(marks(6))
    qtmodeltester.check(made)
    return made


def uids(model: AnnotationModel) -> list[str]:
    return [row.uid for row in model.shown_rows()]


def test_one_more_is_one_row_at_its_place_in_the_text(model: AnnotationModel) -> None:
    signals = Signals(model)
    model.change(added=[mark("new", 250)])
    assert signals.seen == [("in", 3, 3)]
    assert uids(model)[2:5] == ["m000002", "new", "m000003"]


def test_an_outer_mark_comes_after_an_inner_one_that_starts_with_it(model: AnnotationModel) -> None:
    model.change(added=[mark("outer", 900, "long words"), mark("inner", 900, "long")])
    assert uids(model)[-2:] == ["inner", "outer"]


def test_a_note_on_the_document_stands_first(model: AnnotationModel) -> None:
    model.change(added=[Annotation("whole", "document", None)])
    assert uids(model)[0] == "whole"


def test_a_new_note_repaints_its_row_only(model: AnnotationModel) -> None:
    signals = Signals(model)
    model.change(updated=[replace(model.shown_rows()[4], note="new")])
    assert signals.seen == [("data", 4, 4)]
    assert model.shown_rows()[4].note == "new"


def test_a_changed_range_moves_its_row(model: AnnotationModel) -> None:
    signals = Signals(model)
    model.change(updated=[mark("m000001", 450)])
    assert signals.seen == [("move", 1, 1, 5), ("data", 4, 4)]
    assert uids(model) == ["m000000", "m000002", "m000003", "m000004", "m000001", "m000005"]


def test_a_row_goes_alone(model: AnnotationModel) -> None:
    signals = Signals(model)
    model.change(removed=[model.shown_rows()[2]])
    assert signals.seen == [("out", 2, 2)]
    assert model.row_of("m000002") == -1


def test_the_same_change_twice_is_harmless(model: AnnotationModel) -> None:
    new = mark("new", 250)
    model.change(added=[new])
    model.change(added=[new])
    model.change(removed=[new])
    model.change(removed=[new])
    assert uids(model) == [row.uid for row in marks(6)]


def test_very_many_at_once_are_one_reset(qapp: object) -> None:
    model = AnnotationModel()
    rows = marks(2000)
    model.set_rows(rows[::2])
    signals = Signals(model)
    model.change(added=rows[1::2], removed=rows[:1])
    assert signals.seen == [("reset",)]
    assert list(model.shown_rows()) == rows[1:]


def test_a_filter_takes_rows_out_by_runs(model: AnnotationModel) -> None:
    signals = Signals(model)
    model.ask(AnnotationFilter(colors=frozenset({Color.GREEN, Color.BLUE})))
    assert signals.seen == [("out", 3, 5), ("out", 0, 0)]
    assert uids(model) == ["m000001", "m000002"]
    assert model.total() == 6
    signals.seen.clear()
    model.ask(AnnotationFilter())
    assert signals.seen == [("in", 0, 0), ("in", 3, 5)]


def test_under_a_filter_rows_come_and_go_as_they_change(model: AnnotationModel) -> None:
    model.ask(AnnotationFilter(colors=frozenset({Color.GREEN})))
    signals = Signals(model)
    model.change(updated=[replace(marks(6)[3], color=Color.GREEN)])
    assert signals.seen == [("in", 1, 1)]
    model.change(updated=[marks(6)[1], replace(marks(6)[3], color=Color.PINK)])
    assert signals.seen[1:] == [("data", 0, 0), ("out", 1, 1)]
    model.change(added=[mark("hidden", 50, color=Color.PINK)])
    assert len(signals.seen) == 3
    model.ask(AnnotationFilter())
    assert uids(model)[:2] == ["m000000", "hidden"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("EASTBANK", []),
        ("east bank", ["quote"]),
        ("bank ecole", ["note"]),
        ("école", ["note"]),
        ("#dam", ["tag"]),
        ("dam", ["tag"]),
        ("#east", []),
        ("کتاب", ["arabic"]),
        ("question", ["quote"]),
    ],
)
def test_words_are_found_folded_in_quote_note_tag_and_category(qapp: object, query: str, found: list[str]) -> None:
    model = AnnotationModel()
    rows = [
        mark("quote", 1, "The East Bank", color=Color.PINK),
        mark("note", 2, "Nothing", note="École at the bank"),
        mark("tag", 3, "Other", tags=("Board/Dam",)),
        mark("arabic", 4, "كتاب"),
    ]
    model.set_rows(rows)
    model.ask(AnnotationFilter(query=query))
    assert uids(model) == found


def test_a_tag_takes_in_those_nested_in_it_and_no_others(qapp: object) -> None:
    model = AnnotationModel()
    tags = ("board", "Board/promise", "boards")
    model.set_rows([mark(uid, place, tags=(tags[place],)) for place, uid in enumerate("abc")])
    model.ask(AnnotationFilter(tag="board"))
    assert uids(model) == ["a", "b"]
    assert model.tag_counts() == {"board": 1, "Board/promise": 1, "boards": 1}


def test_where_marks_stand_may_be_asked(qapp: object) -> None:
    model = AnnotationModel()
    moved, lost = AnchorState.MOVED, AnchorState.LOST
    rows = [
        mark("a", 1),
        mark("b", 2, state=moved),
        mark("c", 3, state=lost),
        mark("d", 4, state=lost, reviewed="2026"),
    ]
    model.set_rows([*rows, mark("e", 5, state=lost)])
    model.elsewhere = frozenset({"e"})
    for standing, found in (("moved", ["b"]), ("lost", ["c", "d"]), ("to review", ["b", "c"])):
        model.ask(AnnotationFilter(standing=standing))
        assert uids(model) == found
        assert model.standing_counts()[standing] == len(found)
    model.change(updated=[mark("b", 2)])
    assert uids(model) == ["c"]
    assert "lost, kept so" in model.text(rows[3])


def test_an_edited_note_is_searched_as_it_is_now(qapp: object) -> None:
    model = AnnotationModel()
    model.set_rows([mark("a", 1, note="old")])
    model.ask(AnnotationFilter(query="old"))
    model.change(updated=[mark("a", 1, note="new")])
    assert uids(model) == []
    model.ask(AnnotationFilter(query="new"))
    assert uids(model) == ["a"]


def test_rows_between_two_places_of_the_text(model: AnnotationModel) -> None:
    assert model.between(100, 301) == range(1, 4)
    assert model.between(150, 160) == range(1, 2), "the mark at 100 reaches into it"
    assert model.between(190, 195) == range(2, 2)
    assert model.between(5000, 6000) == range(6, 6)


def test_what_is_read_aloud_says_all_of_the_card(model: AnnotationModel) -> None:
    row = mark("x", 1, "words", color=Color.GREEN, note="why", tags=("cost",), state=AnchorState.LOST)
    model.set_rows([row])
    model.rename({Color.GREEN: "Proof"})
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Proof, lost. words. why. tags: cost"


def test_what_is_selected_follows_its_row(model: AnnotationModel, qtbot: QtBot) -> None:
    from PySide6.QtCore import QPersistentModelIndex

    kept = QPersistentModelIndex(model.index_of("m000003"))
    model.change(added=[mark("new", 10)], removed=[model.shown_rows()[1]])
    model.change(updated=[mark("m000003", 5)])
    assert kept.row() == model.row_of("m000003") == 1
    model.change(removed=[mark("m000003", 5)])
    assert not kept.isValid()
    assert model.index_of("m000003") == QModelIndex()


places = st.integers(0, 60)
changes = st.lists(
    st.tuples(st.sampled_from(["put", "take", "filter"]), st.integers(0, 12), places, st.sampled_from(list(Color))),
    max_size=40,
)


@given(changes)
def test_any_changes_leave_what_a_plain_sort_would(qapp: object, steps: list[tuple[str, int, int, Color]]) -> None:
    """The signals alone, replayed on a copy, give the shown rows too: nothing is changed that is not said."""
    model = AnnotationModel()
    expected: dict[str, Annotation] = {}
    copy: list[Annotation] = []

    def put(first: int, last: int) -> None:
        copy[first:first] = model.shown_rows()[first : last + 1]

    def take(first: int, last: int) -> None:
        del copy[first : last + 1]

    def move(first: int, to: int) -> None:
        row = copy.pop(first)
        copy.insert(to - (to > first), row)

    model.rowsInserted.connect(lambda _p, first, last: put(first, last))
    model.rowsRemoved.connect(lambda _p, first, last: take(first, last))
    model.rowsMoved.connect(lambda _p, first, _last, _q, to: move(first, to))
    wanted: Color | None = None
    for verb, number, place, color in steps:
        uid = f"u{number}"
        if verb == "put":
            expected[uid] = mark(uid, place, color=color)
            model.change(added=[expected[uid]])
        elif verb == "take":
            model.change(removed=[expected.pop(uid, mark(uid, 0))])
        else:
            wanted = None if wanted else color
            model.ask(AnnotationFilter(colors=frozenset({wanted} if wanted else ())))
        shown = sorted((a for a in expected.values() if not wanted or a.color is wanted), key=text_order)
        assert list(model.shown_rows()) == shown
        assert [row.uid for row in copy] == [row.uid for row in shown]
        assert model.total() == len(expected)
        assert all(model.row_of(row.uid) == n for n, row in enumerate(shown))
