"""The past of an annotation: every step in words, and each state brought back by one undoable step."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.model.annotation import AnchorState, Color, Style
from reader.services.differences import changed_words
from reader.services.library import Library
from reader.store.ids import device
from tests.store.helpers import TEXT, Clock, add_text, dump, write_file


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library.open(tmp_path / "library.sqlite", clock=Clock())
    yield opened
    opened.close()


@pytest.fixture
def uid(library: Library) -> str:
    """A mark with a long past: made, noted, recoloured, tagged, widened, its tag renamed, one step taken back."""
    document = add_text(library)
    mark = library.annotate.highlight(document, TEXT, 4, 13, note="first").annotations_added[0].uid
    library.annotate.edit_note(mark, "first thought of it")
    library.annotate.recolor([mark], Color.PINK)
    library.annotate.set_tags(mark, ["water", "people"])
    library.tags.rename("water", "wells")
    library.annotate.restyle([mark], Style.UNDERLINE)
    library.history.undo()
    library.annotate.set_tags(mark, ["people"])
    library.annotate.move_range(mark, TEXT, 4, 22)
    return mark


def told(library: Library, uid: str) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(moment.action.label, moment.differences, moment.action.undone) for moment in library.past.of(uid)]


def test_every_step_is_told_in_words_newest_first(library: Library, uid: str) -> None:
    assert told(library, uid) == [
        ("Range changed", ("Passage: “reservoir” → “reservoir was full”",), False),
        ("Tags set", ("Without the tag wells",), False),
        ("Changed to underline", ("Drawn as: highlight → underline",), True),
        ("Tags set", ("With the tags water, people",), False),
        ("Changed to Question", ("Category: Claim → Question",), False),
        ("Note edited", ("Note: “first” → “first thought of it”",), False),
        ("Claim added", ("Passage: “reservoir”", "Category: Claim", "Note: “first”"), False),
    ]
    moments = library.past.of(uid)
    assert [moment.present for moment in moments] == [True] + [False] * 6
    assert {moment.action.device for moment in moments} == {device()}
    states = [moment.mark for moment in moments]
    assert all(states)
    assert [state.tags for state in states if state] == [
        ("people",), ("people",), ("wells", "people"), ("wells", "people"), (), (), (),
    ]  # fmt: skip


def test_each_state_comes_back_and_goes_again(library: Library, uid: str) -> None:
    before = dump(library.store)
    for moment in library.past.of(uid)[1:]:
        assert moment.mark
        change = library.past.restore(moment.mark)
        (now,) = change.annotations_updated
        wanted = moment.mark
        assert (now.note, now.color, now.style, now.tags, now.quote) == (
            wanted.note, wanted.color, wanted.style, wanted.tags, wanted.quote,
        )  # fmt: skip
        assert (now.created, now.uid) == (wanted.created, wanted.uid)
        assert library.past.of(uid)[0].present
        library.history.undo()
        assert dump(library.store) == before


def test_the_present_state_is_no_step(library: Library, uid: str) -> None:
    steps = len(library.history.list())
    assert not library.past.restore(library.annotate.get(uid))
    assert len(library.history.list()) == steps


def test_a_deleted_mark_comes_back_though_another_has_its_row(library: Library, uid: str) -> None:
    mark = library.annotate.get(uid)
    library.annotate.delete([uid])
    other = library.annotate.highlight(mark.document_uid, TEXT, 0, 3, tags=["other"]).annotations_added[0]
    moments = library.past.of(uid)
    assert (moments[0].differences, moments[0].mark) == (("Deleted",), None)
    assert moments[1].mark
    change = library.past.restore(moments[1].mark)
    assert [(found.uid, found.note, found.tags) for found in change.annotations_added] == [
        (uid, mark.note, ("people",))
    ]
    assert library.past.of(other.uid)[0].differences[-1] == "Tags: other"
    assert len(library.past.of(other.uid)) == 1
    again = library.past.of(uid)
    assert [moment.action.label for moment in again[:2]] == ["Mark brought back", "1 mark deleted"]
    assert len(again) == len(moments) + 1
    library.history.undo()
    assert library.past.of(uid)[0].mark is None or library.past.of(uid)[0].action.undone


def test_an_old_passage_is_looked_up_in_the_text_of_now(library: Library, tmp_path: Path) -> None:
    file = write_file(tmp_path, "a.txt", TEXT)
    (result,) = library.adding.add([file])
    assert result.document
    document = result.document.uid
    mark = library.annotate.highlight(document, TEXT, 4, 13).annotations_added[0].uid
    library.annotate.move_range(mark, TEXT, 4, 22)
    new = "A new first line.\n\n" + TEXT
    write_file(tmp_path, "a.txt", new)
    (again,) = library.adding.add([file])
    assert again.status == "changed"
    widened, made = library.past.of(mark)[1:]
    assert made.mark
    change = library.past.restore(made.mark)
    (now,) = change.annotations_updated
    assert now.anchor
    assert new[now.anchor.start : now.anchor.end] == now.quote == "reservoir"
    assert now.state is AnchorState.MOVED or new.startswith("reservoir", now.anchor.start)
    # The same passage as now: only what else was different comes back, not the place in a text of the past.
    library.history.undo()
    library.annotate.edit_note(mark, "later")
    assert widened.mark
    (now,) = library.past.restore(widened.mark).annotations_updated
    assert now.note == ""
    assert now.anchor
    assert new[now.anchor.start : now.anchor.end] == "reservoir was full"


def test_ids_of_deleted_marks_are_known(library: Library, uid: str) -> None:
    library.annotate.delete([uid])
    assert library.past.resolve_id(uid[-8:].upper()) == uid


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("", "new", "“new”"),
        ("old", "", "“old” → nothing"),
        ("a b", "a  b", "other blanks and lines"),
        ("one two three four five", "one two three 4 five", "“one two three four five” → “one two three 4 five”"),
        (
            "a b c d e f old g h i j k",
            "a b c d e f new words g h i j k",
            "“… d e f old g h i …” → “… d e f new words g h i …”",
        ),
        ("a a", "a a a", "“a a” → “a a a”"),
    ],
)
def test_only_the_words_that_differ_are_told(before: str, after: str, words: str) -> None:
    assert changed_words(before, after) == words


def test_a_tag_renamed_since_leaves_the_present_the_present(library: Library) -> None:
    mark = library.annotate.highlight(add_text(library), TEXT, 4, 13, tags=["a"]).annotations_added[0]
    library.tags.rename("a", "b")
    (moment,) = library.past.of(mark.uid)
    assert moment.present
    assert moment.differences[-1] == "Tags: a"
