"""PDF files of others: each opens or is refused in one sentence, with the words that poppler finds in it."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from reader.formats.errors import FormatError, PasswordNeeded
from reader.formats.pdf.reader import read
from reader.formats.request import Request
from reader.model.document import Document
from reader.text.joining import joined
from tests.conftest import SHARED
from tests.formats.checks import check

CORPUS = SHARED / "corpus"
FILES = sorted(CORPUS.rglob("*.pdf"))
NAMES = [str(path.relative_to(CORPUS)) for path in FILES]
PASSWORDS = {"libreoffice-writer-password.pdf": "openpassword"}
REFUSED = {"corrupted.pdf": "damaged beyond repair", "encrypted.pdf": "locked with a password"}
OTHER_WORDS = {
    "google-doc-document.pdf": (
        0.95,
        "the number of a note stands by itself, not as a digit of the number before",
    ),
    "habibi.pdf": (0.8, "a font that does not say what its glyphs mean"),
    "issue9.pdf": (0.5, "letters set apart are words here, and single letters there"),
    "T02-03_002_page-object-wrong-type.pdf": (0.0, "PDFium takes no page that says it is something else"),
}
"""How many of the words agree at least, where that is less than 99 of 100, and why."""


def document_of(path: Path) -> Document:
    return read(Request(path.read_bytes(), path.name, password=PASSWORDS.get(path.name, "")))


def words_in(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", joined(text)))


def by_poppler(path: Path) -> str:
    password = PASSWORDS.get(path.name)
    command = ["pdftotext", "-enc", "UTF-8", *(["-upw", password] if password else []), str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout


@pytest.mark.skipif(not FILES, reason="the shared documents are not beside this checkout")
def test_there_are_files() -> None:
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_it_opens_or_is_refused(path: Path) -> None:
    if path.name in REFUSED:
        with pytest.raises(FormatError, match=REFUSED[path.name]) as refused:
            document_of(path)
        assert str(refused.value).endswith(".")
        return
    document = document_of(path)
    check(document, own_outline=True)
    assert document.sheets
    assert all(sheet.width > 0 and sheet.height > 0 for sheet in document.sheets)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler-utils are not installed")
@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_its_words_are_those_that_poppler_finds(path: Path) -> None:
    if path.name in REFUSED:
        return
    here, there = words_in(document_of(path).text), words_in(by_poppler(path))
    least = OTHER_WORDS.get(path.name, (0.99, ""))[0]
    assert (here & there).total() >= least * max(here.total(), there.total()), (here - there, there - here)


def test_the_password_of_a_locked_file() -> None:
    path = CORPUS / "pdf" / "libreoffice-writer-password.pdf"
    if not path.exists():
        pytest.skip("the shared documents are not beside this checkout")
    with pytest.raises(PasswordNeeded):
        read(Request(path.read_bytes(), path.name))
    assert "Lorem ipsum" in document_of(path).text
