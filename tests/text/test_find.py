import re
import time
from itertools import pairwise
from threading import Thread
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.text.find import Finder, FindOptions, FindResult
from reader.text.variants import fold
from tests.text.strategies import SCRIPTS, any_text, mixed_text

options = st.builds(FindOptions, case=st.booleans(), accents=st.booleans(), whole_word=st.booleans())


def find_all(text: str, query: str, options: FindOptions | None = None, **more: Any) -> FindResult:
    return Finder(text).find(query, options, **more)


def found(text: str, query: str, **chosen: bool) -> list[str]:
    result = find_all(text, query, FindOptions(**chosen))
    assert not result.error
    return [text[s:e] for s, e in result.hits]


def test_case_and_accents_only_when_they_must_match() -> None:
    text = "Été, été, ete, e\u0301te\u0301"
    assert found(text, "ete") == ["Été", "été", "ete", "e\u0301te\u0301"]
    assert found(text, "été", accents=True) == ["Été", "été", "e\u0301te\u0301"]
    assert found(text, "ete", accents=True) == ["ete"]
    assert found(text, "Été", case=True) == ["Été"]
    assert found(text, "e", accents=True) == ["e", "e"]


def test_variants_are_one_word() -> None:
    assert found("I don’t; co\u00adoperate; ﬁsh", "don't") == ["don’t"]
    assert found("I don’t; co\u00adoperate; ﬁsh", "cooperate") == ["co\u00adoperate"]
    assert found("I don’t; co\u00adoperate; ﬁsh", "fis") == ["ﬁs"]
    assert found("كِتَابٌ و کتاب", "كتاب") == ["كِتَابٌ", "کتاب"]
    assert found("سال ۱۹۸۸", "1988") == ["۱۹۸۸"]


def test_a_phrase_is_found_across_a_line_end() -> None:
    assert found("the water\nboard and\tthe", "water board") == ["water\nboard"]
    assert found("the water\nboard and\tthe", "and the", case=True, accents=True) == ["and\tthe"]


def test_whole_words() -> None:
    assert find_all("dam Damage, adam dam's dam_x dam", "dam", FindOptions(whole_word=True)).hits == [
        (0, 3),
        (17, 20),
        (29, 32),
    ]
    assert found("हिन्दी हिन्द", "हिन्द", whole_word=True) == ["हिन्द"]
    assert found("東京都庁", "京都", whole_word=True) == ["京都"]


def test_hits_do_not_overlap() -> None:
    assert find_all("aaaaa", "aa").hits == [(0, 2), (2, 4)]


def test_nothing_is_found_by_nothing() -> None:
    assert find_all("text", "").hits == []
    assert find_all("te\u00adxt", "\u00ad").hits == []
    assert find_all("", "x").hits == []


def test_patterns() -> None:
    text = "1988 and 2013\nIn 1500, Été"
    assert found(text, r"\b\d{4}\b", regex=True) == ["1988", "2013", "1500"]
    assert found(text, "^in", regex=True) == ["In"]
    assert found(text, "^in", regex=True, case=True) == []
    assert found(text, "ete|é+", regex=True) == ["Été"]
    assert found(text, "ete", regex=True, accents=True) == []
    assert found(text, r"x*", regex=True) == []
    assert found(text, r"\d{2}", regex=True, whole_word=True) == []


@pytest.mark.parametrize(
    "pattern", ["(", "*", "[a", r"\p{none}", "(?P<1>a)", "(" * 5000 + ")" * 5000, "a{99999999999}"]
)
def test_a_wrong_pattern_says_so(pattern: str) -> None:
    result = find_all("text", pattern, FindOptions(regex=True))
    assert result.hits == []
    assert re.fullmatch(r"This pattern is .+\.", result.error)


def test_a_catastrophic_pattern_ends_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.text.find._REGEX_SECONDS", 0.1)
    started = time.perf_counter()
    result = find_all("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab" * 500, r"(a|aa)+$", FindOptions(regex=True))
    assert result.error.startswith("This pattern takes too long")
    assert time.perf_counter() - started < 5


