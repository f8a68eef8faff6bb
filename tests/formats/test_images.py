from pathlib import Path

import pytest

from reader.formats.images import MAX_IMAGE_BYTES, Images, data_of_uri, local_path, media_type
from tests.formats.checks import document_of, text_of

GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")


@pytest.mark.parametrize(
    "source",
    [
        *("../a.gif", "/etc/passwd", "file:///a.gif", "https://a.b/c.gif", "//a.b/c.gif", "C:\\a.gif"),
        *("sub/../../a.gif", "", ".", "%2e%2e/a.gif", "http:a.gif", "a\0.gif"),
    ],
)
def test_only_paths_within_the_folder(tmp_path: Path, source: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "a.gif").write_bytes(GIF)
    images = Images(folder)
    images.add(source, "alt")
    assert images.assets[0].data == b""
    assert images.assets[0].alt == "alt"


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "a.gif").write_bytes(GIF)
    try:
        (folder / "link.gif").symlink_to(tmp_path / "a.gif")
    except OSError:
        pytest.skip("no links here")
    assert local_path(folder, "link.gif") is None


def test_images_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "täl é").mkdir()
    (tmp_path / "täl é" / "a b.gif").write_bytes(GIF)
    images = Images(tmp_path)
    first = images.add("t%C3%A4l%20%C3%A9/a%20b.gif?x=1#y", "one")
    assert images.add("täl é/a b.gif", "one") == first
    assert images.add("täl é/a b.gif", "two") != first
    assert [(a.media_type, a.data) for a in images.assets] == [("image/gif", GIF)] * 2


def test_too_large_or_no_image_is_a_placeholder(tmp_path: Path) -> None:
    (tmp_path / "text.png").write_bytes(b"no picture")
    with (tmp_path / "large.gif").open("wb") as file:
        file.write(GIF)
        file.truncate(MAX_IMAGE_BYTES + 1)
    images = Images(tmp_path)
    images.add("text.png", "a")
    images.add("large.gif", "b")
    assert [asset.data for asset in images.assets] == [b"", b""]


def test_data_addresses() -> None:
    assert data_of_uri("data:image/gif;base64,R0lG ODlh") == b"GIF89a"
    assert data_of_uri("data:text/plain,a%20b") == b"a b"
    assert data_of_uri("data:nothing") == b""


@pytest.mark.parametrize(
    ("svg", "kind"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/><use href='#a'/></svg>", "image/svg+xml"),
        (b"<?xml version='1.0'?><svg><rect fill='url(#g)'/></svg>", "image/svg+xml"),
        (b"<svg><image href='https://a.b/c.png'/></svg>", ""),
        (b"<svg><image xlink:href='/etc/passwd'/></svg>", ""),
        (b"<svg><script>x</script></svg>", ""),
        (b"<svg onload='x()'></svg>", ""),
        (b"<svg><style>@import 'x'</style></svg>", ""),
        (b"<svg><rect fill='url(https://a.b/c)'/></svg>", ""),
        (b"<!DOCTYPE svg [<!ENTITY x 'y'>]><svg>&x;</svg>", ""),
        (b"<p>svg</p>", ""),
    ],
)
def test_a_drawing_that_reaches_outside_itself_is_none(svg: bytes, kind: str) -> None:
    assert media_type(svg) == kind


def test_pictures_of_an_archive_and_of_an_earlier_reading() -> None:
    images = Images(None, fetch=lambda source: GIF if source == "a.gif" else b"", pictures={"gone.gif": GIF})
    for source in ("a.gif", "gone.gif", "never.gif", "never.gif", "data:image/gif;base64,R0lGODlh"):
        images.add(source, "x" + source[:4])
    assert [(bool(a.data), a.source) for a in images.assets] == [
        (True, "a.gif"),
        (True, "gone.gif"),
        (False, ""),
        (True, ""),
    ]


def test_a_drawing_in_the_text_is_kept_when_it_is_harmless() -> None:
    images = Images(None)
    name = images.drawing(b"<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0'/></svg>", "a line")
    assert [(a.name, a.media_type, a.alt) for a in images.assets] == [(name, "image/svg+xml", "a line")]
    assert images.drawing(b"<svg><script>x</script></svg>", "") == ""


ONE = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
TWO = "data:image/gif;base64,R0lGODlhAQABAIABAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@pytest.mark.parametrize(
    ("page", "blocks"),
    [
        (
            f"<table><tr><th>a<th>b<tr><td><img src='{ONE}' alt='one'><td>x<h2><img src='{TWO}'></h2></table><p>y",
            ["a", "b", "one", "x", "+image-1", "+image-2", "y"],
        ),
        (f"<table><tr><th>a<tr><td><img src='{ONE}' alt='ok' width=16 height=16></table>", ["a", "ok"]),
        (f"<h1><img src='{ONE}' alt='Chapter One'></h1><p>x", ["Chapter One", "+image-1", "x"]),
        (
            f"<h1>A<img src='{ONE}' alt='two'>B <img src='{ONE}' alt='O'>nce</h1>",
            ["A two B Once", "+image-1", "+image-2"],
        ),
        (f"<h1><img src='{ONE}'></h1><p>x", ["+image-1", "x"]),
        (f"<pre>a <img src='{ONE}' alt='b'></pre>", ["a b", "+image-1"]),
    ],
)
def test_no_picture_is_lost_where_a_block_must_stay_whole(page: str, blocks: list[str]) -> None:
    document = document_of(page, "html")
    assert [f"+{b.asset}" if b.asset else text_of(document, b) for b in document.blocks] == blocks


def test_pictures_in_the_tables_and_headings_of_markdown_follow_them() -> None:
    document = document_of(f"# T ![t]({ONE})\n\n| a |\n|---|\n| ![x]({TWO}) |\n\nend", "markdown")
    assert [(text_of(document, b), b.asset) for b in document.blocks] == [
        ("T t", ""),
        ("", "image-1"),
        ("a", ""),
        ("x", ""),
        ("", "image-2"),
        ("end", ""),
    ]
