"""W3C Web Annotation: as our schema of the recommendation's MUSTs has it, there and back, and as others write it."""

import json
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from jsonschema import Draft202012Validator

from reader.interchange import incoming
from reader.interchange.json_file import InterchangeError
from reader.interchange.outgoing import Outgoing
from reader.interchange.records import Parsed, TextFacts
from reader.model.annotation import Anchor, AnchorState, Annotation, Color, PageRect, Style
from reader.model.contents import Contents
from reader.model.document import Sheet
from reader.resources import resource
from tests.interchange.outgoing_helpers import DOCUMENT, OUTGOINGS, SOME, TEXT, made, outgoing, written

SCHEMA = json.loads(resource("schema", "w3c-annotation.schema.json").read_text("utf-8"))
VALID = Draft202012Validator(SCHEMA)
QUOTE = {"type": "TextQuoteSelector", "exact": "41 million", "prefix": "cost ", "suffix": "."}


def one(**changes: Any) -> dict[str, Any]:
    """An annotation as other programs write it; None takes a key away."""
    value: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "https://example.org/annotations/7",
        "type": "Annotation",
        "target": {"source": "https://example.org/minutes", "selector": QUOTE},
        **changes,
    }
    return {key: one for key, one in value.items() if one is not None}


def collection(out: Outgoing) -> Any:
    return json.loads(written("w3c", out))


def read(value: Any) -> Parsed:
    return incoming.parse(json.dumps(value).encode())


def only(value: Any) -> Annotation:
    parsed = read(value)
    assert parsed.problems == ()
    (mark,) = parsed.annotations
    return mark


# -- outwards


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@given(OUTGOINGS)
@settings(max_examples=25, phases=[Phase.generate])
def test_every_file_is_as_the_recommendation_has_it_and_comes_back(out: Outgoing) -> None:
    text = written("w3c", out)
    value = json.loads(text)
    VALID.validate(value)
    assert value["total"] == len(value["first"]["items"]) == out.total
    parsed = incoming.parse(text.encode())
    marks = tuple(replace(mark, picture="") for mark in out.snapshot.annotations)
    assert parsed.problems == ()
    assert not parsed.foreign or not out.snapshot.documents
    assert [tidy(mark) for mark in parsed.annotations] == [tidy(mark) for mark in marks]
    if out.snapshot.documents:
        told = tuple(replace(record, masks=(), text=plain(record.text)) for record in out.snapshot.documents)
        assert parsed.documents == told
    assert parsed.tags == out.snapshot.tags
    assert parsed.categories == out.snapshot.categories


CORE = frozenset(
    "@context id type label generator generated total first last items partOf startIndex name value motivation created "
    "modified stylesheet body purpose format language target source selector state styleClass exact prefix suffix "
    "start end conformsTo refinedBy sourceDate".split()
)
"""The keys of `anno.jsonld` that we write."""


def keys_of(value: Any) -> set[str]:
    if isinstance(value, list):
        return set[str]().union(*map(keys_of, value))
    if not isinstance(value, dict):
        return set()
    return set(value).union(*(keys_of(one) for key, one in value.items() if key != "@context"))


@given(OUTGOINGS)
@settings(max_examples=25, phases=[Phase.generate])
def test_a_processor_of_json_ld_drops_nothing_as_each_key_has_a_meaning(out: Outgoing) -> None:
    value = collection(out)
    assert keys_of(value) <= CORE | set(value["@context"][1])


def plain(text: TextFacts | None) -> TextFacts | None:
    """A text without how it was corrected, for which the form has no words."""
    return text and replace(text, corrects="", edits=())


def tidy(mark: Annotation) -> Annotation:
    """The mark with tags as the library keeps them, and a note that says something or nothing."""
    tags = dict.fromkeys(" ".join(tag.split()) for tag in mark.tags)
    return replace(mark, tags=tuple(filter(None, tags)), note=mark.note if mark.note.strip() else "")


