"""Exports in the forms that are read, out of a real library."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest

from reader.interchange.forms import FORMS, Form
from reader.model.annotation import Color
from reader.services.library import Library
from tests.services.exchange_helpers import add, exported, mark

BOOK = (
    "# The dam\n\n## Costs\n\nIt will cost 41 million.\n\n### Who pays\n\nResidents pay.\n\n## Time\n\nReady in 2031.\n"
)


@pytest.fixture
def book(library: Library, tmp_path: Path) -> str:
    path = tmp_path / "dam.md"
    uid = add(library, path, BOOK)
    mark(library, uid, "41 million", tags=["cost"], color=Color.ORANGE)
    mark(library, uid, "Residents pay")
    mark(library, uid, "2031", note="Sure?")
    return uid


def table(library: Library, **choice: object) -> list[dict[str, str]]:
    text = library.exchange.dumps(form="csv", **choice)  # type: ignore[arg-type]
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_a_row_names_the_headings_over_its_mark(library: Library, book: str) -> None:
    found = table(library)
    assert [row["headings"] for row in found] == ["The dam; Costs", "The dam; Costs; Who pays", "The dam; Time"]
    assert [row["chapter"] for row in found] == ["Costs", "Costs", "Time"]


def test_what_is_hidden_is_not_in_what_is_read(library: Library, book: str) -> None:
    text = library.documents.open(book).document.text
    start = text.index(" million")
    library.masks.hide(book, text, [(start, start + len(" million"))])
    assert [row["quote"] for row in table(library)] == ["41", "Residents pay", "2031"]


@pytest.mark.parametrize("form", [form for form in FORMS if form.writer], ids=lambda form: form.name)
def test_it_counts_the_documents_that_the_annotations_written_are_of(
    library: Library, book: str, tmp_path: Path, form: Form
) -> None:
    """One with marks, one with a note on all of it, for which Readwise has no place, and one with nothing."""
    noted = add(library, tmp_path / "noted.txt", "The weir.\n")
    library.annotate.note_document(noted, "Read this again.")
    bare = add(library, tmp_path / "bare.txt", "The lock.\n")
    report = library.exchange.export(tmp_path / "out", form=form.name)
    data = (tmp_path / "out").read_bytes()
    if form.name == "readwise":
        assert (report.annotations, report.documents, report.left_out, report.unmarked) == (3, 1, 1, 0)
    else:
        assert (report.annotations, report.documents, report.left_out) == (4, 2, 0)
        assert report.unmarked == (1 if form.name in ("passage", "w3c", "qdpx") else 0)
    if not form.binary:
        assert (bare.encode() in data) == bool(report.unmarked)


def test_a_mark_that_is_nowhere_is_under_no_heading(library: Library, book: str) -> None:
    def lose(value: dict[str, Any]) -> None:
        value["annotations"][2].update(modified="2099-01-01T00:00:00.000Z")
        value["annotations"][2]["anchor"].update(exact="words of another book", prefix="", suffix="")

    library.exchange.import_file(exported(library, lose))
    lost = table(library)[-1]
    assert (lost["state"], lost["quote"]) == ("lost", "words of another book")
    assert (lost["headings"], lost["chapter"], lost["page"]) == ("", "", "")


def test_the_choice_and_the_fields_hold_for_every_form(library: Library, book: str) -> None:
    assert [row["quote"] for row in table(library, tags=["cost"])] == ["41 million"]
    assert [row["quote"] for row in table(library, color=Color.ORANGE, documents=[book])] == ["41 million"]
    assert table(library, fields=("note", "quote"))[2] == {"note": "Sure?", "quote": "2031"}
    assert table(library, annotations=[]) == []


def unpacked(target: Path) -> bytes:
    """The bytes of a file, or those of all the files in an archive."""
    if not is_zipfile(target):
        return target.read_bytes()
    with ZipFile(target) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("form", [form.name for form in FORMS if form.writer])
def test_every_form_comes_whole_or_not_at_all(library: Library, book: str, tmp_path: Path, form: str) -> None:
    target = tmp_path / "out"
    target.write_text("mine", "utf-8")
    assert library.exchange.export(target, form=form, cancelled=lambda: True).path is None
    assert target.read_text("utf-8") == "mine"
    report = library.exchange.export(target, form=form)
    assert (report.documents, report.annotations, report.left_out) == (1, 3, 0)
    assert b"41 million" in unpacked(target)
    assert not list(tmp_path.glob(".*.part"))


def test_what_has_no_place_in_a_form_is_counted(library: Library, book: str, tmp_path: Path) -> None:
    library.annotate.note_document(book, "On all of it")
    report = library.exchange.export(tmp_path / "r.csv", form="readwise")
    assert (report.annotations, report.left_out) == (3, 1)


def test_the_contents_of_a_document_are_read_once_and_its_text_never(
    library: Library, book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reader.store import exchange, texts

    read: list[str] = []
    contents: Callable[..., object] = exchange.contents
    monkeypatch.setattr(exchange, "contents", lambda store, uid: (read.append(uid), contents(store, uid))[1])
    monkeypatch.setattr(texts, "text_of", lambda *_: pytest.fail("a text was read"))
    second = library.exchange.dumps(form="csv")
    assert read == [book]
    assert "Residents pay" in second
