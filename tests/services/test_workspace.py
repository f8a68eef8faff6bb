"""All annotations in one list: what a filter finds, in which order, and how many are of which kind."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model.annotation import AnchorState, Annotation, Color, Style
from reader.model.errors import ReaderError
from reader.model.filters import Condition, Filter, Key, Words
from reader.model.workspace import Grouping, Order, Value, View
from reader.services.library import Library
from reader.text.filter_words import parse, written
from tests.store.helpers import Clock, add_text, open_library

TEXT = "Water and dam. The café paid 41 million. Nobody asked.\n\nWaterfall of words, and the dam again.\n"
TITLES = ("Report on water", "Report", "Diary")
TAGS = ("cost", "cost/dam", "Cost/water", "people", "costs")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Sixty marks over three documents, of each kind some."""
    clock = Clock()
    library = open_library(Path(tmp_path_factory.mktemp("workspace")), clock=clock)
    uids = [add_text(library, TEXT + str(number), title) for number, title in enumerate(TITLES)]
    for uid, authors, source in ((uids[0], ("Ada Lee", "Bo"), "Valley Post"), (uids[1], ("Bo",), "The Post")):
        details = library.documents.get(uid).metadata
        library.documents.edit(uid, metadata=replace(details, authors=authors, source=source))
    for number in range(60):
        clock.now += 86_400 * 9
        start = number % 40
        library.annotate.highlight(
            uids[number % 3],
            TEXT,
            start,
            start + 5 + number % 20,
            color=list(Color)[number % 5],
            style=Style.UNDERLINE if number % 4 == 0 else Style.HIGHLIGHT,
            note=("", "dam of Café", "nobody")[number % 7 % 3],
            tags=[tag for at, tag in enumerate(TAGS) if number % (at + 2) == 0],
        )
    library.annotate.note_document(uids[2], "About water")
    library.store.connection.execute("UPDATE annotation SET state = 'lost' WHERE id % 6 = 0")
    library.store.connection.execute("UPDATE annotation SET state = 'moved' WHERE id % 6 = 1")
    yield library
    library.close()


def everything(library: Library) -> list[Annotation]:
    return [mark for summary in library.documents.list() for mark in library.annotate.of_document(summary.uid)]


def meets(library: Library, mark: Annotation, wanted: Filter) -> bool:
    """What the filter means, said plainly."""
    document = library.documents.get(mark.document_uid)
    names = library.categories.names()

    def has_tag(value: str) -> bool:
        keys = [tag.casefold() for tag in mark.tags]
        return any(key == value.casefold() or key.startswith(value.casefold() + "/") for key in keys)

    def has_word(word: Words) -> bool:
        from reader.services.matching import Matcher
        from reader.text.folding import query_terms

        terms = [(term.tokens, not word.whole) for term in query_terms(f'"{word.text}"')]
        texts = (mark.quote, mark.note, *mark.tags, document.title)
        return all(any(Matcher([term]).finds(text) for text in texts) for term in terms)

    single = {
        Key.CATEGORY: lambda value: names[mark.color].lower() == value.lower(),
        Key.COLOR: lambda value: mark.color == value,
        Key.DOCUMENT: lambda value: document.title == value,
        Key.SOURCE: lambda value: document.metadata.source == value,
        Key.AUTHOR: lambda value: value in document.metadata.authors,
        Key.STATE: lambda value: mark.state == value,
        Key.STYLE: lambda value: mark.style == value,
    }
    filled = {"note": bool(mark.note), "tag": bool(mark.tags), "quote": bool(mark.quote)}
    return (
        all(
            (not (values := wanted.values(key)) or any(map(test, values)))
            and not any(map(test, wanted.values(key, negated=True)))
            for key, test in single.items()
        )
        and all(map(has_tag, wanted.values(Key.TAG)))
        and not any(map(has_tag, wanted.values(Key.TAG, negated=True)))
        and all(mark.created[: len(value)] >= value for value in wanted.values(Key.SINCE))
        and all(mark.created[: len(value)] <= value for value in wanted.values(Key.UNTIL))
        and all(filled[value] for value in wanted.values(Key.HAS))
        and not any(filled[value] for value in wanted.values(Key.NO))
        and all(has_word(word) is not word.negated for word in wanted.words)
    )


