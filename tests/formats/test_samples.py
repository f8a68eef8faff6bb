"""The documents that travel with the program, read as a user's are."""

import io
import re
import unicodedata
import zipfile
import zlib
from functools import cache
from pathlib import Path

import pytest

from reader.formats.registry import is_supported, iter_files, read
from reader.model.document import BlockKind, Document
from reader.resources import samples
from tests.formats.checks import check
from tests.make_samples import made

_TITLES = {
    "5f1c09e2a7.txt": ("Why Upper Lenn needs the dam", "Lenn Valley Post"),
    "a-long-winter-on-the-lenn.md": ("A long winter on the Lenn", "Novel"),
    "gauge-group-messages.md": ("The gauge at Sallow Ford — messages 💧", "Volunteers’ group"),
    "nobody-cut-a-ribbon.html": ("Nobody cut a ribbon", "Lenn Valley Post"),
    "note-on-the-east-bank.docx": ("Note on the east bank", ""),
    "minutes-2024-03-14.md": ("Minutes of the water board, 14 March", "Water board"),
    "reading-with-passage.md": ("Reading with Passage", "Guide"),
    "residents-we-were-never-asked.html": ("Residents: “We were never asked”", "Harlow Courier"),
    "sadd-va-darreh.txt": ("سد و دره", "روزنامهٔ دره"),
    "seepage-under-the-east-bank.pdf": ("Seepage under the east bank of the Lenn at the Narrows", ""),
    "the-reservoir-the-valley-cannot-afford.html": ("The reservoir the valley cannot afford", "Harlow Courier"),
    "up-the-lenn-on-foot.epub": ("Up the Lenn on foot", ""),
}
TITLES = {name: said for name, said in _TITLES.items() if is_supported(Path(name))}


@cache
def documents() -> dict[str, Document]:
    return {path.name: read(path).document for path in iter_files([samples()])}


def test_they_are_these_with_their_titles_and_sources() -> None:
    found = {name: (d.metadata.title, d.metadata.source) for name, d in documents().items()}
    assert found == TITLES


@pytest.mark.parametrize("name", TITLES)
def test_each_keeps_the_promises(name: str) -> None:
    document = documents()[name]
    check(document, own_outline=name.endswith((".epub", ".pdf")))
    assert document.hard_wrapped == bool(document.sheets)
    assert unicodedata.is_normalized("NFC", document.text)
    inside = {span.href[1:] for span in document.spans if span.href.startswith("#")}
    assert inside <= set(document.targets), "a link within the document leads nowhere"


def test_the_figures_contradict_one_another() -> None:
    wanted = {
        "the-reservoir-the-valley-cannot-afford.html": [
            "forty million",
            "ninety-two",
            "nineteen days",
            "eleven million",
        ],
        "5f1c09e2a7.txt": [
            "The2013estimate",
            "about fifty million",
            "under ninety",
            "twenty-six days",
            "nineteen million",
        ],
        "minutes-2024-03-14.md": [
            "41.6 million",
            "92.4 million",
            "22 days",
            "fourteen addresses",
            "no further question",
        ],
        "residents-we-were-never-asked.html": ["Nineteen households", "a hundred and ten million", "I asked one"],
        "sadd-va-darreh.txt": ["۹۲٫۴ میلیون", "بیست و شش روز", "۱۹۴۷"],
    }
    for name, phrases in wanted.items():
        missing = [phrase for phrase in phrases if phrase not in documents()[name].text]
        assert not missing, name


def test_the_article_is_the_one_in_the_pictures() -> None:
    document = documents()["the-reservoir-the-valley-cannot-afford.html"]
    for phrase in (
        "For eleven years the board has promised the town a lake. It has now promised a price as well, and neither",
        "“We have not measured the east bank,” Ilse Brandt told the committee, “because the east bank has not been",
        "a promise about a place that nobody has yet looked at.",
        "But a lake is not the only way to keep water, and it is the dearest.",
    ):
        assert phrase in document.text
    pictures = [asset for asset in document.assets if asset.data]
    assert [asset.media_type for asset in pictures] == ["image/png"]
    assert any(block.kind is BlockKind.TABLE_CELL for block in document.blocks)
    assert not re.search(r"Your address|reader-count|adverts\.example|comments\.example", repr(document))


def test_debris_scripts_and_lengths() -> None:
    texts = {name: document.text for name, document in documents().items()}
    assert "\nRecommended\n" in texts["5f1c09e2a7.txt"]
    assert len(texts["a-long-winter-on-the-lenn.md"].encode()) >= 60 * 1024
    gauge = texts["gauge-group-messages.md"]
    assert any(ord(character) > 0xFFFF for character in gauge)
    assert any("\u4e00" <= character <= "\u9fff" for character in gauge)
    assert any("\u3041" <= character <= "\u30ff" for character in gauge)


def test_the_long_one_does_not_repeat_itself() -> None:
    words = re.findall(r"\w+", documents()["a-long-winter-on-the-lenn.md"].text.lower())
    runs = [tuple(words[i : i + 9]) for i in range(len(words) - 8)]
    assert len(runs) - len(set(runs)) < 10


def test_every_picture_is_used() -> None:
    folder = samples() / "images"
    written = "".join(path.read_text("utf-8") for path in samples().glob("*.*") if path.suffix in (".md", ".html"))
    assert all(f"images/{path.name}" in written for path in Path(folder).iterdir())


def test_the_script_makes_the_samples_that_are_here() -> None:
    for name, data in made().items():
        assert _content(data) == _content((samples() / name).read_bytes()), name


def _content(data: bytes) -> object:
    """What a file holds, whatever the compressor made of it."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: _content(archive.read(name)) for name in archive.namelist()}
    if data.startswith(b"\x89PNG"):
        begin = data.index(b"IDAT") + 4
        return data[:33], zlib.decompress(data[begin:-16])
    return data
