"""Archives made to do harm, and broken ones; every entry is counted as it really unpacks."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.formats.archive import Archive, open_archive
from reader.formats.errors import FormatError
from reader.formats.request import Limits, Request

MEGABYTE = 1 << 20


def packed(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return target.getvalue()


def opened(data: bytes, limits: Limits | None = None) -> Archive:
    return open_archive(Request(data, "a.epub", limits=limits or Limits()))


def read_all(data: bytes, limits: Limits | None, name: str) -> None:
    archive = opened(data, limits)
    for entry in [name] if name else archive.names:
        archive.read(entry)


def refused(data: bytes, limits: Limits | None = None, name: str = "") -> str:
    with pytest.raises(FormatError) as caught:
        read_all(data, limits, name)
    sentence = str(caught.value)
    assert sentence.startswith("“a.epub”")
    assert sentence.endswith(".")
    return sentence


def overlapping(copies: int, content: bytes) -> bytes:
    """Many entries in the central directory, all of the same packed bytes."""
    packer = zlib.compressobj(9, wbits=-15)
    body = packer.compress(content) + packer.flush()
    sizes = struct.pack("<III", zlib.crc32(content), len(body), len(content))
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", 1, 0) + b"a" + body
    central = b"".join(
        b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
        + struct.pack("<HHHHHII", 5, 0, 0, 0, 0, 0, 0) + b"%05d" % number
        for number in range(copies)
    )  # fmt: skip
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, copies, copies, len(central), len(local), 0)
    return local + central + end


def lying(content: bytes, said: int) -> bytes:
    """An archive whose entry says that it is `said` bytes long."""
    data = packed({"a.txt": content})
    return data.replace(struct.pack("<I", len(content)), struct.pack("<I", said))


@given(st.dictionaries(st.text("abcdeé水", min_size=1, max_size=8), st.binary(max_size=500), max_size=6), st.booleans())
def test_what_went_in_comes_out(entries: dict[str, bytes], store: bool) -> None:
    archive = opened(packed(entries, zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED))
    assert {name: archive.read(name) for name in archive.names} == entries


@given(st.binary(max_size=400), st.integers(0, 400), st.binary(min_size=1, max_size=4))
def test_damage_never_gives_other_bytes(content: bytes, at: int, damage: bytes) -> None:
    data = bytearray(packed({"a": content, "b": b"whole"}))
    data[at : at + len(damage)] = damage
    try:
        archive = opened(bytes(data))
        read = [archive.read(name) for name in archive.names]
    except FormatError:
        return
    assert all(one in (content, b"whole") for one in read)


def test_a_bomb_is_stopped_by_what_it_unpacks_to() -> None:
    bomb = packed({"a": bytes(30 * MEGABYTE)})
    assert "unpacks to more than 200 times its size" in refused(bomb)
    assert "unpacks to more than 5 MB" in refused(packed({"a": bytes(30 * MEGABYTE)}), Limits(unpacked=5 * MEGABYTE))


def test_many_small_entries_count_together_but_each_once() -> None:
    data = packed({str(number): bytes(200_000) for number in range(40)})
    archive = opened(data)
    for _ in range(50):
        assert len(archive.read("0")) == 200_000
    assert "200 times its size" in refused(data)


@pytest.mark.parametrize("said", [1, 1000, 2_000_000_000])
def test_what_an_entry_says_of_itself_is_not_believed(said: int) -> None:
    content = bytes(10 * MEGABYTE)
    assert "200 times its size" in refused(lying(content, said))
    words = b"few words" * 111
    assert opened(lying(words, 4_000)).read("a.txt") == words


def test_overlapping_entries_are_refused() -> None:
    data = overlapping(5_000, bytes(MEGABYTE))
    assert len(data) < 400_000
    assert "parts that lie over each other" in refused(data)
    assert opened(overlapping(1, b"once")).names == ("00000",)


def test_archives_inside_are_files_like_any_other() -> None:
    inner = packed({"a": bytes(20 * MEGABYTE)})
    for _ in range(3):
        inner = packed({"a.zip": inner})
    archive = opened(inner)
    assert archive.names == ("a.zip",)
    assert archive.read("a.zip").startswith(b"PK")


def test_too_many_parts() -> None:
    data = packed({str(number): b"" for number in range(300)})
    assert len(opened(data).names) == 300
    assert "300 parts, and 299 is the limit" in refused(data, Limits(parts=299))


def test_a_locked_archive() -> None:
    data = bytearray(packed({"a.txt": b"words"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "locked with a password" in refused(bytes(data))


@pytest.mark.parametrize(
    "name", ["../out", "a/../../out", "/etc/passwd", "C:/out", "c:out", "\\\\server\\out", "..\\out", "folder/", "a/.."]
)
def test_names_that_lead_out_are_no_entries(name: str) -> None:
    assert opened(packed({name: b"x", "in.txt": b"y"})).names == ("in.txt",)


def test_links_are_no_entries() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("file", "words")
    assert opened(target.getvalue()).names == ("file",)


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"words", packed({"a": b"x" * 999})[:60], b"PK\x05\x06" + b"\xff" * 18]
)
def test_what_is_no_archive(data: bytes) -> None:
    assert "damaged or was not copied whole" in refused(data)


def test_a_damaged_entry_costs_itself() -> None:
    data = packed({"good": b"words", "bad": b"other words"}, zipfile.ZIP_STORED).replace(b"other words", b"OTHER words")
    assert opened(data).read("good") == b"words"
    assert "damaged" in refused(data, name="bad")


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("OEBPS/Text/a.xhtml", "OEBPS/Text/a.xhtml"),
        ("OEBPS/Text/a.xhtml", "oebps/text/A.XHTML"),
        ("OEBPS/Text/a.xhtml", "OEBPS/Images/../Text/a.xhtml"),
        ("OEBPS/Text/a.xhtml", "./OEBPS//Text/a.xhtml"),
        ("OEBPS/Text/a.xhtml", "OEBPS\\Text\\a.xhtml"),
        ("OEBPS\\Text\\a.xhtml", "OEBPS/Text/a.xhtml"),
        ("OEBPS/a b.xhtml", "OEBPS/a%20b.xhtml"),
        ("OEBPS/a%20b.xhtml", "OEBPS/a%20b.xhtml"),
        ("é.xhtml", "e\u0301.xhtml"),
        ("a.xhtml", "../../a.xhtml"),
        ("a.xhtml", "/a.xhtml"),
    ],
)
def test_names_are_found_as_readers_take_them(name: str, asked: str) -> None:
    archive = opened(packed({name: b"words"}))
    found = archive.find(asked)
    assert found is not None
    assert archive.read(found) == b"words"
    assert archive.find("other.xhtml") is None


def test_the_very_name_goes_before_another_case() -> None:
    archive = opened(packed({"A.xhtml": b"great", "a.xhtml": b"small"}))
    assert archive.find("a.xhtml") == "a.xhtml"
    assert archive.find("A.XHTML") == "A.xhtml"


def test_names_in_utf8_that_do_not_say_so() -> None:
    data = bytearray(packed({"فصل.xhtml": b"words"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        data[at : at + 2] = b"\0\0"
    assert opened(bytes(data)).names == ("فصل.xhtml",)
