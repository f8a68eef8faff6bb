"""Notes on cards: simple Markdown, nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.panels.note_text import Stretch, shown_note


def kinds(note: str) -> list[tuple[str, str]]:
    text, stretches = shown_note(note)
    units = text.encode("utf-16-le")
    return [(s.kind, units[2 * s.start : 2 * (s.start + s.length)].decode("utf-16-le")) for s in stretches]


@pytest.mark.parametrize(
    ("note", "text", "expected"),
    [
        ("plain words", "plain words", []),
        ("a **bold** word", "a bold word", [("bold", "bold")]),
        ("*one* and _two_", "one and two", [("italic", "one"), ("italic", "two")]),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name", []),
        ("`**code**`", "**code**", [("code", "**code**")]),
        ("[words](https://example.org/a_b_c)", "words", [("link", "words")]),
        ("![a picture](https://example.org/p.png)", "a picture", []),
        ("**all *of* it**", "all of it", [("italic", "of"), ("bold", "all of it")]),
        ("🌊 **after** it", "🌊 after it", [("bold", "after")]),
        ("# Title\nbody", "Title\u2028body", [("bold", "Title")]),
        ("- one\n* two\n  + three", "• one\u2028• two\u2028  • three", []),
        ("> quoted", "quoted", []),
        (r"\*not italic\*", "*not italic*", []),
        ("**unclosed and *this", "**unclosed and *this", []),
        ("<b>tags</b> & <img src=x>", "<b>tags</b> & <img src=x>", []),
    ],
)  # fmt: skip
def test_what_is_shown(note: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert shown_note(note)[0] == text
    assert kinds(note) == expected


@given(st.text(alphabet="ab*_`[]()! #\n\\>-🌊é", max_size=60))
def test_any_note_is_shown_with_stretches_inside_it(note: str) -> None:
    text, stretches = shown_note(note)
    units = len(text.encode("utf-16-le")) // 2
    assert all(isinstance(s, Stretch) and s.start >= 0 and s.start + s.length <= units for s in stretches)
    assert "\n" not in text
