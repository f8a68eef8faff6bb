"""A quote over several paragraphs, out in every form and held against its text again."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from reader.interchange.managed import parts_of
from reader.interchange.template_files import source_of, template_files
from reader.model.annotation import Annotation
from reader.services.library import Library
from reader.services.quote_paragraphs import ParagraphBreaks
from reader.services.verifying import Holds
from tests.services.exchange_helpers import add
from tests.store.helpers import open_library

PAGE = "# The dam\n\nIt will cost\n41 million.\n\n## Who pays\n\n\\# Residents\npay.\n\nThey were **never** asked.\n"
FIRST, LAST = "41 million", "They were never"
READ = ["41 million.", "Who pays", "# Residents pay.", "They were never"]


def across(library: Library, uid: str, first: str = FIRST, last: str = LAST) -> Annotation:
    """A mark from the first words to the last."""
    text = library.documents.open(uid).document.text
    start, end = text.index(first), text.index(last) + len(last)
    (made,) = library.annotate.highlight(uid, text, start, end).annotations_added
    return made


@pytest.fixture
def page(library: Library, tmp_path: Path) -> str:
    uid = add(library, tmp_path / "dam.md", PAGE)
    across(library, uid)
    return uid


def test_markdown_keeps_them_in_one_block_quote(library: Library, page: str) -> None:
    text = library.exchange.dumps(form="markdown")
    assert "> 41 million.\n>\n> Who pays\n>\n> \\# Residents pay.\n>\n> They were never\n\n^" in text
    tree = LexborHTMLParser(MarkdownIt().render(text))
    assert [part.text() for part in tree.css("blockquote > *")] == READ
    assert len(tree.css("blockquote")) == 1


def test_a_report_has_a_paragraph_for_each(library: Library, page: str) -> None:
    tree = LexborHTMLParser(library.exchange.dumps(form="html"))
    assert [part.text() for part in tree.css("article > blockquote > p > mark")] == READ


def test_templates_have_them_as_a_list(library: Library, page: str, tmp_path: Path) -> None:
    own = tmp_path / "own.txt.j2"
    shipped = (source_of(file.path) for file in template_files() if not file.is_own)
    own.write_text("\n=====\n".join(shipped), "utf-8")
    text = library.exchange.dumps(form=f"template:{own}")
    assert "> 41 million.\n>\n> Who pays\n>\n> \\# Residents pay.\n>\n> They were never\n" in text
    assert "41 million.\n\nWho pays\n\n\\# Residents pay.\n\nThey were never\\footnote" in text
    assert "1. “41 million.\n\n   Who pays\n" in text


@pytest.mark.parametrize(("form", "column"), [("csv", "quote"), ("readwise", "Highlight")])
def test_a_table_has_them_in_one_line_and_finds_them_again(
    library: Library, page: str, tmp_path: Path, form: str, column: str
) -> None:
    data = library.exchange.dumps(form=form)
    (row,) = csv.DictReader(StringIO(data.removeprefix("\ufeff"), newline=""))
    assert row[column] == " ".join(READ)
    (tmp_path / "other").mkdir()
    other = open_library(tmp_path / "other")
    add(other, tmp_path / "dam.md", PAGE)
    other.exchange.import_file(data.encode())
    (here,) = library.annotate.select()
    (found,) = other.annotate.select()
    assert (found.state, found.quote) == (here.state, here.quote)
    assert other.exchange.import_file(data.encode()).added == 0
    other.close()


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_what_people_read_still_holds(library: Library, page: str, form: str) -> None:
    found = library.exchange.verify(library.exchange.dumps(form=form).encode())
    assert (found.count(Holds.EXACT), found.problems) == (1, ())


def test_lines_of_wrapped_text_are_joined_and_hidden_words_left_out(library: Library, tmp_path: Path) -> None:
    line = "The board met at seven in the old school and was told what the dam would cost it.\n"
    text = f"{line * 3}It was much, and all of the coun-\ncil knew.\n\nSHARE THIS\n\n{line * 3}It went home.\n"
    uid = add(library, tmp_path / "wrapped.txt", text)
    across(library, uid, "It was much", "It went home")
    known = library.documents.open(uid).document.text
    start = known.index("SHARE THIS")
    library.masks.hide(uid, known, [(start, start + len("SHARE THIS"))])
    lines = (line * 3).replace("\n", " ")
    said = library.exchange.dumps(form="markdown")
    assert f"> It was much, and all of the council knew.\n>\n> {lines}It went home\n\n" in said


def test_a_vault_of_one_line_quotes_is_brought_up_to_date_in_those_marks_only(
    library: Library, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As such quotes were written before."""
    across(library, page, "Residents", LAST)
    across(library, page, "never", "asked")
    other = add(library, tmp_path / "other.md", "# The weir\n\nIt is old.\n")
    across(library, other, "old", "old")
    vault = tmp_path / "vault"
    with monkeypatch.context() as before:
        before.setattr(ParagraphBreaks, "of", lambda *_: ())
        library.folders.export(vault)
    file = vault / "The dam.md"
    old = file.read_text("utf-8")
    assert "> 41 million. Who pays \\# Residents pay. They were never\n" in old
    edited = "> Residents pay! They were never\n"
    mine = old.replace("> Residents pay. They were never\n", edited) + "\nMine.\n"
    assert edited in mine
    file.write_text(mine, "utf-8")
    report = library.folders.export(vault)
    assert dict(report.files) == {"The dam.md": "updated", "The weir.md": "unchanged"}
    assert report.marks_kept == 1
    assert without_blocks(file.read_text("utf-8"), FIRST) == without_blocks(mine, FIRST)
    assert "> 41 million.\n>\n> Who pays\n" in file.read_text("utf-8")
    assert library.folders.export(vault).count("unchanged") == 2


def without_blocks(text: str, words: str) -> list[str]:
    """The parts of a file without the block of the mark that has these words."""
    parts = [part if isinstance(part, str) else part.raw for part in parts_of(text)]
    left = [part for part in parts if words not in part]
    assert len(left) == len(parts) - 1
    return left


def test_of_a_damaged_structure_the_quote_itself_tells(library: Library, page: str, tmp_path: Path) -> None:
    (made,) = library.annotate.select()
    with library.store.transaction() as connection:
        connection.execute("UPDATE text_version SET structure = '{'")
    assert ParagraphBreaks(library.store).of(made) == ()
    assert "> 41 million. Who pays" in library.exchange.dumps(form="markdown")
