"""Marks in a PDF, whoever made them."""

import random
from pathlib import Path

import pytest

from reader.formats.errors import FormatError, PasswordNeeded
from reader.formats.pdf.annotations import page_comments, whole
from reader.formats.pdf.characters import page_text
from reader.formats.pdf.colors import RGB, nearest_category
from reader.formats.pdf.dates import iso_instant, pdf_instant
from reader.formats.pdf.file import PdfFile
from reader.formats.pdf.writing import Part, Written, with_marks
from reader.model.annotation import Color, PageRect
from reader.model.document import Comment, CommentKind
from tests.formats.pdf.makers import assembled, drawn, stream, written

CONTENT = b"BT /F1 10 Tf 100 500 Td (Nobody asked the residents.) Tj ET"
UID = "01a1fef7-67cb-75f9-8000-00000000000{}"
GREEN = Written(UID.format(1), "highlight", "green", parts=(Part(0, 0, 6, "Nobody"),))


def page_with(*annotations: bytes, page: bytes = b"/MediaBox [0 0 400 600]") -> bytes:
    """A page in Helvetica with these annotations as objects from 6 on."""
    named = b" ".join(b"%d 0 R" % number for number in range(6, 6 + len(annotations)))
    return assembled(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> "
        + page
        + b" /Annots ["
        + named
        + b"] >>",
        stream(CONTENT),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *annotations,
    )


def comments_in(data: bytes) -> list[tuple[str, Comment]]:
    """The comments of a file, each with the words that it stands on."""
    file = PdfFile(data, "a.pdf")
    found: list[Comment] = []
    texts: list[str] = []
    try:
        for number in range(file.count):
            with file.page(number) as page:
                assert page
                found += page_comments(page, len("\f".join([*texts, ""])))
                texts.append(page_text(page))
    finally:
        file.close()
    text = "\f".join(texts)
    return [(text[comment.start : comment.end], comment) for comment in whole(found)]


def marked(entries: bytes, quad: tuple[float, ...] = (136, 512, 163, 512, 136, 497, 163, 497)) -> bytes:
    numbers = b" ".join(b"%g" % number for number in quad)
    return b"<< /Type /Annot /Rect [136 497 163 512] /QuadPoints [" + numbers + b"] " + entries + b" >>"


@pytest.mark.parametrize(
    ("subtype", "kind"),
    [
        (b"/Highlight", CommentKind.HIGHLIGHT),
        (b"/Underline", CommentKind.UNDERLINE),
        (b"/StrikeOut", CommentKind.STRIKE),
        (b"/Squiggly", CommentKind.SQUIGGLY),
    ],
)
def test_marks_stand_on_the_words_in_their_quadrilaterals(subtype: bytes, kind: CommentKind) -> None:
    entries = b"/Subtype " + subtype + b" /C [0 0.5 0] /Contents (Really\r\nso?) /T (Ada) /NM (n1) /M (D:20240625)"
    ((words, comment),) = comments_in(page_with(marked(entries)))
    assert words.strip() == "asked"
    assert (comment.kind, comment.color, comment.text, comment.author) == (kind, Color.GREEN, "Really\nso?", "Ada")
    assert (comment.uid, comment.created) == ("n1", "2024-06-25T00:00:00")
    (rect,) = comment.rects
    assert (rect.page, round(rect.left * 400), round(rect.top * 600)) == (0, 136, 88)


def test_a_turned_page_with_its_own_origin() -> None:
    page = b"/MediaBox [0 0 400 600] /CropBox [50 100 350 550] /Rotate 90"
    ((words, comment),) = comments_in(page_with(marked(b"/Subtype /Highlight"), page=page))
    assert words.strip() == "asked"
    (rect,) = comment.rects
    assert [round(edge, 3) for edge in (rect.left, rect.right)] == [round(397 / 450, 3), round(412 / 450, 3)]
    assert [round(edge, 3) for edge in (rect.top, rect.bottom)] == [round(86 / 300, 3), round(113 / 300, 3)]


