"""One text in several formats is one canonical text, but for white space."""

import subprocess
from pathlib import Path
from shutil import which

import pytest

from reader.formats.registry import read
from reader.model.document import BlockKind, SpanKind
from tests.formats.checks import check
from tests.formats.extractor import without_references

FORMATS = ("epub", "fb2", "rtf", "pdf")
BY_PANDOC = ("fb2", "rtf")
SOURCE = """# The list

“People come and ask to see the *scheme*,” said **Ruth Calloway**. She keeps it in a box file.

## What is on it

1. Tanner Street, of 1888;
2. Orchard Lane:
   - the upper end,
   - the lower end;
3. her own road.

> Nobody has ever thanked me for a leak that they did not have.

The sums, see [the return](https://asmere-water.example/return), are these.[^1]

| Street  | Lost | Mended |
|:--------|-----:|-------:|
| Tanner  | 33   | 2012   |
| Orchard | 31   | 2014   |

Water is H~2~O, and 10^3^ litres are a cubic metre. Naïve façade — ½ pound; 日本語 and سد و دره.

    listen(pipe)

The end.

[^1]: In litres of every hundred.
"""
WRITERS = {"md": "", "html": "html5", "docx": "docx", "odt": "odt", "rst": "rst", "org": "org", "tex": "latex"}


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
    check(document, own_outline=suffix in ("epub", "pdf"))
    assert document.text.split() == plain


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_text_is_the_same_whatever_it_is_written_in(suffix: str, tmp_path: Path) -> None:
    written = tmp_path / f"list.{suffix}"
    _write(written, suffix)
    document = read(written).document
    check(document)
    kinds = [(block.kind, block.number) for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [number for _, number in kinds] == ["1.", "2.", "•", "•", "3."]
    assert sum(block.kind is BlockKind.TABLE_CELL for block in document.blocks) == 9
    notes = [(b.number, document.text[b.start : b.end]) for b in document.blocks if b.kind is BlockKind.FOOTNOTE]
    assert notes == [("1", "In litres of every hundred.")]
    references = [document.text[s.start : s.end] for s in document.spans if s.kind is SpanKind.SUPERSCRIPT]
    assert references[0] == "1"
    assert without_references(document).split() == _expected().split()


def _write(written: Path, suffix: str) -> None:
    """Write the source in another format."""
    if not WRITERS[suffix]:
        written.write_text(SOURCE.replace("H~2~O", "H<sub>2</sub>O").replace("10^3^", "10<sup>3</sup>"))
        return
    if which("pandoc") is None:
        pytest.skip("pandoc is not here")
    command = [
        "pandoc",
        "-s",
        "-f",
        "markdown-smart",
        "-t",
        WRITERS[suffix],
        "--metadata",
        "pagetitle=list",
        "-o",
        str(written),
    ]
    subprocess.run(command, input=SOURCE.encode(), check=True)


def _expected() -> str:
    """The words of the source without its marks."""
    lines = [line for line in SOURCE.splitlines() if not line.startswith("|:")]
    text = "\n".join(line.lstrip("#>|- ") for line in lines)
    for mark in (
        "[^1]:",
        "[^1]",
        "*",
        "~",
        "^",
        "|",
        "1. ",
        "2. ",
        "3. ",
        "[",
        "](https://asmere-water.example/return)",
    ):
        text = text.replace(mark, " " if mark == "|" else "")
    return text
