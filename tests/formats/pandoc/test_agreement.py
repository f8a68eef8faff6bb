"""What the readers find in documents of others, and what pandoc's own plain text of them has."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from reader.formats.pandoc import program
from reader.formats.registry import read
from tests.formats.checks import check

_FORMATS = {".docx": "docx", ".odt": "odt", ".rtf": "rtf", ".fb2": "fb2"}
_NOT_READ_BY_PANDOC = {"strict-format.docx": "Test", "text-box.docx": "Datum plane"}


def words(text: str) -> Counter[str]:
    """Runs of letters and runs of digits: a note's number stands at its word."""
    return Counter(re.findall(r"[^\W\d_]+|\d+", text.casefold()))


def plain(path: Path) -> str:
    found = program.find()
    assert found is not None
    command = [str(found), "-f", _FORMATS[path.suffix], "-t", "plain", "--wrap=none", "--quiet", str(path)]
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()


@pytest.mark.usefixtures("pandoc")
def test_the_words_are_those_that_pandoc_finds(shared: Path) -> None:
    corpus = shared / "corpus"
    paths = [p for folder in ("docx", "odt", "rtf", "same-text") for p in sorted((corpus / folder).glob("*"))]
    paths = [path for path in paths if path.suffix in _FORMATS]
    if not paths:
        pytest.skip("the corpus is not there")
    for path in paths:
        document = read(path).document
        check(document)
        if path.name in _NOT_READ_BY_PANDOC:
            assert document.text == _NOT_READ_BY_PANDOC[path.name]
            continue
        ours = words(document.text) + words(" ".join(block.number for block in document.blocks))
        theirs = words(plain(path))
        common = (ours & theirs).total()
        assert common >= 0.99 * max(ours.total(), theirs.total()), (path.name, ours - theirs, theirs - ours)


@pytest.mark.usefixtures("pandoc")
def test_one_text_in_several_formats_is_one_text(shared: Path) -> None:
    folder = shared / "corpus" / "same-text"
    if not folder.is_dir():
        pytest.skip("the corpus is not there")
    texts = {
        name: read(folder / name).document.text for name in ("lorem-ipsum.fb2", "lorem-ipsum.rtf", "lorem-ipsum.txt")
    }
    assert len({" ".join(text.split()) for text in texts.values()}) == 1