negatable = st.one_of(
    st.builds(Condition, st.just(Key.TAG), st.sampled_from((*TAGS, "cost/DAM", "people")), st.booleans()),
    st.builds(Condition, st.just(Key.CATEGORY), st.sampled_from(("claim", "Figure", "evidence")), st.booleans()),
    st.builds(Condition, st.just(Key.COLOR), st.sampled_from(("yellow", "pink")), st.booleans()),
    st.builds(Condition, st.just(Key.DOCUMENT), st.sampled_from(TITLES), st.booleans()),
    st.builds(Condition, st.just(Key.SOURCE), st.sampled_from(("The Post", "Valley Post")), st.booleans()),
    st.builds(Condition, st.just(Key.AUTHOR), st.sampled_from(("Ada Lee", "Bo")), st.booleans()),
    st.builds(Condition, st.just(Key.STATE), st.sampled_from(list(AnchorState)), st.booleans()),
    st.builds(Condition, st.just(Key.STYLE), st.sampled_from(("highlight", "underline", "area")), st.booleans()),
)
plain = st.one_of(
    st.builds(Condition, st.sampled_from((Key.SINCE, Key.UNTIL)), st.sampled_from(("2027", "2027-03", "2027-03-15"))),
    st.builds(Condition, st.sampled_from((Key.HAS, Key.NO)), st.sampled_from(("note", "tag", "quote"))),
    st.builds(Words, st.sampled_from(("water", "cafe", "dam", "wat", "41", "report")), st.booleans(), st.booleans()),
    st.builds(Words, st.sampled_from(("the dam", "of Café")), st.just(True), st.booleans()),
)
filters = st.lists(st.one_of(negatable, plain), unique=True, max_size=4).map(lambda parts: Filter(tuple(parts)))


@settings(max_examples=100, deadline=None)
@given(wanted=filters, order=st.sampled_from(Order), descending=st.booleans())
def test_a_filter_finds_what_it_says(made: Library, wanted: Filter, order: Order, descending: bool) -> None:
    found = made.workspace.find(wanted, order=order, descending=descending, limit=100)
    expected = {mark.uid for mark in everything(made) if meets(made, mark, found.shown)}
    assert {row.mark.uid for row in found.rows} == expected
    assert found.total == len(found.rows)
    assert (found.shown == wanted) is not bool(found.said)


@settings(max_examples=25, deadline=None)
@given(wanted=filters)
def test_every_facet_counts_what_a_click_finds(made: Library, wanted: Filter) -> None:
    apart = {
        "category": (Key.CATEGORY, Key.COLOR),
        "document": (Key.DOCUMENT,),
        "source": (Key.SOURCE,),
        "author": (Key.AUTHOR,),
        "month": (Key.SINCE, Key.UNTIL),
        "state": (Key.STATE,),
        "style": (Key.STYLE,),
    }
    facets = made.workspace.facets(wanted)
    assert facets.total == len([mark for mark in everything(made) if meets(made, mark, wanted)])
    for field in fields(facets)[1:]:
        values: tuple[Value, ...] = getattr(facets, field.name)
        for value in values:
            clicked = Filter((*wanted.without(apart.get(field.name, ())).parts, *value.parts))
            assert made.workspace.find(clicked, limit=0).total == value.count, value
            assert parse(written(Filter(value.parts))) == Filter(value.parts)


def test_pages_make_up_the_list_in_every_order(made: Library) -> None:
    for order in Order:
        whole = [row.mark.uid for row in made.workspace.find(Filter(), order=order, limit=100).rows]
        assert len(whole) == len(set(whole)) == 61
        pages = [made.workspace.find(Filter(), order=order, limit=7, offset=at).rows for at in range(0, 70, 7)]
        assert [row.mark.uid for page in pages for row in page] == whole
    assert made.workspace.find(Filter(), limit=5, offset=61).rows == ()


