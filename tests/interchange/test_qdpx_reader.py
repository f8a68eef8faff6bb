"""REFI-QDA projects that come in: ours, those of others with all their ways of counting, and hostile ones."""

import random
import zlib
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.interchange.incoming import parse
from reader.interchange.json_file import InterchangeError
from reader.interchange.outgoing import Outgoing
from reader.interchange.records import Parsed
from reader.model.annotation import Anchor, AnchorState, Annotation, Color, Style
from reader.model.hashing import sha256_of
from reader.model.library import Tag
from tests.interchange.outgoing_helpers import DOCUMENT, OUTGOINGS, SOME, TEXT, made, outgoing
from tests.interchange.qdpx_helpers import archive, project, written

SOURCE = "01890000-0000-7000-8000-0000000000a1"
CODE = "01890000-0000-7000-8000-0000000000c1"
NOTE = "01890000-0000-7000-8000-0000000000b1"
CODES = f'<CodeBook><Codes><Code guid="{CODE}" name="Cost" isCodable="true" color="#33aa33"/></Codes></CodeBook>'
WORDS = "The dam will cost 41 million.\nIt will be ready in 2031.\nNobody asked the residents."


def ours(*marks: Annotation, tags: tuple[Tag, ...] = ()) -> bytes:
    out = outgoing(*marks)
    return written(replace(out, snapshot=replace(out.snapshot, tags=tags), text=lambda _uid: TEXT))


def selection(number: int, start: int, end: int, *, inner: str = "", name: str = "", more: str = "") -> str:
    """A selection coded with the one code."""
    return (
        f'<PlainTextSelection guid="01890000-0000-7000-8000-00000000{number:04x}" name="{name}" '
        f'startPosition="{start}" endPosition="{end}"{more}>{inner}'
        f'<Coding guid="01890000-0000-7000-8000-00000001{number:04x}"><CodeRef targetGUID="{CODE}"/></Coding>'
        "</PlainTextSelection>"
    )


def source(inner: str, path: str = "internal://t.txt") -> str:
    return (
        f'<Sources><TextSource guid="{SOURCE}" name="Interview" plainTextPath="{path}">{inner}</TextSource></Sources>'
    )


def marked(raw: str | bytes, *inner: str, path: str = "internal://t.txt", entry: str = "Sources/t.txt") -> Parsed:
    data = raw.encode() if isinstance(raw, str) else raw
    return parse(project(CODES + source("".join(inner), path), {entry: data}))


def quotes(parsed: Parsed) -> list[str]:
    """The words of the marks, each of which stands at its position in the text that came along."""
    for mark in parsed.annotations:
        if mark.anchor and mark.uid not in parsed.placeless:
            assert parsed.texts[mark.document_uid][mark.anchor.start : mark.anchor.end] == mark.quote
    return [mark.quote for mark in parsed.annotations]


# -- ours


def test_what_went_out_comes_back() -> None:
    parsed = parse(ours(*SOME, tags=(Tag("", "later", "#112233", "When there is time."), Tag("", "unused"))))
    assert not parsed.problems
    assert (parsed.form, parsed.foreign) == ("qdpx", False)
    assert parsed.categories[Color.ORANGE] == "Figure"
    assert {mark.uid: mark for mark in parsed.annotations} == {mark.uid: mark for mark in SOME}
    (document,) = parsed.documents
    assert (document.uid, document.metadata, document.tags) == (DOCUMENT.uid, DOCUMENT.metadata, DOCUMENT.tags)
    assert document.text
    assert document.text.sha256 == sha256_of(TEXT.encode())
    assert parsed.texts == {DOCUMENT.uid: TEXT}
    assert {tag.name: (tag.color, tag.description) for tag in parsed.tags} == {
        "later": ("#112233", "When there is time."),
        "cost/dam": ("", ""),
        "unused": ("", ""),
        "water": ("", ""),
    }


def test_what_had_no_place_comes_back_as_a_note_or_as_its_quote() -> None:
    lost = replace(made(1, "2031"), anchor=Anchor(5, 12, "words gone"), state=AnchorState.LOST, note="Where?")
    area = replace(made(2, "2031"), anchor=Anchor(3, 3, ""), style=Style.AREA, note="Look")
    found = {mark.uid: mark for mark in parse(ours(lost, area)).annotations}
    assert (found[lost.uid].quote, found[lost.uid].note) == ("words gone", "Where?")
    assert (found[area.uid].anchor, found[area.uid].note) == (None, "An area of a page\n\nLook")


