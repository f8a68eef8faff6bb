import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.text.folding import QueryTerm, index_text, index_texts, query_terms
from tests.text.strategies import SCRIPTS, any_text, mixed_text

NAUGHTY = Path(__file__).parents[3] / "shared" / "corpus" / "strings" / "blns.txt"
TOKENIZERS = ("unicode61", "unicode61 remove_diacritics 0 categories 'L* N* Co M*'")


def expression(terms: list[QueryTerm]) -> str:
    """The terms as the store writes them for FTS5."""
    return " ".join(f'"{" ".join(term.tokens)}"' + "*" * term.prefix for term in terms)


@pytest.fixture(params=TOKENIZERS, scope="module")
def index(request: pytest.FixtureRequest) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f'create virtual table t using fts5(body, tokenize="{request.param}")')
        yield connection


def finds(index: sqlite3.Connection, text: str, query: str) -> bool:
    terms = query_terms(query)
    index.execute("delete from t")
    index.execute("insert into t values (?)", (index_text(text),))
    return bool(terms) and bool(index.execute("select 1 from t where t match ?", (expression(terms),)).fetchall())


@pytest.mark.parametrize(
    ("text", "indexed"),
    [
        ("The1988crisis", "the 1988 crisis"),
        ("In 1988, 1,500 died.", "in 1988, 1,500 died."),
        ("COVID-19 and B12a", "covid-19 and b 12 a"),
        ("سال۱۳۶۷", "سال 1367"),
        ("東京都庁", "東京 京都 都庁 庁"),
        ("在iPhone15上", "在 iphone 15 上"),
        ("Café", "cafe"),
    ],
)
def test_what_is_indexed(text: str, indexed: str) -> None:
    assert index_text(text) == indexed


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", []),
        ("  \t", []),
        ("Dam", [QueryTerm(("dam",), True)]),
        ("Dam ", [QueryTerm(("dam",))]),
        ("the dam", [QueryTerm(("the",)), QueryTerm(("dam",), True)]),
        ("“The Dam” le", [QueryTerm(("the", "dam")), QueryTerm(("le",), True)]),
        ('"the da', [QueryTerm(("the", "da"), True)]),
        ('"the dam"', [QueryTerm(("the", "dam"))]),
        ("is1988 ", [QueryTerm(("is", "1988"))]),
        ("東京都", [QueryTerm(("東京", "京都"), True)]),
        ("東 ", [QueryTerm(("東",), True)]),
        ('"東京 dam" ', [QueryTerm(("東京", "京", "dam"))]),
        ("don’t!", [QueryTerm(("don", "t"), True)]),
        ('* ^ ( " - : +', []),
    ],
)
def test_what_is_asked_for(query: str, terms: list[QueryTerm]) -> None:
    assert query_terms(query) == terms


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("massacre in 1988of prisoners, The1988crisis", "1988"),
        ("The1988crisis", "the1988crisis"),
        ("The1988crisis", "crisis "),
        ("The1988crisis", '"the 1988 crisis"'),
        ("東京都庁は新宿", "都庁は"),
        ("東京都庁は新宿", "宿"),
        ("東京都庁は新宿", "京 "),
        ("사람들은 자유롭게", "들은"),
        ("ไทยไม่มีช่องว่าง", "ไม่มี"),
        ("كِتَابٌ جديد", "کتاب"),
        ("می‌شود", "میشود"),
        ("हिन्दी में", "हिन्दी"),
        ("co\u00adoperate", "cooperate"),
        ("L’été à Łódź", "lodz ete"),
    ],
)
def test_found(index: sqlite3.Connection, text: str, query: str) -> None:
    assert finds(index, text, query)


def test_not_found(index: sqlite3.Connection) -> None:
    assert not finds(index, "東京都庁", "京東")
    assert not finds(index, "the dam is old", '"dam the"')
    assert not finds(index, "reservoirs", '"reservoir"')


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | mixed_text)
def test_any_query_is_a_valid_expression(index: sqlite3.Connection, query: str) -> None:
    terms = query_terms(query)
    if terms:
        index.execute("select rowid from t where t match ?", (expression(terms),)).fetchall()


@pytest.mark.skipif(not NAUGHTY.exists(), reason="the sample strings are not here")
def test_naughty_queries_are_valid(index: sqlite3.Connection) -> None:
    for query in NAUGHTY.read_text(encoding="utf-8").splitlines():
        if terms := query_terms(query):
            index.execute("select rowid from t where t match ?", (expression(terms),)).fetchall()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mixed_text, st.sampled_from(SCRIPTS[:-2]), any_text, st.data())
def test_every_piece_of_a_text_is_found_as_typed(
    index: sqlite3.Connection, before: str, piece: str, after: str, data: st.DataObject
) -> None:
    text = f"{before}\n{piece}\n{after}"
    words = piece.split()
    first = data.draw(st.integers(0, len(words) - 1))
    query = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    for form in (query, query.replace('"', " "), f'"{query}"'):
        if query_terms(form):
            assert finds(index, text, form)


@given(st.lists(mixed_text | st.text("ab19 .-", max_size=20), max_size=6))
def test_stretches_of_a_text_fold_as_they_do_alone(parts: list[str]) -> None:
    text, ranges = "", []
    for part in parts:
        ranges.append((len(text), len(text) + len(part)))
        text += part
    assert index_texts(text, ranges) == [index_text(part) for part in parts]
