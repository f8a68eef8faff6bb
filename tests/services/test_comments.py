"""Comments of a file, taken over as notes."""

from dataclasses import replace

import pytest

from reader.model.annotation import Color
from reader.model.change import Change
from reader.model.document import Comment
from reader.model.errors import ReaderError
from reader.services.library import Library
from reader.store.structure import encode
from tests.store.helpers import TEXT, add_text, dump

AT = TEXT.index("Nobody")
COMMENTS = (
    Comment(AT, AT + 6, "Who was asked?", "Ada Lee", "2024-05-03T10:00:00+02:00"),
    Comment(AT + 20, AT + 20, "Beside a word", "", "not a time"),
    Comment(AT, AT + 6, "Who was asked?", "Ada Lee", "2024-05-03T10:00:00+02:00"),
    Comment(0, 0, "An **old** remark", "Zoë"),
)


def bring(library: Library, uid: str, comments: tuple[Comment, ...]) -> None:
    """Let the document's file have brought these comments."""
    document = library.documents.open(uid).document
    with library.store.transaction() as connection:
        connection.execute(
            "UPDATE text_version SET structure = ?", (encode(replace(document, comments=comments)).rest,)
        )


def test_a_conversation_is_listed_in_its_order(library: Library) -> None:
    uid = add_text(library)
    talk = tuple(Comment(AT, AT + 6, f"Answer {day}", "Ada", f"2024-05-{day:02}T10:00:00Z") for day in range(9, 29))
    old = Comment(AT, AT + 6, "From long ago", "Ada", "1850-01-01T00:00:00Z")
    bring(library, uid, (*talk, old))
    library.comments.import_into(uid)
    marks = library.annotate.of_document(uid)
    assert [mark.note for mark in marks] == [f"Ada: {comment.text}" for comment in (old, *talk)]
    assert len({mark.uid for mark in marks}) == len(marks)


def test_comments_become_notes_on_their_passages_in_one_step(library: Library) -> None:
    uid = add_text(library)
    bring(library, uid, COMMENTS)
    assert library.comments.waiting(uid) == 4
    before = dump(library.store)
    told: list[Change] = []
    library.bus.subscribe(told.append)
    change = library.comments.import_into(uid)
    assert (change.label, change.undoable, told) == ("4 comments imported", True, [change])
    marks = {mark.note: mark for mark in library.annotate.of_document(uid)}
    first = marks["Ada Lee: Who was asked?"]
    assert (first.quote, first.created, first.color) == ("Nobody", "2024-05-03T08:00:00.000Z", Color.PURPLE)
    assert first.modified == library.store.now()
    assert marks["Beside a word"].quote == "residents"
    assert marks["Beside a word"].created == library.store.now()
    assert marks["Zoë: An **old** remark"].quote == "The"
    assert sorted(mark.uid for mark in change.annotations_added) == sorted(
        mark.uid for mark in library.annotate.of_document(uid)
    )
    assert change.documents_updated[0].annotations == 4
    assert library.comments.waiting(uid) == 0
    library.history.undo()
    assert dump(library.store) == before
    assert library.comments.waiting(uid) == 4


def test_a_second_time_nothing_is_added(library: Library) -> None:
    uid = add_text(library)
    bring(library, uid, COMMENTS)
    library.comments.import_into(uid)
    mark = library.annotate.of_document(uid)[0]
    library.annotate.edit_note(mark.uid, "My own words")
    before = dump(library.store)
    assert not library.comments.import_into(uid)
    assert dump(library.store) == before
    # A reading that finds one more brings that one alone, wherever the others are now.
    moved = tuple(replace(comment, start=comment.start + 2, end=comment.end + 2) for comment in COMMENTS)
    bring(library, uid, (*moved, Comment(0, 3, "New")))
    assert library.comments.waiting(uid) == 1
    assert library.comments.import_into(uid).label == "1 comment imported"
    assert library.annotate.get(mark.uid).note == "My own words"


def test_a_comment_beyond_the_text_is_kept_on_the_document(library: Library) -> None:
    uid = add_text(library, "...\n")
    bring(library, uid, (Comment(900, 950, "Lost", "Ada"), Comment(-5, 2, "Before")))
    library.comments.import_into(uid)
    marks = {mark.note: mark.anchor for mark in library.annotate.of_document(uid)}
    assert marks["Ada: Lost"] is None
    assert marks["Before"]
    assert (marks["Before"].start, marks["Before"].end) == (0, 2)


def test_documents_without_comments(library: Library) -> None:
    uid = add_text(library)
    assert library.comments.waiting(uid) == library.comments.waiting("nobody") == 0
    assert not library.comments.import_into(uid)
    with pytest.raises(ReaderError, match="not in the library any more"):
        library.comments.import_into("nobody")
