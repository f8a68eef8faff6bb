"""REFI-QDA projects as they go out: valid by a schema written from the standard, positions counted by another."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.interchange.outgoing import Outgoing
from reader.interchange.records import Snapshot
from reader.model.annotation import DEFAULT_CATEGORY_NAMES, Anchor, AnchorState, Annotation, Color, Style
from reader.model.library import Tag
from tests.interchange.outgoing_helpers import DOCUMENT, OUTGOINGS, TEXT, made, outgoing
from tests.interchange.qdpx_helpers import opened, written
from tests.interchange.strategies import TEXTS

COST = "01890000-0000-7000-8000-0000000000c0"


def exported(*marks: Annotation, text: str = TEXT, tags: tuple[Tag, ...] = ()) -> bytes:
    out = outgoing(*marks)
    return written(replace(out, snapshot=replace(out.snapshot, tags=tags), text=lambda _uid: text))


@settings(max_examples=60)
@given(OUTGOINGS)
def test_a_project_is_valid_whatever_is_in_it(out: Outgoing) -> None:
    found = opened(written(out))
    marks = tuple(out.snapshot.annotations)
    # No text is known of these, so that every mark is a note of its source, and none is missing.
    assert {mark.uid for mark in marks} <= set(found.all("//q:Notes/q:Note/@guid"))
    assert found.all("string(q:Description)").startswith(f"{len(out.snapshot.documents)} sources, {len(marks)} marks.")


@given(TEXTS.filter(bool), st.data())
def test_a_selection_is_its_quote_in_the_text_of_its_source(text: str, data: st.DataObject) -> None:
    marks: list[Annotation] = []
    for number in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        anchor = Anchor(start, end, text[start:end])
        marks.append(replace(made(number, ""), anchor=anchor))
    found = opened(exported(*marks, text=text))
    assert found.texts() == {DOCUMENT.uid: text}
    assert found.quotes() == {mark.uid: mark.quote for mark in marks}


def test_what_a_mark_has_goes_with_it() -> None:
    mark = made(1, "41 million", tags=("cost/dam", "later"), note="Says <who>?\nAnd why", color=Color.ORANGE)
    found = opened(exported(mark, tags=(Tag(COST, "cost/dam", "#a0b1c2", "In any coin."), Tag("", "Unused"))))
    (selection,) = found.all("//q:PlainTextSelection")
    assert selection.get("name") == "41 million"
    assert selection.get("creationDateTime") == selection.get("modifiedDateTime") == mark.created
    codes = {one.get("guid"): one for one in found.all("//q:Code")}
    coded = [codes[guid] for guid in found.all("q:Coding/q:CodeRef/@targetGUID", selection)]
    assert [(one.get("name"), one.getparent().get("name"), one.get("isCodable")) for one in coded] == [
        ("Figure", "Categories", "true"),
        ("dam", "cost", "true"),
        ("later", None, "true"),
    ]
    assert (coded[1].get("guid"), coded[1].get("color"), found.all("string(q:Description)", coded[1])) == (
        COST,
        "#a0b1c2",
        "In any coin.",
    )
    assert [one.get("isCodable") for one in found.all("//q:Code[@name='cost' or @name='Categories']")] == ["false"] * 2
    assert found.all("//q:Code[@name='Unused']")
    (note,) = found.all("q:NoteRef/@targetGUID", selection)
    assert found.all(f"string(//q:Note[@guid='{note}']/q:PlainTextContent)") == "Says <who>?\nAnd why"


def test_a_document_goes_with_what_is_known_of_it() -> None:
    found = opened(exported())
    (source,) = found.all("//q:TextSource")
    assert source.get("name") == "Minutes"
    names = {one.get("guid"): one.get("name") for one in found.all("//q:Variable")}
    values = {
        names[one.find("q:VariableRef", {"q": one.nsmap[None]}).get("targetGUID")]: one[1].text
        for one in found.all("q:VariableValue", source)
    }
    assert values["Authors"] == "Ada Lee; Bo"
    assert (values["Text SHA-256"], values["Text length"]) == ("cd" * 32, str(len(TEXT)))
    assert found.all("//q:Code[@guid=//q:TextSource/q:Coding/q:CodeRef/@targetGUID]/@name") == ["water"]


def test_what_has_no_place_is_a_note_of_its_source() -> None:
    area = replace(made(1, "2031"), style=Style.AREA, anchor=Anchor(3, 3, ""), note="Look", tags=("map",))
    lost = replace(made(2, "41 million"), state=AnchorState.LOST, anchor=Anchor(9**9, 9**9 + 5, "words gone"))
    whole = made(3, "", note="On all of it")
    found = opened(exported(area, lost, whole, made(4, "2031")))
    assert found.quotes() == {made(4, "2031").uid: "2031"}
    told = {
        one.get("guid"): (found.all("string(q:Description)", one), found.all("string(q:PlainTextContent)", one))
        for one in found.all("//q:Note")
    }
    assert told == {
        area.uid: ("An area of a page", "Look"),
        lost.uid: ("words gone", ""),
        whole.uid: ("", "On all of it"),
    }
    assert found.all("//q:TextSource/q:NoteRef/@targetGUID") == [area.uid, lost.uid, whole.uid]
    assert len(found.all(f"//q:Note[@guid='{area.uid}']/q:Coding")) == 2


def test_the_same_export_has_the_same_bytes() -> None:
    assert exported(made(1, "2031")) == exported(made(1, "2031"))


def test_an_export_of_nothing_is_valid() -> None:
    found = opened(written(Outgoing(Snapshot(DEFAULT_CATEGORY_NAMES, (), (), ()))))
    assert not found.all("//q:Sources")
    assert found.files == {}
