"""Pages in one file: the e-mails that browsers save."""

import base64
import quopri
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.formats.errors import FormatError
from reader.formats.html.mhtml import is_package, open_package
from reader.formats.registry import is_supported, parse, read
from reader.formats.request import Limits, Request
from reader.model.document import Document
from reader.resources import samples
from tests.formats.checks import attempt, check, shown
from tests.formats.saved_pages import blog, paragraphs, wrapped

PNG = (samples() / "images" / "lenn-summer-levels.png").read_bytes()
ADDRESS = "https://valley-times.example/2024/rain.html"
PICTURE = "https://static.valley-times.example/level.png"


def chromium(page: str, pictures: Sequence[tuple[str, bytes]] = ((PICTURE, PNG),), end: str = "\r\n") -> bytes:
    """A page as Chromium saves it."""
    border = "----MultipartBoundary--x7Qd"
    head = [
        "From: <Saved by Blink>",
        f"Snapshot-Content-Location: {ADDRESS}",
        "Subject: =?utf-8?Q?The=20ladder=20=E2=80=93=20Valley?=",
        "Date: Sat, 13 Apr 2024 10:00:00 -0000",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="' + border + '"',
        "",
        "",
        f"--{border}",
        "Content-Type: text/html",
        "Content-ID: <frame-1@mhtml.blink>",
        "Content-Transfer-Encoding: quoted-printable",
        f"Content-Location: {ADDRESS}",
        "",
        quopri.encodestring(page.encode()).decode(),
    ]
    for place, data in pictures:
        field = f"Content-ID: <{place[4:]}>" if place.startswith("cid:") else f"Content-Location: {place}"
        head += [f"--{border}", "Content-Type: image/png", "Content-Transfer-Encoding: base64", field, ""]
        head.append(base64.encodebytes(data).decode())
    return end.join([*head, f"--{border}--", ""]).replace("\r\n", "\n").replace("\n", end).encode()


def document(data: bytes, view: str = "page") -> Document:
    found = parse(Request(data, "rain.mhtml", None, view), "html").document
    check(found)
    return found


PAGE = "<meta charset=utf-8><p>Rain – at last.<p><img src='{}' alt='The level'><p>It stopped."


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize(
    ("source", "place"),
    [
        (PICTURE, PICTURE),
        ("../level.png", "https://valley-times.example/level.png"),
        ("https://valley-times.example/level.png", "/level.png"),
        ("cid:one@x", "cid:one@x"),
    ],
)
def test_a_page_and_its_pictures(source: str, place: str, end: str) -> None:
    found = document(chromium(PAGE.format(source), [(place, PNG)], end))
    assert [text for _, text in shown(found)] == ["Rain – at last.", "The level", "It stopped."]
    (asset,) = found.assets
    assert asset.data == PNG
    assert found.metadata.title == "The ladder – Valley"
    assert found.metadata.url == ADDRESS
    assert found.metadata.source == "valley-times.example"


def test_a_picture_without_words_is_the_pages_own_only_if_it_came_with_it() -> None:
    page = f"<p>Rain<p><img src='{PICTURE}' alt=''><p>again<img src='https://x.example/spy.png' alt=''>"
    assert [kind for kind, _ in shown(document(chromium(page)))] == ["paragraph", "figure", "paragraph"]


def test_the_article_of_a_package() -> None:
    body = paragraphs(6)
    source = blog(f"<p><img src='{PICTURE}' alt='The level'></p>" + wrapped(body))
    reading = parse(Request(chromium(source), "rain.mht"), "html")
    assert reading.view == "article"
    assert [text for _, text in shown(reading.document)] == ["The ladder", "By Nessa Thorne", "The level", *body]
    assert [asset.data for asset in reading.document.assets] == [PNG]


def test_other_programs_packages() -> None:
    message = EmailMessage()
    message["Subject"] = "Rain"
    message.set_content("Only for programs without pictures")
    message.add_alternative(
        "<p>Über die Brücke<img src='cid:level' alt='x'>".encode("cp1252"), "text", "html", params={"charset": "cp1252"}
    )
    html = next(part for part in message.walk() if part.get_content_type() == "text/html")
    assert isinstance(html, EmailMessage)
    html.add_related(PNG, "image", "png", cid="<level>")
    data = message.as_bytes()
    assert is_package(data)
    found = document(data)
    assert found.text.startswith("Über die Brücke")
    assert [asset.data for asset in found.assets] == [PNG]
    assert found.metadata.title == "Rain"


def test_a_file_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "rain.mht"
    path.write_bytes(chromium(PAGE.format(PICTURE)))
    assert is_supported(path)
    result = read(path)
    assert (result.format, result.reader, result.view) == ("html", "html", "")
    assert result.document.assets[0].data == PNG


def test_nothing_outside_the_package_is_read(tmp_path: Path) -> None:
    (tmp_path / "level.png").write_bytes(PNG)
    data = chromium("<p>Rain<img src='level.png' alt='x'><img src='file:///etc/hostname' alt='y'>", [])
    found = parse(Request(data, "rain.mhtml", tmp_path, "page"), "html").document
    assert not any(asset.data for asset in found.assets)


@pytest.mark.parametrize(
    "page",
    [
        "<p>Content-Type: text/html</p>",
        "From: here to there\nMIME-Version is no word\n",
        "<html>\nMIME-Version: 1.0\nContent-Type: text/html\n",
        "",
    ],
)
def test_pages_are_no_packages(page: str) -> None:
    assert not is_package(page.encode())


def test_a_package_without_a_page_is_refused() -> None:
    data = chromium("x").replace(b"text/html", b"text/css")
    data = data.replace(b"text/css", b"text/html", 1)
    with pytest.raises(FormatError, match="holds no page: save it again"):
        open_package(data, "rain.mht", Limits())


def test_too_many_files_are_refused() -> None:
    data = chromium("x", [(f"https://x.example/{n}.png", b"") for n in range(12)])
    with pytest.raises(FormatError, match="holds more than 10 files"):
        open_package(data, "rain.mht", Limits(parts=10))


def test_packages_in_packages_without_end() -> None:
    depth = 3000
    begins = "".join(f'Content-Type: multipart/related; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    data = f"MIME-Version: 1.0\n{begins}Content-Type: text/html\n\n<p>Deep".encode()
    with pytest.raises(FormatError, match="is damaged"):
        open_package(data, "deep.mht", Limits())


@settings(deadline=None, max_examples=80)
@given(st.data())
def test_damaged_packages_are_read_or_refused_in_a_sentence(data: st.DataObject) -> None:
    whole = chromium(PAGE.format(PICTURE), [(PICTURE, PNG[:300])])
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 200)))
    damaged = whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:]
    attempt(damaged, "html")


def test_a_subject_in_no_known_encoding_stays_as_it_is_written() -> None:
    whole = chromium(PAGE.format(PICTURE), [(PICTURE, PNG[:300])])
    at = whole.index(b"Subject:")
    end = whole.index(b"\n", at)
    found = document(whole[:at] + b"Subject: =?\x80utf-8?Q?The_ladder?=\r" + whole[end:])
    assert "It stopped." in found.text
