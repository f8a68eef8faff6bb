"""PDF files of others: each opens or is refused in one right sentence; the words are those that `pdftotext` finds."""

import re
import subprocess
import unicodedata
from collections import Counter
from shutil import which

import pytest

from reader.formats.errors import FormatError, PasswordNeeded
from reader.formats.registry import parse, read
from reader.formats.request import Request
from reader.model.document import Document
from reader.text.joining import joined
from tests.conftest import SHARED
from tests.formats.checks import check

CORPUS = SHARED / "corpus"
FILES = sorted([*(CORPUS / "pdf").rglob("*.pdf"), *(CORPUS / "same-text").glob("*.pdf")])
NAMES = [str(path.relative_to(CORPUS)) for path in FILES]
PASSWORDS = {"pdf/libreoffice-writer-password.pdf": "openpassword"}
REFUSED = {"pdf/corrupted.pdf": "damaged", "pdf/encrypted.pdf": "password"}
WITHOUT_WORDS = {
    "pdf/damaged/T02-03_002_page-object-wrong-type.pdf": "damaged",
    "pdf/damaged/T02-05-01_008_Font-set-operator-missing.pdf": "no text layer",
}
"""What opens with nothing to read, and a word of the notice that says so."""
DIFFERENT = {
    # Letters spaced out are a word to PDFium once, and single letters to pdftotext.
    "pdf/annotated/issue9.pdf": 0.58,
    # A raised number of a note is a line of its own to PDFium, and one with the number before it to pdftotext.
    "pdf/google-doc-document.pdf": 0.98,
    # Its font maps all but one of its Arabic shapes to nothing, for which PDFium gives their numbers.
    "pdf/habibi.pdf": 0.8,
}
"""Files that agree by less than 99 %, how far they do, and why."""

pytestmark = pytest.mark.skipif(not FILES, reason="the files of others are not beside this checkout")


def read_it(name: str) -> Document:
    path = CORPUS / name
    request = Request(path.read_bytes(), path.name, path.parent, password=PASSWORDS.get(name, ""))
    return parse(request, "pdf").document


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text)))


@pytest.mark.parametrize("name", NAMES)
def test_each_opens_or_is_refused_in_one_sentence(name: str) -> None:
    if name not in REFUSED:
        document = read_it(name)
        check(document, own_outline=True)
        assert document.sheets
        return
    with pytest.raises(FormatError, match=REFUSED[name]) as caught:
        read_it(name)
    assert re.fullmatch(r"[^\n]{15,250}\.", str(caught.value))


def test_a_locked_one_takes_its_password_and_no_other() -> None:
    (name,) = PASSWORDS
    assert "Lorem ipsum" in read_it(name).text
    data = (CORPUS / name).read_bytes()
    for password in ("", "OpenPassword"):
        with pytest.raises(PasswordNeeded):
            parse(Request(data, "locked.pdf", password=password), "pdf")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in REFUSED])
@pytest.mark.skipif(which("pdftotext") is None, reason="pdftotext is not here")
def test_the_words_are_those_that_pdftotext_finds(name: str) -> None:
    document = read_it(name)
    if name in WITHOUT_WORDS:
        assert not document.text.strip()
        assert any(WITHOUT_WORDS[name] in notice for notice in document.notices)
        return
    locked = ["-upw", PASSWORDS[name]] if name in PASSWORDS else []
    told = subprocess.run(["pdftotext", *locked, str(CORPUS / name), "-"], capture_output=True, check=True)
    theirs, ours = words(told.stdout.decode()), words(joined(document.text, 0, len(document.text)))
    share = (theirs & ours).total() / max(theirs.total(), 1)
    assert share >= DIFFERENT.get(name, 0.99), (theirs - ours, ours - theirs)


@pytest.mark.parametrize("suffix", ["txt", "epub"])
def test_one_text_is_the_same_in_other_formats(suffix: str) -> None:
    folder = CORPUS / "same-text"
    document = read_it("same-text/lorem-ipsum.pdf")
    other = read(folder / f"lorem-ipsum.{suffix}").document
    ours = re.sub(r"\s+\d+\s*(?=\f|$)", " ", document.text)
    assert _letters(joined(ours, 0, len(ours))) == _letters(other.text)


def _letters(text: str) -> str:
    return "".join(text.split())
