from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.errors import FormatError
from reader.formats.markdown.front_matter import split_front_matter
from reader.formats.markdown.reader import read
from reader.model.document import BlockKind, Metadata
from tests.formats.checks import attempt, check, document_of, shown, spans_of


def markdown(source: str) -> list[tuple[str, str]]:
    return shown(document_of(source, "markdown"))


def test_blocks_in_order() -> None:
    source = "# Head\n\nOne *two*\nthree\n\n> quoted\n\n```py\na = 1\n\nb\n```\n\n***\n\nend"
    assert markdown(source) == [
        ("heading", "Head"),
        ("paragraph", "One two three"),
        ("quote", "quoted"),
        ("code", "a = 1\n\nb"),
        ("rule", ""),
        ("paragraph", "end"),
    ]


def test_lists_have_markers_and_depths() -> None:
    document = document_of("3. three\n\n   more\n   - inner\n     - [x] done\n     - [ ] open\n4. four", "markdown")
    assert [(b.number, b.level, document.text[b.start : b.end]) for b in document.blocks] == [
        ("3.", 1, "three"),
        ("", 1, "more"),
        ("•", 2, "inner"),
        ("☑", 3, "done"),
        ("☐", 3, "open"),
        ("4.", 1, "four"),
    ]
    assert {block.kind for block in document.blocks} == {BlockKind.LIST_ITEM}


def test_item_that_begins_with_code_keeps_its_marker() -> None:
    document = document_of("1. ```\n   code\n   ```\n", "markdown")
    assert [(b.kind.value, b.number) for b in document.blocks] == [("list_item", "1."), ("code", "")]


def test_quotes_nest() -> None:
    document = document_of("> a\n>\n> > b\n>\n> - c\n\nd", "markdown")
    assert [(b.kind.value, b.quote_depth) for b in document.blocks] == [
        ("quote", 1),
        ("quote", 2),
        ("list_item", 1),
        ("paragraph", 0),
    ]


def test_table_cells_name_their_places() -> None:
    document = document_of("| a | b |\n|---|---|\n| 1 |   |\n\ntext\n\n| c |\n|---|\n| 2 |\n", "markdown")
    cells = [(b.table, b.row, b.column, b.header, document.text[b.start : b.end]) for b in document.blocks]
    assert cells == [
        (0, 0, 0, True, "a"),
        (0, 0, 1, True, "b"),
        (0, 1, 0, False, "1"),
        (0, 1, 1, False, ""),
        (-1, 0, 0, False, "text"),
        (1, 0, 0, True, "c"),
        (1, 1, 0, False, "2"),
    ]


def test_spans() -> None:
    document = document_of("*i* **b** ~~s~~ `c` [l](https://a.b/c) H<sub>2</sub>O <kbd>K</kbd> <u>u</u>", "markdown")
    assert document.text == "i b s c l H2O K u"
    assert spans_of(document) == [
        ("italic", "i"),
        ("bold", "b"),
        ("strike", "s"),
        ("code", "c"),
        ("link", "l"),
        ("subscript", "2"),
        ("code", "K"),
        ("underline", "u"),
    ]
    assert document.spans[4].href == "https://a.b/c"


def test_span_over_a_hard_break_is_one() -> None:
    document = document_of("**a\\\nb**", "markdown")
    assert document.text == "a\nb"
    assert spans_of(document) == [("bold", "a\nb")]


def test_links_that_may_not_be_followed_are_words() -> None:
    document = document_of(
        "[a](javascript:alert) [b](file:///etc/passwd) [c](other.md) [d](data:text/html,x)", "markdown"
    )
    assert document.text == "a b c d"
    assert document.spans == ()


def test_headings_are_targets_and_outline() -> None:
    document = document_of(
        "[go](#the-east-bank-1)\n\n# The east bank\n\n## The east *bank*\n\n# سد و دره\n\n[x](#سد-و-دره)", "markdown"
    )
    assert [(e.title, e.level) for e in document.outline] == [
        ("The east bank", 1),
        ("The east bank", 2),
        ("سد و دره", 1),
    ]
    assert document.targets["the-east-bank-1"] == document.outline[1].position
    assert document.targets["سد-و-دره"] == document.outline[2].position
    assert document.spans[-1].href == "#سد-و-دره"


def test_footnotes_stand_at_the_end() -> None:
    document = document_of("One[^a] and two[^b].\n\n[^a]: First.\n\n    More.\n[^b]: Second.\n\nEnd.", "markdown")
    assert shown(document) == [
        ("paragraph", "One1 and two2."),
        ("paragraph", "End."),
        ("footnote", "First."),
        ("footnote", "More."),
        ("footnote", "Second."),
    ]
    assert [block.number for block in document.blocks if block.kind is BlockKind.FOOTNOTE] == ["1", "", "2"]
    assert {(s.kind.value, s.href) for s in document.spans} == {
        ("superscript", ""),
        ("link", "#fn-1"),
        ("link", "#fn-2"),
    }
    assert document.text[document.targets["fn-2"] :] == "Second."
    assert document.text[document.targets["fnref-1"] :].startswith("1 and")


