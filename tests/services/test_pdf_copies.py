"""Marks of a PDF on their way to other programs and back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.formats.pdf.annotations import page_comments, whole
from reader.formats.pdf.characters import page_text
from reader.formats.pdf.file import PdfFile
from reader.formats.pdf.glyphs import page_glyphs
from reader.model.annotation import Anchor, AnchorState, Annotation, Color, PageRect, Picture, Style
from reader.model.document import Comment, CommentKind
from reader.model.errors import ReaderError
from reader.services.checking import check
from reader.services.library import Library
from reader.text.joining import joined
from reader.text.page_rects import PageGlyphs
from tests.cli_helpers import Shell
from tests.formats.pdf.makers import drawn, written
from tests.store.helpers import Clock, Uids

FIRST = ("The reservoir was full in 1988.", "Nobody asked the residents, and the inter-")
SECOND = ("national press said nothing of it.", "The mayor said: We were never asked.")


def open_library(folder: Path, name: str) -> Library:
    folder.mkdir(exist_ok=True)
    return Library.open(folder / name, clock=Clock(), new_uid=Uids())


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = open_library(tmp_path, "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    opened = open_library(tmp_path / "other", "library.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.pdf"
    path.write_bytes(drawn(written(*FIRST), written(*SECOND), title="The dam"))
    return path


def added(library: Library, path: Path) -> str:
    (result,) = library.adding.add([path])
    assert result.document, result.reason
    return result.document.uid


def mark(library: Library, uid: str, first: str, last: str = "", **how: object) -> Annotation:
    text = library.documents.open(uid).document.text
    start = text.index(first)
    end = text.index(last or first, start) + len(last or first)
    (made,) = library.annotate.highlight(uid, text, start, end, **how).annotations_added  # type: ignore[arg-type]
    return made


def in_file(path: Path) -> tuple[Comment, ...]:
    """What any reader would find in a file."""
    file = PdfFile(path.read_bytes(), path.name)
    found: list[Comment] = []
    start = 0
    for number in range(file.count):
        with file.page(number) as page:
            assert page
            found += page_comments(page, start)
            start += len(page_text(page)) + 1
    file.close()
    return whole(found)


def test_a_copy_has_every_mark_and_is_found_again_by_uid(
    library: Library, other: Library, paper: Path, tmp_path: Path
) -> None:
    uid, before = added(library, paper), paper.read_bytes()
    across = mark(library, uid, "asked", "press", color=Color.GREEN, note="Zoë’s **note** 😀", tags=("a", "b/c"))
    lined = mark(library, uid, "mayor", style=Style.UNDERLINE, color=Color.PURPLE)
    text = library.documents.open(uid).document.text
    library.annotate.mark_area(uid, text, 3, PageRect(1, 0.1, 0.5, 0.4, 0.75), note="A figure")
    library.annotate.note_document(uid, "On all of it")
    target = tmp_path / "copy.pdf"
    report = library.exchange.save_pdf_copy(uid, target)
    assert (report.path, report.written, report.left_out) == (target, 4, 0)
    assert paper.read_bytes() == before
    kinds = {comment.kind for comment in in_file(target)}
    assert kinds == {CommentKind.HIGHLIGHT, CommentKind.UNDERLINE, CommentKind.AREA, CommentKind.NOTE}

    there = added(other, target)
    assert other.comments.waiting(there) == 4
    other.comments.import_into(there)
    found = {found.uid: found for found in other.annotate.of_document(there)}
    assert sorted(found) == sorted(one.uid for one in library.annotate.of_document(uid))
    same = found[across.uid]
    assert (same.quote, same.note, same.tags, same.color) == (across.quote, across.note, ("a", "b/c"), Color.GREEN)
    assert "\f" in same.quote
    assert same.created == across.created.replace(across.created[20:23], "000")
    assert {rect.page for rect in same.anchor.rects} == {0, 1}  # type: ignore[union-attr]
    assert (found[lined.uid].style, found[lined.uid].quote) == (Style.UNDERLINE, "mayor")
    (area,) = [one for one in found.values() if one.style is Style.AREA]
    assert area.anchor
    (rect,) = area.anchor.rects
    assert (rect.page, round(rect.left, 3), round(rect.bottom, 3)) == (1, 0.1, 0.75)
    assert [one.note for one in found.values() if one.anchor is None] == ["On all of it"]
    assert not other.comments.import_into(there)
    assert other.comments.waiting(there) == 0


def test_areas_that_were_taken_over_get_their_pictures_afterwards(
    library: Library, other: Library, paper: Path, tmp_path: Path
) -> None:
    uid = added(library, paper)
    text = library.documents.open(uid).document.text
    library.annotate.mark_area(uid, text, 3, PageRect(1, 0.1, 0.5, 0.4, 0.75))
    mark(library, uid, "mayor")
    target = tmp_path / "copy.pdf"
    library.exchange.save_pdf_copy(uid, target)
    there = added(other, target)
    assert len(other.comments.import_into(there).annotations_added) == 2
    other.completing.complete_document(there)
    found = {one.style: other.annotate.picture(one) for one in other.annotate.of_document(there)}
    crop = found[Style.AREA]
    assert crop
    assert crop.media_type.startswith("image/")
    assert found[Style.HIGHLIGHT] is None
    other.history.undo()
    assert not other.annotate.of_document(there)


def test_a_copy_of_a_copy_doubles_nothing(library: Library, paper: Path, tmp_path: Path) -> None:
    uid = added(library, paper)
    made = mark(library, uid, "residents", note="one")
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    library.exchange.save_pdf_copy(uid, first)
    again = added(library, first)
    assert again != uid
    # The uid is taken by the mark on the original, so the one on the copy gets another, once.
    assert library.comments.import_into(again).annotations_added[0].uid != made.uid
    assert not library.comments.import_into(again)
    (there,) = library.annotate.of_document(again)
    library.annotate.edit_note(there.uid, "two")
    library.exchange.save_pdf_copy(again, second)
    (only,) = in_file(second)
    assert (only.text, only.uid) == ("two", there.uid)


def test_its_own_file_is_never_written_to(library: Library, paper: Path, tmp_path: Path) -> None:
    uid = added(library, paper)
    linked = tmp_path / "linked.pdf"
    linked.symlink_to(paper)
    for target in (paper, linked):
        with pytest.raises(ReaderError, match="never written to"):
            library.exchange.save_pdf_copy(uid, target)
    with pytest.raises(ReaderError, match="belongs to the library"):
        library.exchange.save_pdf_copy(uid, library.path)
    text = tmp_path / "notes.txt"
    text.write_text("Only words.")
    with pytest.raises(ReaderError, match="is no PDF"):
        library.exchange.save_pdf_copy(added(library, text), tmp_path / "new.pdf")
    assert not (tmp_path / "new.pdf").exists()


def test_lost_marks_are_left_out_and_counted(library: Library, paper: Path, tmp_path: Path) -> None:
    uid = added(library, paper)
    made = mark(library, uid, "mayor")
    with library.store.transaction() as connection:
        connection.execute("UPDATE annotation SET state = ? WHERE uid = ?", (AnchorState.LOST.value, made.uid))
    report = library.exchange.save_pdf_copy(uid, tmp_path / "copy.pdf")
    assert (report.written, report.left_out) == (0, 1)
    assert in_file(tmp_path / "copy.pdf") == ()


def test_marks_of_others_stay_as_they_are_until_they_are_changed(
    library: Library, shared: Path, tmp_path: Path
) -> None:
    source = shared / "corpus" / "pdf" / "annotated" / "caret.pdf"
    uid = added(library, source)
    change = library.comments.import_into(uid)
    assert change.label == "5 marks imported"
    marks = {one.quote: one for one in library.annotate.of_document(uid)}
    assert marks["read this"].note == "Suyash Mahar: Test Comment"
    assert (marks["read this"].color, marks["on"].style) == (Color.BLUE, Style.UNDERLINE)
    assert marks["read this"].created == "2024-06-26T01:35:42.000Z"
    assert marks["document."].tags == ("struck out",)
    target = tmp_path / "copy.pdf"
    library.exchange.save_pdf_copy(uid, target)
    assert in_file(target) == in_file(source)
    library.annotate.edit_note(marks["read this"].uid, "Changed")
    library.exchange.save_pdf_copy(uid, target)
    texts = {comment.uid: comment.text for comment in in_file(target)}
    assert texts[marks["read this"].uid] == "Changed"
    assert len(texts) == 5
    while library.history.undo():
        pass
    assert library.documents.list() == []


def test_notes_without_words_stand_where_they_are(library: Library, paper: Path) -> None:
    uid = added(library, paper)
    opened = library.documents.open(uid).document
    here = (PageRect(0, 0.2, 0.3, 0.4, 0.5),)
    brought = (
        Comment(5, 5, "seen", "Ada", kind=CommentKind.INK, rects=here, uid="x-1"),
        Comment(0, 0, "", kind=CommentKind.HIGHLIGHT, rects=here, color=Color.PINK),
        Comment(5, 5, "aside", kind=CommentKind.NOTE, rects=here),
    )
    from reader.store.structure import encode

    with library.store.transaction() as connection:
        structure = encode(replace(opened, comments=brought))
        connection.execute("UPDATE text_version SET structure = ?", (structure.rest,))
    library.comments.import_into(uid)
    ink, bare, aside = (
        next(one for one in library.annotate.of_document(uid) if test(one))
        for test in (lambda m: m.note == "Ada: seen", lambda m: not m.note, lambda m: m.note == "aside")
    )
    assert ink.anchor == replace(Anchor(5, 5, "", opened.text[:5], opened.text[5:37]), rects=here)
    assert (ink.style, bare.style, bare.color) == (Style.AREA, Style.AREA, Color.PINK)
    assert (aside.style, aside.quote) == (Style.HIGHLIGHT, "reservoir")


def test_an_area_keeps_its_picture_through_undo_and_redo(library: Library, paper: Path) -> None:
    uid = added(library, paper)
    text = library.documents.open(uid).document.text
    area, picture = PageRect(0, 0.1, 0.1, 0.5, 0.5), Picture("image/png", b"a picture")
    (made,) = library.annotate.mark_area(uid, text, 4, area, picture=picture).annotations_added
    assert library.annotate.picture(made) == picture
    library.annotate.delete([made.uid])
    library.history.undo()
    (back,) = library.annotate.of_document(uid)
    assert back == made
    assert library.annotate.picture(back) == picture
    moved = library.annotate.move_area(
        made.uid, text, 4, replace(area, right=0.6), picture=Picture("image/png", b"wider")
    )
    assert library.annotate.picture(moved.annotations_updated[0]) == Picture("image/png", b"wider")
    library.history.undo()
    assert library.annotate.picture(library.annotate.get(made.uid)) == picture
    with pytest.raises(ReaderError, match="draw a rectangle"):
        library.annotate.mark_area(uid, text, 4, replace(area, right=0.1))


def test_an_area_is_not_underlined(library: Library, paper: Path) -> None:
    uid = added(library, paper)
    text = library.documents.open(uid).document.text
    (made,) = library.annotate.mark_area(uid, text, 4, PageRect(0, 0.1, 0.1, 0.5, 0.5)).annotations_added
    words = mark(library, uid, "mayor")
    with pytest.raises(ReaderError, match="neither highlighted"):
        library.annotate.restyle([made.uid], Style.UNDERLINE)
    library.annotate.restyle([made.uid, words.uid], Style.UNDERLINE)
    styles = [library.annotate.get(one.uid).style for one in (made, words)]
    assert styles == [Style.AREA, Style.UNDERLINE]


def test_marks_know_where_they_are_on_their_pages(library: Library, paper: Path) -> None:
    uid = added(library, paper)
    document = library.documents.open(uid).document
    file = PdfFile(paper.read_bytes(), "paper.pdf")
    glyphs: list[PageGlyphs] = []
    for number, sheet in enumerate(document.sheets):
        with file.page(number) as page:
            assert page
            boxes, _ = page_glyphs(page)
            glyphs.append(PageGlyphs(number, sheet.width, sheet.height, sheet.start, boxes))
    file.close()
    made = mark(library, uid, "asked", "press", glyphs=glyphs)
    assert made.anchor
    assert [rect.page for rect in made.anchor.rects] == [0, 1]
    assert library.annotate.get(made.uid) == made
    first, second = made.anchor.rects
    assert first.left > second.left == pytest.approx(72 / 595.27, abs=0.01)
    moved = library.annotate.move_range(made.uid, document.text, 0, 3, glyphs=glyphs).annotations_updated[0]
    assert moved.anchor
    assert [rect.page for rect in moved.anchor.rects] == [0]


def test_another_revision_at_the_same_place(library: Library, paper: Path) -> None:
    uid = added(library, paper)
    across = mark(library, uid, "asked", "press")
    text = library.documents.open(uid).document.text
    area = PageRect(1, 0.1, 0.1, 0.5, 0.5)
    beside = text.index("said nothing")
    (figure,) = library.annotate.mark_area(uid, text, beside, area).annotations_added
    new = (
        "Nobody asked the residents, and the",
        "international press said nothing of it. The mayor",
        "said: We were never asked.",
    )
    paper.write_bytes(drawn(written("A new title page."), written("The reservoir was full in 1988."), written(*new)))
    (result,) = library.adding.add([paper])
    assert (result.status, result.reason) == ("changed", "0 exact, 2 moved, 0 lost")
    found = library.annotate.get(across.uid)
    text = library.documents.open(uid).document.text
    assert found.anchor
    assert joined(text, found.anchor.start, found.anchor.end) == joined(across.quote)
    moved = library.annotate.get(figure.uid).anchor
    assert moved
    assert (text[moved.start :][:12], moved.rects) == ("said nothing", (replace(area, page=2),))
    assert check(library).problems == ()
    library.history.undo()
    assert library.annotate.get(figure.uid) == figure


def test_the_command_line_saves_copies(paper: Path, tmp_path: Path) -> None:
    shell = Shell(tmp_path / "shelf.sqlite")
    short = shell("add", paper).rows[0][0]
    assert shell("annotate", short, "--exact", "residents", "--note", "Who?").status == 0
    cut = shell("annotate", short, "--exact", "the international press", "--prefix", "and ")
    assert cut.status == 0, cut.err
    assert [row[5] for row in shell("annotations", short).rows][1] == "the international press"
    shell("undo")
    target = tmp_path / "copy.pdf"
    done = shell("export", "--format", "pdf", "--document", short, "-o", target)
    assert (done.status, done.out) == (0, f"1 annotation written to {target}\n")
    assert [comment.text for comment in in_file(target)] == ["Who?"]
    for wrong in ((), ("-o", target), ("--document", short), ("--document", short, "--tag", "x", "-o", target)):
        assert shell("export", "--format", "pdf", *wrong).status == 2


def test_pictures_travel(library: Library, other: Library, paper: Path) -> None:
    uid = added(library, paper)
    text = library.documents.open(uid).document.text
    picture = Picture("image/png", b"a picture")
    area = PageRect(0, 0.1, 0.1, 0.5, 0.5)
    (made,) = library.annotate.mark_area(uid, text, 4, area, picture=picture).annotations_added
    exported = library.exchange.dumps()
    added(other, paper)
    report = other.exchange.import_file(exported.encode())
    assert (report.added, report.problems) == (1, ())
    assert other.annotate.picture(other.annotate.get(made.uid)) == picture
    assert other.exchange.dumps() == exported