def test_notes_ink_and_answers() -> None:
    note = b"<< /Type /Annot /Subtype /Text /Rect [10 500 30 520] /Contents (First) /T (Ada) >>"
    answer = b"<< /Type /Annot /Subtype /Text /Rect [10 500 30 520] /Contents (Yes) /T (Bob) /IRT 6 0 R >>"
    tick = b"<< /Type /Annot /Subtype /Text /Rect [10 500 30 520] /StateModel (Review) /IRT 6 0 R >>"
    ink = b"<< /Type /Annot /Subtype /Ink /Rect [200 100 300 200] /InkList [[200 100 300 200]] >>"
    popup = b"<< /Type /Annot /Subtype /Popup /Rect [0 0 100 100] /Parent 6 0 R >>"
    hidden = b"<< /Type /Annot /Subtype /Text /Rect [10 500 30 520] /F 2 /Contents (Not seen) >>"
    found = [comment for _, comment in comments_in(page_with(note, answer, tick, ink, popup, hidden))]
    assert sorted((comment.kind, comment.text) for comment in found) == [
        (CommentKind.INK, ""),
        (CommentKind.NOTE, "First\n\nBob: Yes"),
    ]


def test_what_answers_itself_ends() -> None:
    first = b"<< /Type /Annot /Subtype /Text /Rect [10 500 30 520] /Contents (a) /IRT 7 0 R >>"
    second = b"<< /Type /Annot /Subtype /Text /Rect [10 500 30 520] /Contents (b) /IRT 6 0 R >>"
    ((_, comment),) = comments_in(page_with(first, second))
    assert comment.text == "a\n\nb"


def test_marks_off_the_page_and_nonsense_are_passed_over() -> None:
    off = marked(b"/Subtype /Highlight", (900, 912, 960, 912, 900, 897, 960, 897)).replace(b"[136", b"[900", 1)
    bad = b"<< /Type /Annot /Subtype /Highlight /Rect [1 2] /QuadPoints (no) >>"
    assert all(comment.rects for _, comment in comments_in(page_with(off, bad, b"null", b"[1 2 3]")))


def test_colors() -> None:
    assert {color: nearest_category(*rgb) for color, rgb in RGB.items()} == {color: color for color in Color}
    zotero = {
        (0xFF, 0xD4, 0x00): Color.YELLOW,
        (0xFF, 0x66, 0x66): Color.PINK,
        (0x5F, 0xB2, 0x36): Color.GREEN,
        (0x2E, 0xA8, 0xE5): Color.BLUE,
        (0xA2, 0x8A, 0xE5): Color.PURPLE,
        (0xE5, 0x6E, 0xEE): Color.PINK,
        (0xF1, 0x98, 0x37): Color.ORANGE,
        (0xAA, 0xAA, 0xAA): None,
        (0, 0, 0): None,
    }
    assert {rgb: nearest_category(*rgb) for rgb in zotero} == zotero


