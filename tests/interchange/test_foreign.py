"""What other programs write, read: each form in its true shape, with its odd records, and broken in every way."""

import json
import random
from copy import deepcopy
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from reader.interchange import incoming
from reader.interchange.given import Given
from reader.interchange.json_file import InterchangeError
from reader.model.annotation import Color, Style
from tests.interchange.foreign_samples import ABSENT, COST, NOTE, SAMPLES, TITLE, WATER, Sample

EACH = pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
JSON_FORMS = [sample for sample in SAMPLES.values() if sample.data.lstrip()[:1] in (b"{", b"[")]
FOREIGN = sorted({sample.form for sample in SAMPLES.values()})


def tidy(note: str) -> str:
    """A note as it was written, with a reply in it by whoever made it."""
    return note.replace("Bo: ", "").replace("\r\n", "\n")


@EACH
def test_a_file_is_read_as_it_is(sample: Sample) -> None:
    assert incoming.recognised(Given(sample.data)) == incoming.source(sample.form)
    parsed = incoming.parse(sample.data)
    assert (parsed.form, parsed.foreign) == (sample.form, True)
    marks = {mark.quote: mark for mark in parsed.annotations if mark.anchor}
    assert list(marks) == [COST, WATER, ABSENT]
    cost = marks[COST]
    assert (cost.color, tidy(cost.note), cost.tags) == (Color(sample.color), NOTE, sample.tags)
    assert cost.created == sample.created
    assert marks[WATER].style is (Style.UNDERLINE if sample.underlined else Style.HIGHLIGHT)
    assert marks[WATER].note == ""
    assert tuple(mark.note for mark in parsed.annotations if not mark.anchor) == sample.notes
    (record,) = parsed.documents
    assert (record.metadata.title == TITLE) == sample.named
    assert len(parsed.problems) == len(sample.left_out)
    assert all(piece in problem for piece, problem in zip(sample.left_out, parsed.problems, strict=True))
    assert parsed.notes == sample.passed


@EACH
def test_ids_are_the_same_each_time(sample: Sample) -> None:
    assert incoming.parse(sample.data).annotations == incoming.parse(sample.data, sample.form).annotations


@EACH
def test_a_file_under_another_name_is_refused(sample: Sample) -> None:
    for form in FOREIGN:
        if form != sample.form:
            with pytest.raises(InterchangeError) as caught:
                incoming.parse(sample.data, form)
            one_sentence(caught.value)


@EACH
def test_a_file_cut_anywhere_is_one_sentence_or_what_is_whole(sample: Sample) -> None:
    chance = random.Random(5)
    for _ in range(40):
        harmless(sample.data[: chance.randrange(len(sample.data))], sample.form)


@EACH
def test_bytes_changed_anywhere_never_stop_the_program(sample: Sample) -> None:
    chance = random.Random(7)
    for _ in range(60):
        data = bytearray(sample.data)
        for _ in range(chance.randrange(1, 5)):
            data[chance.randrange(len(data))] = chance.choice(b'\0\xff"{}[],\\\n=')
        harmless(bytes(data), sample.form)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("sample", [sample for sample in SAMPLES.values() if sample.data[:2] != b"PK"])
def test_other_encodings_are_read_or_refused(sample: Sample, encoding: str) -> None:
    harmless(sample.data.decode("utf-8").encode(encoding, "replace"), sample.form)


@pytest.mark.parametrize("form", FOREIGN)
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"{}",
        b"[]",
        b"%PDF-1.7",
        b"PK\x03\x04 nothing",
        b"[" * 100_000,
        b'{"annotations":' + b"[" * 10_000,
        b'{"annotations":' + b'[{"target":' * 450 + b"1" + b"}]" * 450 + b"}",
        b'return {["annotations"]=' + b"{" * 10_000 + b"}" * 10_001,
        b'return {["annotations"]={[1]={["text"]="never closed',
        b"encoding=json+base64:\n!!!!",
        b"Highlight,Title\r\n" + b'"' + b"x" * 200_000,
        b"==========\r\n==========\r\n",
        b"Title (Author)\r\n- Nothing known | 1\r\n\r\nwords\r\n==========\r\n",
    ],
)
def test_hostile_files_are_one_sentence(form: str, data: bytes) -> None:
    harmless(data, form)


def test_a_form_that_is_far_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incoming, "LARGEST_OF_OTHERS", 1000)
    with pytest.raises(InterchangeError, match="larger than"):
        incoming.parse(b'{"annotations": [' + b" " * 2000)
    clippings = incoming.source("kindle")
    with pytest.raises(InterchangeError, match="larger than 32 MB, which no export in the form Kindle clippings is"):
        incoming.parse(bytes(clippings.largest + 1), "kindle")


