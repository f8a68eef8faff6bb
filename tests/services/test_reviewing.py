"""What moved and what was lost, decided on by a person."""

from dataclasses import replace
from pathlib import Path

import pytest

from reader.model.annotation import AnchorState
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.services.library import Library
from reader.text.changed_marks import is_doubtful, words_changed
from tests.store.helpers import Clock, dump, write_file

FIRST = (
    "The reservoir was full in 1988, as far as anyone can remember it. Nobody asked the residents of the valley.\n\n"
    "The mayor said to the paper: “We were never asked.” A sentence that will be cut stands here, all alone.\n\n"
    "What stays is the last line of it.\n"
)
SECOND = "A new first line, so that all moves.\n\n" + FIRST.replace(
    "asked the residents of the valley", "ever asked the residents of this valley"
).replace(" A sentence that will be cut stands here, all alone.", "")
THIRD = SECOND.replace(
    "“We were never asked.”", "“We were never asked.” A sentence that will be cut stands here, alone."
)
QUOTES = ("full in 1988", "asked the residents of the valley", "A sentence that will be cut stands here, all alone")


def read(library: Library, path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    (result,) = library.adding.add([path])
    assert result.document, result
    return result.document.uid


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.txt"


@pytest.fixture
def uid(library: Library, path: Path, clock: Clock) -> str:
    """A document whose file has changed under three marks: one moved, one moved and changed, one lost."""
    uid = read(library, path, FIRST)
    for quote in QUOTES:
        start = FIRST.index(quote)
        library.annotate.highlight(uid, FIRST, start, start + len(quote), note=f"on {quote}", tags=("water",))
    clock.now += 60
    assert read(library, path, SECOND) == uid
    return uid


def marks(library: Library, uid: str):
    return {mark.note.removeprefix("on "): mark for mark in library.annotate.of_document(uid)}


def test_what_moved_and_what_was_lost_is_listed_with_both_passages(library: Library, uid: str) -> None:
    moved, changed, lost = library.reviewing.list(uid)
    assert [found.mark.state for found in (moved, changed, lost)] == ["moved", "moved", "lost"]
    assert moved.same_words
    assert not changed.same_words
    assert not lost.same_words
    assert moved.now
    assert moved.now.words == moved.was.words == "full in 1988"
    assert moved.now.before.endswith("The reservoir was ")
    assert moved.now.after.startswith(", as far")
    assert changed.was.words == QUOTES[1]
    assert changed.now
    assert changed.now.words == "asked the residents of this valley"
    assert lost.now is None
    assert lost.was.words == QUOTES[2]
    assert lost.was.before.endswith("never asked.” ")
    assert lost.was.after.startswith(".")
    assert {found.title for found in (moved, changed, lost)} == {library.documents.get(uid).title}
    assert [is_doubtful(found.mark) for found in (moved, changed, lost)] == [True, True, True]
    assert [words_changed(found.mark, SECOND) for found in (moved, changed, lost)] == [False, True, False]


def test_documents_are_reviewed_one_by_one_or_all_together(library: Library, uid: str, tmp_path: Path) -> None:
    other = read(library, tmp_path / "b.txt", FIRST.upper())
    library.annotate.highlight(other, FIRST.upper(), 4, 13)
    assert library.reviewing.list(other) == ()
    read(library, tmp_path / "b.txt", "NOTHING OF IT STAYS.\n")
    assert len(library.reviewing.list(uid)) == 3
    assert len(library.reviewing.list(other)) == 1
    assert [found.mark.document_uid for found in library.reviewing.list()] == [uid, uid, uid, other]
    library.documents.remove([other])
    assert len(library.reviewing.list()) == 3


def test_an_accepted_mark_is_about_the_words_that_it_is_on(library: Library, uid: str, path: Path) -> None:
    heard: list[Change] = []
    library.bus.subscribe(heard.append)
    before, mark = dump(library.store), marks(library, uid)[QUOTES[1]]
    library.reviewing.accept([mark.uid])
    now = marks(library, uid)[QUOTES[1]]
    assert (now.state, now.score, now.quote) == (AnchorState.EXACT, 1.0, "asked the residents of this valley")
    assert now.anchor
    assert mark.anchor
    assert (now.anchor.start, now.anchor.end) == (mark.anchor.start, mark.anchor.end)
    assert SECOND[: now.anchor.start].endswith(now.anchor.prefix)
    assert replace(now, anchor=None, modified="") == replace(
        mark, anchor=None, modified="", state=AnchorState.EXACT, score=1.0
    )
    assert heard[-1].label == "1 passage accepted"
    assert heard[-1].annotations_updated == (now,)
    assert [found.mark.note for found in library.reviewing.list(uid)] == [f"on {QUOTES[0]}", f"on {QUOTES[2]}"]
    told = [words for moment in library.past.of(mark.uid) for words in moment.differences]
    assert any("of the valley" in words and "of this valley" in words for words in told)
    library.history.undo()
    assert dump(library.store)["annotation"] == before["annotation"]


def test_all_moved_ones_are_accepted_in_one_step(library: Library, uid: str) -> None:
    uids = [found.mark.uid for found in library.reviewing.list(uid)]
    assert library.reviewing.accept(uids).label == "2 passages accepted"
    assert sorted(mark.state for mark in marks(library, uid).values()) == ["exact", "exact", "lost"]
    assert [found.mark.state for found in library.reviewing.list(uid)] == ["lost"]
    with pytest.raises(ReaderError, match="Nothing of this has moved"):
        library.reviewing.accept(uids)
    library.history.undo()
    assert len(library.reviewing.list(uid)) == 3


def test_what_is_kept_as_lost_is_not_asked_about_again(library: Library, uid: str) -> None:
    uids = [found.mark.uid for found in library.reviewing.list(uid)]
    assert library.reviewing.keep_lost(uids).label == "1 annotation kept as lost"
    lost = marks(library, uid)[QUOTES[2]]
    assert lost.state is AnchorState.LOST
    assert lost.reviewed
    assert not is_doubtful(lost)
    assert [found.mark.state for found in library.reviewing.list(uid)] == ["moved", "moved"]
    assert [found.mark.uid for found in library.reviewing.list(uid, kept=True)] == [lost.uid]
    with pytest.raises(ReaderError, match="Nothing of this is lost"):
        library.reviewing.keep_lost(uids)
    library.history.undo()
    assert len(library.reviewing.list(uid)) == 3
    assert not library.reviewing.list(uid, kept=True)


def test_what_was_kept_as_lost_is_tried_again_in_the_next_text(library: Library, uid: str, path: Path) -> None:
    library.reviewing.keep_lost([marks(library, uid)[QUOTES[2]].uid])
    assert read(library, path, THIRD) == uid
    found = marks(library, uid)[QUOTES[2]]
    assert found.state is AnchorState.MOVED
    assert not found.reviewed
    assert found.uid in [doubt.mark.uid for doubt in library.reviewing.list(uid)]


def test_what_was_kept_as_lost_stays_so_while_it_is_lost_in_the_next_texts(
    library: Library, uid: str, path: Path
) -> None:
    library.reviewing.keep_lost([marks(library, uid)[QUOTES[2]].uid])
    kept = marks(library, uid)[QUOTES[2]].reviewed
    assert read(library, path, f"{SECOND}\nOne more line.\n") == uid
    again = marks(library, uid)[QUOTES[2]]
    assert (again.state, again.reviewed) == (AnchorState.LOST, kept)
    assert again.uid not in [doubt.mark.uid for doubt in library.reviewing.list(uid)]
    assert again.uid in [doubt.mark.uid for doubt in library.reviewing.list(uid, kept=True)]


def test_another_place_is_picked_for_a_lost_mark(library: Library, uid: str) -> None:
    lost, start = marks(library, uid)[QUOTES[2]], SECOND.index("“We were")
    change = library.annotate.move_range(lost.uid, SECOND, start, start + 8, label="Another passage picked")
    assert change.label == library.history.list(1)[0].label == "Another passage picked"
    found = marks(library, uid)[QUOTES[2]]
    assert (found.state, found.quote, found.note, found.tags) == ("exact", "“We were", lost.note, ("water",))
    library.history.undo()
    assert marks(library, uid)[QUOTES[2]] == lost


def test_rough_matches_are_proposed_the_likeliest_first(library: Library, tmp_path: Path) -> None:
    quote = "the committee of nine decided against the dam in the spring"
    text = f"At first {quote}. Then it was summer, and nobody spoke of it for years and years.\n"
    uid = read(library, tmp_path / "c.txt", text)
    library.annotate.highlight(uid, text, 9, 9 + len(quote))
    rewritten = (
        "Then it was summer, and nobody spoke of it.\n\nThe board of seven decided for the dam, in the autumn.\n\n"
        "Much later the committees of nine resolved, against all advice, on a dam in spring.\n"
    )
    read(library, tmp_path / "c.txt", rewritten)
    (lost,) = library.reviewing.list(uid)
    assert lost.now is None
    places = library.reviewing.rough(lost.mark.uid)
    assert places
    assert places == tuple(sorted(places, key=lambda place: -place.likeness))
    words = [rewritten[place.start : place.end] for place in places]
    assert any("dam" in found for found in words)
    assert all(found == found.strip() for found in words)
    for place in places:
        assert place.start == 0 or not (rewritten[place.start - 1] + rewritten[place.start]).isalnum()


def test_what_stands_between_the_old_contexts_is_proposed(library: Library, uid: str, path: Path) -> None:
    read(library, path, FIRST.replace(QUOTES[2], "Quite another thing is told now"))
    lost = marks(library, uid)[QUOTES[2]]
    assert lost.state is AnchorState.LOST
    (place, *_) = library.reviewing.rough(lost.uid)
    text = library.documents.open(uid).document.text
    assert text[place.start : place.end] == "Quite another thing is told now"


def test_marks_of_the_other_view_of_a_page_are_not_lost(library: Library, tmp_path: Path) -> None:
    from tests.services.test_versions import PAGE

    page = write_file(tmp_path, "page.html", PAGE)
    (result,) = library.adding.add([page])
    assert result.document
    uid = result.document.uid
    if library.documents.open(uid).view == "article":
        library.versions.read_again(uid, view="page")
    text = library.documents.open(uid).document.text
    start = text.index("Today in this paper")
    library.annotate.highlight(uid, text, start, start + 19)
    library.versions.read_again(uid, view="article")
    (mark,) = library.annotate.of_document(uid)
    assert mark.state is AnchorState.LOST
    assert library.reviewing.list(uid) == ()


def test_lost_marks_stay_in_the_search_and_in_the_export_and_are_told_as_such(library: Library, uid: str) -> None:
    found = library.search.search("cut", scope="notes")
    (hit,) = [hit for group in found.groups for hit in group.hits]
    assert hit.lost
    assert hit.annotation_uid == marks(library, uid)[QUOTES[2]].uid
    (other, *_) = [hit for group in library.search.search("1988", scope="notes").groups for hit in group.hits]
    assert not other.lost
    exported = library.exchange.dumps()
    assert exported.count('"state": "lost"') == 1
    assert QUOTES[2] in exported


def test_a_lost_mark_tells_how_often_its_words_stand_in_the_text(library: Library, tmp_path: Path) -> None:
    text = "Water is dear. Water is here. Water is gone.\n"
    uid = read(library, tmp_path / "w.txt", text)
    clippings = "Highlight,Title\nWater is,w\nNo such words at all,w\nWater is gone,w\n"
    library.exchange.import_file(clippings.encode(), document_uid=uid)
    told = {found.was.words: found.times for found in library.reviewing.list(uid)}
    assert told == {"Water is": 3, "No such words at all": 0}