def test_a_mark_is_said_in_the_words_of_the_recommendation() -> None:
    value = collection(outgoing(*SOME))
    cost, ready, whole = value["first"]["items"]
    assert [body["purpose"] for body in cost["body"]] == ["commenting", "tagging", "tagging"]
    assert cost["body"][0] == {
        "type": "TextualBody",
        "purpose": "commenting",
        "format": "text/markdown",
        "value": "Says who?",
    }
    quote, position = cost["target"]["selector"]
    assert TEXT[position["start"] : position["end"]] == quote["exact"] == "41 million"
    assert cost["target"]["styleClass"] == ["orange", "highlight"]
    assert cost["target"]["state"] == [{"type": "TimeState", "sourceDate": "2026-01-03"}]
    assert (cost["motivation"], ready["motivation"], "body" in ready) == ("commenting", "highlighting", False)
    assert "selector" not in whole["target"]
    assert value["styles"]["id"] == cost["stylesheet"]
    assert ".orange" in value["styles"]["value"]
    (document,) = value["documents"]
    assert document["id"] == cost["target"]["source"]
    assert (document["textSha256"], value["offsetUnit"], value["total"]) == ("cd" * 32, "code points", 3)


def test_a_mark_on_a_page_names_it_and_its_frame() -> None:
    rects = (PageRect(1, 0.1, 0.2, 0.5, 0.25), PageRect(1, 0.1, 0.25, 0.3, 0.3))
    mark = made(1, "2031")
    assert mark.anchor
    mark = replace(mark, anchor=replace(mark.anchor, rects=rects))
    out = replace_contents(outgoing(mark), Contents(sheets=(Sheet(0, 600, 800), Sheet(20, 600, 800, "ii"))))
    (found,) = collection(out)["first"]["items"]
    page = found["target"]["selector"][2]
    assert (page["value"], page["conformsTo"]) == ("page=2", "http://tools.ietf.org/rfc/rfc3778")
    assert page["refinedBy"]["value"] == "xywh=percent:10,20,40,10"
    assert found["page"] == "ii"
    assert incoming.parse(written("w3c", out).encode()).annotations == (mark,)


def replace_contents(out: Outgoing, contents: Contents) -> Outgoing:
    return Outgoing(out.snapshot, out.total, out.exported, lambda _uid: contents)


def test_a_lost_mark_names_no_place_to_others_and_keeps_it_for_us() -> None:
    lost = made(1, "2031", state=AnchorState.LOST, score=0.0)
    out = outgoing(lost)
    (found,) = collection(out)["first"]["items"]
    assert [one["type"] for one in found["target"]["selector"]] == ["TextQuoteSelector"]
    assert incoming.parse(written("w3c", out).encode()).annotations == (lost,)


