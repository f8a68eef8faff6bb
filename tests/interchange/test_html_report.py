"""The report, as an HTML parser that is no browser reads it."""

import re
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from selectolax.lexbor import LexborHTMLParser

from reader.interchange.outgoing import Outgoing
from reader.model.annotation import AnchorState, Color, Picture, Style
from reader.model.document import Metadata
from tests.interchange.outgoing_helpers import DOCUMENT, OUTGOINGS, SOME, made, outgoing, written

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)> </style><!-- & &amp; ' javascript:x"
ELEMENTS = frozenset(
    "html head meta title style body header h1 p div input output nav ol ul li a span main section h2 h3 article "
    "blockquote mark img time script br em strong s code pre hr h4 h5 h6 table thead tbody tr th td".split()
)


def read(out: Outgoing) -> LexborHTMLParser:
    return LexborHTMLParser(written("html", out))


def words(page: LexborHTMLParser, selector: str) -> list[str]:
    return [found.text() for found in page.css(selector)]


def attribute(page: LexborHTMLParser, selector: str, name: str) -> list[str]:
    return [found.attributes[name] or "" for found in page.css(selector)]


def test_it_says_all_of_it_in_order() -> None:
    page = read(outgoing(*SOME))
    assert words(page, "h1, h2, h3") == ["Annotations", "Minutes", "Costs", "Time"]
    assert words(page, "header .about") == ["3 annotations of 1 document · 2026-03-01"]
    assert words(page, "blockquote") == ["41 million", "2031"]
    assert words(page, ".note") == ["Says who?", "On all of it"]
    assert words(page, "article .category") == ["Figure", "Claim", "Claim"]
    assert words(page, ".tag") == ["#cost/dam", "#later"]
    assert words(page, "nav li a") == ["Minutes"]
    assert words(page, ".legend li") == ["Claim", "Evidence", "Quote", "Question", "Figure", "Other"]
    assert (
        attribute(page, "nav li a", "href")
        == [f"#d-{DOCUMENT.uid}"]
        == ["#" + i for i in attribute(page, "section", "id")]
    )
    assert attribute(page, ".open", "href") == [f"passage://annotation/{mark.uid}" for mark in SOME]
    assert attribute(page, "article", "class")[0] == "orange highlight"


def test_it_says_what_it_was_made_from_so_that_it_can_be_held_against_the_text() -> None:
    page = read(outgoing(*SOME))
    text = DOCUMENT.text
    assert text is not None
    assert attribute(page, "section", "data-text-sha256") == [text.sha256]
    assert attribute(page, "section", "data-text-length") == [str(text.length)]
    assert attribute(page, "section", "data-offset-unit") == ["code points"]
    assert attribute(page, "section", "data-annotations") == [str(len(page.css("article")))] == [str(len(SOME))]
    anchors = [mark.anchor for mark in SOME if mark.anchor]
    assert attribute(page, "article[data-start]", "data-start") == [str(anchor.start) for anchor in anchors]
    assert attribute(page, "article[data-start]", "data-end") == [str(anchor.end) for anchor in anchors]


def test_it_can_be_put_in_order_by_category() -> None:
    page = read(replace(outgoing(*SOME), by="category"))
    assert words(page, "h3") == ["Claim", "Figure"]
    assert words(page, "blockquote") == ["2031", "41 million"]


def test_nothing_in_it_is_run_or_loaded() -> None:
    document = replace(
        DOCUMENT,
        metadata=Metadata(HOSTILE, (HOSTILE,), HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)"),
        tags=(HOSTILE,),
    )
    mark = made(1, "2031", note=HOSTILE, tags=(HOSTILE,), created=HOSTILE)
    out = outgoing(mark, document=document)
    page = read(replace(out, snapshot=replace(out.snapshot, categories=dict.fromkeys(Color, HOSTILE))))
    assert {found.tag for found in page.css("*")} <= ELEMENTS
    assert len(page.css("script")) == 1
    assert words(page, "h2") == [HOSTILE]
    assert words(page, ".note") == [HOSTILE.replace("&amp;", "&")]
    assert words(page, "title") == [HOSTILE + " – Annotations"]
    assert [href for href in attribute(page, "a", "href") if not href.startswith(("#", "passage://"))] == []
    assert not [name for found in page.css("*") for name in found.attributes if name.startswith("on")]


def test_what_the_head_allows_is_what_is_there() -> None:
    text = written("html", outgoing(*SOME))
    page = LexborHTMLParser(text)
    (policy,) = (c for c in attribute(page, "meta[http-equiv]", "content"))
    for kind in ("style", "script"):
        (inside,) = re.findall(rf"<{kind}>(.*?)</{kind}>", text, re.DOTALL)
        digest = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "http" not in re.sub(r"https://example\.org/minutes|http-equiv", "", text)


def test_it_is_whole_without_its_script() -> None:
    page = read(outgoing(*SOME))
    assert "hidden" in page.css(".search")[0].attributes
    assert not [found for found in page.css("main *") if "hidden" in found.attributes]


