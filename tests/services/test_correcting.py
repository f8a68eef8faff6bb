"""Corrections of a text: a version of its own, which marks, masks, the search and the export follow; undone in one."""

from pathlib import Path

import pytest

from reader.model.annotation import AnchorState
from reader.model.errors import Cancelled, ReaderError
from reader.services.library import Library
from reader.text.editing import Edit
from tests.store.helpers import Clock, add_text, dump, open_library, write_file

TEXT = (
    "Teh reservoir was fullin 1988. Nobody asked the residents.\n\nSHARE THIS PAGE\n\nThe mayor said: “We were never "
    "asked.”\n"
)
FIXED = TEXT.replace("Teh", "The").replace("fullin", "full in")


@pytest.fixture
def uid(library: Library) -> str:
    return add_text(library, TEXT)


def at(text: str, words: str, instead: str) -> Edit:
    start = text.index(words)
    return Edit(start, start + len(words), instead)


def mark(library: Library, uid: str, words: str) -> str:
    text = text_of(library, uid)
    start = text.index(words)
    change = library.annotate.highlight(uid, text, start, start + len(words))
    return change.annotations_added[0].uid


def text_of(library: Library, uid: str) -> str:
    return library.documents.open(uid).document.text


def stands(library: Library, uid: str) -> tuple[str, str, AnchorState]:
    """The quote of a mark, the words that it stands on, its state."""
    found = library.annotate.get(uid)
    assert found.anchor
    text = text_of(library, found.document_uid)
    return found.quote, text[found.anchor.start : found.anchor.end], found.state


def fix(library: Library, uid: str) -> None:
    library.correcting.correct(uid, TEXT, [at(TEXT, "Teh", "The"), at(TEXT, "fullin", "full in")])


def test_marks_follow_the_words_and_undo_is_one_step(library: Library, uid: str) -> None:
    marks = [mark(library, uid, words) for words in ("Teh reservoir", "fullin", "Nobody asked", "We were never")]
    share = TEXT.index("SHARE")
    library.masks.hide(uid, TEXT, [(share, share + 15)])
    before = dump(library.store)
    fix(library, uid)
    assert text_of(library, uid) == FIXED
    words = ["The reservoir", "full in", "Nobody asked", "We were never"]
    assert [stands(library, found) for found in marks] == [(quote, quote, AnchorState.EXACT) for quote in words]
    (mask,) = library.masks.of_document(uid)
    assert FIXED[mask.anchor.start : mask.anchor.end] == mask.anchor.exact == "SHARE THIS PAGE"
    assert library.integrity() == []
    library.history.undo()
    assert dump(library.store) == before
    assert text_of(library, uid) == TEXT
    library.history.redo()
    assert text_of(library, uid) == FIXED
    assert library.integrity() == []


def test_the_quote_before_the_correction_is_in_the_history(library: Library, uid: str) -> None:
    found = mark(library, uid, "Teh reservoir")
    fix(library, uid)
    assert any(moment.mark and moment.mark.quote == "Teh reservoir" for moment in library.past.of(found))


def test_a_mark_on_words_that_are_cut_is_lost_and_its_note_is_kept(library: Library, uid: str) -> None:
    found = mark(library, uid, "THIS PAGE")
    other = mark(library, uid, "The mayor")
    start = TEXT.index("SHARE")
    result = library.correcting.cut(uid, TEXT, start, start + len("SHARE THIS PAGE"))
    assert text_of(library, uid) == TEXT.replace("SHARE THIS PAGE\n\n", "")
    assert result.reason == "1 annotation lost with the words"
    assert (stands(library, found)[0], stands(library, found)[2]) == ("THIS PAGE", AnchorState.LOST)
    assert stands(library, other) == ("The mayor", "The mayor", AnchorState.EXACT)
    assert library.integrity() == []


def test_corrections_are_one_text_beside_the_original(library: Library, uid: str) -> None:
    fix(library, uid)
    library.correcting.correct(uid, FIXED, [at(FIXED, "Nobody", "No one")])
    shown, original = library.texts.list(uid)
    assert (shown.corrects, shown.shown, original.corrects) == (original.number, True, 0)
    assert library.texts.text(uid, original.number) == TEXT
    (edits,) = library.store.row("SELECT edits FROM text_version WHERE id = ?", (shown.number,))
    assert edits == '[[0,3,"The"],[18,24,"full in"],[31,37,"No one"]]'
    library.texts.show(uid, original.number)
    assert text_of(library, uid) == TEXT
    library.texts.show(uid, shown.number)
    assert text_of(library, uid) == FIXED.replace("Nobody", "No one")


def test_a_correction_that_is_taken_back_by_hand_shows_the_original_again(library: Library, uid: str) -> None:
    fix(library, uid)
    library.correcting.correct(uid, FIXED, [at(FIXED, "The", "Teh"), at(FIXED, "full in", "fullin")])
    (only,) = library.texts.list(uid)
    assert (only.corrects, text_of(library, uid)) == (0, TEXT)


