import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.encodings import decode, detect
from reader.formats.errors import FormatError
from tests.formats.checks import attempt

SENTENCES = {
    "cp1252": [
        "Le café était fermé à Noël.",
        "Señor, ¿cómo está? Mañana.",
        "Straße über Köln",
        "“Quoted”, it’s – 40 €",
    ],
    "cp1250": ["Příliš žluťoučký kůň pěl", "Zażółć gęślą jaźń"],
    "iso8859_2": ["Příliš žluťoučký kůň pěl", "Zażółć gęślą jaźń"],
    "cp1254": ["Şeker ağacı güzel İstanbul"],
    "cp1257": ["Žąsis ėjo per kelią į mišką"],
    "mac_roman": ["Le café était fermé à Noël."],
    "cp850": ["Le café était fermé à Noël."],
    "cp1251": ["Привет, как дела?"],
    "koi8_r": ["Привет, как дела?"],
    "cp866": ["Привет, как дела?"],
    "cp932": ["こんにちは世界。今日はいい天気です。"],
    "euc_jp": ["こんにちは世界。今日はいい天気です。"],
    "iso2022_jp": ["こんにちは世界。"],
    "gb18030": ["你好世界，今天天气很好。"],
    "big5": ["你好，我們的國家和人民都很好。"],
    "utf-16": ["The reservoir", "سد و دره"],
    "utf-16-le": ["The reservoir: 40 million.\n", "Водохранилище в долине, 40 млн.\n" * 4],
    "utf-16-be": ["The reservoir: 40 million.\n"],
    "utf-32": ["The reservoir"],
    "utf-8-sig": ["café"],
}


@pytest.mark.parametrize(("encoding", "sentence"), [(e, s) for e, many in SENTENCES.items() for s in many])
def test_short_sentence_is_read_in_its_encoding(encoding: str, sentence: str) -> None:
    assert decode(sentence.encode(encoding)) == sentence


def test_corpus_is_read_as_its_key_says(shared: Path) -> None:
    folder = shared / "corpus" / "encodings"
    if not folder.is_dir():
        pytest.skip("the shared encodings are not beside this checkout")
    key = json.loads((folder / "key.json").read_text("utf-8"))
    wrong: list[str] = []
    for name, answer in key.items():
        data = (folder / name).read_bytes()
        assert "\r" not in data.decode(answer["encoding"])
        if hashlib.sha256(decode(data).encode()).hexdigest() != answer["sha256_of_decoded_utf8"]:
            wrong.append(f"{name}: {detect(data)}")
    assert not wrong


def test_cut_last_character_leaves_utf8() -> None:
    data = "Die Straße nach Köln über die Höhe".encode()
    assert decode(data[: data.rindex(b"\xc3") + 1]) == "Die Straße nach Köln über die H\ufffd"


def test_rare_damage_in_much_utf8_is_marked_not_garbled() -> None:
    data = ("Grüße aus Köln. " * 40).encode() + b"\xff" + "Schöne Tage.".encode()
    assert decode(data).endswith("Köln. \ufffdSchöne Tage.")


def test_legacy_letters_far_into_the_file_are_looked_at() -> None:
    text = "plain words\n" * 20_000 + "später, schöner, größer\n"
    assert decode(text.encode("cp1252")) == text


def test_line_ends_and_zero_bytes_are_normalised() -> None:
    assert decode(b"a\r\nb\rc\0d") == "a\nb\nc\ufffdd"


def test_what_fits_no_encoding_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.formats.encodings.legacy", lambda sample: "")
    with pytest.raises(FormatError, match=r"^“noise\.txt” is in an encoding that could not be told"):
        decode(b"\xff\xfd\x81\x8d" * 20, "noise.txt")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_one_sentence(data: bytes) -> None:
    attempt(data, "text")


@given(st.text(min_size=1, max_size=400).filter(lambda t: not t.startswith("\ufeff")))
def test_utf8_is_never_taken_for_anything_else(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if b"\x1b" in data or b"\0" in data:
        return
    assert decode(data) == data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
