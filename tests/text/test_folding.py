import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.fold_table import table
from reader.text.folding import fold, fold_with_map, source_range
from tests.text.strategies import any_text, mixed_text

flags = st.booleans()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("The RESERVOIR", "the reservoir"),
        ("Crème brûlée, e\u0301", "creme brulee, e"),
        ("Łódź Ørsted İstanbul ılık", "lodz orsted istanbul ilik"),
        ("Straße ﬁn ﬃ œuvre", "strasse fin ffi oeuvre"),
        ("ｆｕｌｌ　ｗｉｄｔｈ ｶﾞ", "full width カ\u3099"),
        ("co\u00adop\u200b \u200etext\ufeff", "coop text"),
        ("isn’t “so” – yes", 'isn\'t "so" - yes'),
        ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
        ("كتاب كِتَابٌ کتاب", "کتاب کتاب کتاب"),
        ("أحمد إلى آن ٱلـــلّه", "احمد الی ان الله"),
        ("می\u200cشود علي على", "میشود علی علی"),
        ("مدرسة مدرسه", "مدرسه مدرسه"),
        ("۱۹۸۸ ١٩٨٨ १९", "1988 1988 19"),
        ("שָׁלוֹם", "שלום"),
        ("한국어 か\u3099 हिन्दी ที่", "한국어 か\u3099 हिन्दी ที่"),
    ],
)
def test_variants_of_a_word_are_equal(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_accents_are_kept_when_they_must_match() -> None:
    assert fold("É", accents=False) == fold("e\u0301", accents=False) == "e\u0301"
    assert fold("é", accents=False) != fold("e", accents=False)
    assert fold("한 が", accents=False) == "한 が"


def test_case_is_kept_when_it_must_match() -> None:
    assert fold("The Éclair", case=False) == "The Eclair"
    assert fold("The Éclair", case=False, accents=False) == "The E\u0301clair"


def test_every_code_point_folds_once_and_for_all() -> None:
    """What makes the fast way right: folding is idempotent, and lower case may come first."""
    folding = table(True, True)
    for code_point in (*range(0xD800), *range(0xE000, 0x20000)):
        char, folded = chr(code_point), folding[code_point]
        assert "".join(folding[ord(c)] for c in folded) == folded
        assert char == "İ" or "".join(folding[ord(c)] for c in char.lower()) == folded
        assert folded == char or code_point >> 8 not in range(0x4E, 0x9F)


@given(mixed_text | any_text, flags, flags)
def test_long_texts_fold_as_short_ones(text: str, case: bool, accents: bool) -> None:
    times = 2001 // max(1, len(text)) + 1
    assert fold(text * times, case=case, accents=accents) == fold(text, case=case, accents=accents) * times


def test_a_text_of_many_kinds_folds_as_its_pieces() -> None:
    pieces = [chr(c) for c in range(0xA0, 0x600) if unicodedata.category(chr(c)) != "Cn"] * 2
    assert fold("".join(pieces)) == "".join(map(fold, pieces))


@given(mixed_text | any_text, flags, flags)
def test_the_map_leads_back_to_the_source(text: str, case: bool, accents: bool) -> None:
    folded, positions = fold_with_map(text, case=case, accents=accents)
    assert folded == fold(text, case=case, accents=accents)
    expected = [at for at, char in enumerate(text) for _ in fold(char, case=case, accents=accents)]
    if positions is None:
        assert expected == list(range(len(text)))
    else:
        assert list(positions) == [*expected, len(text)]
        assert positions[-1] == len(text)
        assert positions[0:2] == list(positions)[0:2]


@given(mixed_text)
def test_slices_change_nothing(text: str) -> None:
    whole = text + "ΟΔΟΣ é"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("reader.text.variants._SHORT", 0)
        expected, positions = fold_with_map(whole)
        patch.setattr("reader.text.variants._SLICE", 3)
        folded, sliced = fold_with_map(whole)
    assert folded == expected
    assert (positions and list(positions)) == (sliced and list(sliced))


def test_texts_that_keep_their_length_need_no_map() -> None:
    for text in ("plain", "Ünïcode “quoted” Київ", "東京"):
        assert fold_with_map(text)[1] is None


def test_outside_the_map_is_an_error() -> None:
    positions = fold_with_map("ﬁn")[1]
    assert positions is not None
    assert list(positions) == [0, 0, 1, 2]
    with pytest.raises(IndexError):
        positions[4]


@pytest.mark.parametrize(
    ("text", "part", "found"),
    [
        ("aﬁb", "i", "ﬁ"),
        ("xe\u0301y", "e", "e\u0301"),
        ("co\u00adop", "coop", "co\u00adop"),
        ("Straße", "stras", "Straß"),
    ],
)
def test_a_range_takes_whole_characters(text: str, part: str, found: str) -> None:
    folded, positions = fold_with_map(text)
    at = folded.index(part)
    start, end = source_range(positions, at, at + len(part))
    assert text[start:end] == found
