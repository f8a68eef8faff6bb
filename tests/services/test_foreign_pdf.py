"""Marks that other programs made in a PDF, whose words they join where lines and pages cut them."""

import json
from pathlib import Path

import pytest

from reader.model.annotation import AnchorState
from reader.services.library import Library
from tests.formats.pdf.makers import drawn, written

FIRST = (
    "The committee of the valley was asked in the autumn about the new resid-",
    "ential quarter below the dam, and it answered that nobody",
)
SECOND = ("had ever asked them. Then the press came to the val-", "ley and went away again before the winter.")
JOINED = "about the new residential quarter below the dam, and it answered that nobody had ever asked them."


@pytest.fixture
def paper(library: Library, tmp_path: Path) -> str:
    path = tmp_path / "paper.pdf"
    path.write_bytes(drawn(written(*FIRST), written(*SECOND), title="Below the dam"))
    (result,) = library.adding.add([path])
    assert result.document, result.reason
    return result.document.uid


@pytest.mark.parametrize(
    ("words", "there"),
    [
        (JOINED, f"{FIRST[0][-15:]}\n{FIRST[1]}\f{SECOND[0][:20]}"),
        ("residential", "resid-\nential"),
        ("the valley and", "the val-\nley and"),
    ],
)
def test_words_that_lines_and_pages_cut_are_found_as_they_are(
    library: Library, paper: str, words: str, there: str
) -> None:
    item = {
        "key": "CQST2345",
        "itemType": "annotation",
        "annotationType": "highlight",
        "annotationText": words,
        "annotationPosition": json.dumps({"pageIndex": 0, "rects": [[72, 700, 300, 712]]}),
        "parentItem": "ATTACH22",
    }
    work = {"key": "ATTACH22", "itemType": "attachment", "title": "Below the dam", "filename": "paper.pdf"}
    report = library.exchange.import_file(json.dumps([item, work]).encode(), document_uid=paper)
    assert (report.added, report.notes) == (1, ())
    (mark,) = library.annotate.of_document(paper)
    assert mark.state is AnchorState.EXACT
    assert mark.quote.endswith(there)


@pytest.mark.parametrize("words", ["valley", "asked"])
def test_words_that_stand_twice_are_lost_rather_than_put_on_the_wrong_ones(
    library: Library, paper: str, words: str
) -> None:
    """“valley” is whole in one place and cut by the end of a line in another."""
    item = {
        "key": "CQST2345",
        "itemType": "annotation",
        "annotationType": "highlight",
        "annotationText": words,
        "parentItem": "ATTACH22",
    }
    library.exchange.import_file(json.dumps([item]).encode(), document_uid=paper)
    (mark,) = library.annotate.of_document(paper)
    assert mark.state is AnchorState.LOST
