"""One text in several formats is one canonical text, but for white space."""

from pathlib import Path
from shutil import which

import pytest

from reader.formats.registry import read
from tests.formats.checks import check

FORMATS = ("epub", "fb2", "rtf")
BY_PANDOC = ("fb2", "rtf")


@pytest.fixture
def plain(shared: Path) -> list[str]:
    file = shared / "corpus" / "same-text" / "lorem-ipsum.txt"
    if not file.is_file():
        pytest.skip("the text is not beside this checkout")
    return read(file).document.text.split()


@pytest.mark.parametrize("suffix", FORMATS)
def test_it_reads_as_the_plain_text_does(suffix: str, plain: list[str], shared: Path) -> None:
    if suffix in BY_PANDOC and which("pandoc") is None:
        pytest.skip("pandoc is not here")
    document = read(shared / "corpus" / "same-text" / f"lorem-ipsum.{suffix}").document
    check(document, own_outline=suffix == "epub")
    assert document.text.split() == plain
