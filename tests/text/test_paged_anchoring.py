"""Marks of a PDF in another revision of it, whose lines and pages end elsewhere."""

import textwrap
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import AnchorState
from reader.text.anchoring import describe
from reader.text.joining import joined
from reader.text.paged_anchoring import PagedResolver

WORDS = (
    "reservoir residents asked mayor engineer international efficiency dam water board meeting school nobody "
    "million finished figures written answer question winter harvest village"
).split()


def prose(seed: int, words: int = 600) -> str:
    random = Random(seed)
    return " ".join(random.choice(WORDS) + ("." if random.random() < 0.1 else "") for _ in range(words))


def pages(text: str, width: int, height: int) -> str:
    """The text set in lines of `width` and pages of `height` lines, words cut where they do not fit."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        room = width - len(line) - 1
        if len(word) <= room:
            line = f"{line} {word}".strip()
        elif room > 4 and word.isalpha() and len(word) - room + 1 > 2:
            lines.append(f"{line} {word[: room - 1]}-".strip())
            line = word[room - 1 :]
        else:
            lines.append(line)
            line = word
    lines.append(line)
    return "\f".join("\n".join(lines[at : at + height]) for at in range(0, len(lines), height))


def letters(text: str) -> str:
    """Without what a mark's ends within a cut word may leave: "l-age" is read as "X-ray" is, "effici- e" as "or- e"."""
    return text.replace("-", "").replace(" ", "")


@given(st.integers(0, 50), st.integers(0, 3000), st.integers(12, 300), st.booleans())
def test_a_mark_goes_with_its_words(seed: int, start: int, length: int, knows_before: bool) -> None:
    text = prose(seed)
    old, new = pages(text, 60, 20), pages(f"A new beginning. {text}", 47, 13)
    start = min(start, len(old) - length)
    anchor = describe(old, start, start + length)
    found = PagedResolver(new, before=old if knows_before else "").resolve(anchor)
    if found.state is AnchorState.LOST:
        # Twelve letters between repeated words may stand anywhere, if nobody remembers the text.
        assert not knows_before or length < 24
        return
    assert letters(joined(new, found.start, found.end)) == letters(joined(old, start, start + length))


def test_the_same_text_is_exact() -> None:
    text = pages(prose(1), 60, 20)
    anchor = describe(text, 100, 400)
    assert "\n" in anchor.exact
    found = PagedResolver(text).resolve(anchor)
    assert (found.state, found.start, found.end, found.score) == (AnchorState.EXACT, 100, 400, 1.0)


@pytest.mark.parametrize("width", [31, 44])
def test_a_quote_over_the_end_of_a_page(width: int) -> None:
    old = "One page ends with the inter-\fnational press that said nothing of it at all."
    new = "\n".join(textwrap.wrap("Quite new. One page ends with the international press that said nothing.", width))
    start = old.index("the inter")
    found = PagedResolver(new).resolve(describe(old, start, old.index(" said")))
    assert found.state is AnchorState.MOVED
    assert joined(new, found.start, found.end) == "the international press that"
    assert found.score < 1


def test_an_area_keeps_to_the_words_beside_it() -> None:
    old, new = pages(prose(3), 60, 20), pages("More. " * 90 + prose(3), 60, 20)
    found = PagedResolver(new, before=old).resolve(describe(old, 1000, 1000))
    assert found.start == found.end
    assert joined(new[found.start :])[:20] == joined(old[1000:])[:20]


def test_words_that_are_gone_are_lost() -> None:
    old = pages(prose(4), 60, 20)
    assert PagedResolver("Something quite different.").resolve(describe(old, 50, 200)).state is AnchorState.LOST