def test_the_orders(made: Library) -> None:
    def column(order: Order, **more: bool) -> list[Annotation]:
        return [row.mark for row in made.workspace.find(Filter(), order=order, limit=100, **more).rows]

    assert [mark.created for mark in column(Order.CREATED)] == sorted(mark.created for mark in everything(made))
    newest = column(Order.CHANGED, descending=True)
    assert [mark.modified for mark in newest] == sorted((mark.modified for mark in newest), reverse=True)
    ranks = [list(Color).index(mark.color) for mark in column(Order.CATEGORY)]
    assert ranks == sorted(ranks)
    notes = [mark.note.casefold() for mark in column(Order.NOTE)]
    assert notes == sorted(notes, key=lambda note: (not note, note))
    first = [mark.tags[0].casefold() if mark.tags else "~" for mark in column(Order.TAGS)]
    assert first == sorted(first)
    titles = [row.document for row in made.workspace.find(Filter(), limit=100).rows]
    assert titles == sorted(titles, key=str.casefold)
    whole = made.workspace.find(parse("document:Diary")).rows
    assert whole[0].mark.anchor is None, "a note on the whole document comes first"
    places = [row.mark.anchor.start for row in whole[1:] if row.mark.anchor]
    assert places == sorted(places)


def test_the_groups_hold_the_list(made: Library) -> None:
    for grouping in Grouping:
        found = made.workspace.find(Filter(), group=grouping, limit=1000)
        assert [group.start for group in found.groups] == [
            sum(group.count for group in found.groups[:at]) for at in range(len(found.groups))
        ]
        assert sum(group.count for group in found.groups) == found.total == len(found.rows)
    by_tag = made.workspace.find(Filter(), group=Grouping.TAG, limit=1000)
    assert [group.label for group in by_tag.groups] == ["cost", "cost/dam", "Cost/water", "costs", "people", ""]
    for group in by_tag.groups:
        for row in by_tag.rows[group.start : group.start + group.count]:
            assert group.label in row.mark.tags or (not group.label and not row.mark.tags)
    by_author = made.workspace.find(Filter(), group=Grouping.AUTHOR).groups
    assert [(group.label, group.count) for group in by_author] == [("Ada Lee", 20), ("Bo", 40), ("", 21)]


def test_nested_tags_follow_the_one_that_they_are_nested_in(library: Library) -> None:
    uid = add_text(library, TEXT, "Report")
    for start, tag in enumerate(("dam/wall", "dam-old", "dam", "dam wall", "dam/wall/top")):
        library.annotate.highlight(uid, TEXT, start, start + 5, tags=[tag])
    groups = library.workspace.find(Filter(), group=Grouping.TAG).groups
    assert [group.label for group in groups] == ["dam", "dam/wall", "dam/wall/top", "dam wall", "dam-old"]


def test_the_beginning_is_that_of_the_whole_list(made: Library) -> None:
    whole = made.workspace.listing(Filter())
    assert list(made.workspace.beginning(7).ids) == list(whole.ids[:7])
    assert list(made.workspace.beginning(1000).ids) == list(whole.ids)
    found = made.workspace.by_id(whole.ids[3:9])
    assert tuple(found[row_id] for row_id in whole.ids[3:9]) == made.workspace.rows(whole.ids[3:9])


def test_tags_of_some_rows_are_counted(made: Library) -> None:
    ids = made.workspace.listing(parse("color:green")).ids
    marks = [row.mark for row in made.workspace.rows(ids)]
    counted = made.workspace.tags_of(ids)
    assert counted == {tag: count for tag in TAGS if (count := sum(tag in mark.tags for mark in marks))}
    assert list(counted) == sorted(counted, key=str.casefold)
    assert made.workspace.tags_of([]) == {}


def test_a_slip_finds_what_was_meant_and_says_so(made: Library) -> None:
    found = made.workspace.find(parse("watre tag:csot"), limit=100)
    assert written(found.shown) == "water tag:cost"
    assert "“watre” was taken for “water”" in found.said
    assert "“csot” was taken for “cost”" in found.said
    assert found.total == made.workspace.find(parse("water tag:cost")).total > 0
    nothing = made.workspace.find(parse("zzzyx"))
    assert (nothing.total, nothing.said, written(nothing.shown)) == (0, "", "zzzyx")
    assert made.workspace.find(parse("watre -tag:cost")).said
    assert not made.workspace.find(parse("water state:exact style:area")).said


