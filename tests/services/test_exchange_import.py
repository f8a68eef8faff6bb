"""What an import changes, and what it leaves alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.model.annotation import AnchorState, Color
from reader.model.change import Change
from reader.model.document import Metadata
from reader.model.errors import ReaderError
from reader.model.mask import MaskState
from reader.services.library import Library
from tests.services.exchange_helpers import MINUTES, Clock, add, exported, mark, quotes


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Library, Library]]:
    """Two libraries that share a clock."""
    clock = Clock()
    first = Library.open(tmp_path / "first.sqlite", clock=clock)
    second = Library.open(tmp_path / "second.sqlite", clock=clock)
    yield first, second
    first.close()
    second.close()


def change_first(**keys: Any):
    """A change of the first annotation of a file."""
    return lambda value: value["annotations"][0].update(keys)


def test_the_counts_beforehand_are_those_afterwards(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    uid = add(first, tmp_path / "a.txt")
    same, newer, older = (mark(first, uid, words) for words in ("41 million", "2031", "engineer"))
    second.exchange.import_file(exported(first))
    first.annotate.edit_note(newer.uid, "changed there")
    second.annotate.edit_note(older.uid, "changed here")
    mark(first, uid, "Residents")
    data = exported(first)
    before = second.exchange.dumps()
    preview = second.exchange.preview(data)
    assert (preview.new, preview.same, preview.newer, preview.older) == (1, 1, 1, 1)
    assert (preview.documents_matched, preview.documents_new, preview.problems) == (1, 0, ())
    assert second.exchange.dumps() == before
    report = second.exchange.import_file(data)
    assert (report.added, report.updated, report.skipped) == (1, 1, 2)
    assert second.annotate.get(newer.uid).note == "changed there"
    assert second.annotate.get(older.uid).note == "changed here"
    assert second.annotate.get(same.uid) == first.annotate.get(same.uid)


def test_an_import_is_one_step_and_tells_once(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    uid = add(first, tmp_path / "a.txt")
    for start in range(150):
        first.annotate.highlight(uid, MINUTES, start, start + 5, tags=[f"tag {start % 7}"])
    told: list[Change] = []
    second.bus.subscribe(told.append)
    progress: list[tuple[int, int]] = []
    report = second.exchange.import_file(exported(first), progress=lambda *counts: progress.append(counts))
    assert told == [report.change]
    assert report.change.everything
    assert [action.label for action in second.history.list()] == ["150 annotations imported"]
    assert progress[-1] == (150, 150)
    second.history.undo()
    assert quotes(second) == []
    assert second.documents.list() == []
    assert second.tags.list() == []
    second.history.redo()
    assert second.exchange.dumps() == first.exchange.dumps()


def test_the_same_file_twice_changes_nothing(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    mark(first, add(first, tmp_path / "a.txt"), "41 million", tags=["cost"])
    data = exported(first)
    second.exchange.import_file(data)
    report = second.exchange.import_file(data)
    assert (report.added, report.updated, report.skipped) == (0, 0, 1)
    assert not report.change
    assert len(second.history.list()) == 1


def test_after_undo_the_same_file_goes_in_again(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    mark(first, add(first, tmp_path / "a.txt"), "41 million")
    data = exported(first)
    second.exchange.import_file(data)
    second.history.undo()
    second.exchange.import_file(data)
    assert second.exchange.dumps() == first.exchange.dumps()


def test_what_was_deleted_here_comes_back(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, _ = pair
    uid = add(first, tmp_path / "a.txt")
    made = mark(first, uid, "41 million", note="n", tags=["b", "a"])
    data = exported(first)
    first.annotate.delete([made.uid])
    first.exchange.import_file(data)
    assert first.annotate.get(made.uid) == made


def test_a_bad_record_is_named_and_the_rest_goes_in(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    uid = add(first, tmp_path / "a.txt")
    mark(first, uid, "41 million")
    mark(first, uid, "2031")
    report = second.exchange.import_file(exported(first, change_first(color="teal")))
    assert report.added == 1
    assert report.problems == ("annotations[0].color: “teal” is not one of yellow, green, blue, pink, orange, purple",)
    assert quotes(second) == ["2031"]


def test_a_document_is_known_by_its_text_and_its_earlier_texts(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    made = mark(first, add(first, tmp_path / "a.txt"), "41 million")
    here = add(second, tmp_path / "b.txt")
    second.documents.opened(here)
    path = tmp_path / "b.txt"
    path.write_text("An insertion.\n\n" + MINUTES, "utf-8")
    list(second.adding.add([path]))
    second.exchange.import_file(exported(first))
    found = second.annotate.get(made.uid)
    assert found.document_uid == here
    assert (found.state, found.anchor and found.anchor.start) == (
        AnchorState.MOVED,
        MINUTES.index("41 million") + len("An insertion.\n\n"),
    )


def test_a_document_is_known_by_title_and_quotes(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    uid = add(first, tmp_path / "a.txt")
    mark(first, uid, "The dam will cost 41 million")
    gone = mark(first, uid, "in the old school")
    here = add(second, tmp_path / "b.txt", MINUTES.replace(" in the old school", "").replace("Residents", "We"))
    report = second.exchange.import_file(exported(first))
    assert {found.document_uid for found in second.annotate.select()} == {here}
    assert second.annotate.get(gone.uid).state is AnchorState.LOST
    assert report.notes == ("1 annotation was not found in the text of “Minutes of the water board” and kept as lost.",)


def test_a_title_alone_is_not_enough(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    made = mark(first, add(first, tmp_path / "a.txt"), "The dam will cost 41 million")
    here = add(second, tmp_path / "b.txt", "Minutes of the water board\n\nNothing was said in April.\n")
    report = second.exchange.import_file(exported(first))
    assert second.annotate.get(made.uid).document_uid != here
    assert len(second.documents.list()) == 2
    assert report.notes == (
        "“Minutes of the water board” is not in this library; add its file to read it with its annotations.",
    )


def test_marks_wait_for_their_text(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    uid = add(first, tmp_path / "a.txt")
    made = mark(first, uid, "41 million")
    second.exchange.import_file(exported(first))
    waiting = second.documents.open(uid)
    assert (waiting.document.text, waiting.annotations) == ("", [made])
    (result,) = second.adding.add([tmp_path / "a.txt"])
    assert result.document is not None
    assert result.document.uid == uid
    opened = second.documents.open(uid)
    assert (opened.document.text, opened.annotations) == (MINUTES, [made])


def test_a_document_nobody_touched_takes_the_id_of_the_file(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    uid = add(first, tmp_path / "a.txt")
    mark(first, uid, "41 million")
    here = add(second, tmp_path / "a.txt")
    second.exchange.import_file(exported(first))
    assert [summary.uid for summary in second.documents.list()] == [uid]
    second.history.undo()
    assert [summary.uid for summary in second.documents.list()] == [here]


def test_the_id_of_a_document_that_an_undo_has_hidden_is_free(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    mark(first, add(first, tmp_path / "a.txt"), "41 million")
    second.exchange.import_file(exported(first))
    second.history.undo()
    add(second, tmp_path / "a.txt")
    second.exchange.import_file(exported(first))
    assert second.exchange.dumps() == first.exchange.dumps()


@pytest.mark.parametrize("touch", ["opened", "marked"])
def test_a_document_in_use_keeps_its_id(pair: tuple[Library, Library], tmp_path: Path, touch: str) -> None:
    first, second = pair
    made = mark(first, add(first, tmp_path / "a.txt"), "41 million")
    here = add(second, tmp_path / "a.txt")
    if touch == "opened":
        second.documents.opened(here)
    else:
        mark(second, here, "2031")
    second.exchange.import_file(exported(first))
    assert [summary.uid for summary in second.documents.list()] == [here]
    assert second.annotate.get(made.uid).document_uid == here


def test_details_edited_here_stay_and_are_completed(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    uid = add(first, tmp_path / "a.txt")
    first.documents.edit(uid, metadata=Metadata("Theirs", ("Okafor",), "Lenn Post", "2026-03-14"), tags=["board"])
    here = add(second, tmp_path / "a.txt")
    second.documents.edit(here, metadata=Metadata("Mine", source="Courier"), tags=["mine"])
    second.documents.opened(here)
    second.exchange.import_file(exported(first))
    summary = second.documents.get(here)
    assert summary.metadata == Metadata("Mine", ("Okafor",), "Courier", "2026-03-14")
    assert summary.tags == ("mine", "board")


def test_a_document_in_the_bin_comes_out(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, _ = pair
    uid = add(first, tmp_path / "a.txt")
    mark(first, uid, "41 million")
    data = exported(first)
    first.documents.remove([uid])
    first.exchange.import_file(data)
    assert [summary.uid for summary in first.documents.list()] == [uid]


def test_names_of_categories_that_the_user_gave_stay(pair: tuple[Library, Library]) -> None:
    first, second = pair
    first.categories.rename(Color.PINK, "Doubt")
    first.categories.rename(Color.BLUE, "Voice")
    second.categories.rename(Color.PINK, "To check")
    report = second.exchange.import_file(exported(first))
    assert second.categories.names()[Color.PINK] == "To check"
    assert second.categories.names()[Color.BLUE] == "Voice"
    assert report.notes == ("The category pink is called “Doubt” in the file; here it stays “To check”.",)


def test_tags_meet_their_case_twins(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    made = mark(first, add(first, tmp_path / "a.txt"), "41 million", tags=["Water"])
    first.tags.edit("Water", color="#0000ff", description="theirs")
    mark(second, add(second, tmp_path / "b.txt", "Another text."), "text", tags=["water"])
    second.tags.edit("water", description="mine")
    second.exchange.import_file(exported(first))
    (tag,) = second.tags.list()
    assert (tag.name, tag.color, tag.description, tag.uses) == ("water", "#0000ff", "mine", 2)
    assert second.annotate.get(made.uid).tags == ("water",)


def test_onto_a_document_that_the_user_names(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    made = mark(first, add(first, tmp_path / "a.txt"), "41 million")
    here = add(second, tmp_path / "b.txt", "Quite another title\n\nThe dam will cost 41 million, they say.")
    second.exchange.import_file(exported(first), document_uid=here)
    found = second.annotate.get(made.uid)
    assert (found.document_uid, found.state) == (here, AnchorState.MOVED)
    assert second.documents.get(here).title == "Quite another title"
    assert second.documents.get(here).uid == here


def test_only_one_document_goes_onto_one(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    mark(first, add(first, tmp_path / "a.txt"), "41 million")
    mark(first, add(first, tmp_path / "b.txt", "Another text."), "text")
    here = add(second, tmp_path / "c.txt", "A third text.")
    with pytest.raises(ReaderError, match="2 documents"):
        second.exchange.preview(exported(first), document_uid=here)


def test_a_position_that_is_wrong_is_not_believed(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    made = mark(first, add(first, tmp_path / "a.txt"), "41 million")
    add(second, tmp_path / "a.txt")

    def shift(value: dict[str, Any]) -> None:
        value["annotations"][0]["anchor"].update(start=0, end=10)

    second.exchange.import_file(exported(first, shift))
    found = second.annotate.get(made.uid)
    assert found.anchor is not None
    assert MINUTES[found.anchor.start : found.anchor.end] == "41 million"


def test_an_import_that_is_stopped_keeps_what_is_in(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    uid = add(first, tmp_path / "a.txt")
    for start in range(150):
        first.annotate.highlight(uid, MINUTES, start, start + 5)
    done: list[int] = []
    report = second.exchange.import_file(
        exported(first), progress=lambda count, _total: done.append(count), cancelled=lambda: bool(done)
    )
    assert report.added == len(quotes(second)) == 100
    assert second.history.undo_label() == "100 annotations imported"
    second.history.undo()
    assert quotes(second) == []


@pytest.mark.parametrize("case", ["missing", "folder", "no json"])
def test_a_file_that_cannot_be_read(pair: tuple[Library, Library], tmp_path: Path, case: str) -> None:
    source = tmp_path / "export.json"
    if case == "folder":
        source.mkdir()
    elif case == "no json":
        source.write_bytes(b"\x00\x01")
    with pytest.raises(ReaderError) as refused:
        pair[0].exchange.import_file(source)
    assert "\n" not in str(refused.value)


def test_a_file_from_a_stranger_with_little_in_it(pair: tuple[Library, Library], tmp_path: Path) -> None:
    uid = add(pair[0], tmp_path / "a.txt")
    stranger = {
        "format": "passage 1",
        "documents": [{"uid": "00000000-0000-0000-0000-0000000000d1", "title": "Minutes of the water board"}],
        "annotations": [
            {
                "uid": "00000000-0000-0000-0000-0000000000a1",
                "document": "00000000-0000-0000-0000-0000000000d1",
                "anchor": {"start": 1, "end": 2, "exact": "The dam will be finished in 2031"},
                "created": "2026-03-14",
            }
        ],
    }
    report = pair[0].exchange.import_file(json.dumps(stranger).encode())
    assert (report.added, report.problems, report.notes) == (1, (), ())
    (found,) = pair[0].annotate.of_document(uid)
    assert found.anchor is not None
    assert found.anchor.start == MINUTES.index("The dam will be finished")


def test_what_is_hidden_travels_and_is_placed_anew_in_another_text(
    pair: tuple[Library, Library], tmp_path: Path
) -> None:
    first, second = pair
    uid = add(first, tmp_path / "a.txt")
    start = MINUTES.index("Residents")
    first.masks.hide(uid, MINUTES, [(start, start + 30)])
    first.masks.keep(uid, MINUTES, [(0, 26)])
    there = add(second, tmp_path / "b.txt", "Inserted. " + MINUTES.removeprefix("Minutes of the water board\n\n"))
    told: list[Change] = []
    second.bus.subscribe(told.append)
    preview = second.exchange.preview(exported(first), document_uid=there)
    assert (preview.new, preview.masks) == (0, 2)
    report = second.exchange.import_file(exported(first), document_uid=there)
    assert (report.added, report.masks, report.change.label) == (0, 2, "2 hidden passages imported")
    assert told[-1].masks == (there,)
    kept, hidden = second.masks.of_document(there)
    assert (kept.state, kept.anchor_state) == (MaskState.KEPT, AnchorState.LOST)
    assert (hidden.anchor_state, hidden.anchor.start) == (AnchorState.MOVED, start + 10 - 28)
    assert second.exchange.preview(exported(first), document_uid=there).masks == 0
    second.history.undo()
    assert second.masks.of_document(there) == ()


def test_a_mask_changed_later_there_replaces_the_one_here(pair: tuple[Library, Library], tmp_path: Path) -> None:
    first, second = pair
    uid = add(first, tmp_path / "a.txt")
    first.masks.hide(uid, MINUTES, [(0, 26)])
    second.exchange.import_file(exported(first))

    def keep(value: dict[str, Any]) -> None:
        value["documents"][0]["masks"][0].update(state="kept", modified="2030-01-01T00:00:00.000Z")

    report = second.exchange.import_file(exported(first, keep))
    assert (report.masks, [mask.state for mask in second.masks.of_document(uid)]) == (1, [MaskState.KEPT])
    assert second.exchange.preview(exported(first)).masks == 0


def test_a_document_that_an_undo_has_hidden_comes_back_with_its_text(library: Library, tmp_path: Path) -> None:
    uid = add(library, tmp_path / "a.txt")
    text = library.documents.open(uid).document.text
    mark(library, uid, "41 million")
    exported = library.exchange.dumps()
    library.history.undo()
    library.history.undo()
    assert library.documents.list() == []
    library.exchange.import_file(exported.encode())
    opened = library.documents.open(uid)
    assert opened.document.text == text
    assert [found.quote for found in opened.annotations] == ["41 million"]
    assert library.exchange.dumps() == exported
    library.history.undo()
    assert library.documents.list() == []