ODD: list[Any] = [None, True, -1, 10**30, 1e308, "", "x", "\ud800", "\0", [], [None], {}, {"a": {}}, [[1]]]


@pytest.mark.parametrize("sample", JSON_FORMS, ids=lambda sample: sample.form)
def test_values_of_any_sort_anywhere_never_stop_the_program(sample: Sample) -> None:
    chance = random.Random(11)
    for _ in range(150):
        value = json.loads(sample.data)
        for _ in range(chance.randint(1, 4)):
            disturb(value, chance)
        harmless(json.dumps(value).encode(), sample.form)


def disturb(value: Any, chance: random.Random) -> None:
    """Put something odd in some place of a value of JSON."""
    keys = [*value] if hasattr(value, "keys") else [*range(len(value))]
    if not keys:
        return
    key = chance.choice(keys)
    if type(value[key]) in (dict, list) and value[key] and chance.random() < 0.85:
        disturb(value[key], chance)
    else:
        value[key] = deepcopy(chance.choice(ODD))


def harmless(data: bytes, form: str) -> None:
    """The file is read, or refused in one sentence; whichever form it is said to have."""
    for said in ("", form):
        try:
            parsed = incoming.parse(data, said)
        except InterchangeError as error:
            one_sentence(error)
        else:
            uids = [mark.uid for mark in parsed.annotations]
            assert len(set(uids)) == len(uids)
            assert {mark.document_uid for mark in parsed.annotations} <= {one.uid for one in parsed.documents}
            for problem in parsed.problems:
                problem.encode()


def one_sentence(error: Exception) -> None:
    text = str(error)
    assert text.endswith(".")
    assert "\n" not in text
    assert "Traceback" not in text


PAIR = b"T\n- Your Note on page 1 | x\n\nw\n==========\nT\n- Your Highlight on page 1 | x\n\nv\n==========\n"


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("kindle", b"T" + b" " * 300_000 + b"(A)\n- Your Highlight on page 1 | x\n\nw\n==========\n"),
        ("kindle", b"T (A)\n- Your Highlight on page 1 | x\n\n<" + b" a" * 200_000 + b"\n==========\n"),
        ("kindle", b"T (A)\n- Your Highlight on page " + b"9" * 9000 + b" | x\n\nw\n==========\n"),
        (
            "kindle",
            b"T\n- Your Note on page 1 | x\n\nw\n==========\nT\n- Your Highlight on page 1 | x\n\nv\n==========\n"
            * 9000,
        ),
        ("koreader", b" " * 4000 + b'x{["annotations"]'),
        ("koreader", b'return {["annotations"]={' + b'[1]={["pos0"]="' + b"x" * 500_000),
        ("koreader", b'return {["annotations"]={[1]={["pos0"]=' + b"9" * 9000 + b',["text"]="w"}}}'),
        ("readwise", b"Highlight,Title\n" + b"w,T\n" * 5_000),
        ("hypothesis", b'{"annotations": [' + b'{"uri": "x", "target": []},' * 4_000 + b"{}]}"),
    ],
)
def test_what_is_made_to_take_long_is_read_at_once(form: str, data: bytes) -> None:
    harmless(data, form)


def test_an_epub_that_unpacks_to_far_too_much_is_refused() -> None:
    package = BytesIO()
    with ZipFile(package, "w", ZIP_DEFLATED) as archive:
        archive.writestr("META-INF/calibre_bookmarks.txt", b"encoding=json+base64:\n" + b" " * (1 << 25))
    with pytest.raises(InterchangeError, match="unpacks to far more than annotations take"):
        incoming.parse(package.getvalue())


def test_markup_of_zotero_is_markdown_in_a_note_and_nothing_in_a_quote() -> None:
    item = {
        "key": "CQST2345",
        "itemType": "annotation",
        "annotationType": "highlight",
        "annotationText": "H<sub>2</sub>O, as <i>Nature</i> has it, a < b",
        "annotationComment": "<b>Who</b> says <i>so</i>, H<sub>2</sub>O <br>",
    }
    (mark,) = incoming.parse(json.dumps([item]).encode()).annotations
    assert mark.quote == "H2O, as Nature has it, a < b"
    assert mark.note == "**Who** says *so*, H<sub>2</sub>O <br>"


def test_what_koreader_draws_is_a_mark_wherever_it_says_that_it_is() -> None:
    lua = b'return {["annotations"]={[1]={["text"]="forty million",["drawer"]="underscore",["page"]=3}}}'
    (mark,) = incoming.parse(lua).annotations
    assert (mark.quote, mark.style) == ("forty million", Style.UNDERLINE)