@settings(max_examples=60)
@given(OUTGOINGS)
def test_no_mark_is_missing_whatever_there_is(out: Outgoing) -> None:
    marks = tuple(out.snapshot.annotations)
    parsed = parse(written(out))
    empty = {mark.uid for mark in marks if not mark.anchor and not mark.note.strip()}
    assert {mark.uid for mark in marks} - empty <= {mark.uid for mark in parsed.annotations}


# -- positions


def test_a_mark_stands_where_its_program_says() -> None:
    parsed = marked(WORDS, selection(1, 4, 7), selection(2, 50, 54))
    assert quotes(parsed) == ["dam", "2031"]
    assert parsed.foreign
    assert [(mark.tags, mark.color) for mark in parsed.annotations] == [(("Cost",), Color.GREEN)] * 2


CASES: list[tuple[str, str, Any]] = [
    ("line ends counted once", WORDS.replace("\n", "\r\n"), lambda at, _: at),
    ("line ends counted twice", WORDS.replace("\n", "\r\n"), lambda at, text: at + text[:at].count("\n")),
    ("UTF-16", "🌊 " + WORDS, lambda at, text: len(text[:at].encode("utf-16-le")) // 2),
    ("byte order mark", "\ufeff" + WORDS, lambda at, _: at),
    ("byte order mark counted", "\ufeff" + WORDS, lambda at, _: at + 1),
    (
        "all of it",
        "\ufeff🌊 " + WORDS.replace("\n", "\r\n"),
        lambda at, text: len(text[:at].encode("utf-16-le")) // 2 + text[:at].count("\n") + 1,
    ),
]


@pytest.mark.parametrize("named", [True, False], ids=["named", "without names"])
@pytest.mark.parametrize("last", [0, 1], ids=["end after", "last character"])
@pytest.mark.parametrize(("raw", "count"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_however_it_is_counted(raw: str, count: Any, last: int, named: bool) -> None:
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n")
    wanted = ["cost", "ready in 2031", "Nobody", "asked", "residents", "dam"]
    inner: list[str] = []
    for number, words in enumerate(wanted):
        start = text.index(words)
        end = start + len(words) - last
        inner.append(selection(number, count(start, text), count(end, text), name=words if named else ""))
    parsed = marked(raw, *inner)
    assert quotes(parsed) == wanted
    assert list(parsed.texts.values()) == [text]


@given(st.text(st.sampled_from("ab \r\n🌊é"), min_size=1, max_size=30), st.data())
def test_a_quote_always_stands_at_its_position(raw: str, data: st.DataObject) -> None:
    numbers = st.integers(-3, 40)
    inner = [
        selection(number, data.draw(numbers), data.draw(numbers)) for number in range(data.draw(st.integers(1, 4)))
    ]
    parsed = marked(raw, *inner)
    quotes(parsed)
    together = len({(mark.anchor.start, mark.anchor.end) for mark in parsed.annotations if mark.anchor})
    assert len(parsed.annotations) == together


# -- the ways of others


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("internal://t.txt", "sources/T.TXT"),
        ("internal://T.txt", "Sources\\t.txt"),
        ("relative:///Sources/t.txt", "Sources/t.txt"),
        ("internal://a%20b.txt", "Sources/a b.txt"),
        ("/home/ada/t.txt", "t.txt"),
        ("C:\\Users\\ada\\t.txt", "Sources/t.txt"),
    ],
)
def test_a_text_is_found_in_the_archive_however_it_is_named(path: str, entry: str) -> None:
    assert quotes(marked(WORDS, selection(1, 4, 7), path=path, entry=entry)) == ["dam"]


@pytest.mark.parametrize(
    "path", ["../../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "relative:///etc/hosts"]
)
def test_no_path_leads_out_of_the_archive(path: str) -> None:
    parsed = marked(WORDS, selection(1, 0, 4), path=path)
    assert not parsed.texts
    assert not parsed.annotations
    assert "is not in the archive" in parsed.problems[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_text_in_another_encoding(encoding: str) -> None:
    assert quotes(marked(("Café " + WORDS).encode(encoding), selection(1, 0, 4))) == ["Café"]


def test_guids_with_braces_in_capitals_and_a_project_under_another_name() -> None:
    inner = CODES.replace(CODE, "{" + CODE.upper() + "}") + source(selection(1, 4, 7))
    parsed = parse(project(inner, {"SOURCES/t.txt": WORDS.encode()}, name="My study.QDE"))
    assert [mark.tags for mark in parsed.annotations] == [("Cost",)]
    assert parsed.documents[0].uid == SOURCE


def test_several_selections_of_one_passage_are_one_mark() -> None:
    other = CODE.replace("c1", "c2")
    codes = CODES.replace("</Codes>", f'<Code guid="{other}" name="Dam" isCodable="true"/></Codes>')
    inner = selection(1, 4, 7, more=' creationDateTime="2026-02-01T10:00:00+02:00"')
    inner += selection(2, 4, 7, inner="<Description>Why?</Description>").replace(CODE, other)
    parsed = parse(project(codes + source(inner), {"t.txt": WORDS.encode()}))
    (mark,) = parsed.annotations
    assert (mark.tags, mark.note, mark.created) == (("Cost", "Dam"), "Why?", "2026-02-01T08:00:00.000Z")
    assert parse(project(codes + source(inner), {"t.txt": WORDS.encode()})) == parsed


def test_notes_of_selections_sources_and_codes() -> None:
    notes = (
        f'<Notes><Note guid="{NOTE}" name="Memo" plainTextPath="internal://memo.txt"/>'
        f'<Note guid="{NOTE[:-1]}2"><PlainTextContent>Of it all</PlainTextContent></Note>'
        f'<Note guid="{NOTE[:-1]}3"><PlainTextContent>Of the code</PlainTextContent></Note>'
        f'<Note guid="{NOTE[:-1]}4"><PlainTextContent>Of nothing</PlainTextContent></Note></Notes>'
        "<Sets><Set guid='x' name='y'/></Sets>"
    )
    codes = CODES.replace("/></Codes>", f'><NoteRef targetGUID="{NOTE[:-1]}3"/></Code></Codes>')
    inner = selection(1, 4, 7).replace("</PlainTextS", f'<NoteRef targetGUID="{NOTE}"/></PlainTextS')
    inner += f'<NoteRef targetGUID="{NOTE[:-1]}2"/>'
    parsed = parse(project(codes + source(inner) + notes, {"t.txt": WORDS.encode(), "memo.txt": b"Sure?"}))
    assert [(mark.quote, mark.note) for mark in parsed.annotations] == [("dam", "Sure?"), ("", "Of it all")]
    assert parsed.tags[0].description == "Of the code"
    assert parsed.problems == (
        "1 notes belong to no text and were left out",
        "The project also has 1 sets, which have no place here and were left out",
    )


def test_a_pdf_comes_with_the_text_that_stands_for_it() -> None:
    words = f'<Representation guid="{NOTE}"><PlainTextContent>The dam</PlainTextContent></Representation>'
    where = 'page="0" firstX="1" firstY="2" secondX="3" secondY="4"'
    inner = (
        f'<Sources><PDFSource guid="{SOURCE}" name="Report.pdf" path="internal://r.pdf">'
        f'<PDFSelection guid="{NOTE[:-1]}5" {where}>{words}</PDFSelection><PDFSelection guid="{NOTE[:-1]}6" {where}/>'
        f'<Representation guid="{NOTE[:-1]}7" plainTextPath="internal://r.txt">{selection(1, 18, 28)}</Representation>'
        "</PDFSource></Sources>"
    )
    parsed = parse(project(CODES + inner, {"r.txt": WORDS.encode(), "r.pdf": b"%PDF"}))
    assert sorted(quotes(parsed)) == ["41 million", "The dam"]
    assert parsed.problems == ("“Report.pdf”: 1 areas of pages left out: they mark no words",)


def test_a_transcript_is_read_by_its_points() -> None:
    point = '<SyncPoint guid="{}" position="{}"/>'
    inner = (
        f'<Sources><AudioSource guid="{SOURCE}" name="Talk"><Transcript guid="{NOTE}">'
        f"<PlainTextContent>{WORDS}</PlainTextContent>{point.format('a', 4)}{point.format('b', 7)}"
        '<TranscriptSelection guid="s" fromSyncPoint="A" toSyncPoint="b"/></Transcript></AudioSource></Sources>'
    )
    assert quotes(parse(project(inner))) == ["dam"]


def test_the_xml_alone_is_enough_where_its_texts_are_in_it() -> None:
    xml = project(
        "<Sources><TextSource guid='x' name='A'><PlainTextContent>One</PlainTextContent></TextSource></Sources>"
    )
    with ZipFile(BytesIO(xml)) as opened:
        parsed = parse(opened.read("project.qde"))
    assert list(parsed.texts.values()) == ["One"]


# -- hostile ones


BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
HEAD = b'<Project xmlns="urn:QDA-XML:project:1.0" name="p">'
DEEP = b"<CodeBook><Codes>" + b"<Code name='a'>" * 10_000 + b"</Code>" * 10_000 + b"</Codes></CodeBook>"


def locked() -> bytes:
    data = bytearray(project("", {"t.txt": b"x"}))
    for at in range(len(data) - 4):
        if data[at : at + 4] == b"PK\x03\x04":
            data[at + 6] |= 1
        elif data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (archive({"project.qde": BOMB + HEAD + b"&c;</Project>"}), "entities"),
        (archive({"project.qde": OUTSIDE + HEAD + b"&b;</Project>"}), "entities"),
        (archive({"project.qde": HEAD}), "damaged"),
        (archive({"project.qde": b"<html/>"}), "no REFI-QDA project"),
        (archive({"project.qde": HEAD + DEEP + b"</Project>"}), "nested deeper"),
        (archive({"project.qde": b"<?xml version='1.0' encoding='klingon'?><Project/>"}), "damaged"),
        (archive({"other.txt": b"x"}), "no project.qde"),
        (archive({"project.qde": HEAD + b" " * (1 << 26) + b"</Project>"}), "far more"),
        (b"PK\x03\x04 and no more", "damaged"),
        (b"<Project", "damaged"),
        (locked(), "password"),
    ],
    ids=["bomb", "outside", "cut", "html", "deep", "encoding", "none", "zip bomb", "no archive", "xml", "locked"],
)
def test_a_bad_file_gets_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(InterchangeError) as told:
        parse(data, "qdpx")
    assert says in str(told.value)
    assert str(told.value).endswith(".")


def test_texts_that_unpack_to_harm_are_not_read() -> None:
    with pytest.raises(InterchangeError, match="far more"):
        marked(b"a" * (1 << 27))


def test_broken_and_changed_archives_end_in_a_sentence_or_in_marks_that_stand() -> None:
    whole = ours(*SOME)
    chance = random.Random(7)
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.4:
            del data[chance.randrange(len(data)) :]
        with suppress(InterchangeError):
            quotes(parse(bytes(data), "qdpx"))


@settings(max_examples=150)
@given(st.data())
def test_xml_with_anything_in_it_ends_in_a_sentence_or_in_marks_that_stand(data: st.DataObject) -> None:
    names = st.sampled_from(
        "Project Users CodeBook Codes Code Sources TextSource PDFSource Representation PlainTextContent Notes Note "
        "PlainTextSelection PDFSelection Coding CodeRef NoteRef Description VariableValue VariableRef Transcript "
        "SyncPoint TranscriptSelection AudioSource Variables Variable TextValue".split()
    )
    keys = st.sampled_from(
        "guid name startPosition endPosition targetGUID plainTextPath creationDateTime color isCodable origin".split()
    )
    values = st.sampled_from(
        [
            "",
            "0",
            "3",
            "99",
            "-1",
            "1e9",
            "9" * 30,
            CODE,
            "{" + CODE + "}",
            "x",
            "internal://t.txt",
            "2026-01-01",
            "#fff",
            "٣",
        ]
    )

    def element(depth: int) -> str:
        name = data.draw(names)
        about = " ".join(f'{key}="{data.draw(values)}"' for key in data.draw(st.lists(keys, unique=True, max_size=5)))
        inner = "".join(element(depth - 1) for _ in range(data.draw(st.integers(0, 3)))) if depth else ""
        return f"<{name} {about}>{inner or 'abc'}</{name}>"

    with suppress(InterchangeError):
        quotes(parse(project(element(4) + element(3), {"t.txt": b"a b c d"})))


def test_a_text_whose_check_sum_is_wrong_is_damaged() -> None:
    data = project(CODES + source(selection(1, 4, 7)), {"Sources/t.txt": WORDS.encode()})
    wrong = data.replace(zlib.crc32(WORDS.encode()).to_bytes(4, "little"), b"\0\0\0\1")
    with pytest.raises(InterchangeError, match="damaged"):
        parse(wrong)
