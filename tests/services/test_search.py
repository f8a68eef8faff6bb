"""The library search: what is found, where it is, and that it keeps up."""

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.document import Metadata
from reader.services import indexing
from reader.services.library import Library
from reader.services.matching import Matcher
from reader.services.search import Hit
from reader.store import search as index
from reader.text import folding
from tests.store.helpers import add_text

ARTICLE = (
    "Reservoir plan\n\nThe1988crisis began when the water rose. Nobody asked the people of Lenn.\n\n"
    "A café stood there. 北京市的水库很大。 کتاب‌های فارسی را دیدم.\n\nso\u00adlution was found 😀 later."
)


def hits(library: Library, query: str, **more: object) -> list[Hit]:
    return [hit for group in library.search.search(query, **more).groups for hit in group.hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("1988", "1988"),
        ("crisis", "crisis"),
        ("The1988crisis", "The1988crisis"),
        ("CAFE", "café"),
        ("wat ros", ""),
        ("water ros", "water"),
        ('"nobody asked"', "Nobody asked"),
        ("北京", "北京"),
        ("水库", "水库"),
        ("库", "库"),
        ("كتاب", "کتاب\u200c"),
        ("solution", "so\u00adlution"),
        ("lenn", "Lenn"),
    ],
)
def test_a_hit_leads_to_the_words(library: Library, query: str, words: str) -> None:
    add_text(library, ARTICLE, "A title")
    found = hits(library, query, scope="text")
    if not words:
        assert found == []
        return
    assert ARTICLE[found[0].start : found[0].end] == words
    start, end = found[0].matches[0]
    assert found[0].snippet[start:end] == words
    assert "\n" not in found[0].snippet


def test_kinds_and_order_within_a_document(library: Library) -> None:
    text = "The dam.\n\n" + "x " * 600 + "\n\nAnother dam stood here."
    uid = add_text(library, text, "On the dam")
    library.documents.edit(uid, tags=["Damnation"])
    at = text.index("Another")
    library.annotate.highlight(uid, text, at, at + 11, note="n")
    library.annotate.highlight(uid, text, 0, 3, note="The **dam** again", tags=["dam"])
    library.annotate.highlight(uid, text, 0, 3, tags=["y/dam"])
    result = library.search.search("dam")
    (group,) = result.groups
    assert [hit.kind for hit in group.hits] == ["title", "tag", "note", "quote", "passage", "passage"]
    assert result.total == 6
    assert not result.truncated
    assert [hit.start for hit in group.hits[-2:]] == [text.index("dam"), text.index("dam", 20)]
    assert group.hits[3].start == at
    assert group.hits[3].annotation_uid
    assert [hit.kind for hit in hits(library, "dam", scope="notes")] == ["tag", "note", "quote"]
    assert {hit.kind for hit in hits(library, "dam", scope="text")} == {"passage"}
    assert [hit.kind for hit in hits(library, "damnation")] == ["tag"]


def test_documents_in_the_bin_and_older_texts_are_not_found(library: Library, tmp_path: Path) -> None:
    uid = add_text(library, "Only the bin has it.")
    other = add_text(library, "Here it is too.")
    assert {g.document.uid for g in library.search.search("it", scope="text").groups} == {uid, other}
    library.documents.remove([uid])
    assert [g.document.uid for g in library.search.search("it", scope="text").groups] == [other]
    path = tmp_path / "a.txt"
    path.write_text("The old words of the file.")
    list(library.adding.add([path]))
    path.write_text("The new words of the file, which are longer.")
    list(library.adding.add([path]))
    assert library.search.search("old words", scope="text").total == 0
    assert library.search.search("new words", scope="text").total == 1


def test_within_one_document(library: Library) -> None:
    uid, other = add_text(library, "The same words."), add_text(library, "The same words, again.")
    for document in (uid, other):
        library.annotate.note_document(document, "same")
        groups = library.search.search("same", document_uid=document).groups
        assert [g.document.uid for g in groups] == [document]
        assert {hit.kind for hit in groups[0].hits} == {"note", "passage"}
    assert library.search.search("same", document_uid="nowhere").groups == []


