"""What marks on pages lack: rectangles of pages nobody had looked at, pictures of areas."""

import struct
import zlib
from pathlib import Path

import pytest

from reader.formats.pdf.file import PdfFile
from reader.model.annotation import Annotation, PageRect, Style
from reader.model.change import Change
from reader.services.library import Library
from reader.services.page_pictures import piece_of
from tests.cli_helpers import Shell
from tests.formats.pdf.makers import drawn, together, written
from tests.formats.pdf.test_engine import locked
from tests.services.test_pdf_copies import added, library, mark, other, paper  # noqa: F401

AREA = PageRect(1, 0.25, 0.5, 0.5, 0.625)


def complete(library: Library, uid: str) -> set[str]:  # noqa: F811
    document = library.documents.open(uid)
    return library.completing.complete(uid, document.document, document.annotations)


def only(library: Library, uid: str) -> Annotation:  # noqa: F811
    (found,) = library.annotate.of_document(uid)
    return found


def pages(found: Annotation) -> list[int]:
    assert found.anchor
    return [rect.page for rect in found.anchor.rects]


def pixels(png: bytes) -> tuple[int, int, set[bytes]]:
    """Width, height and colours of a PNG file without filters."""
    width, height = struct.unpack(">II", png[16:24])
    data = b""
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        assert zlib.crc32(png[at + 4 : at + 8 + size]) == struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0]
        at += 12 + size
    rows = zlib.decompress(data)
    step = 1 + 3 * width
    assert len(rows) == height * step
    found = {rows[top + 1 + at : top + 4 + at] for top in range(0, len(rows), step) for at in range(0, step - 1, 3)}
    return width, height, found


def test_a_mark_that_nobody_saw_gets_its_rectangles_and_is_the_same_in_the_history(
    library: Library,  # noqa: F811
    paper: Path,  # noqa: F811
) -> None:
    uid = added(library, paper)
    made = mark(library, uid, "Nobody", "nothing", note="x")
    assert pages(made) == []
    heard: list[Change] = []
    library.bus.subscribe(heard.append)
    assert complete(library, uid) == set()
    found = only(library, uid)
    assert pages(found) == [0, 1]
    assert (found.modified, found.note, found.quote) == (made.modified, "x", made.quote)
    assert [change.annotations_updated for change in heard] == [(found,)]
    assert not heard[0].undoable
    assert complete(library, uid) == set()
    assert len(heard) == 1
    (step,) = library.history.list()[:1]
    assert step.label != ""
    library.history.undo()
    assert not library.annotate.of_document(uid)
    library.history.redo()
    assert only(library, uid).note == "x"


def test_only_the_pages_that_lack_are_asked(library: Library, paper: Path) -> None:  # noqa: F811
    uid = added(library, paper)
    made = mark(library, uid, "Nobody", "nothing")
    kept = PageRect(0, 0.5, 0.5, 0.6, 0.6)
    with library.store.transaction() as connection:
        from reader.store import annotations

        annotations.set_rects(connection, [(made.uid, (kept,))])
    complete(library, uid)
    anchor = only(library, uid).anchor
    assert anchor
    assert anchor.rects[0] == kept
    assert [rect.page for rect in anchor.rects] == [0, 1]


def test_a_mark_over_forty_pages(library: Library, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "long.pdf"
    path.write_bytes(drawn(*[written(f"Page {number} has a line", "and another one.") for number in range(40)]))
    uid = added(library, path)
    mark(library, uid, "has a line", "Page 39")
    complete(library, uid)
    found = pages(only(library, uid))
    assert found == [0, 0, *(page for page in range(1, 39) for _ in range(2)), 39]


def test_an_area_without_a_picture_is_drawn(library: Library, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "figure.pdf"

    def figure(canvas) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, 600, 850, stroke=0, fill=1)

    path.write_bytes(drawn(written("Words"), together(figure)))
    uid = added(library, path)
    text = library.documents.open(uid).document.text
    library.annotate.mark_area(uid, text, 3, AREA)
    before = library.exchange.dumps()
    complete(library, uid)
    found = only(library, uid)
    picture = library.annotate.picture(found)
    assert picture
    assert pixels(picture.data) == (298, 210, {b"\xff\0\0"})
    assert found.style is Style.AREA
    assert library.exchange.dumps() != before
    library.history.undo()
    library.history.redo()
    complete(library, uid)
    assert library.annotate.picture(only(library, uid)) == picture


def test_all_areas_without_pictures_are_drawn(library: Library, paper: Path) -> None:  # noqa: F811
    uid = added(library, paper)
    text = library.documents.open(uid).document.text
    library.annotate.mark_area(uid, text, 3, AREA)
    mark(library, uid, "residents")
    library.completing.complete_areas()
    assert [bool(library.annotate.picture(one)) for one in library.annotate.of_document(uid)] == [True, False]


def test_a_locked_file_is_left_until_it_is_unlocked(library: Library, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "locked.pdf"
    path.write_bytes(locked("secret"))
    library.passwords.give(path, "secret")
    uid = added(library, path)
    text = library.documents.open(uid).document.text
    (made,) = library.annotate.mark_area(uid, text, 0, PageRect(0, 0.1, 0.1, 0.2, 0.2)).annotations_added
    key = library.documents.original(uid)
    assert key
    library.passwords.remember(key.stem, "")
    assert complete(library, uid) == {made.uid}
    library.passwords.remember(key.stem, "secret")
    assert complete(library, uid) == set()
    assert only(library, uid).picture


def test_stopping_writes_nothing_that_is_half_known(library: Library, paper: Path) -> None:  # noqa: F811
    uid = added(library, paper)
    mark(library, uid, "Nobody", "nothing")
    opened = library.documents.open(uid)

    class Silent:
        def cancel(self) -> None:
            pass

        def glyphs(self, *_what: object) -> "Silent":
            return self

        def tile(self, *_what: object, **_how: object) -> "Silent":
            return self

    found = library.completing.complete(
        uid, opened.document, opened.annotations, shown=Silent(), cancelled=lambda: True
    )
    assert found == set()
    assert pages(only(library, uid)) == []


@pytest.mark.parametrize("side", [100.0, 14_400.0])
def test_the_piece_of_an_area_is_within_its_page(side: float) -> None:
    file = PdfFile(drawn(written("x"), size=(side, side)), "a.pdf")
    file.close()
    from reader.model.document import Sheet

    scale, (x, y, width, height) = piece_of(Sheet(0, side, side, ""), PageRect(0, 0.0, 0.5, 1.0, 1.0))
    assert width * height <= 4_100_000
    assert (x, y) == (0, round(side * scale) // 2)
    assert y + height <= round(side * scale) + 1


def test_the_command_line_completes_what_it_marks_and_imports(
    library: Library,  # noqa: F811
    paper: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    uid = added(library, paper)
    text = library.documents.open(uid).document.text
    library.annotate.mark_area(uid, text, 3, AREA)
    bare = tmp_path / "bare.json"
    library.exchange.export(bare)
    shell = Shell(tmp_path / "there.sqlite")
    assert shell("add", paper).status == 0
    assert shell("import", bare).status == 0
    row = shell("list").rows[0]
    assert shell("annotate", row[0], "--exact", "Nobody asked").status == 0
    there = Library.open(shell.library)
    area, words = there.annotate.of_document(there.documents.list()[0].uid)
    assert there.annotate.picture(area)
    assert pages(words) == [0]
    there.close()
