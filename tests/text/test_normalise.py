from hypothesis import given

from reader.text.normalise import normalise
from tests.text.strategies import any_text, raw_text


def test_line_ends_become_one_kind() -> None:
    assert normalise("a\r\nb\rc\nd\r\r\ne") == "a\nb\nc\nd\n\ne"


def test_byte_order_mark_goes_only_from_the_start() -> None:
    assert normalise("\ufeffa\ufeffb") == "a\ufeffb"


def test_nul_and_lone_surrogates_are_replaced() -> None:
    assert normalise("a\0b\ud800c\udc00") == "a\ufffdb\ufffdc\ufffd"


def test_a_pair_of_surrogates_is_the_character_it_stands_for() -> None:
    assert normalise("a\ud83d\ude00b") == "a😀b"


def test_spaces_hyphens_and_ligatures_stay() -> None:
    text = "a\u00a0b\tc\u2028d\u2029e\u00adf\ufb01g\x85h\u200c"
    assert normalise(text) == text


@given(raw_text)
def test_twice_is_once(raw: str) -> None:
    once = normalise(raw)
    assert normalise(once) == once
    once.encode("utf-8")
    assert not set(once) & {"\r", "\0"}


@given(any_text)
def test_text_without_special_code_points_is_untouched(text: str) -> None:
    if not set(text) & set("\r\0\ufeff"):
        assert normalise(text) == text
