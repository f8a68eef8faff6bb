"""What is drawn of the annotations: each count is that of the annotations which its filter finds."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reader.model.annotation import Color
from reader.model.errors import ReaderError
from reader.model.filters import Filter
from reader.model.seeing import Line, Matrix
from reader.services.library import Library
from reader.services.seeing import pairs
from reader.text.filter_words import parse
from tests.store.helpers import Clock, add_text, open_library

TEXT = "Water and dam. The café paid 41 million. Nobody asked.\n"
TAGS = ("cost", "cost/dam", "Cost/water", "people/farm", "costs")
DAY = 86_400


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Sixty marks over four documents, one of them without tags; two documents have the same title."""
    clock = Clock()
    library = open_library(Path(tmp_path_factory.mktemp("seeing")), clock=clock)
    uids = [add_text(library, TEXT + str(number), title) for number, title in enumerate(("B", "A", "A", "Plain"))]
    for number in range(60):
        clock.now += DAY * 3
        tags = [] if number % 4 == 3 else [tag for at, tag in enumerate(TAGS) if number % (at + 2) == 0]
        library.annotate.highlight(
            uids[number % 4], TEXT, number % 20, number % 20 + 5, color=list(Color)[number % 3], tags=tags
        )
    yield library
    library.close()


def counted(library: Library, base: Filter, *lines: Line) -> int:
    return len(library.workspace.uids(Filter((*base.parts, *(part for line in lines for part in line.parts)))))


@pytest.mark.parametrize("words", ["", "color:yellow", "water -tag:costs", "tag:cost"])
def test_each_cell_counts_what_its_row_and_column_ask_for(made: Library, words: str) -> None:
    wanted = parse(words)
    matrix = made.seeing.by_document(wanted)
    assert matrix.rows
    assert matrix.total == counted(made, wanted)
    for line in (*matrix.rows, *matrix.columns):
        assert line.count == counted(made, wanted, line), line
    for i, row in enumerate(matrix.rows):
        for j, column in enumerate(matrix.columns):
            assert matrix.cells.get((i, j), 0) == counted(made, wanted, row, column), (row, column)


def test_rows_stand_as_in_the_tree_and_columns_by_title_without_documents_that_have_no_tag(made: Library) -> None:
    matrix = made.seeing.by_document(Filter())
    assert [row.label for row in matrix.rows] == ["cost", "cost/dam", "Cost/water", "costs", "people", "people/farm"]
    assert [column.label for column in matrix.columns] == ["A", "A", "B"]
    assert len({column.parts for column in matrix.columns}) == 3
    assert matrix.most == max(matrix.cells.values())


@pytest.mark.parametrize("words", ["", "color:yellow"])
def test_tags_together_count_the_annotations_that_have_both(made: Library, words: str) -> None:
    wanted = parse(words)
    matrix = made.seeing.together(wanted)
    labels = [row.label for row in matrix.rows]
    for i, first in enumerate(matrix.rows):
        for j in range(i + 1, len(matrix.rows)):
            second = matrix.rows[j]
            nested = second.label.casefold().startswith(first.label.casefold() + "/")
            assert matrix.cells.get((i, j), 0) == (0 if nested else counted(made, wanted, first, second))
    assert all(i < j for i, j in matrix.cells)
    ranked = pairs(matrix)
    assert [pair.count for pair in ranked] == sorted((pair.count for pair in ranked), reverse=True)
    assert all(0 < pair.share <= 1 and pair.first.label in labels for pair in ranked)


def test_tags_together_in_documents_count_documents(made: Library) -> None:
    matrix = made.seeing.together(Filter(), in_document=True)
    at = {row.label: number for number, row in enumerate(matrix.rows)}
    holding = [
        sum(
            1 for column in made.seeing.by_document(Filter()).columns if counted(made, Filter(), matrix.rows[n], column)
        )
        for n in range(len(matrix.rows))
    ]
    assert [row.count for row in matrix.rows] == holding
    assert matrix.total == 3
    assert matrix.cells[at["cost"], at["costs"]] == min(holding[at["cost"]], holding[at["costs"]])


def test_every_week_from_the_first_to_the_last_is_there(made: Library) -> None:
    weeks = made.seeing.weeks(Filter())
    assert weeks.total == 60
    assert weeks.undated == 0
    assert all(week.monday.weekday() == 0 for week in weeks.weeks)
    days = [week.monday.toordinal() for week in weeks.weeks]
    assert days == list(range(days[0], days[-1] + 1, 7))
    assert sum(week.count for week in weeks.weeks) == 60
    for week in weeks.weeks:
        assert week.count == counted(made, Filter(week.parts))
    assert set(weeks.names) == set(Color)


def test_marks_without_a_time_and_clocks_that_were_wrong_leave_weeks_that_can_be_drawn(tmp_path: Path) -> None:
    library = open_library(tmp_path)
    uid = add_text(library, TEXT, "One")
    for number in range(3):
        library.annotate.highlight(uid, TEXT, number, number + 4)
    times = ("", "0001-01-01T00:00:00.000Z", "2026-01-05T00:00:00.000Z")
    for row_id, created in enumerate(times, 1):
        library.store.connection.execute("UPDATE annotation SET created = ? WHERE id = ?", (created, row_id))
    weeks = library.seeing.weeks(Filter())
    assert (weeks.total, weeks.undated) == (3, 1)
    assert weeks.weeks[-1].monday == date(2026, 1, 5)
    assert len(weeks.weeks) < 4000
    library.close()


def test_nothing_found_is_nothing_drawn(made: Library) -> None:
    nothing = parse("zzzz")
    assert made.seeing.by_document(nothing) == Matrix((), (), {}, 0)
    assert made.seeing.together(nothing) == Matrix((), (), {}, 0)
    assert made.seeing.weeks(nothing).weeks == ()


def test_a_category_that_there_is_not_is_said(made: Library) -> None:
    with pytest.raises(ReaderError, match="There is no category “nosuch”"):
        made.seeing.weeks(parse("category:nosuch"))