def test_the_search_finds_what_stands_in_the_corrected_text(library: Library, uid: str) -> None:
    fix(library, uid)
    assert library.search.search("full in 1988", scope="text").total == 1
    assert library.search.search("fullin", scope="text").total == 0


def test_nothing_is_written_where_nothing_can_be_corrected(library: Library, uid: str) -> None:
    before = dump(library.store)
    versions = library.store.rows("SELECT id FROM text_version")
    wrong: list[tuple[str, list[Edit], str]] = [
        ("another text", [Edit(0, 1, "x")], "changed in the meantime"),
        (TEXT, [at(TEXT, "Teh", "Teh")], "are what they were"),
        (TEXT, [Edit(0, 9999, "x")], "one after the other"),
        (TEXT, [Edit(0, len(TEXT), "")], "Nothing would be left"),
    ]
    for text, edits, words in wrong:
        with pytest.raises(ReaderError, match=words):
            library.correcting.correct(uid, text, edits)
    with pytest.raises(Cancelled):
        library.correcting.correct(uid, TEXT, [Edit(0, 3, "The")], cancelled=lambda: True)
    assert dump(library.store) == before
    assert library.store.rows("SELECT id FROM text_version") == versions


def test_what_was_typed_becomes_canonical(library: Library, uid: str) -> None:
    library.correcting.correct(uid, TEXT, [Edit(0, 3, "The\r\nold\0")])
    assert text_of(library, uid).startswith("The\nold\ufffd reservoir")


def test_a_lost_mark_is_looked_for_in_the_corrected_text(library: Library, tmp_path: Path, clock: Clock) -> None:
    path = write_file(tmp_path, "a.txt", FIXED)
    (result,) = library.adding.add([path])
    assert result.document
    uid = result.document.uid
    found = mark(library, uid, "We were never asked")
    clock.now += 60
    worse = FIXED.replace("We were never asked", "Xq zzv pppl kkw")
    path.write_text(worse, encoding="utf-8")
    list(library.adding.add([path]))
    assert stands(library, found)[2] is AnchorState.LOST
    result = library.correcting.correct(uid, worse, [at(worse, "Xq zzv pppl kkw", "We were never asked")])
    assert result.reason == "1 lost annotation was found"
    assert stands(library, found)[:2] == ("We were never asked", "We were never asked")


