"""W3C Web Annotation in and out of a real library: ours, and what other programs write."""

import json
from pathlib import Path
from typing import Any

import pytest

from reader.model.annotation import AnchorState, Annotation, Color, Style
from reader.model.document import Metadata
from reader.model.errors import ReaderError
from reader.resources import samples
from reader.services.exchange import ImportReport
from reader.services.library import Library
from tests.services.exchange_helpers import add, mark, quotes
from tests.store.helpers import open_library

TEXT = "The tide 🌊🌊 rose.\n\nNobody asked. The dam 🏞 will cost 41 million.\n\nNobody asked. It opens in 2031.\n"
TITLE = "The tide 🌊🌊 rose."
SOURCE = "https://example.org/tide"


@pytest.fixture
def tide(library: Library, tmp_path: Path) -> str:
    uid = add(library, tmp_path / "tide.txt", TEXT)
    library.documents.edit(uid, metadata=Metadata(title=TITLE, url=SOURCE))
    return uid


def units(start: int) -> int:
    """The position `start` of the text in UTF-16 units."""
    return len(TEXT[:start].encode("utf-16-le")) // 2


def foreign(
    exact: str, number: int = 1, *, source: str = SOURCE, at: tuple[int, int] | None = None, **more: Any
) -> Any:
    selector: list[dict[str, Any]] = [{"type": "TextQuoteSelector", "exact": exact, **more}]
    if at:
        selector.append({"type": "TextPositionSelector", "start": at[0], "end": at[1]})
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"https://example.org/a/{number}",
        "type": "Annotation",
        "body": "Says who?",
        "target": {"source": source, "selector": selector},
    }


def take(library: Library, *values: Any) -> ImportReport:
    return library.exchange.import_file(json.dumps(list(values)).encode())


def found(library: Library) -> list[Annotation]:
    return list(library.annotate.select())


def test_export_wipe_import_is_equal(library: Library, tide: str, tmp_path: Path) -> None:
    mark(library, tide, "41 million", tags=["cost", "dam/money"], color=Color.PINK, note="**How** much? 🌊")
    mark(library, tide, "Nobody asked", style=Style.UNDERLINE)
    library.annotate.note_document(tide, "On all of it", ["later"])
    library.tags.edit("cost", color="#112233", description="Money")
    library.documents.edit(tide, metadata=Metadata(title=TITLE, url=SOURCE, authors=("Ada Lee",)), tags=["water"])
    out = library.exchange.dumps(form="w3c").encode()
    (tmp_path / "second").mkdir()
    other = open_library(tmp_path / "second")
    try:
        add(other, tmp_path / "tide.txt", TEXT)
        report = other.exchange.import_file(out)
        assert (report.added, report.problems, report.notes) == (3, (), ())
        assert other.exchange.dumps() == library.exchange.dumps()
        again = other.exchange.import_file(out)
        assert (again.added, again.updated, again.skipped) == (0, 0, 3)
    finally:
        other.close()


def test_our_own_file_lands_in_another_text_by_anchoring(library: Library, tide: str, tmp_path: Path) -> None:
    mark(library, tide, "41 million")
    out = library.exchange.dumps(form="w3c").encode()
    (tmp_path / "second").mkdir()
    other = open_library(tmp_path / "second")
    try:
        uid = add(other, tmp_path / "other.txt", "Something new before all of it.\n\n" + TEXT)
        other.exchange.import_file(out, document_uid=uid)
        (there,) = found(other)
        assert there.anchor
        assert other.documents.open(uid).document.text[there.anchor.start : there.anchor.end] == "41 million"
    finally:
        other.close()


@pytest.mark.parametrize("shift", [lambda at: at, lambda at: units(at), lambda at: 7 * at + 11])
def test_a_quote_is_where_it_stands_whatever_positions_count(library: Library, tide: str, shift: Any) -> None:
    start = TEXT.index("41 million")
    report = take(library, foreign("41 million", at=(shift(start), shift(start + 10))))
    assert (report.added, report.problems, report.notes) == (1, (), ())
    (there,) = found(library)
    assert there.anchor
    assert (there.anchor.start, there.anchor.end, there.state, there.score) == (start, start + 10, AnchorState.EXACT, 1)
    assert there.anchor.prefix == TEXT[start - 32 : start]
    assert there.note == "Says who?"
    assert there.created == there.modified != ""


def test_utf_16_units_tell_which_of_two_equal_quotes_is_meant(library: Library, tide: str) -> None:
    first, second = TEXT.index("Nobody asked"), TEXT.rindex("Nobody asked")
    cost = TEXT.index("41 million")
    take(
        library,
        foreign("41 million", 1, at=(units(cost), units(cost + 10))),
        foreign("Nobody asked", 2, at=(units(second), units(second + 12))),
        foreign("Nobody asked", 3, at=(units(first), units(first + 12))),
    )
    starts = {one.uid: one.anchor.start for one in found(library) if one.anchor}
    assert sorted(starts.values()) == [first, cost, second]