BROKEN: list[dict[str, Any]] = [
    {"id": None},
    {"id": "no iri"},
    {"type": "Note"},
    {"target": None},
    {"target": []},
    {"body": "https://example.org/b", "bodyValue": "words"},
    {"created": "2026-01-01"},
    {"created": ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"]},
    {"motivation": "shouting"},
    {"body": {"type": "TextualBody"}},
    {"body": {"type": "TextualBody", "value": ["a", "b"]}},
    {"target": {"source": "https://example.org/", "selector": {"type": "TextQuoteSelector"}}},
    {"target": {"source": "https://example.org/", "selector": {**QUOTE, "prefix": ["a"]}}},
    {"target": {"source": "https://example.org/", "selector": {"type": "TextPositionSelector", "start": 0}}},
    {"target": {"source": "https://example.org/", "selector": {"type": "TextPositionSelector", "start": -1, "end": 2}}},
    {"target": {"source": "https://example.org/", "selector": {"type": "FragmentSelector"}}},
    {"target": {"source": "https://example.org/", "selector": {"type": "RangeSelector", "startSelector": QUOTE}}},
    {"target": {"source": "https://example.org/", "selector": {**QUOTE, "refinedBy": {"type": "TextQuoteSelector"}}}},
    {"target": {"source": "https://example.org/", "state": {"type": "TimeState", "sourceDate": "2026"}}},
    {
        "target": {
            "source": "https://example.org/",
            "state": {"type": "TimeState", "sourceDateStart": "2026-01-01T00:00:00Z"},
        }
    },
    {"body": {"type": "Choice", "items": []}},
    {"stylesheet": {"value": ".a {}"}},
]


def test_the_schema_takes_what_is_right() -> None:
    VALID.validate(one())
    VALID.validate(one(body=["https://example.org/b", {"type": "TextualBody", "value": "x", "purpose": "tagging"}]))
    VALID.validate(
        {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:a:b", "type": "AnnotationPage", "items": []}
    )


@pytest.mark.parametrize("changes", BROKEN, ids=str)
def test_the_schema_refuses_what_breaks_a_must(changes: dict[str, Any]) -> None:
    assert not VALID.is_valid(one(**changes))


# -- inwards, from others


@pytest.mark.parametrize(
    ("body", "note", "tags"),
    [
        ({"bodyValue": "Words"}, "Words", ()),
        ({"body": "Words, just so"}, "Words, just so", ()),
        ({"body": "https://example.org/x"}, "<https://example.org/x>", ()),
        ({"body": {"type": "TextualBody", "value": "Words"}}, "Words", ()),
        ({"body": {"value": "cost", "purpose": "tagging"}}, "", ("cost",)),
        ({"body": "cost", "motivation": "tagging"}, "", ("cost",)),
        ({"body": [{"value": "a", "purpose": ["tagging"]}, {"value": "b", "purpose": "oa:tagging"}]}, "", ("a", "b")),
        ({"body": [{"value": "One"}, {"value": "Two", "purpose": "describing"}]}, "One\n\nTwo", ()),
        ({"body": {"value": "<p>A &amp; B</p><script>x()</script>", "format": "text/html"}}, "A & B", ()),
        ({"body": {"type": "Choice", "items": [{"value": "first"}, {"value": "second"}]}}, "first", ()),
        (
            {"body": {"purpose": "tagging", "source": "https://example.org/tags/cost"}},
            "",
            ("https://example.org/tags/cost",),
        ),
        ({"body": {"purpose": "tagging", "id": "https://example.org/tags/cost"}}, "", ("cost",)),
        ({"body": {"id": "https://example.org/v", "type": "Video"}}, "<https://example.org/v>", ()),
        ({}, "", ()),
    ],
)
def test_bodies_in_whatever_shape(body: dict[str, Any], note: str, tags: tuple[str, ...]) -> None:
    mark = only(one(**body))
    assert (mark.note, mark.tags) == (note, tags)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda a: a,
        lambda a: [a],
        lambda a: {"@graph": [a], "@context": "http://www.w3.org/ns/anno.jsonld"},
        lambda a: {"type": "AnnotationPage", "id": "urn:p:p", "items": [a]},
        lambda a: {"type": ["AnnotationCollection"], "first": {"type": "AnnotationPage", "items": [a]}},
    ],
)
def test_annotations_in_whatever_wrapping(wrap: Any) -> None:
    assert only(wrap(one())).quote == "41 million"


def test_ids_are_the_same_each_time_also_where_there_are_none() -> None:
    for value in (one(), one(id=None), one(id="urn:uuid:01890000-0000-7000-8000-00000000000B")):
        assert only(value).uid == only(value).uid
    assert only(one(id="urn:uuid:01890000-0000-7000-8000-00000000000B")).uid == "01890000-0000-7000-8000-00000000000b"


def test_each_target_is_a_mark() -> None:
    target = one()["target"]
    parsed = read(
        one(target=[target, {**target, "selector": {**QUOTE, "exact": "2031"}}, "https://example.org/minutes#a"])
    )
    assert [mark.quote for mark in parsed.annotations] == ["41 million", "2031", ""]
    assert len({mark.uid for mark in parsed.annotations}) == 3
    assert len(parsed.documents) == 1


def test_a_quote_is_found_inside_what_it_refines() -> None:
    refined = {"type": "FragmentSelector", "value": "section-2", "refinedBy": QUOTE}
    position = {"type": "TextPositionSelector", "start": 3, "end": 13}
    mark = only(one(target={"source": "https://example.org/m", "selector": [refined, position], "styleClass": "pink"}))
    assert (mark.quote, mark.color, mark.style) == ("41 million", Color.PINK, Style.HIGHLIGHT)
    assert mark.anchor == Anchor(3, 13, "41 million", "cost ", ".")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"target": None}, "target: is missing"),
        ({"target": 7}, "target[0]: is not an object"),
        ({"target": {"source": "u:x", "selector": {"type": "TextQuoteSelector", "exact": " "}}}, "exact: is empty"),
        ({"target": {"source": "", "selector": QUOTE}}, "names no document"),
        ({"body": 7}, "body: is not an object"),
        ({"body": {"value": 7}}, "value: is not a text"),
    ],
)
def test_what_cannot_be_used_is_named_with_the_reason(changes: dict[str, Any], reason: str) -> None:
    parsed = read([one(), one(id="urn:b:b", **changes), "?", one(created="2026-01-01T00:00:00Z")])
    assert [mark.quote for mark in parsed.annotations] == ["41 million"]
    assert len(parsed.problems) == 3
    assert parsed.problems[0].startswith("items[1].")
    assert reason in parsed.problems[0]
    assert parsed.problems[1:] == (
        "items[2]: is not an object",
        "items[3].id: is that of another annotation in the file",
    )