def test_pictures_are_in_it() -> None:
    picture = Picture("image/png", bytes(range(256)))
    area = replace(made(1, "2031", style=Style.AREA), picture="ab" * 32)
    assert area.anchor
    area = replace(area, anchor=replace(area.anchor, exact="", end=area.anchor.start))
    out = outgoing(area)
    (src,) = attribute(read(replace(out, snapshot=replace(out.snapshot, picture=lambda _mark: picture))), "img", "src")
    head, _, data = src.partition(",")
    assert (head, b64decode(data)) == ("data:image/png;base64", picture.data)
    hostile = replace(picture, media_type="image/svg+xml")
    assert not read(replace(out, snapshot=replace(out.snapshot, picture=lambda _mark: hostile))).css("img")


def test_light_dark_and_paper_have_every_color() -> None:
    text = written("html", outgoing(*SOME))
    light, dark = text.split("@media screen and (prefers-color-scheme: dark)")
    for part in (light, dark.partition("* {")[0]):
        assert len(re.findall(r"--ground: #[0-9a-f]{6}; --ink: #[0-9a-f]{6}; --label: #[0-9a-f]{6};", part)) == len(
            Color
        )
    assert "@media print" in dark


def test_a_lost_mark_says_so_and_no_mark_at_all_too() -> None:
    page = read(outgoing(made(1, "2031", state=AnchorState.LOST)))
    assert "no longer in the text" in words(page, ".details")[0]
    assert words(read(outgoing()), "main") == ["\nThere are no annotations in this export.\n"]


@given(OUTGOINGS)
@settings(max_examples=30, deadline=None)
def test_every_word_is_read_again(out: Outgoing) -> None:
    marks = list(out.marks())
    page = read(out)
    assert {found.tag for found in page.css("*")} <= ELEMENTS
    assert attribute(page, "article", "id") == [mark.annotation.uid for mark in marks]
    notes = [m.annotation.note for m in marks if m.annotation.note.strip()]
    assert [letters(note) for note in words(page, ".note")] == list(map(letters, notes))
    assert words(page, "article > blockquote") == [plain(m.words) for m in marks if m.words.strip()]


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalpha())


def plain(text: str) -> str:
    return re.sub(
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]",
        "\ufffd",
        re.sub(r"\r\n?|[\u2028\u2029]", "\n", text),
    )


@pytest.mark.parametrize("url", ["https://example.org/?a=1&b=%22", "HTTP://example.org"])
def test_addresses_on_the_web_are_links(url: str) -> None:
    document = replace(DOCUMENT, metadata=Metadata("x", url=url))
    assert attribute(read(outgoing(*SOME, document=document)), ".about a", "href") == [url]


NOTE = """# Head

First line
second *line* with **weight**, `code`, ~~gone~~ and [a link](https://example.org/?a=1&b).

- one
- two

> said

| a | b |
|---|---|
| 1 | 2 |

[1]: https://example.org/source
"""


def test_notes_are_read_as_markdown() -> None:
    page = read(outgoing(made(1, "2031", note=NOTE)))
    note = page.css_first(".note")
    assert note
    assert [(tag, words(page, f".note {tag}")) for tag in ("h4", "em", "strong", "code", "s", "li", "td")] == [
        ("h4", ["Head"]),
        ("em", ["line"]),
        ("strong", ["weight"]),
        ("code", ["code"]),
        ("s", ["gone"]),
        ("li", ["one", "two"]),
        ("td", ["1", "2"]),
    ]
    assert len(note.css("br")) == 1
    assert attribute(page, ".note a", "href") == ["https://example.org/?a=1&b"]
    assert attribute(page, ".note a", "rel") == ["noreferrer"]
    assert "[1]: https://example.org/source" in note.text()
    assert words(page, "h1, h2, h3") == ["Annotations", "Minutes", "Time"]


@pytest.mark.parametrize(
    "note",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](  javascript:alert(1))",
        "<javascript:alert(1)>",
        "[x](data:text/html,x)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "[x](//example.org/x)",
        "[x](&#106;avascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "<!-- x --><script>alert(1)</script>",
        "```<script>\nx\n```",
        "![x](javascript:alert(1))",
        "[x][y]\n\n[y]: javascript:alert(1)",
    ],
)
def test_nothing_of_a_note_is_run(note: str) -> None:
    page = read(outgoing(made(1, "2031", note=note)))
    assert {found.tag for found in page.css(".note *")} <= {"p", "br", "pre", "code"}
    assert not [name for found in page.css(".note *") for name in found.attributes if name not in ("class",)]


def test_a_picture_in_a_note_is_a_link_to_it() -> None:
    page = read(outgoing(made(1, "2031", note="![a map](https://example.org/map.png)")))
    assert (words(page, ".note a"), page.css(".note img")) == (["a map"], [])


@pytest.mark.parametrize("note", [">" * 3000 + "end", "- " * 300 + "end", "[" * 2000 + "end", "*a " * 2000 + "end"])
def test_no_word_of_a_note_is_lost_by_its_depth(note: str) -> None:
    (said,) = words(read(outgoing(made(1, "2031", note=note))), ".note")
    assert letters(said) == letters(note)
