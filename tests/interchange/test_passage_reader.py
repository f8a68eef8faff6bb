"""Passage 1 as it comes from strangers: one bad record costs itself alone, and is named by its place."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.interchange.passage_reader import InterchangeError, parse
from reader.model.annotation import AnchorState, Color, Style
from reader.model.document import FORMATS
from reader.model.mask import MaskState

ANCHOR = "annotations[1].anchor"
NO_NUMBER = "is not a whole number from 0"
DOCUMENT = "019a0000-0000-7000-8000-0000000000d0"
MARK = "019a0000-0000-7000-8000-0000000000a0"
MASK = "019a0000-0000-7000-8000-0000000000e0"


def document(**changes: Any) -> dict[str, Any]:
    return {"uid": DOCUMENT, "title": "Minutes", **changes}


def mark(**changes: Any) -> dict[str, Any]:
    anchor = {"start": 3, "end": 6, "exact": "dam"}
    return {"uid": MARK, "document": DOCUMENT, "anchor": anchor, "created": "2026-03-14T10:00:00.000Z", **changes}


def file(*marks: Any, documents: Any = None, **more: Any) -> bytes:
    documents = [document()] if documents is None else documents
    return json.dumps({"format": "passage 1", "documents": documents, "annotations": list(marks), **more}).encode()


def test_a_short_record_is_enough() -> None:
    parsed = parse(file(mark()))
    (found,) = parsed.annotations
    assert (found.color, found.style, found.state, found.score) == (Color.YELLOW, Style.HIGHLIGHT, AnchorState.EXACT, 1)
    assert found.modified == found.created == "2026-03-14T10:00:00.000Z"
    assert parsed.problems == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"uid": "12"}, "annotations[1].uid: “12” is not a UUID"),
        ({"uid": None}, "annotations[1].uid: is not a text"),
        ({"document": MARK}, "annotations[1].document: is not among the documents of this file"),
        ({"anchor": 5}, "annotations[1].anchor: is not an object"),
        ({"anchor": {"start": -1, "end": 2, "exact": "x"}}, f"{ANCHOR}.start: {NO_NUMBER}"),
        ({"anchor": {"start": 1.5, "end": 2, "exact": "x"}}, f"{ANCHOR}.start: {NO_NUMBER}"),
        ({"anchor": {"start": True, "end": 2, "exact": "x"}}, f"{ANCHOR}.start: {NO_NUMBER}"),
        ({"anchor": {"start": 2, "end": 2, "exact": "x"}}, "annotations[1].anchor.end: is not after the start"),
        ({"anchor": {"start": 1, "end": 2**60, "exact": "x"}}, f"{ANCHOR}.end: {NO_NUMBER}"),
        ({"anchor": {"start": 1, "end": 2}}, "annotations[1].anchor.exact: is missing"),
        ({"anchor": {"start": 1, "end": 2, "exact": "x", "rects": [{}]}},
         "annotations[1].anchor.rects[0].page: is not a whole number from 0"),
        ({"color": "teal"}, "annotations[1].color: “teal” is not one of yellow, green, blue, pink, orange, purple"),
        ({"style": ["underline"]}, "annotations[1].style: is not a text"),
        ({"note": 7}, "annotations[1].note: is not a text"),
        ({"tags": "water"}, "annotations[1].tags: is not a list"),
        ({"tags": ["water", 3]}, "annotations[1].tags[1]: is not a text"),
        ({"created": "yesterday"}, "annotations[1].created: “yesterday” is not a time"),
        ({"created": ""}, "annotations[1].created: is missing"),
        ({"score": 1.1}, "annotations[1].score: is not a number from 0 to 1"),
        ({"uid": MARK}, "annotations[1].uid: is that of annotations[0] too"),
    ],
)  # fmt: skip
def test_a_malformed_mark_is_named_and_the_rest_goes_in(changes: dict[str, Any], problem: str) -> None:
    bad = mark(**{"uid": MARK[:-1] + "1", **changes})
    parsed = parse(file(mark(), bad, mark(uid=MARK[:-1] + "2")))
    assert parsed.problems == (problem,)
    assert [found.uid[-1] for found in parsed.annotations] == ["0", "2"]


@pytest.mark.parametrize("bad", [None, 3, "x", []])
def test_a_record_that_is_no_object(bad: Any) -> None:
    parsed = parse(file(mark(), bad))
    assert parsed.problems == ("annotations[1]: is not an object",)
    assert len(parsed.annotations) == 1


def test_a_malformed_document_keeps_its_marks() -> None:
    parsed = parse(file(mark(), documents=[document(authors="Okafor", file={"sha256": "?"})]))
    assert parsed.problems == ("documents[0].authors: is not a list",)
    assert len(parsed.annotations) == 1
    assert parsed.documents[0].metadata.title == "Minutes"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"file": {"sha256": "ab", "size": 1}}, "documents[0].file.sha256: is not a SHA-256 in hex"),
        ({"file": []}, "documents[0].file: is not an object"),
        ({"format": "djvu"}, f"documents[0].format: “djvu” is not one of {', '.join(FORMATS)}"),
    ],
)
def test_what_is_wrong_with_a_document_is_said(changes: dict[str, Any], problem: str) -> None:
    assert parse(file(documents=[document(**changes)])).problems == (problem,)


def test_lists_that_are_none_and_names_that_are_empty() -> None:
    parsed = parse(file(mark(), tags=5, categories={"yellow": " ", "teal": "x", "pink": "Doubt"}))
    assert parsed.categories == {Color.PINK: "Doubt"}
    assert parsed.problems == (
        "categories.yellow: is empty",
        "categories.teal: “teal” is not one of yellow, green, blue, pink, orange, purple",
        "tags: is not a list; all of it was left out",
    )


def test_characters_no_library_can_hold_become_replacements() -> None:
    parsed = parse(file(mark(note="a\ud800b\0c😀")))
    assert parsed.annotations[0].note == "a\ufffdb\ufffdc😀"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-14T12:30:00+02:30", "2026-03-14T10:00:00.000Z"),
        ("2026-03-14", "2026-03-14T00:00:00.000Z"),
        ("2026-03-14T10:00:00.123456Z", "2026-03-14T10:00:00.123Z"),
        ("2026-03-14T10:00:00.000Z", "2026-03-14T10:00:00.000Z"),
    ],
)
def test_times_are_brought_to_one_form(written: str, read: str) -> None:
    assert parse(file(mark(created=written))).annotations[0].created == read


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not valid JSON (line 1, column 1)"),
        (b'{"format":\n "passage 1"', "not valid JSON (line 2, column 13)"),
        (b"\xff\xfe{}\xff", "neither UTF-8"),
        (b"[" * 200_000, "nested far too deep"),
        (b"[]", "“passage 1”"),
        (b'{"annotations": []}', "“passage 1”"),
        (b'{"format": "passage 2"}', "newer version"),
        (b'{"format": "passage 1", "n": ' + b"9" * 5000 + b"}", "not valid JSON"),
    ],
)
def test_a_file_that_is_no_annotation_file_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(InterchangeError) as refused:
        parse(data)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_byte_order_mark_is_passed_over() -> None:
    assert len(parse(b"\xef\xbb\xbf" + file(mark())).annotations) == 1


def mask(**changes: Any) -> dict[str, Any]:
    return {"uid": MASK, "anchor": {"start": 3, "end": 6, "exact": "dam"}, "created": "2026-03-14T10:00:00Z", **changes}


def test_a_short_mask_is_enough() -> None:
    parsed = parse(file(documents=[document(masks=[mask()])]))
    assert parsed.problems == ()
    (found,) = parsed.documents[0].masks
    assert (found.document_uid, found.state, found.anchor_state) == (DOCUMENT, MaskState.HIDDEN, AnchorState.EXACT)
    assert found.modified == found.created == "2026-03-14T10:00:00.000Z"


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (mask(uid="12"), "uid: “12” is not a UUID"),
        (mask(anchor=None), "anchor: is missing"),
        (mask(anchor={"start": 2, "end": 2, "exact": "x"}), "anchor.end: is not after the start"),
        (mask(state="gone"), "state: “gone” is not one of hidden, kept"),
        (mask(created=""), "created: is missing"),
        (mask(uid=MASK), "uid: is that of documents[0].masks[0] too"),
    ],
)
def test_a_malformed_mask_is_named_and_its_document_goes_in(bad: dict[str, Any], problem: str) -> None:
    other = {"uid": MARK, "masks": [bad], "title": "Another"}
    parsed = parse(file(documents=[document(masks=[mask()]), other]))
    assert parsed.problems == (f"documents[1].masks[0].{problem}",)
    assert [(found.metadata.title, len(found.masks)) for found in parsed.documents] == [("Minutes", 1), ("Another", 0)]


def test_a_view_that_is_none_is_passed_over() -> None:
    text = {"sha256": "0" * 64, "length": 5, "reader": "html", "reader_version": 1, "normaliser_version": 1}
    views = [
        parse(file(documents=[document(text={**text, "view": view})])).documents[0].text for view in ("page", "upside")
    ]
    assert [found.view for found in views if found] == ["page", ""]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from(sorted(mark())), JSON),
    st.dictionaries(st.sampled_from(sorted(document())), JSON),
    st.dictionaries(st.sampled_from(sorted(mask())), JSON),
    JSON,
)
def test_no_value_anywhere_gets_past_the_checks(
    marks: dict[str, Any], documents: dict[str, Any], masks: dict[str, Any], other: Any
) -> None:
    held = document(**{"masks": [mask(**masks), other], **documents})
    data = file(mark(**marks), documents=[held, other], tags=[other], categories=other)
    parsed = parse(data)
    for found in parsed.annotations:
        assert isinstance(found.note, str)
        assert found.anchor is None or 0 <= found.anchor.start < found.anchor.end
    assert all(place.startswith(("annotations", "documents", "tags", "categories")) for place in parsed.problems)


def area(**changes: Any) -> dict[str, Any]:
    """The anchor of an area, with changes."""
    edges = {"page": 1, "left": 0.1, "top": 0.1, "right": 0.2, "bottom": 0.2}
    return {"start": 3, "end": 3, "exact": "", "prefix": "a", "suffix": "", "rects": [edges], **changes}


def test_an_area_comes_with_its_picture() -> None:
    picture = {"media_type": "image/png", "data": "cG5n"}
    parsed = parse(file(mark(style="area", anchor=area(), picture=picture)))
    assert parsed.problems == ()
    (found,) = parsed.annotations
    assert found.anchor
    assert (found.anchor.exact, len(found.anchor.rects)) == ("", 1)
    assert parsed.pictures[found.picture].data == b"png"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"anchor": area(rects=[])}, "annotations[0].anchor.end: is not after the start"),
        ({"anchor": area(end=4)}, "annotations[0].anchor.exact: is empty"),
        ({"picture": {"media_type": "text/html", "data": "cG5n"}}, "annotations[0].picture.media_type: “text/html”"),
        ({"picture": {"media_type": "image/png", "data": "c$"}}, "annotations[0].picture.data: is not in base64"),
        ({"picture": {"media_type": "image/png", "data": ""}}, "annotations[0].picture.data: is empty"),
    ],
)
def test_what_is_wrong_with_an_area_is_said(changes: dict[str, Any], problem: str) -> None:
    (said,) = parse(file(mark(**changes))).problems
    assert said.startswith(problem)


@pytest.mark.parametrize(
    "edits",
    ["x", [[1]], [[1, 2, 3]], [[2, 1, ""]], [[True, 2, ""]], [[-1, 2, ""]], [[0, 1, ""], [1, 2, ""]]],
)
def test_corrections_that_cannot_be_are_named(edits: object) -> None:
    text = {"sha256": "0" * 64, "length": 5, "reader": "plain", "reader_version": 1, "normaliser_version": 1}
    text |= {"corrects": "1" * 64, "edits": edits}
    document = {"uid": "01a1fef7-67cb-75f9-8000-000000000001", "title": "A", "text": text}
    parsed = parse(json.dumps({"format": "passage 1", "documents": [document]}).encode())
    assert any("text.edits" in problem for problem in parsed.problems)