def test_structure_and_pictures_of_a_page_stay(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.md", "# Teh lake\n\nIt was **fullin** 1988.\n\n![dam](dam.png)\n\n- one\n- two\n")
    (tmp_path / "dam.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (result,) = library.adding.add([path])
    assert result.document
    uid = result.document.uid
    opened = library.documents.open(uid).document
    pictures = library.store.rows("SELECT name, data FROM asset ORDER BY id")
    library.correcting.correct(uid, opened.text, [at(opened.text, "Teh", "The"), at(opened.text, "fullin", "full in")])
    new = library.documents.open(uid).document
    assert [block.kind for block in new.blocks] == [block.kind for block in opened.blocks]
    assert new.outline[0].title == "The lake"
    (bold,) = new.spans
    assert new.text[bold.start : bold.end] == "full in"
    assert new.assets == opened.assets
    assert pictures
    assert library.store.rows("SELECT name, data FROM asset ORDER BY id") == pictures * 2
    assert library.integrity() == []


def changed_file(library: Library, tmp_path: Path, clock: Clock, new: str) -> tuple[str, str]:
    """A corrected document whose file has changed: its uid, and what was said of it."""
    path = write_file(tmp_path, "a.txt", TEXT)
    (result,) = library.adding.add([path])
    assert result.document
    fix(library, result.document.uid)
    clock.now += 60
    path.write_text(new, encoding="utf-8")
    (again,) = library.adding.add([path])
    assert again.status == "changed", again
    return result.document.uid, again.reason


def test_corrections_are_made_again_when_the_file_changes(library: Library, tmp_path: Path, clock: Clock) -> None:
    new = "A line of its own, before all others.\n\n" + TEXT.replace("residents", "people")
    uid, said = changed_file(library, tmp_path, clock, new)
    assert said == "2 corrections kept"
    assert text_of(library, uid) == new.replace("Teh", "The").replace("fullin", "full in")
    listed = library.texts.list(uid)
    assert [bool(version.corrects) for version in listed] == [True, False, True, False]
    assert library.texts.text(uid, listed[1].number) == new
    assert library.integrity() == []
    library.history.undo()
    assert text_of(library, uid) == FIXED


def test_corrections_that_the_file_has_or_that_fit_no_more_are_told(
    library: Library, tmp_path: Path, clock: Clock
) -> None:
    new = TEXT.replace("Teh", "The").replace("was fullin 1988", "is almost empty")
    uid, said = changed_file(library, tmp_path, clock, new)
    assert said == "1 correction is in the new text already, 1 correction not found"
    assert text_of(library, uid) == new


def test_a_newer_reader_takes_the_corrections_along(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", TEXT)
    (result,) = library.adding.add([path])
    assert result.document
    uid = result.document.uid
    with library.store.transaction() as connection:
        connection.execute("UPDATE text_version SET reader_version = 0")
    fix(library, uid)
    found = mark(library, uid, "full in")
    again = library.versions.read_again(uid)
    assert (again.status, again.reason) == ("changed", "1 exact, 0 moved, 0 lost, 2 corrections kept")
    assert text_of(library, uid) == FIXED
    assert stands(library, found) == ("full in", "full in", AnchorState.EXACT)
    assert library.versions.read_again(uid).status == "known"


def exported(library: Library) -> bytes:
    return library.exchange.dumps().encode()


def test_an_import_makes_the_corrections_in_the_original(library: Library, uid: str, tmp_path: Path) -> None:
    found = mark(library, uid, "fullin")
    fix(library, uid)
    share = FIXED.index("SHARE")
    library.masks.hide(uid, FIXED, [(share, share + 15)])
    file = exported(library)
    other = open_library(tmp_path, "other.sqlite")
    for _ in range(10):
        other.store.new_uid()  # what is here is not what was there
    here = add_text(other, TEXT)
    own = mark(other, here, "Teh reservoir")
    before = dump(other.store)
    report = other.exchange.import_file(file)
    assert not report.notes
    assert text_of(other, here) == FIXED
    assert stands(other, found) == ("full in", "full in", AnchorState.EXACT)
    assert stands(other, own) == ("The reservoir", "The reservoir", AnchorState.EXACT)
    (mask,) = other.masks.of_document(here)
    assert mask.anchor.start == share
    assert [bool(version.corrects) for version in other.texts.list(here)] == [True, False]
    assert other.integrity() == []
    again = other.exchange.import_file(file)
    assert not again.change, "all of it is here"
    other.history.undo()
    assert dump(other.store) == before
    other.close()


def test_corrections_wait_for_the_text_that_they_are_of(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", TEXT)
    (result,) = library.adding.add([path])
    assert result.document
    found = mark(library, result.document.uid, "fullin")
    fix(library, result.document.uid)
    file = exported(library)
    for name, how in (("file", "\ufeff" + TEXT), ("text", TEXT)):
        other = open_library(tmp_path, f"{name}.sqlite")
        other.exchange.import_file(file)
        assert exported(other) == file, "nothing is lost on the way"
        (added,) = other.adding.add([write_file(tmp_path, "b.txt", how)])
        assert (added.status, added.reason) == ("added", "1 exact, 0 moved, 0 lost, 2 corrections kept")
        assert text_of(other, result.document.uid) == FIXED
        assert stands(other, found) == ("full in", "full in", AnchorState.EXACT)
        assert other.integrity() == []
        other.close()


def test_corrections_of_another_text_are_passed_over(library: Library, uid: str, tmp_path: Path) -> None:
    mark(library, uid, "We were never")
    fix(library, uid)
    file = exported(library).replace(b"full in", b"bull in")
    other = open_library(tmp_path, "other.sqlite")
    here = add_text(other, TEXT)
    other.exchange.import_file(file, document_uid=here)
    assert text_of(other, here) == TEXT
    assert len(other.annotate.of_document(here)) == 1
    other.close()


def test_the_original_is_shown_again_with_every_mark_at_its_words(library: Library, uid: str) -> None:
    marks = [mark(library, uid, words) for words in ("Teh", "fullin 1988", "SHARE THIS PAGE", "asked", "We were")]
    fix(library, uid)
    share = FIXED.index("SHARE")
    library.correcting.cut(uid, FIXED, share, share + 15)
    shown, original = library.texts.list(uid)
    fare = library.texts.fare(uid, original.number)
    assert (fare.exact, fare.moved, fare.lost) == (5, 0, 0)
    assert library.texts.show(uid, original.number).reason == "5 exact, 0 moved, 0 lost"
    words = ["Teh", "fullin 1988", "SHARE THIS PAGE", "asked", "We were"]
    assert [stands(library, found)[:2] for found in marks] == [(quote, quote) for quote in words]
    assert library.texts.show(uid, shown.number).reason == "4 exact, 0 moved, 1 lost"
    words = ["The", "full in 1988", "asked", "We were"]
    assert [stands(library, found)[0] for found in (*marks[:2], *marks[3:])] == words
    assert library.integrity() == []


def test_a_correction_is_no_newer_file(library: Library, tmp_path: Path, clock: Clock) -> None:
    uid, _ = changed_file(library, tmp_path, clock, "A first line.\n\n" + TEXT)
    opened = library.texts.list(uid)[0].created
    clock.now += 60
    text = text_of(library, uid)
    library.correcting.correct(uid, text, [at(text, "first", "new")])
    assert library.texts.former(uid, since=opened) == 0
