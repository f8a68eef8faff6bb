"""Files of others: each is added or refused in one sentence, and no word of those that open is lost."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.formats.registry import read
from reader.model.document import Document
from reader.services.library import Library
from tests.conftest import SHARED
from tests.formats.checks import check
from tests.formats.extractor import compared

CORPUS = SHARED / "corpus"
NEED_PANDOC = {".odt", ".rtf", ".fb2"}
FOLDERS = ("epub", "docx", "html", "odt", "rtf", "same-text")
FILES = sorted(
    path
    for folder in FOLDERS
    for path in (CORPUS / folder).rglob("*")
    if path.is_file() and path.suffix != ".pdf"
)  # fmt: skip
"""PDF is read from another day on."""

NAMES = [str(path.relative_to(CORPUS)) for path in FILES]
REFUSED = {
    "epub/epubcheck/ocf-zip-unreadable-empty-fatal.epub": "empty",
    "epub/epubcheck/ocf-zip-unreadable-no-end-header-fatal.epub": "damaged|broken|incomplete|cut|archive|ZIP",
}
"""What cannot be read, and a word that the sentence has to say."""
ODD = {
    "epub/epubcheck/ocf-container-file-missing-fatal.epub",
    "epub/epubcheck/ocf-container-not-ocf-error.epub",
}
"""A mild reader finds the book in one; the other is a Word document by another name. Both may be refused too."""

DIFFERENT: dict[str, tuple[float, str]] = {}
"""Files that agree by less than 99 %: how far they do, and why that is right."""

pytestmark = pytest.mark.skipif(not FILES, reason="the files of others are not beside this checkout")


@dataclass(frozen=True)
class Added:
    """What became of a file: the document, or the sentence."""

    document: Document | None
    reason: str


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Added]]:
    """All of them, brought in by one addition, as a user would."""
    library = Library.open(tmp_path_factory.mktemp("corpus") / "library.sqlite")
    try:
        results = {str(result.path): result for result in library.adding.add(FILES)}
        yield {
            name: Added(
                library.documents.open(result.document.uid).document if result.document else None, result.reason
            )
            for name, path in zip(NAMES, FILES, strict=True)
            for result in [results[str(path)]]
        }
    finally:
        library.close()


def _readable(name: str) -> bool:
    return shutil.which("pandoc") is not None or Path(name).suffix not in NEED_PANDOC


@pytest.mark.parametrize("name", NAMES)
def test_each_is_added_or_refused_in_one_sentence(name: str, added: dict[str, Added]) -> None:
    it = added[name]
    if name in REFUSED or it.document is None:
        assert it.document is None, "what cannot be read was taken for a document"
        assert re.fullmatch(r"[^\n]{15,250}\.", it.reason), it.reason
        assert not re.search(r"Traceback|Error\b|Exception|<class|\bNone\b", it.reason), it.reason
    if name in REFUSED:
        assert re.search(REFUSED[name], it.reason), it.reason
    elif name not in ODD and _readable(name):
        assert it.document is not None, it.reason
        check(read(CORPUS / name).document, own_outline=name.endswith(".epub"))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in {*REFUSED, *ODD}])
def test_no_word_is_lost(name: str, added: dict[str, Added]) -> None:
    document = added[name].document
    if document is None:
        pytest.skip("it was not added")
    found = compared(document, CORPUS / name)
    least, why = DIFFERENT.get(name, (0.99, ""))
    assert found.share >= least, f"{name}: {found.told()} {why}"
    long = len(document.text) > 1000  # in a few words the numbers of two notes are a great part
    assert not long or found.order >= least - 0.02, f"{name}: the words come in another order: {found.told()}"


@pytest.mark.parametrize("name", [name for name in NAMES if "/w3c/" in name])
def test_the_statements_of_the_specification_hold(name: str, added: dict[str, Added]) -> None:
    """Each of these says itself what may be seen of it when the reader follows the specification."""
    document = added[name].document
    assert document is not None
    assert not re.search("[Tt]est fails if you see", document.text)
    assert document.text.strip()


def _of(added: dict[str, Added], name: str) -> Document:
    document = added[name].document
    if document is None:
        pytest.fail(f"{name}: {added[name].reason}")
    return document


def test_the_spine_orders_the_text(added: dict[str, Added]) -> None:
    text = _of(added, "epub/w3c/pkg-spine-order.epub").text
    places = [text.index(f"must appear {which}") for which in ("first", "second", "third", "last")]
    assert places == sorted(places)


def test_a_book_says_what_it_is(added: dict[str, Added]) -> None:
    whitman = _of(added, "epub/se-whitman.epub")
    assert whitman.metadata.title == "Leaves of Grass"
    assert whitman.metadata.authors == ("Walt Whitman",)
    assert whitman.metadata.language.startswith("en")
    assert len(whitman.outline) >= 50
    assert max(entry.level for entry in whitman.outline) >= 2
    arabic = _of(added, "epub/regime-anticancer-arabic.epub")
    assert arabic.metadata.language.startswith("ar")
    waste = _of(added, "epub/wasteland.epub")
    assert waste.metadata.title == "The Waste Land"
    assert waste.metadata.authors == ("T.S. Eliot",)
    notes = [span for span in waste.spans if span.href.startswith("#")]
    assert notes
    assert {span.href[1:] for span in notes} <= set(waste.targets)


def test_the_contents_lead_to_their_headings(added: dict[str, Added]) -> None:
    whitman = _of(added, "epub/se-whitman.epub")
    poems = [entry for entry in whitman.outline if entry.level == 3]
    assert len(poems) > 200
    for entry in poems:
        near = whitman.text[entry.position : entry.position + len(entry.title) + 40]
        assert _letters(near).startswith(_letters(entry.title)[:12]), entry
    tales = [entry for entry in _of(added, "epub/childrens-literature.epub").outline if entry.title[0].isdigit()]
    assert len(tales) == 15
    text = _of(added, "epub/childrens-literature.epub").text
    assert all(text.startswith(entry.title[:3], entry.position) for entry in tales)


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text.lower()))


def test_a_vertical_book_says_that_it_is_shown_otherwise(added: dict[str, Added]) -> None:
    assert any("ertical" in notice for notice in _of(added, "epub/w3c/css-epub-writing-mode.epub").notices)
