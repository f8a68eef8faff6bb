"""Files with more records than anybody has made: refused in a sentence before they take all memory."""

import tracemalloc

import pytest

from reader.interchange import gathering, incoming, json_file, kindle_reader, limits
from reader.interchange.json_file import InterchangeError

CLIPPING = "T\n- Your {} on Location {} | x\n\n{}\n==========\n"
MANY = 30_000


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit that is reached at once."""
    monkeypatch.setattr(limits.check_count, "__defaults__", (100,))
    monkeypatch.setattr(kindle_reader, "MOST_RECORDS", 100)
    monkeypatch.setattr(json_file, "MOST_VALUES", 1000)


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("csv", "quote,title\n" + "the dam,Dam\n" * MANY),
        ("csv", "quote,title\n" + ("a" + "," * 90 + "\n") * 99),
        ("csv", "quote,title\na," + "," * 30_000),
        ("readwise", "Highlight,Title,Note\n" + "w,T,💧\n" * MANY),
        ("hypothesis", "Created at,Author,URL,Group,Type,Quote,Comment,Tags\n" + ",,,,,,,x\n" * MANY),
        ("kindle", CLIPPING.format("Highlight", 1, "w") + CLIPPING.format("Bookmark", 2, "") * MANY),
        ("kindle", CLIPPING.format("Highlight", 1, "w") + "".join(CLIPPING.format("Note", n, "w") for n in range(200))),
        ("kindle", CLIPPING.format("Highlight", 1, "w") + "\n" * MANY),
        ("koreader", 'return {["annotations"]={' + "{}," * MANY + "}}"),
        ("koreader", 'return {["annotations"]={{' + '["a"]=1,' * MANY + "}}}"),
        ("qdpx", '<?xml version="1.0"?><Project><Sources>' + "<a/>" * MANY + "</Sources></Project>"),
        ("qdpx", '<?xml version="1.0"?><Project><Sources a="1"' + ' b=""' * MANY + "/></Project>"),
    ],
)
def test_many_tiny_records_are_refused_with_what_to_do(form: str, data: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(InterchangeError) as caught:
            incoming.parse(data.encode(), form)
        assert str(caught.value) == limits.TOO_MANY
        assert tracemalloc.get_traced_memory()[1] < 8 * len(data) + 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("form", ["", "hypothesis", "zotero", "w3c", "passage"])
@pytest.mark.parametrize("data", [b"[" + b"{}," * MANY + b"{}]", b'{"annotations":[' + b'"a",' * MANY + b"[]]}"])
def test_many_tiny_values_of_json_are_refused_unread(form: str, data: bytes) -> None:
    with pytest.raises(InterchangeError, match="too many values for its size"):
        incoming.parse(data, form)


def test_one_of_ours_may_have_as_many_as_its_size_allows() -> None:
    mark = b'{"uid": "6b29fc40-ca47-1067-b31d-00dd010662da", "color": "yellow"},'
    data = b'{"format": "passage 1", "annotations": [' + mark * 2000 + b"{}]}"
    assert len(incoming.parse(data).problems) == 2001
    assert gathering.check_count is limits.check_count
