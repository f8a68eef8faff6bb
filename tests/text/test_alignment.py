"""Passages of two versions of a text side by side."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model.annotation import AnchorState
from reader.text.alignment import Alignment
from reader.text.anchoring import Resolver, describe
from reader.text.common_runs import common
from reader.text.letters import mapped
from reader.text.pieces import key_of, lines, sentences, words
from reader.text.versions import Versions
from tests.text.strategies import mixed_text

SAYINGS = [
    f"Sentence number {n} speaks of {word} and of nothing else at all." for n, word in enumerate("abcdefghijklmnop")
]
REFRAIN = "The council noted the letter and passed to the next item."


def aligned(before: str, after: str) -> Alignment:
    versions = Versions(before, after)
    return Alignment(before, after, versions.head, versions.tail)


@given(st.permutations(SAYINGS), st.sampled_from(["\n\n", " "]), st.integers(0, len(SAYINGS) - 1))
def test_passages_are_found_in_any_order(order: list[str], between: str, chosen: int) -> None:
    before, after = between.join(SAYINGS), between.join(order)
    start, now = before.index(SAYINGS[chosen]), after.index(SAYINGS[chosen])
    size = len(SAYINGS[chosen])
    assert (now, now + size) in aligned(before, after).places(start, start + size)
    assert (start, start + size) in aligned(before, after).origins(now, now + size)


@given(mixed_text, mixed_text, st.data())
def test_places_are_inside_the_other_text(before: str, after: str, data: st.DataObject) -> None:
    if not before or not after:
        return
    alignment = aligned(before, after)
    for text, other, ask in ((before, after, alignment.places), (after, before, alignment.origins)):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        assert all(0 <= low < high <= len(other) for low, high in ask(start, end))
        assert 0 <= alignment.known(min(start, len(before)), min(end, len(before))) <= end - start


@pytest.mark.parametrize("nth", range(4))
def test_a_refrain_stays_between_its_neighbours(nth: int) -> None:
    before = "\n".join(f"{SAYINGS[n]} {REFRAIN}" for n in range(4))
    after = "\n".join(f"{SAYINGS[n]} {REFRAIN.upper()}" for n in (2, 0, 3, 1))
    at = -1
    for _ in range(nth + 1):
        at = before.index(REFRAIN, at + 1)
    found = Resolver(after, before=before).resolve(describe(before, at, at + len(REFRAIN)))
    if found.state is AnchorState.LOST:
        return  # what stood before it went one way, what stood behind it another
    assert after[: found.start].splitlines()[-1].startswith(SAYINGS[nth])


def test_a_refrain_that_was_cut_is_lost_and_the_others_stay() -> None:
    parts = [f"{saying} {REFRAIN} And so on." for saying in SAYINGS[:6]]
    before = "\n\n".join(parts)
    after = "\n\n".join([*parts[:2], parts[2].replace(f"{REFRAIN} ", ""), *parts[3:4], "New!", *parts[4:]])
    starts = [n for n in range(len(before)) if before.startswith(REFRAIN, n)]
    resolver = Resolver(after, before=before)
    found = [resolver.resolve(describe(before, start, start + len(REFRAIN))) for start in starts]
    assert [result.state is AnchorState.LOST for result in found] == [n == 2 for n in range(6)]
    for nth, result in enumerate(found):
        if nth != 2:
            assert after[: result.start].endswith(f"{SAYINGS[nth]} ")


@pytest.mark.parametrize(
    "written",
    [
        'IT\'S DIFFICULT, "NOBODY" IN THE CAFÉ SAID.',
        'It\'s\n    difficult,\n    "nobody"\n    in\n    the\n    café\n    said.',
        "It’s diﬃcult, “nobody” in the café said.",
        'It\'s diffi\u00adcult, "no-\nbody" in the café said.',
        'It\'s difficult, "nobody" in the cafe said.',
    ],
    ids=["capitals", "lines", "signs", "hyphens", "accents"],
)
def test_what_reads_the_same_is_the_mark(written: str) -> None:
    quote = 'It\'s difficult, "nobody" in the café said.'
    before = f"{SAYINGS[0]} {quote} {SAYINGS[1]}"
    after = f"New. {SAYINGS[0]} {written} {SAYINGS[1]}"
    found = Resolver(after, before=before).resolve(
        describe(before, len(SAYINGS[0]) + 1, len(SAYINGS[0]) + 1 + len(quote))
    )
    assert found.state is AnchorState.MOVED
    assert 0.64 <= found.score < 1
    assert after[found.start : found.end] == written


def test_equal_pieces_between_the_same_ones_correspond() -> None:
    assert common(list("axxbyxc"), list("axxbyxc"), 1) == [(n, n) for n in range(7)]
    # Which of the two x is left, nobody can tell.
    assert (0, 0) in common(list("axxb"), list("axb"), 1)
    assert not {1, 2} & {i for i, _ in common(list("axxb"), list("axb"), 1)}


def test_letters_are_followed_through_edits() -> None:
    assert mapped("the dam", "xx the big dam", 4, last=False) == [11]
    assert mapped("the dam", "xx the big dam", 2, last=True) == [6]
    # Seen from the left it is the first, from the right the second.
    assert mapped("go", "go go", 0, last=False) == [0, 3]


def test_pieces() -> None:
    text = "Ab, cd.\n\n“Naïve!” no-\nbody 中文"
    assert [text[start:end] for start, end, _ in lines(text, 0, len(text))] == ["Ab, cd.", "“Naïve!” no-", "body 中文"]
    assert [key for *_, key in sentences(text, 0, len(text))] == ["abcd", "naive", "nobody中文"]
    assert [key for *_, key in words(text, 0, len(text))] == ["ab", "cd", "naive", "nobody", "中", "文"]
    assert key_of("ﬁne Straße, It’s") == key_of("FINE STRASSE its")


def test_a_long_text_is_aligned_where_it_is_asked_for() -> None:
    rng = Random(4)
    stock = ["".join(rng.choices("abcdefghij", k=7)) for _ in range(3000)]
    parts = [" ".join(rng.choices(stock, k=30)) for _ in range(400)]
    before = ". ".join(parts)
    after = ". ".join(parts[200:] + ["something new"] + [part.replace(" ", "  ", 3) for part in parts[:200]])
    resolver = Resolver(after, before=before)
    for nth in (0, 57, 199, 200, 399):
        start = before.index(parts[nth])
        found = resolver.resolve(describe(before, start + 40, start + 90))
        assert after[found.start : found.end].split() == before[start + 40 : start + 90].split()
