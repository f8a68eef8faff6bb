"""A library with wrong bytes anywhere: each thing works or says so in a sentence, and nothing is overwritten."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.model.document import Document
from reader.model.errors import ReaderError
from reader.services.checking import check
from reader.services.library import Library, LibraryDamaged
from reader.store import structure
from tests.store.helpers import TEXT, add_text, open_library


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a library with a document, marks, tags and a history."""
    folder = tmp_path_factory.mktemp("sound")
    library = open_library(folder)
    uid = add_text(library, "# A heading\n\n" + TEXT * 20)
    for start in range(0, 60, 10):
        library.annotate.highlight(uid, TEXT, start, start + 8, note="a note", tags=["river/water"])
    library.history.undo()
    library.search.search("reservoir")
    library.close()
    return (folder / "library.sqlite").read_bytes()


def damaged(data: bytes, seed: int) -> bytes:
    """The bytes cut short, or with some that hold something replaced."""
    chance = random.Random(seed)
    wrong = bytearray(data)
    if seed % 4 == 0:
        return bytes(wrong[: chance.randrange(100, len(wrong))])
    held = [place for place in range(100, len(wrong)) if wrong[place]]
    for place in chance.sample(held, chance.choice([1, 5, 50])):
        wrong[place] = chance.randrange(256)
    return bytes(wrong)


def _open_all(library: Library) -> None:
    for document in library.documents.list():
        library.documents.open(document.uid)


VERBS: list[Callable[[Library], object]] = [
    _open_all,
    check,
    lambda library: library.search.search("reservoir"),
    lambda library: library.exchange.dumps(),
    lambda library: library.tags.list(),
    lambda library: library.history.list(),
    lambda library: library.history.redo(),
    lambda library: library.history.undo(),
    lambda library: library.adding.add_text("Another text"),
    lambda library: library.backups.daily(),
]


def refused(work: Callable[[], object]) -> str:
    """What was said when the work was refused; "." when it was done."""
    try:
        work()
    except ReaderError as error:
        return str(error)
    return "."


@pytest.mark.parametrize("seed", range(24))
def test_damage_anywhere_is_a_sentence(tmp_path: Path, sound: bytes, seed: int) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(damaged(sound, seed))
    opened: list[Library] = []
    assert refused(lambda: opened.append(Library.open(path))).endswith(".")
    if not opened:
        assert path.read_bytes() == damaged(sound, seed)
        return
    for verb in VERBS:
        assert refused(lambda verb=verb: verb(opened[0])).endswith(".")
    opened[0].close()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "[1]", '{"blocks":[["nothing",0,1]]}', '{"spans":[5]}', '{"outline":3}']
)
def test_a_damaged_structure_is_told(text: str) -> None:
    with pytest.raises(LibraryDamaged):
        structure.decode(structure.Structure(text), Document(""))


@pytest.mark.parametrize("text", ["", "{", "[1]", '[["nothing",0,1]]', "[" * 100_000, "[]"])
def test_a_damaged_part_is_told_when_it_is_looked_at(text: str) -> None:
    part = structure.StructurePart(0, 1, 1, text, text)
    document = structure.decode(structure.Structure("{}", [part]), Document("Words"))
    with pytest.raises(LibraryDamaged):
        _ = document.blocks[0]
    with pytest.raises(LibraryDamaged):
        list(document.spans)