PAGE = {"type": "FragmentSelector", "value": "page=3"}
FRAME = {"type": "FragmentSelector", "value": "xywh=percent:10,20,30.5,40"}


@pytest.mark.parametrize(
    "selector", [{**PAGE, "refinedBy": FRAME}, [FRAME, PAGE], {**PAGE, "value": "#page=3&xywh=percent:10,20,30.5,40"}]
)
def test_an_area_of_a_page_is_one_here(selector: Any) -> None:
    parsed = read(one(target={"source": "u:x", "selector": selector, "styleClass": "green"}))
    (mark,) = parsed.annotations
    assert (mark.style, mark.color, mark.quote, parsed.problems) == (Style.AREA, Color.GREEN, "", ())
    assert mark.anchor
    (rect,) = mark.anchor.rects
    assert (rect.page, rect.left, rect.top) == (2, 0.1, 0.2)
    assert (rect.right, rect.bottom) == pytest.approx((0.405, 0.6))
    assert parsed.placeless == {mark.uid}


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        ({"type": "CssSelector", "value": "main > p"}, "main > p"),
        ({**PAGE, "refinedBy": {**FRAME, "value": "xywh=pixel:1,2,3,4"}}, "page=3; xywh=pixel:1,2,3,4"),
        ({**PAGE, "refinedBy": {**FRAME, "value": "xywh=percent:90,90,0,0"}}, "page=3; xywh=percent:90,90,0,0"),
        ({**PAGE, "refinedBy": {**FRAME, "value": "xywh=percent:1.2.3,1,1,1"}}, "page=3; xywh=percent:1.2.3,1,1,1"),
        ({"type": "SvgSelector", "value": "<svg>" + " " * 500 + "x" * 500}, "SvgSelector"),
        ({"type": "TextPositionSelector", "start": 3, "end": 9}, "characters 3 to 9"),
        ({"type": "FragmentSelector", "value": 7}, "FragmentSelector"),
    ],
)
def test_a_place_without_words_is_a_note_on_the_document(selector: Any, words: str) -> None:
    parsed = read(one(body="Look.", target={"source": "u:x", "selector": selector}))
    (mark,) = parsed.annotations
    assert (mark.anchor, parsed.problems) == (None, ())
    assert mark.note == (f"Look.\n\nIts place in the document: {words}")


def test_bodies_nested_without_end_are_refused_one_by_one() -> None:
    body: Any = {"value": "x"}
    for _ in range(50):
        body = {"type": "List", "items": [body]}
    parsed = read([one(body=body), one(id="urn:b:b")])
    assert (len(parsed.annotations), len(parsed.problems)) == (1, 1)


# -- files that are none

WHOLE = written("w3c", outgoing(*SOME)).encode()