def test_the_index_follows_edits_and_undo(library: Library) -> None:
    uid = add_text(library, "Some text to mark.", "A title")
    marked = library.annotate.highlight(uid, "Some text to mark.", 0, 4, note="zebra").annotations_added[0].uid
    assert library.search.search("zebra").total == 1
    library.annotate.edit_note(marked, "giraffe")
    assert library.search.search("zebra").total == 0
    library.history.undo()
    library.history.undo()
    assert library.search.search("zebra giraffe").total == 0
    library.history.redo()
    library.history.redo()
    assert library.search.search("giraffe").total == 1
    library.annotate.set_tags(marked, ["lion"])
    assert hits(library, "lion")[0].kind == "tag"
    library.tags.rename("lion", "tiger")
    assert library.search.search("lion").total == 0
    assert library.search.search("tiger").total == 1
    library.documents.edit(uid, metadata=Metadata("Elephant", ("A. Walrus",), "Harlow Courier"))
    assert [hit.kind for hit in hits(library, "elephant")] == ["title"]
    assert library.search.search("walrus").total == 1
    assert library.search.search("harlow").total == 1
    library.history.undo()
    assert library.search.search("elephant").total == 0


def test_many_hits_come_from_all_over_the_library(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_MANY", 50)
    for number in range(20):
        add_text(library, f"Letter {number}.\n\n" + ("Some words about the river. " * 30 + "\n\n") * 10)
    result = library.search.search("river", limit=40)
    assert result.truncated
    assert len(result.groups) == 20
    assert result.total == 40
    few = library.search.search("letter", scope="text", limit=5)
    assert few.truncated
    assert few.total == 5


def test_a_single_letter_is_a_word_not_a_beginning(library: Library) -> None:
    add_text(library, "Apples and pears. I see.", "Fruit")
    assert library.search.search("p").total == 0
    assert library.search.search("i").total == 1
    assert library.search.search("pe").total == 1


def test_nothing_asked_nothing_found(library: Library) -> None:
    add_text(library, ARTICLE)
    for query in ("", "  ", "!?…", '""'):
        assert library.search.search(query).groups == []


def test_a_cancelled_search_ends(library: Library) -> None:
    add_text(library, "The river. " * 20_000)
    result = library.search.search("river", cancelled=lambda: True)
    assert result.total == 0 or result.groups
    assert library.search.search("river", scope="text").total > 0, "the connection works afterwards"


def test_an_interrupted_query_is_no_error(library: Library) -> None:
    with pytest.raises(index.Interrupted), index.interruptible(library.store, lambda: True):
        library.store.rows("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n")


def test_a_new_folding_builds_the_index_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    add_text(library, "Some words of a letter.\n\n" + "More of them. " * 300)
    monkeypatch.setattr(indexing, "_BATCH", 2)
    monkeypatch.setattr(folding, "FOLDING_VERSION", 2)
    monkeypatch.setattr(folding, "index_text", lambda text: text.lower().replace("letter", "epistle"))
    library.search.prepare(cancelled=partial(next, iter([False]), True))
    library.search.prepare()
    assert library.search.search("epistle", scope="text").total == 1
    assert library.search.search("letter", scope="text").total == 0
    count = library.store.row("SELECT count(*) FROM passage_search_docsize")
    assert count == library.store.row("SELECT count(*) FROM passage")


@given(st.text(max_size=30))
def test_any_query_is_a_valid_expression(query: str) -> None:
    import sqlite3

    terms = [(term.tokens, term.prefix) for term in folding.query_terms(query)]
    if not terms:
        return
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(words)")
    connection.execute("SELECT * FROM t WHERE t MATCH ?", (index.match_expression(terms),)).fetchall()
    connection.close()
    Matcher(terms).ranges(query)


@given(st.text(st.sampled_from("ab cd\n .é1北京ﬁ\u00ad"), min_size=1, max_size=400), st.integers(0, 30))
def test_matches_lie_inside_the_snippet(text: str, start: int) -> None:
    matcher = Matcher([(("a",), True), (("北京",), False)])
    for snippet in (matcher.in_passage(text, start), matcher.within(text, start, start + 1)):
        assert all(0 <= s < e <= len(snippet.text) for s, e in snippet.matches), snippet
        assert start <= snippet.start <= snippet.end
        assert len(snippet.text) < 270


HIDING = (
    "The water of the reservoir rose for a week.\n\nSubscribe to our letters today. Nobody asked the residents of the "
    "valley. Share this story with a friend who reads, and with one who does not read at all, if there is one.\n\n"
    "The mayor spoke of letters that never came."
)


def hide(library: Library, uid: str, *parts: str) -> None:
    ranges = [(HIDING.index(part), HIDING.index(part) + len(part)) for part in parts]
    library.masks.hide(uid, HIDING, ranges)


def test_hidden_text_is_not_found_and_not_shown_round_a_hit(library: Library) -> None:
    uid = add_text(library, HIDING, "A title")
    assert len(hits(library, "subscribe")) == 1
    hide(library, uid, "Subscribe to our letters today.", "Share this story with a friend who reads")
    assert hits(library, "subscribe") == hits(library, "friend") == hits(library, "subscribe residents") == []
    (hit,) = hits(library, "residents")
    assert HIDING[hit.start : hit.end] == "residents"
    assert "Subscribe" not in hit.snippet
    assert "Share" not in hit.snippet
    assert [hit.snippet[start:end] for start, end in hit.matches] == ["residents"]
    (hit,) = hits(library, "letters")
    assert HIDING[hit.start : hit.end] == "letters"
    assert hit.start > HIDING.index("mayor")
    library.history.undo()
    assert len(hits(library, "subscribe")) == 1


def test_words_on_both_sides_of_what_is_hidden_are_found_but_not_as_a_phrase(library: Library) -> None:
    uid = add_text(library, HIDING, "A title")
    hide(library, uid, "Nobody asked the residents")
    assert len(hits(library, "subscribe valley")) == 1
    assert len(hits(library, '"letters today"')) == 1
    assert hits(library, '"today of"') == []


def test_a_passage_that_one_mask_hides_leaves_room_for_others(library: Library) -> None:
    uid = add_text(library, "water " * 2000, "A title")
    other = add_text(library, "Under the bridge runs water.", "Another")
    library.masks.hide(uid, "water " * 2000, [(0, 12_000)])
    result = library.search.search("water", limit=1)
    assert [group.document.uid for group in result.groups] == [other]


def test_hidden_words_of_a_mark_are_not_found_but_its_note_is(library: Library) -> None:
    uid = add_text(library, HIDING, "A title")
    start, end = HIDING.index("Subscribe"), HIDING.index("valley")
    library.annotate.highlight(uid, HIDING, start, end, note="A remark")
    hide(library, uid, "Subscribe to our letters today.")
    assert hits(library, "subscribe", scope="notes") == []
    assert [hit.kind for hit in hits(library, "remark", scope="notes")] == ["note"]
    (hit,) = hits(library, "residents", scope="notes")
    assert (hit.kind, "Subscribe" in hit.snippet) == ("quote", False)
    (hit,) = hits(library, "remark residents", scope="notes")
    assert hit.annotation_uid


def test_kept_and_lost_masks_hide_nothing_from_the_search(library: Library) -> None:
    uid = add_text(library, HIDING, "A title")
    library.masks.keep(uid, HIDING, [(0, len(HIDING))])
    assert len(hits(library, "subscribe")) == 1
    with library.store.transaction() as connection:
        connection.execute("UPDATE mask SET state = 'hidden', anchor_state = 'lost'")
    assert len(hits(library, "subscribe")) == 1