def test_names_that_there_are_not(made: Library) -> None:
    with pytest.raises(ReaderError, match="There is no category “chart”; there are Claim, Evidence"):
        made.workspace.find(parse("category:chart"))
    assert made.workspace.find(parse("document:nowhere")).total == 0
    assert made.workspace.find(parse("author:\u00ad")).total == 0
    assert made.workspace.find(parse("category:orange")).total == made.workspace.find(parse("color:orange")).total


def test_a_document_goes_by_its_id_its_title_or_a_part_of_it(made: Library) -> None:
    by_title = {summary.title: summary for summary in made.documents.list()}
    short = by_title["Report"].short_id
    assert made.workspace.find(parse(f"document:{short}")).total == 20
    assert made.workspace.find(parse("document:REPORT")).total == 20, "the very title, not a part of another"
    assert made.workspace.find(parse("document:repo")).total == 40
    assert made.workspace.find(parse("source:post")).total == 40
    assert made.workspace.find(parse("author:ada")).total == 20


def test_documents_with_one_title_are_told_apart_by_their_ids(library: Library) -> None:
    for _ in range(2):
        uid = add_text(library, TEXT + library.store.new_uid(), "Twin")
        library.annotate.highlight(uid, TEXT, 0, 5)
    values = library.workspace.facets(Filter()).document
    assert [value.label for value in values] == ["Twin", "Twin"]
    assert [library.workspace.find(Filter(value.parts)).total for value in values] == [1, 1]


def test_what_changes_is_in_the_list_at_once(library: Library) -> None:
    uid = add_text(library, TEXT, "A title")
    for order in Order:
        assert library.workspace.find(Filter(), order=order).total == 0
    (mark,) = library.annotate.highlight(uid, TEXT, 0, 5, note="sluice").annotations_added
    assert [row.mark for row in library.workspace.find(parse("sluice"), order=Order.CREATED).rows] == [mark]
    library.annotate.edit_note(mark.uid, "weir")
    assert library.workspace.find(parse("sluice")).total == 0
    library.documents.remove([uid])
    for words in ("weir", "", "has:note", "-tag:x"):
        assert library.workspace.find(parse(words)).total == 0
        assert library.workspace.facets(parse(words)).total == 0
    library.history.undo()
    assert library.workspace.find(parse("weir")).total == 1


def test_rows_say_where_a_mark_is_and_leave_out_what_is_hidden(library: Library, tmp_path: Path) -> None:
    text = "# The dam\n\nAll of it was paid.\n\n## Cost\n\nForty million in the end, they say.\n"
    file = tmp_path / "dam.md"
    file.write_text(text, "utf-8")
    (result,) = library.adding.add([file])
    assert result.document
    body = library.documents.open(result.document.uid).document.text
    start = body.index("Forty")
    library.annotate.highlight(result.document.uid, body, start, len(body) - 1, note="noted")
    library.masks.hide(result.document.uid, body, [(start, start + len("Forty million "))])
    (row,) = library.workspace.find(Filter()).rows
    assert (row.place.position, row.place.heading, row.document, row.category) == (start, "Cost", "The dam", "Claim")
    assert "Forty" not in row.quote
    assert library.workspace.find(parse('"forty"')).total == 0
    assert library.workspace.find(parse("noted")).total == library.workspace.find(parse("end noted")).total == 1


def test_filters_are_saved_under_names(library: Library) -> None:
    assert library.filters.all() == {}
    assert library.filters.save("  To  do ", 'no:note   tag:"price of land"') == "To do"
    assert library.filters.save("Lost", "state:LOST") == "Lost"
    assert library.filters.save("to do", "no:note") == "To do"
    assert list(library.filters.all().items()) == [("To do", "no:note"), ("Lost", "state:lost")]
    assert library.filters.words("TO DO") == "no:note"
    assert library.filters.delete("lost") == "Lost"
    for name, words in ((" ", "x"), ("x", " "), ("x", "state:gone")):
        with pytest.raises(ReaderError):
            library.filters.save(name, words)
    with pytest.raises(ReaderError, match="no filter “Lost”"):
        library.filters.delete("Lost")
    assert list(library.filters.all()) == ["To do"]


