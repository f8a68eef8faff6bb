"""How much of a large text is written at once."""

from pathlib import Path
from sqlite3 import Connection
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.services import text_writing
from reader.services.text_writing import LONGEST, SHORTEST, fitting_length
from tests.store.helpers import open_library, write_file

NORMAL, FULL = 1, 2
"""What SQLite calls `PRAGMA synchronous`."""
LONG = "\n\n".join(f"Paragraph {number} tells how the valley was flooded, and who was asked." for number in range(9000))


@given(st.integers(SHORTEST, LONGEST), st.integers(1, LONGEST), st.floats(0, 60))
def test_the_next_piece_is_never_far_from_the_last(length: int, written: int, seconds: float) -> None:
    following = fitting_length(length, written, seconds)
    assert SHORTEST <= following <= LONGEST
    assert length // 2 <= following <= max(SHORTEST, length * 2)


def test_a_slow_disk_gets_less_at_once() -> None:
    assert fitting_length(1 << 18, 1 << 18, 0.02) == 1 << 17
    assert fitting_length(1 << 17, 1 << 17, 0.005) == 1 << 18


@pytest.mark.parametrize("length", [SHORTEST, LONGEST])
def test_pieces_of_any_length_make_the_same_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    def same(_length: int, _written: int, _seconds: float) -> int:
        return length

    monkeypatch.setattr(text_writing, "fitting_length", same)
    library = open_library(tmp_path)
    (result,) = library.adding.add([write_file(tmp_path, "long.txt", LONG)])
    assert result.document
    assert library.documents.open(result.document.uid).document.text == LONG
    parts = library.store.rows("SELECT start_position, length(text) FROM text_part ORDER BY start_position")
    assert [start for start, _ in parts] == [sum(size for _, size in parts[:n]) for n in range(len(parts))]
    assert max(size for _, size in parts) <= 70_000
    passages = library.store.rows("SELECT start_position, end_position FROM passage ORDER BY id")
    cuts = [start for start, _ in parts]
    assert all(not any(start < cut < end for cut in cuts) for start, end in passages)
    found = library.search.search("paragraph 8123", scope="text")
    assert [hit.start for group in found.groups for hit in group.hits] == [
        start for start, end in passages if "Paragraph 8123 " in LONG[start:end]
    ]
    library.close()


def test_only_what_completes_a_text_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library, seen = open_library(tmp_path), list[tuple[str, int]]()

    def watched(module: ModuleType, name: str) -> None:
        original = getattr(module, name)

        def call(connection: Connection, *arguments: object) -> object:
            seen.append((name, connection.execute("PRAGMA synchronous").fetchone()[0]))
            return original(connection, *arguments)

        monkeypatch.setattr(module, name, call)

    watched(text_writing.intake, "add_passages")
    watched(text_writing.intake, "set_complete")
    list(library.adding.add([write_file(tmp_path, "long.txt", LONG)]))
    assert seen[0] == ("add_passages", NORMAL)
    assert seen[-1] == ("set_complete", FULL)
    assert library.store.row("PRAGMA synchronous") == (FULL,)

    def fails(*_arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr(text_writing.intake, "index_passages", fails)
    with pytest.raises(MemoryError):
        list(library.adding.add([write_file(tmp_path, "longer.txt", LONG + "More.")]))
    assert library.store.row("PRAGMA synchronous") == (FULL,)
    library.close()
