"""A large file is read, looked at and let go without a full collection, for which all threads would wait."""

import gc
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.interchange import given
from reader.interchange.given import Given
from reader.interchange.incoming import parse
from reader.interchange.json_file import InterchangeError
from reader.services import import_preview
from reader.services.library import Library
from tests.services.exchange_helpers import add


def records(count: int) -> bytes:
    """Annotations of Hypothesis on one address."""
    quote = {
        "type": "TextQuoteSelector",
        "exact": "The board met at seven",
        "prefix": "water board\n\n",
        "suffix": " in",
    }
    made = [
        {"id": str(n), "uri": "https://a.example", "text": f"n{n}", "target": [{"selector": [quote]}]}
        for n in range(count)
    ]
    return json.dumps(made).encode()


@pytest.fixture
def full() -> Iterator[list[int]]:
    """Each full collection that is made, which are many: what is new is looked through every 50 objects."""
    found: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 2:
            found.append(1)

    before = gc.get_threshold()
    gc.set_threshold(50, 1, 1)
    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)
    assert gc.get_threshold() == (50, 1, 1)
    gc.set_threshold(*before)


def test_a_large_file_is_read_without_a_full_collection(full: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    data = records(3000)
    monkeypatch.setattr(given, "LARGE", 1000)
    full.clear()
    one, other = Given(data), Given(data)
    assert len(parse(one).annotations) == 3000
    del one
    parse(other)
    assert not full
    del other
    assert gc.get_threshold() == (50, 1, 1)


def test_one_that_is_refused_lets_go_too(full: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    del full
    monkeypatch.setattr(given, "LARGE", 1000)
    with pytest.raises(InterchangeError):
        parse(records(100)[:-1])


def test_nor_is_there_one_while_many_records_are_looked_for_and_written(
    full: list[int], library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    uid = add(library, tmp_path / "minutes.txt")
    monkeypatch.setattr(import_preview, "MANY", 100)
    file = library.exchange.read(records(400))
    full.clear()
    assert library.exchange.preview(file, document_uid=uid).new == 400
    assert library.exchange.import_file(file, document_uid=uid).added == 400
    assert not full
    del file
