"""Finding and indexing words that the lines of a page cut in two."""

from re import findall

import pytest

from reader.services.matching import Matcher
from reader.text.find import FindOptions
from reader.text.joining import cut_words
from reader.text.paged_find import PagedFinder
from reader.text.terms import index_text, index_texts, query_terms

TEXT = "One page ends with the inter-\fnational press; efﬁ-\ncient, said\nthe mayor of the water board."


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("international", "inter-\fnational"),
        ("the International press", "the inter-\fnational press"),
        ("efficient", "efﬁ-\ncient"),
        ("said the mayor", "said\nthe mayor"),
        ("board", "board"),
    ],
)
def test_what_is_read_is_found(query: str, held: str) -> None:
    (hit,) = PagedFinder(TEXT).find(query).hits
    assert TEXT[slice(*hit)] == held


def test_options_and_errors_are_those_of_finding() -> None:
    finder = PagedFinder(TEXT)
    finder.prepare()
    assert finder.find("International", FindOptions(case=True)).hits == []
    assert [TEXT[slice(*hit)] for hit in finder.find("inter[a-z]+", FindOptions(regex=True)).hits] == [
        "inter-\fnational"
    ]
    assert finder.find("(", FindOptions(regex=True)).error


def test_cut_words_are_indexed_whole_and_in_halves() -> None:
    assert cut_words(TEXT) == ["international", "efficient"]
    words = findall(r"\w+", index_text(TEXT))
    assert {"inter", "national", "international", "efficient"} <= set(words)
    plain = "the inter-\nnational press of 1988, Anglo-\nSaxon"
    assert index_texts(plain, [(0, len(plain))]) == [index_text(plain)]
    assert "international" in index_text(plain).split()


def test_the_place_of_a_cut_word_is_shown_as_it_reads() -> None:
    terms = [(term.tokens, term.prefix) for term in query_terms("international press ")]
    matcher = Matcher(terms)
    assert matcher.finds_all(TEXT)
    snippet = matcher.in_passage(TEXT, 100)
    start = TEXT.index("inter")
    assert (snippet.start, snippet.end) == (100 + start, 100 + TEXT.index("national") + 8)
    assert [snippet.text[slice(*match)] for match in snippet.matches] == ["international", "press"]
    quote = matcher.within(TEXT[start - 4 : start + 21], 7, 9)
    assert (quote.start, quote.end, quote.text) == (7, 9, "the international press")
    half = Matcher([(("national",), False)]).in_passage(TEXT, 0)
    assert TEXT[half.start : half.end] == "national"
