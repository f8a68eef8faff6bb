"""Two programs that add the same files to one library at once: each file is one document."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.services import add_run
from reader.services.adding import AddResult
from reader.services.library import Library
from tests.store.helpers import write_file

LONG = "\n\n".join(f"Paragraph {number} tells how the valley was flooded, and who was asked." for number in range(4000))


@pytest.fixture
def libraries(tmp_path: Path) -> Iterator[tuple[Library, Library]]:
    file = tmp_path / "library.sqlite"
    opened = Library.open(file), Library.open(file)
    yield opened
    for library in opened:
        library.close()


def add(library: Library, *paths: Path) -> list[AddResult]:
    return list(library.adding.add(paths))


def test_a_large_file_that_another_adds_meanwhile_is_one_document(
    libraries: tuple[Library, Library], tmp_path: Path
) -> None:
    here, there = libraries
    path = write_file(tmp_path, "long.txt", LONG)
    others: list[AddResult] = []

    def cancelled() -> bool:
        written = here.store.row("SELECT count(*) FROM text_part")[0]
        if written and not others:
            others.extend(add(there, path))
        return False

    (mine,) = here.adding.add([path], cancelled=cancelled)
    (other,) = others
    assert (other.status, mine.status) == ("added", "known")
    assert mine.document == other.document
    assert len(here.documents.list()) == 1
    assert len(here.store.rows("SELECT 1 FROM document")) == len(here.store.rows("SELECT 1 FROM text_version")) == 1
    assert here.search.search('"paragraph 3999"', scope="text").total == 1
    assert here.integrity() == []
    (step,) = here.history.list(10)
    assert step.label == "1 document added"


@pytest.mark.parametrize("words", ["A letter.", LONG])
def test_a_file_that_another_has_just_added_is_not_a_changed_one(
    libraries: tuple[Library, Library], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    here, there = libraries
    path = write_file(tmp_path, "letter.html", f"<p>{words}")
    others: list[AddResult] = []
    original = add_run.renewal_of

    def late(*arguments: object) -> object:
        """Asked once the file has been looked for, and was not there."""
        monkeypatch.setattr(add_run, "renewal_of", original)
        others.extend(add(there, path))
        return original(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(add_run, "renewal_of", late)
    (mine,) = add(here, path)
    assert [(result.status, result.reason) for result in (*others, mine)] == [("added", ""), ("known", "")]
    assert mine.document == others[0].document
    assert len(here.documents.list()) == 1