def test_views_keep_their_order_and_groups_and_are_renamed_in_their_place(library: Library) -> None:
    by_tag = View(Filter(), Order.CHANGED, descending=True, group=Grouping.TAG)
    library.filters.save_view("By tag", by_tag)
    library.filters.save("Lost", "state:lost")
    assert library.filters.rename("by TAG", "By  Tag") == "By Tag"
    assert library.filters.views() == {"By Tag": by_tag, "Lost": View(parse("state:lost"))}
    assert library.filters.words("by tag") == ""
    with pytest.raises(ReaderError, match="“Lost” already"):
        library.filters.rename("By Tag", "LOST")
    with pytest.raises(ReaderError, match="asks for nothing"):
        library.filters.save_view("All", View())
    library.settings.set("filters", {"odd": 3, "wrong": {"where": "colour:red"}, "words": "no:note", "o": {"order": 7}})
    assert library.filters.views() == {"words": View(parse("no:note"))}


def test_views_are_counted(made: Library) -> None:
    for name, words in (("lost", "state:lost"), ("word", "dam"), ("gone", "category:chart"), ("none", "tag:nowhere")):
        made.filters.save(name, words)
    found = made.filters.counts()
    assert found["lost"] == made.workspace.facets(parse("state:lost")).total
    assert found["word"] == made.workspace.facets(parse("dam")).total > 0
    assert (found["gone"], found["none"]) == (None, 0)
    for name in found:
        made.filters.delete(name)


def test_what_is_written_together_stands_in_text_order(library: Library) -> None:
    uid = add_text(library, TEXT)
    made = [library.annotate.highlight(uid, TEXT, at, at + 5).annotations_added[0].uid for at in (40, 6, 20)]
    for order in (Order.CREATED, Order.CHANGED):
        found = library.workspace.find(Filter(), order=order).rows
        assert [row.mark.uid for row in found] == [made[1], made[2], made[0]]


def _listing(*asked: Any, **how: Any) -> Callable[[Library], object]:
    return lambda library: library.workspace.listing(*asked, **how)


QUESTIONS: tuple[Callable[[Library], object], ...] = (
    *(_listing(Filter(), order=order) for order in Order),
    *(_listing(Filter(), group=group) for group in Grouping),
    _listing(parse("water")),
    lambda library: library.workspace.facets(Filter()),
    lambda library: library.workspace.tags_of(range(9)),
    lambda library: library.workspace.by_id(range(9)),
    lambda library: library.seeing.by_document(Filter()),
    lambda library: library.seeing.together(Filter()),
)


@pytest.mark.parametrize("ask", QUESTIONS)
def test_what_is_written_during_a_question_does_not_break_it(
    library: Library, monkeypatch: pytest.MonkeyPatch, ask: Callable[[Library], object]
) -> None:
    uid = add_text(library, TEXT)
    library.annotate.highlight(uid, TEXT, 0, 5, tags=["dam"])
    other, rows = Library.open(library.path), library.store.rows

    def meanwhile(*asked: Any) -> list[Any]:
        """After each read somebody else makes a mark with a tag of its own."""
        found = rows(*asked)
        other.annotate.highlight(uid, TEXT, 6, 9, tags=["water", str(other.store.changes())])
        return found

    try:
        expected = ask(other)
        monkeypatch.setattr(library.store, "rows", meanwhile)
        assert ask(library) == expected
        monkeypatch.undo()
        assert ask(library) == ask(other) != expected
    finally:
        other.close()


def test_an_author_is_one_group_whatever_the_case(library: Library) -> None:
    for number, authors in enumerate((("Ada Lee",), ("ada lee", "Ada Lee", "Bo"))):
        uid = add_text(library, TEXT + str(number))
        library.documents.edit(uid, metadata=replace(library.documents.get(uid).metadata, authors=authors))
        library.annotate.highlight(uid, TEXT, 0, 5)
    groups = library.workspace.listing(Filter(), group=Grouping.AUTHOR).groups
    assert [(group.label, group.count) for group in groups] == [("Ada Lee", 2), ("Bo", 1)]
    assert [(value.label, value.count) for value in library.workspace.facets(Filter()).author] == [
        ("Ada Lee", 2), ("Bo", 1),
    ]  # fmt: skip
