"""Lines of a listing under heads that fold: for any groups and any folding, each line is what a plain walk says."""

from hypothesis import given
from hypothesis import strategies as st

from reader.model.filters import Filter
from reader.model.workspace import Group, Grouping, Listing
from reader.ui.workspace.list_lines import Head, Lines
from reader.ui.workspace.list_model import AnnotationTableModel

NAMES = ("a", "a/b", "a/b/c", "a/d", "B/x", "c", "")


def listing(counts: dict[str, int]) -> Listing:
    groups, start = [], 0
    for name in sorted(counts, key=lambda name: (not name, name.casefold().split("/"))):
        groups.append(Group(name, start, counts[name]))
        start += counts[name]
    return Listing(tuple(range(100, 100 + start)), tuple(groups), Filter())


def walked(lines: Lines) -> list[Head | int]:
    """What stands on each line, by going through the heads one after the other."""
    found: list[Head | int] = []
    hidden: int | None = None
    for head in lines.heads:
        if hidden is not None and head.level > hidden:
            continue
        hidden = head.level if head.key in lines.folded else None
        found.append(head)
        if hidden is None:
            found += range(head.start, head.start + head.count)
    return found


counts = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 4), min_size=1)
folds = st.sets(st.sampled_from([name.casefold() for name in (*NAMES, "b")]))


@given(counts, folds)
def test_every_line_is_what_a_walk_finds(found: dict[str, int], folded: set[str]) -> None:
    lines = Lines(listing(found), Grouping.TAG, folded)
    expected = walked(lines)
    assert lines.count == len(expected)
    assert [lines.at(line) for line in range(lines.count)] == expected


@given(counts, folds)
def test_places_and_lines_lead_to_each_other(found: dict[str, int], folded: set[str]) -> None:
    lines = Lines(listing(found), Grouping.TAG, folded)
    for place in range(len(lines.ids)):
        item = lines.at(lines.line_of(place))
        if isinstance(item, int):
            assert item == place
        else:
            assert item.key in lines.folded
            (owner,) = [head for head in lines.heads if head.start <= place < head.start + head.count]
            assert owner.key == item.key or owner.key.startswith(f"{item.key}/")


@given(counts, folds, st.data())
def test_a_run_of_lines_holds_the_places_between(found: dict[str, int], folded: set[str], data: st.DataObject) -> None:
    lines = Lines(listing(found), Grouping.TAG, folded)
    first = data.draw(st.integers(0, lines.count - 1))
    last = data.draw(st.integers(first, lines.count - 1))
    places = [place for run in lines.places(first, last) for place in run]
    assert places == [item for item in walked(lines)[first : last + 1] if isinstance(item, int)]


@given(counts, folds, st.data())
def test_over_each_line_stands_its_head(found: dict[str, int], folded: set[str], data: st.DataObject) -> None:
    lines = Lines(listing(found), Grouping.TAG, folded)
    line = data.draw(st.integers(0, lines.count - 1))
    item, over = lines.at(line), lines.at(lines.head_over(line))
    assert isinstance(over, Head)
    if isinstance(item, int):
        assert over.start <= item < over.start + over.count
    elif item.level:
        assert item.key.rpartition("/")[0] == over.key
    else:
        assert over == item


def test_a_tag_that_nothing_has_itself_heads_those_nested_in_it() -> None:
    lines = Lines(listing({"cost/dam": 2, "cost/Paper": 3, "": 1}), Grouping.TAG)
    assert [(head.label, head.level, head.count, head.total) for head in lines.heads] == [
        ("cost", 0, 0, 5), ("dam", 1, 2, 2), ("Paper", 1, 3, 3), ("Without a tag", 0, 1, 1),
    ]  # fmt: skip


def test_documents_of_one_title_fold_each_by_itself() -> None:
    groups = (Group("Report", 0, 2), Group("Report", 2, 1))
    lines = Lines(Listing((5, 6, 7), groups, Filter()), Grouping.DOCUMENT)
    folded = lines.with_folded({lines.heads[0].key})
    assert [head.label for head in folded.heads] == ["Report", "Report"]
    assert folded.count == 3
    assert folded.at(2) == 2


@given(counts, folds, st.sets(st.integers(100, 130)))
def test_selected_annotations_are_found_on_all_their_lines(
    found: dict[str, int], folded: set[str], wanted: set[int]
) -> None:
    model = AnnotationTableModel()
    whole = listing(found)
    twice = Listing(tuple(100 + (row_id - 100) // 2 for row_id in whole.ids), whole.groups, Filter())
    model.set_lines(Lines(twice, Grouping.TAG, folded))
    runs = model.lines_of(tuple(wanted))
    lines = [line for first, last in runs for line in range(first, last + 1)]
    assert lines == [line for line in range(model.lines.count) if model.row_id(line) in wanted]
    assert runs == sorted(runs)