def test_a_quote_that_stands_twice_without_anything_to_tell_is_kept_as_lost(library: Library, tide: str) -> None:
    report = take(library, foreign("Nobody asked"), foreign("Nobody asked", 2, suffix=". It opens"))
    lost, there = sorted(found(library), key=lambda one: one.state is AnchorState.EXACT)
    assert lost.state is AnchorState.LOST
    assert there.anchor
    assert there.anchor.start == TEXT.rindex("Nobody asked")
    assert report.notes == ("1 annotation was not found in the text of “The tide 🌊🌊 rose.” and kept as lost.",)


def test_a_second_import_adds_nothing(library: Library, tide: str) -> None:
    values = [foreign("41 million"), {**foreign("2031"), "id": ""}]
    assert take(library, *values).added == 2
    before = library.exchange.dumps()
    again = take(library, *values)
    assert (again.added, again.updated, again.skipped) == (0, 0, 2)
    assert library.exchange.dumps() == before


def test_an_import_is_one_step_back(library: Library, tide: str) -> None:
    before = library.exchange.dumps()
    take(library, foreign("41 million"), foreign("2031", 2))
    library.history.undo()
    assert library.exchange.dumps() == before


@pytest.mark.parametrize("source", ["http://example.org/tide/", SOURCE + "#page=2"])
def test_a_document_is_known_by_its_address(library: Library, tide: str, source: str) -> None:
    take(library, foreign("2031", source=source))
    assert quotes(library) == ["2031"]


def test_a_document_is_known_by_its_file(library: Library, tide: str, tmp_path: Path) -> None:
    take(library, foreign("2031", source=(tmp_path / "tide.txt").as_uri()))
    assert quotes(library) == ["2031"]


def test_what_belongs_to_no_document_here_is_left_out_and_named(library: Library, tide: str) -> None:
    strange = foreign("2031", 2, source="https://example.org/elsewhere")
    report = take(library, foreign("41 million"), strange)
    assert report.added == 1
    (problem,) = report.problems
    assert "“https://example.org/elsewhere” is not in this library: 1 annotation was left out." in problem
    assert len(library.documents.list()) == 1
    directed = library.exchange.import_file(json.dumps(strange).encode(), document_uid=tide)
    assert (directed.added, directed.problems) == (1, ())


@pytest.mark.parametrize("source", ["http://[::", "file://", "a b", "%", "https://example.org/%FF", "urn:uuid:7"])
def test_an_address_that_is_none_costs_its_own_record_only(library: Library, tide: str, source: str) -> None:
    report = take(library, foreign("2031", source=source), foreign("41 million", 2))
    assert (report.added, len(report.problems)) == (1, 1)


def test_the_preview_says_what_will_be(library: Library, tide: str) -> None:
    data = json.dumps([foreign("41 million"), foreign("2031", 2), {"type": "Annotation"}]).encode()
    preview = library.exchange.preview(data)
    assert (preview.new, preview.documents_matched, preview.documents_new) == (2, 1, 0)
    assert preview.problems == ("items[2].target: is missing",)
    assert quotes(library) == []


@pytest.mark.parametrize(
    "data",
    [b"{", b'{"type":"Annotation","target":', b"[" * 50_000, "{}".encode("utf-16"), b"\0" * 99, b"quote\r\n"],
)
def test_a_bad_file_changes_nothing(library: Library, tide: str, tmp_path: Path, data: bytes) -> None:
    mark(library, tide, "41 million")
    before = library.exchange.dumps()
    file = tmp_path / "marks.jsonld"
    file.write_bytes(data)
    for call in (library.exchange.preview, library.exchange.import_file):
        with pytest.raises(ReaderError) as caught:
            call(file)
        assert "\n" not in str(caught.value)
    assert library.exchange.dumps() == before


def framed(page: int) -> dict[str, Any]:
    value = foreign("x", page)
    frame = {"type": "FragmentSelector", "value": "xywh=percent:10,20,30,40"}
    value["target"]["selector"] = {"type": "FragmentSelector", "value": f"page={page}", "refinedBy": frame}
    return value


def test_an_area_of_another_program_is_one_here_where_there_is_such_a_page(library: Library, tmp_path: Path) -> None:
    (result,) = library.adding.add([next(samples().glob("*.pdf"))])
    assert result.document
    document = library.documents.open(result.document.uid).document
    data = json.dumps([framed(2), framed(99)]).encode()
    report = library.exchange.import_file(data, document_uid=result.document.uid)
    assert (report.added, report.problems, report.lost) == (2, (), ())
    area, note = sorted(library.annotate.of_document(result.document.uid), key=lambda mark: mark.anchor is None)
    assert area.anchor
    assert (area.style, area.state, area.quote) == (Style.AREA, AnchorState.EXACT, "")
    assert area.anchor.start == area.anchor.end == document.sheets[1].start
    (rect,) = area.anchor.rects
    assert (rect.page, rect.left, rect.top) == (1, 0.1, 0.2)
    assert (note.anchor, note.note.splitlines()[-1]) == (None, "An area of page 99")
    again = library.exchange.import_file(data, document_uid=result.document.uid)
    assert (again.added, again.updated) == (0, 0)


def test_an_area_for_a_text_without_pages_is_a_note_on_it(library: Library, tide: str) -> None:
    assert take(library, framed(1)).added == 1
    (note,) = library.annotate.of_document(tide)
    assert (note.anchor, note.style, note.note.splitlines()[-1]) == (None, Style.HIGHLIGHT, "An area of page 1")