@pytest.mark.parametrize(
    ("pdf", "iso"),
    [
        ("D:20240625182229-07'00'", "2024-06-25T18:22:29-07:00"),
        ("D:20240625182229Z", "2024-06-25T18:22:29+00:00"),
        ("D:20240625182229Z00'00'", "2024-06-25T18:22:29+00:00"),
        ("20240625", "2024-06-25T00:00:00"),
        ("D:2024", "2024-01-01T00:00:00"),
        ("D:20241340", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates(pdf: str, iso: str) -> None:
    assert iso_instant(pdf) == iso


def test_dates_there_and_back() -> None:
    assert iso_instant(pdf_instant("2026-11-21T16:02:00.000Z")) == "2026-11-21T16:02:00+00:00"
    assert pdf_instant("never") == ""


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_what_is_written_is_found_at_the_same_place(turns: int) -> None:
    page = b"/MediaBox [0 0 400 600] /CropBox [50 100 350 550] /Rotate %d" % turns
    area = Written(UID.format(1), "area", "pink", "Seen", parts=(Part(0, 0, 0, "", ((0.1, 0.2, 0.5, 0.4),)),))
    words = Written(UID.format(2), "highlight", "blue", parts=(Part(0, 7, 12, "asked"),), tags=("a", "b"))
    data = page_with(page=page)
    copy, left_out = with_marks(data, "a.pdf", [area, words])
    assert left_out == []
    found = {comment.uid: (text, comment) for text, comment in comments_in(copy)}
    (rect,) = found[area.uid][1].rects
    assert [round(edge, 2) for edge in (rect.left, rect.top, rect.right, rect.bottom)] == [0.1, 0.2, 0.5, 0.4]
    text, comment = found[words.uid]
    assert (text.strip(), comment.tags, comment.color) == ("asked", ("a", "b"), Color.BLUE)
    again, _ = with_marks(copy, "a.pdf", [area, words])
    assert comments_in(again) == comments_in(copy)


def test_every_mark_has_an_appearance() -> None:
    data = drawn(written("Nobody asked the residents."))
    copy, _ = with_marks(data, "a.pdf", [GREEN])
    for part in (b"/QuadPoints", b"/AP", b"/Multiply", b"/NM(" + UID.format(1).encode()):
        assert part in copy


def test_words_that_are_not_there_any_more_are_marked_where_they_were() -> None:
    seen = Written(UID.format(1), "highlight", "green", parts=(Part(0, 0, 6, "Others", ((0.1, 0.1, 0.2, 0.2),)),))
    unseen = Written(UID.format(2), "highlight", "green", parts=(Part(0, 0, 6, "Others"),))
    copy, left_out = with_marks(page_with(), "a.pdf", [seen, unseen])
    assert left_out == [unseen.uid]
    ((_, comment),) = comments_in(copy)
    assert comment.rects[0].left == pytest.approx(0.1, abs=1e-4)


@pytest.mark.parametrize("seed", range(60))
def test_damaged_marks_hurt_nothing(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(page_with(marked(b"/Subtype /Highlight /NM (n1) /Contents (x)"), marked(b"/Subtype /Ink")))
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        comments_in(bytes(data))
        with_marks(bytes(data), "a.pdf", [GREEN])
    except (FormatError, AssertionError):
        pass  # refused in one sentence, or a page that cannot be loaded


def test_parts_of_a_mark_are_put_together() -> None:
    first = Comment(3, 9, "note", uid=UID.format(1), rects=(PageRect(0, 0, 0, 1, 1),))
    second = Comment(10, 14, "", uid=UID.format(1) + "#2", rects=(PageRect(1, 0, 0, 1, 1),))
    other = Comment(0, 1, "", uid="x#2")
    (made, same) = whole([first, second, other])
    assert (made.start, made.end, made.text, len(made.rects)) == (3, 14, "note", 2)
    assert same == other


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        (
            "annotated/caret.pdf",
            {
                ("strike", "document.", ""),
                ("highlight", "read this", "Test Comment"),
                ("strike", "Adobe Acrobat Reader", ""),
                ("note", "", "Google Chrome"),
                ("underline", "on", "testing"),
            },
        ),
        ("annotated/issue13.pdf", {("highlight", "This is a sample statement.", "")}),
        ("annotated/issue9.pdf", {("highlight", "World", "")}),
        (
            "annotated_pdf.pdf",
            {
                ("note", "", "This is a text annotation."),
                ("highlight", "Line 1 Line 2", "Highlight comment"),
                ("ink", "", "Hello world!"),
            },
        ),
    ],
)
def test_marks_that_acrobat_and_others_made(shared: Path, name: str, marks: set[tuple[str, str, str]]) -> None:
    found = comments_in((shared / "corpus" / "pdf" / name).read_bytes())
    assert {(comment.kind.value, " ".join(words.split()), comment.text) for words, comment in found} == marks


def test_a_copy_of_a_locked_file_stays_locked(shared: Path) -> None:
    data = (shared / "corpus" / "pdf" / "libreoffice-writer-password.pdf").read_bytes()
    mark = Written(UID.format(1), "highlight", "green", "Zoë", parts=(Part(0, 0, 5, "Lorem"),))
    copy, left_out = with_marks(data, "a.pdf", [mark], "openpassword")
    assert left_out == []
    with pytest.raises(PasswordNeeded):
        PdfFile(copy, "a.pdf")
    file = PdfFile(copy, "a.pdf", "openpassword")
    with file.page(0) as page:
        assert page
        (comment,) = page_comments(page, 0)
    file.close()
    assert (comment.text, comment.uid) == ("Zoë", mark.uid)
