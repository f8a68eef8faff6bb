import time
from pathlib import Path

import pytest

from reader.formats.errors import FormatError
from reader.formats.plain import read
from tests.formats.checks import check


def test_plain_text_keeps_its_lines_and_has_no_blocks() -> None:
    document = read(b"First heading\n\nA paragraph\twith a tab.\n", "a.txt")
    check(document)
    assert document.is_plain
    assert document.text == "First heading\n\nA paragraph\twith a tab.\n"
    assert document.metadata.title == "First heading"


def test_source_named_by_the_last_line() -> None:
    document = read("Some words.\n\nSource » Lenn Valley Post\n".encode(), "a.txt")
    assert document.metadata.source == "Lenn Valley Post"


@pytest.mark.parametrize(
    ("last", "source"),
    [
        ("Source: https://www.example.org/a/b", "example.org"),
        ("منبع: روزنامهٔ دره", "روزنامهٔ دره"),
        ("The source of the river is high.", ""),
        ("Source: " + "very long words " * 10, ""),
    ],
)
def test_source_is_a_name_not_a_sentence(last: str, source: str) -> None:
    assert read(f"Some words.\n\n{last}".encode(), "a.txt").metadata.source == source


def test_byline() -> None:
    assert read(b"Why we dig\nBy M. Okafor and J. de Witt\n\nText.", "a").metadata.authors == (
        "M. Okafor",
        "J. de Witt",
    )
    assert read(b"Why we dig\nBy noon the valley was full\n\nText.", "a").metadata.authors == ()


def test_blank_text_is_refused() -> None:
    with pytest.raises(FormatError, match="is empty"):
        read(b" \n\t\n", "a.txt")


def test_seeds_have_a_sentence_for_a_title_and_a_paragraph_a_line(shared: Path) -> None:
    seeds = sorted((shared / "seeds").glob("*.txt"))
    if not seeds:
        pytest.skip("the seeds are not beside this checkout")
    for path in seeds:
        data = path.read_bytes()
        document = read(data, path.name)
        check(document)
        first = document.text.split("\n")[0]
        assert document.metadata.title.endswith("…")
        assert len(document.metadata.title) <= 81
        assert first.startswith(document.metadata.title[:-1])
        assert not first[len(document.metadata.title) - 1 : len(document.metadata.title)].isalnum()
        assert not document.hard_wrapped
        assert document.text == data.decode("utf-8")


def test_large_text_makes_no_object_a_line() -> None:
    data = b"Lorem ipsum dolor sit amet.\n" * 400_000
    begin = time.perf_counter()
    document = read(data, "large.txt")
    assert time.perf_counter() - begin < 10
    assert document.is_plain
    assert len(document.text) == len(data)
