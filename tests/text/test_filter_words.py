"""Filters in words: there and back, and a sentence for what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.errors import ReaderError
from reader.model.filters import Condition, Filter, Key, Words
from reader.text.filter_words import FILLED, FilterError, parse, written

FREE = (Key.TAG, Key.CATEGORY, Key.DOCUMENT, Key.SOURCE, Key.AUTHOR)
values = st.text(st.sampled_from('ab:-"“” é/水🌊\u00a0'), min_size=1, max_size=8).map(str.strip).filter(bool)
conditions = st.one_of(
    st.builds(Condition, st.sampled_from(FREE), values, st.booleans()),
    st.builds(Condition, st.sampled_from((Key.HAS, Key.NO)), st.sampled_from(FILLED)),
    st.builds(Condition, st.sampled_from((Key.SINCE, Key.UNTIL)), st.sampled_from(("2026", "2026-02", "2024-02-29"))),
    st.builds(Condition, st.just(Key.STATE), st.sampled_from(("exact", "moved", "lost")), st.booleans()),
)
words = st.one_of(
    st.builds(Words, values, st.just(True), st.booleans()),
    st.builds(Words, st.text(st.sampled_from("abé水"), min_size=1), st.just(False), st.booleans()),
)
filters = st.lists(st.one_of(conditions, words), unique=True, max_size=6).map(lambda parts: Filter(tuple(parts)))


@given(filters)
def test_what_is_written_reads_as_the_same(wanted: Filter) -> None:
    assert parse(written(wanted)) == wanted


@given(st.text(st.sampled_from('ab:- "“”\t\n水') | st.characters(), max_size=40))
def test_any_words_are_a_filter_that_comes_back_or_one_sentence(text: str) -> None:
    try:
        wanted = parse(text)
    except FilterError as error:
        wanted, said = Filter(), str(error)
    else:
        said = "."
    assert said.endswith(".")
    assert parse(written(wanted)) == wanted


def test_the_whole_language() -> None:
    wanted = parse(
        'tag:cost Category:figure document:"The report" since:2026-01 no:note -tag:x water "like this" -"not so"'
    )
    assert wanted.parts == (
        Condition(Key.TAG, "cost"),
        Condition(Key.CATEGORY, "figure"),
        Condition(Key.DOCUMENT, "The report"),
        Condition(Key.SINCE, "2026-01"),
        Condition(Key.NO, "note"),
        Condition(Key.TAG, "x", negated=True),
        Words("water"),
        Words("like this", whole=True),
        Words("not so", whole=True, negated=True),
    )
    assert wanted.values(Key.TAG) == ("cost",)
    assert wanted.values(Key.TAG, negated=True) == ("x",)
    assert [part.text for part in wanted.words] == ["water", "like this", "not so"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("colour:red", "There is no filter “colour:”; there are tag, category, color"),
        ("http://example.org", "go in quotes"),
        ("state:gone", "after state: comes exact, moved or lost."),
        ("color:RED", "yellow, green, blue"),
        ("has:picture", "note, tag or quote"),
        ("since:2026-13", "no date"),
        ("until:2026-02-30", "no date"),
        ("since:0000", "no date"),
        ("since:٢٠٢٦", "no date"),
        ("tag:", "“tag:” needs a value"),
        ('document:""', "needs a value"),
        ("-has:note", "write no: instead"),
        ("-since:2026", "write until: instead"),
    ],
)
def test_what_is_no_filter_gets_one_sentence_with_what_is_allowed(text: str, said: str) -> None:
    with pytest.raises(ReaderError) as told:
        parse(text)
    assert said in str(told.value)
    assert str(told.value).count(". ") == 0


def test_quotes_that_are_still_open_and_printed_ones() -> None:
    assert parse('"price of').parts == (Words("price of", whole=True),)
    assert parse("tag:“price of land” x").parts == (Condition(Key.TAG, "price of land"), Words("x"))
    assert parse('tag:"a ""b"""').parts == (Condition(Key.TAG, 'a "b"'),)
    assert parse(' - "" ').parts == ()


def test_a_click_adds_a_part_and_another_takes_it_away() -> None:
    tag = Condition(Key.TAG, "cost")
    wanted = parse("water").toggled(tag)
    assert written(wanted) == "water tag:cost"
    assert wanted.toggled(tag) == parse("water")
    assert parse("water tag:a -tag:b").without([Key.TAG]) == parse("water -tag:b")
