import hashlib
import os
from pathlib import Path

import pytest

from reader.formats.errors import FormatError
from reader.formats.registry import EXTENSIONS, file_sha256, is_supported, iter_files, read
from reader.formats.sources import MAX_BYTES
from reader.formats.versions import READER_VERSIONS
from reader.model.errors import ReaderError
from tests.formats.checks import check

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_result_names_the_file_and_its_reader(tmp_path: Path) -> None:
    data = b"# Reservoir\r\n\nWords."
    result = read(write(tmp_path / "a.MD", data))
    check(result.document)
    assert (result.format, result.reader, result.reader_version) == (
        "markdown",
        "markdown",
        READER_VERSIONS["markdown"],
    )
    assert (result.data, result.file_size, result.file_sha256) == (data, len(data), hashlib.sha256(data).hexdigest())
    assert file_sha256(tmp_path / "a.MD") == result.file_sha256


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [
        ("a.txt", b"<html>is text here", "text"),
        ("a.xhtml", b"<p>x", "html"),
        ("page", b"\n <!DOCTYPE HTML><p>x", "html"),
        ("LICENSE", b"Words of a licence", "text"),
        ("a.log", b"# not Markdown", "text"),
        ("letter.doc", b"<html><p>x", "html"),
    ],
)
def test_format_of_name_or_content(tmp_path: Path, name: str, data: bytes, format_: str) -> None:
    assert read(write(tmp_path / name, data)).format == format_


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("empty.txt", b"", "“empty.txt” is empty"),
        ("blank.md", b" \n\n", "“blank.md” has nothing in it to read"),
        ("a.pdf", b"%PDF-1.7\n", "“a.pdf” is damaged beyond repair"),
        ("pretends.txt", b"%PDF-1.7\n", "is damaged beyond repair, or no PDF at all"),
        ("text.pdf", b"Words and nothing else", "“text.pdf” is no PDF, or it is damaged"),
        ("picture.pdf", b"\x89PNG\r\n\x1a\n", "is a picture"),
        ("a.docx", b"PK\x03\x04..............................word/document.xml", "“a.docx” is damaged"),
        ("b.docx", b"No archive at all", "“b.docx” is no Word document, or it is damaged"),
        ("c.docx", _OLD + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        ("a.xlsx", b"PK\x03\x04..............................[Content_Types].xml xl/workbook.xml", "a spreadsheet"),
        ("a.odp", b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.presentation", "is a presentation"),
        ("book.fb2.zip", b"PK\x03\x04..............................book.fb2", "is a zipped FictionBook"),
        ("a.mobi", bytes(60) + b"BOOKMOBI" + bytes(500), "is a Kindle or Palm book"),
        ("a.azw3", bytes(60) + b"BOOKMOBI" + bytes(500), "convert it to EPUB"),
        ("a.zip", b"PK\x03\x04..............................a.txt", "is a ZIP archive"),
        ("a.doc", _OLD, "is an old Office document"),
        ("a.doc", _OLD + "WordDocument".encode("utf-16-le"), "is a Word document of the old kind"),
        ("a.txt", bytes(range(256)) * 8, "“a.txt” is not a text"),
        ("a.html", bytes(2000), "“a.html” is not a text"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(FormatError) as caught:
        read(write(tmp_path / name, data))
    said = str(caught.value)
    assert isinstance(caught.value, ReaderError)
    assert sentence in said
    assert "\n" not in said
    assert str(tmp_path) not in said


def test_vanished_folder_and_pipe(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="is no longer there"):
        read(tmp_path / "gone.txt")
    with pytest.raises(FormatError, match="is a folder"):
        read(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.txt")
        with pytest.raises(FormatError, match="is not a file"):
            read(tmp_path / "pipe.txt")
    with pytest.raises(FormatError, match="could not be read"):
        read(tmp_path / "with\0zero.txt")


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "locked.txt", b"words")

    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(FormatError, match="may not be read"):
        read(path)


def test_three_gigabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(3 * 1024**3)
    with pytest.raises(FormatError, match=r"“huge.txt” is too large \(3.0 GB\): the limit is 512 MB"):
        read(path)
    assert MAX_BYTES == 512 * 1024**2


def test_a_zero_byte_in_a_text_is_no_reason_to_refuse(tmp_path: Path) -> None:
    assert read(write(tmp_path / "a.txt", b"one\0two")).document.text == "one\ufffdtwo"


def test_files_of_folders_sorted_hidden_and_others_skipped(tmp_path: Path) -> None:
    for name in ("b.txt", "A.md", "c.html", "d.png", ".hidden.txt", "sub/e.htm", ".git/f.txt", "sub/deep/g.markdown"):
        write(tmp_path / "in" / name, b"x")
    named = write(tmp_path / "named.xyz", b"x")
    gone = tmp_path / "gone.txt"
    found = list(iter_files([named, tmp_path / "in", gone]))
    assert found[0] == named
    assert found[-1] == gone
    assert [p.relative_to(tmp_path / "in").as_posix() for p in found[1:-1]] == [
        "A.md",
        "b.txt",
        "c.html",
        "sub/e.htm",
        "sub/deep/g.markdown",
    ]


def test_a_link_back_to_the_folder_is_not_followed_twice(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.txt", b"x")
    try:
        (tmp_path / "in" / "loop").symlink_to(tmp_path / "in", target_is_directory=True)
    except OSError:
        pytest.skip("no links here")
    assert list(iter_files([tmp_path / "in"])) == [tmp_path / "in" / "a.txt"]


def test_supported_names() -> None:
    assert is_supported(Path("a.TXT"))
    assert is_supported(Path("a.PDF"))
    assert not is_supported(Path("a.djvu"))
    assert {".txt", ".md", ".markdown", ".html", ".htm", ".xhtml"} <= EXTENSIONS