@pytest.mark.parametrize(
    "data",
    [
        WHOLE[:-40],
        WHOLE[: len(WHOLE) // 2],
        b"",
        "{“é”".encode("cp1252"),
        b'{"items":' * 10_000 + b"1" + b"}" * 10_000,
        b"[" * 100_000,
        b"some words\r\n41 million\r\n",
        b"%PDF-1.7",
        b"null",
        b"{}",
        b'{"type": "AnnotationCollection", "first": "https://example.org/page1"}',
    ],
)
def test_a_bad_file_is_one_sentence(data: bytes) -> None:
    with pytest.raises(InterchangeError) as caught:
        incoming.parse(data)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_a_form_that_is_said_is_the_one_that_is_read() -> None:
    assert DOCUMENT.uid in incoming.parse(WHOLE, "w3c").documents[0].uid
    with pytest.raises(InterchangeError, match="passage 1"):
        incoming.parse(WHOLE, "passage")
    with pytest.raises(InterchangeError, match="not W3C"):
        incoming.parse(written("passage", outgoing(*SOME)).encode(), "w3c")


BOOK = {"dc:title": "The Lake", "dc:identifier": ["urn:isbn:123"], "dc:creator": ["Ada Lee", {"name": "Bo"}]}
BODY = {"type": "TextualBody", "value": "why?", "color": "pink", "highlight": "underline"}


@pytest.mark.parametrize(
    ("context", "body"),
    [
        ("https://www.w3.org/ns/epub-anno.jsonld", {**BODY, "tags": ["a", "b"]}),
        ("http://www.w3.org/ns/anno.jsonld", {**BODY, "tag": "a"}),
    ],
)
def test_a_set_of_an_epub_is_of_one_book_with_its_colours_and_tags(context: str, body: dict[str, Any]) -> None:
    items = [
        one(id=f"urn:x:{number}", body=body, target={"source": f"chapter{number}.xhtml", "selector": [QUOTE]})
        for number in (1, 2)
    ]
    parsed = read({"@context": context, "type": "AnnotationSet", "about": BOOK, "items": items})
    assert parsed.problems == ()
    (record,) = parsed.documents
    assert (record.metadata.title, record.metadata.authors) == ("The Lake", ("Ada Lee", "Bo"))
    assert record.metadata.identifiers == ("urn:isbn:123",)
    marks = [(mark.note, mark.color, mark.style, mark.tags[:1]) for mark in parsed.annotations]
    assert marks == [("why?", Color.PINK, Style.UNDERLINE, ("a",))] * 2


def test_the_same_annotation_twice_in_a_file_is_no_fault_of_it() -> None:
    assert len(read([one(), one()]).annotations) == 1
    assert read([one(), one()]).problems == ()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_json_in_the_encodings_that_editors_save_it_in(encoding: str) -> None:
    text = json.dumps([one(bodyValue="wörter 🌊")], ensure_ascii=False, indent=1).replace("\n", "\r\n")
    (mark,) = incoming.parse(text.encode(encoding)).annotations
    assert mark.note == "wörter 🌊"


@pytest.mark.parametrize(
    ("value", "note"),
    [
        (["One.", "Two."], "One.\n\nTwo."),
        ({"en": "Water", "de": "Wasser", "nl": ["Water", "Meer"]}, "Water\n\nWasser\n\nMeer"),
        ({"@value": "Water", "@language": "en"}, "Water"),
        ([{"@value": "Water", "@language": "en"}, {"@value": "Wasser", "@language": "de"}], "Water\n\nWasser"),
        ([], ""),
    ],
)
def test_words_in_several_languages_or_in_a_list_are_all_kept(value: Any, note: str) -> None:
    (mark,) = read(one(body={"type": "TextualBody", "value": value})).annotations
    assert mark.note == note
    (mark,) = read(one(body={"type": "TextualBody", "purpose": "tagging", "value": value})).annotations
    assert mark.tags == tuple(filter(None, note.split("\n\n")))


@pytest.mark.parametrize("value", [7, [["a"]], {"en": 7}, {"en": {"@value": "a"}}])
def test_other_values_are_named(value: Any) -> None:
    found = read(one(body={"type": "TextualBody", "value": value}))
    assert (found.annotations, len(found.problems)) == ((), 1)
    assert found.problems == ("items[0].value: is not a text",)


def zipped(name: str, content: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def test_an_annotation_set_in_its_archive_is_read() -> None:
    content = json.dumps({"@context": "http://www.w3.org/ns/anno.jsonld", "items": [one()]}).encode()
    found = incoming.parse(zipped("annotations.json", content))
    assert (found.form, [mark.quote for mark in found.annotations]) == ("w3c", ["41 million"])
    with pytest.raises(InterchangeError, match="holds no annotations"):
        incoming.parse(zipped("other.json", content))


def test_an_archive_of_a_set_that_is_cut_or_unpacks_to_far_too_much_is_refused() -> None:
    content = zipped("annotations.json", b"[" + b" " * (1 << 27) + b"]")
    with pytest.raises(InterchangeError, match="unpacks"):
        incoming.parse(content)
    whole = bytearray(zipped("annotations.json", json.dumps([one(note="a")] * 9).encode()))
    at = whole.index(b"annotations.json") + len("annotations.json")
    whole[at : at + 10] = b"damaged!!!"
    with pytest.raises(InterchangeError, match="damaged"):
        incoming.parse(bytes(whole))