def test_a_limit_and_a_stop() -> None:
    limited = find_all("a" * 100, "a", limit=10)
    assert (len(limited.hits), limited.truncated) == (10, True)
    exact = find_all("a" * 10, "a", limit=10)
    assert (len(exact.hits), exact.truncated) == (10, False)
    for regex in (False, True):
        stopped = find_all("a" * 9000, "a", FindOptions(regex=regex), cancelled=lambda: True)
        assert stopped.truncated
        assert len(stopped.hits) < 9000


@given(mixed_text, st.sampled_from(SCRIPTS), any_text, options, st.data())
def test_every_piece_of_a_text_is_found(
    before: str, piece: str, after: str, chosen: FindOptions, data: st.DataObject
) -> None:
    query = " ".join(piece.split()).strip("\u200b\u200d\ufe0f\u00ad")
    text = f"{before} {query} {after}"
    result = find_all(text, query, chosen)
    at = len(before) + 1
    if fold(query):
        assert any(start <= at and at + len(query) <= end for start, end in result.hits)


@given(mixed_text | any_text, st.text(max_size=3), options)
def test_what_is_found_is_the_query(text: str, query: str, chosen: FindOptions) -> None:
    finder = Finder(text)
    hits = finder.find(query, chosen).hits
    assert hits == finder.find(query, chosen).hits
    wanted = fold(query, case=not chosen.case, accents=not chosen.accents)
    for start, end in hits:
        piece = fold(text[start:end], case=not chosen.case, accents=not chosen.accents)
        assert wanted.replace("\n", " ").replace("\t", " ") in piece.replace("\n", " ").replace("\t", " ")
    assert all(first[1] <= second[0] for first, second in pairwise(hits))


@given(st.text(max_size=12) | st.from_regex(r"[\[\](){}*+?|^$.\\a-z0-9:<>=!-]{1,12}"), options)
@example("(?R)", FindOptions())
@example("(?L)x", FindOptions())
@example("(?:a|(?R))*b", FindOptions())
def test_no_pattern_breaks_the_finder(pattern: str, chosen: FindOptions) -> None:
    regex = FindOptions(chosen.case, chosen.accents, chosen.whole_word, regex=True)
    result = find_all("The dam (1988) ab\naé", pattern, regex, limit=20)
    assert all(start < end for start, end in result.hits)


LETTERS = st.lists(st.one_of(st.sampled_from("abáß "), st.none()), max_size=8)


@given(st.text(alphabet="abáAsß ", max_size=40), LETTERS, st.sampled_from([FindOptions(), FindOptions(accents=True)]))
@example("aaab", ["a", "a", "b"], FindOptions())
@example("ab", ["b", None, "a"], FindOptions())
def test_letters_typed_and_taken_back_find_what_the_whole_word_finds(
    text: str, letters: list[str | None], chosen: FindOptions
) -> None:
    finder, query = Finder(text), ""
    for letter in letters:
        query = query + letter if letter else query[:-1]
        assert finder.find(query, chosen) == Finder(text).find(query, chosen)
        assert finder.find(query) == Finder(text).find(query)


def test_threads_take_turns_and_fold_the_text_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from reader.text import find as module

    folds: list[int] = []
    fold_with_map = module.fold_with_map

    def counted(text: str, **options: bool) -> object:
        folds.append(len(text))
        return fold_with_map(text, **options)

    monkeypatch.setattr(module, "fold_with_map", counted)
    finder = Finder("Ünder the dam — " * 20_000)
    threads = [Thread(target=finder.prepare), *(Thread(target=finder.find, args=("dam",)) for _ in range(4))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(folds) == 1
    assert finder.find("under", FindOptions(), limit=3).truncated
    assert finder.find("under", cancelled=lambda: True).hits == []
