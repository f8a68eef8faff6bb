"""Words, tags and names of files, as a Markdown parser and a file system read them."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.interchange.file_names import LONGEST, file_name, folded, free_name, is_numbered
from reader.interchange.markdown_text import escaped, link, one_line, tag, tags
from tests.interchange.strategies import TEXTS

SIGNS = st.text(st.sampled_from(" _*#=~%^&[]()<>!`\\|$+-.:;{}12ab")) | TEXTS


def read(text: str) -> tuple[str, list[str]]:
    """The words of a paragraph as markdown-it reads them, and the kinds of what it found in it."""
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    kinds = [token.type for token in tokens if token.type not in ("paragraph_open", "paragraph_close", "inline")]
    inline = [child for token in tokens for child in token.children or ()]
    return "".join(child.content for child in inline), kinds + [c.type for c in inline if c.type != "text"]


@given(SIGNS)
@example("# 1. A *b* _c_ `d` <b>&amp;</b> [x](y) ==z== %%q%%")
@example("1. x")
@example("-")
@example("a_b __init__ _")
def test_words_stay_words(text: str) -> None:
    words, kinds = read(escaped(text))
    assert (words, kinds) == (one_line(text).strip(), [])


@given(SIGNS)
def test_words_are_no_tags_comments_or_ids_in_obsidian(text: str) -> None:
    line = escaped(text)
    assert not re.search(r"(?<!\\)(?:%%|==)|(?:^|\s)[#^]|(?<!\\)\[\[|(?<!\\)\$", line)


@given(SIGNS, SIGNS)
def test_a_link_is_one_link(words: str, address: str) -> None:
    (line,) = MarkdownIt("commonmark").parse(link(words, "https://example.org/" + address))[1:2]
    assert [child.type for child in line.children or () if child.type != "text"] == ["link_open", "link_close"]


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("cost/big dam", "cost/big-dam"),
        ("R&D (2031)", "R-D-2031"),
        ("2031", "_2031"),
        ("هزینه سد", "هزینه-سد"),
        ("#a//b/", "a/b"),
        ("!?", ""),
        ("snake_case", "snake_case"),
    ],
)
def test_tags_are_what_obsidian_takes(name: str, made: str) -> None:
    assert tag(name) == made


@given(st.lists(TEXTS))
def test_every_tag_is_one_word(names: list[str]) -> None:
    for name in tags(names):
        assert re.fullmatch(r"[^\s#,;!?()\[\]<>]+", name)
        assert not name.isdigit()


@given(TEXTS | SIGNS)
@example("../../etc/passwd")
@example("CON")
@example("com1.txt")
@example("..")
@example("x" * 400)
def test_a_title_is_never_a_path_or_a_device(title: str) -> None:
    name = file_name(title)
    assert not re.search(r'[\x00-\x1f\\/:*?"<>|#^\[\]]', name)
    assert name not in (".", "..", "")
    assert not name.startswith(".")
    assert name == name.strip(". ")
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)", name.partition(".")[0].strip())
    assert len(name.encode()) <= LONGEST + 1
    assert file_name(name) == name


def test_names_that_are_taken_are_numbered() -> None:
    taken = {folded(name) for name in ("The Dam", "the dam 2")}
    assert free_name("THE DAM", taken) == "THE DAM 3"
    assert is_numbered("The dam 3", "THE DAM")
    assert not is_numbered("The dam x", "The dam")