def test_html_blocks_and_tags_are_read_not_shown() -> None:
    source = (
        "<div>\n<p>in <b>block</b></p>\n<script>evil()</script>\n</div>\n\n"
        "a <script>evil()</script>b <style>evil</style>c"
    )
    assert markdown(source) == [("paragraph", "in block"), ("paragraph", "a b c")]


def test_image_stands_between_the_words(tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "a b.gif").write_bytes(GIF)
    document = read(b"before ![The dam](img/a%20b.gif) after", "x.md", tmp_path)
    check(document)
    assert shown(document) == [("paragraph", "before"), ("figure", "The dam"), ("paragraph", "after")]
    assert [(a.name, a.media_type, a.data) for a in document.assets] == [("image-1", "image/gif", GIF)]


def test_remote_image_is_a_placeholder_without_its_address() -> None:
    document = document_of("![The dam](https://evil.example/a.png)", "markdown")
    assert shown(document) == [("figure", "The dam")]
    assert document.assets[0].data == b""
    assert "evil" not in repr(document)


def test_front_matter_becomes_metadata() -> None:
    source = (
        "---\ntitle: 'It''s the dam'\nauthors:\n  - name: Ilse Brandt\n    role: engineer\n  - M. Okafor\n"
        'date: 14 March 2024  # a Thursday\ntags: [water, "board/promise", water]\nlang: en_GB\n'
        "source: Water board\nurl: https://example.org/minutes\n---\n# Minutes\n"
    )
    document = document_of(source, "markdown")
    assert document.metadata == Metadata(
        title="It's the dam",
        authors=("Ilse Brandt", "M. Okafor"),
        source="Water board",
        date="2024-03-14",
        language="en-GB",
        url="https://example.org/minutes",
        tags=("water", "board/promise"),
    )
    assert document.text == "Minutes"


@pytest.mark.parametrize(
    "source",
    ["---\nThis is prose between two rules.\n---\nMore", "---\ntitle: no end\n\ntext", "text\n---\ntitle: x\n---\n"],
)
def test_what_is_no_front_matter_stays_text(source: str) -> None:
    metadata, text = split_front_matter(source)
    assert metadata == Metadata()
    assert text == source


def test_title_without_front_matter() -> None:
    assert document_of("## Second\n\n# First\n", "markdown").metadata.title == "First"
    assert document_of("It rained. Then not.", "markdown").metadata.title == "It rained."
    assert document_of("![](https://a.b/c.png)", "markdown").metadata.title == "Untitled"


def test_nothing_to_read_is_refused() -> None:
    with pytest.raises(FormatError, match="nothing in it to read"):
        document_of("[only]: /a-reference\n", "markdown")


def test_specification_of_commonmark(shared: Path) -> None:
    path = shared / "corpus" / "markdown" / "spec.txt"
    if not path.is_file():
        pytest.skip("the specification is not beside this checkout")
    document = document_of(path.read_bytes(), "markdown")
    assert document.metadata.title == "CommonMark Spec"
    assert document.metadata.authors == ("John MacFarlane",)
    titles = [entry.title for entry in document.outline]
    assert "Emphasis and strong emphasis" in titles
    assert sum(1 for block in document.blocks if block.kind is BlockKind.CODE) > 600


@pytest.mark.parametrize("source", ["> " * 5000 + "x", "[" * 5000, "*a **b " * 2000, "![a](" * 2000, "- " * 3000 + "x"])
def test_hostile_nesting_ends(source: str) -> None:
    assert attempt(source, "markdown") is not None or source.startswith(("> ", "- "))


_PIECES = st.sampled_from(
    [
        "# ", "## ", "- ", "1. ", "> ", "    ", "```\n", "|a|b|\n|-|-|\n", "[^1]", "[^1]: ", "**", "*", "`",
        "~~", "![a](b)", "[c](#d)", "[e](http://f)", "<b>", "</b>", "<script>", "</script>", "<div>", "<br>",
        "---\n", "\n", "\n\n", "  \n", "- [ ] ", "text", " ", "\\", "&#13;", "&nbsp;", "<table><tr><td>", "😀",
        "د", "word word\n", "title: x\n", "[g]: h\n",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_markdown_keeps_the_promises(source: str) -> None:
    attempt(source, "markdown")


@given(st.binary(max_size=300))
def test_any_bytes_are_markdown_or_one_sentence(data: bytes) -> None:
    attempt(data, "markdown")


GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
