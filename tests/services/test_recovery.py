"""A damaged library made whole: every mark that can be read, or that the history or a backup knows, is there after."""

import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.model.errors import ReaderError
from reader.services import recovery
from reader.services.library import Library
from reader.store import damaged
from tests.store.helpers import TEXT, add_text, open_library

PAGE = 4096
PARAGRAPHS = [f"{TEXT}Paragraph {number} says that dam {number * 7} was built." for number in range(120)]
LONG = "\n\n".join(PARAGRAPHS)


@dataclass(frozen=True)
class Made:
    """A library's files, the marks that were acknowledged, and those of them that are in its backup."""

    folder: Path
    marks: frozenset[tuple[str, str, tuple[str, ...]]]
    saved: frozenset[tuple[str, str, tuple[str, ...]]]
    texts: dict[str, str]


def marks_of(library: Library) -> frozenset[tuple[str, str, tuple[str, ...]]]:
    return frozenset((mark.quote, mark.note, mark.tags) for mark in library.annotate.select())


def texts_of(library: Library) -> dict[str, str]:
    return {summary.title: library.documents.open(summary.uid).document.text for summary in library.documents.list()}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Three documents, three hundred marks with notes and tags; two hundred of them in a backup; a log not copied."""
    folder = tmp_path_factory.mktemp("made")
    library = open_library(folder)
    uids = [add_text(library, LONG, "The long one"), add_text(library, TEXT, "Short"), add_text(library, "In the bin")]
    library.documents.remove([uids[2]])
    text = library.documents.open(uids[0]).document.text

    def mark(first: int, last: int) -> None:
        for number in range(first, last):
            start = number * 40
            library.annotate.highlight(
                uids[0], text, start, start + 20, note=f"note {number}", tags=[f"tag {number % 7}"]
            )

    mark(0, 200)
    doomed = library.annotate.of_document(uids[0])[:5]
    library.backups.daily()
    saved = marks_of(library)
    library.annotate.delete([one.uid for one in doomed])
    mark(200, 300)
    library.annotate.highlight(uids[1], TEXT, 0, 13, note="short", tags=["river"])
    library.store.row("PRAGMA wal_checkpoint(TRUNCATE)")
    library.annotate.highlight(uids[1], TEXT, 20, 33, note="in the log", tags=["river"])
    marks = marks_of(library)
    kept = tmp_path_factory.mktemp("kept")
    for name in ("library.sqlite", "library.sqlite-wal", "library.sqlite.backups"):
        source = folder / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, kept / name)
    texts = texts_of(library)
    library.close()
    return Made(kept, marks, saved, texts)


@pytest.fixture(params=["with the shell", "row by row"])
def shell(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "row by row":
        monkeypatch.setattr(damaged, "shell", lambda: None)
    elif damaged.shell() is None:
        pytest.skip("the sqlite3 shell is not installed")
    return request.param


def placed(made: Made, tmp_path: Path, *, backups: bool = True) -> Path:
    shutil.copytree(made.folder, tmp_path / "x", ignore=None if backups else shutil.ignore_patterns("*.backups"))
    return tmp_path / "x" / "library.sqlite"


def recovered(path: Path) -> tuple[recovery.Recovery, Library]:
    before = path.read_bytes()
    report = recovery.recover(path)
    assert report
    assert report.aside
    assert report.aside.read_bytes() == before
    assert not list(path.parent.glob(".*"))
    opened = Library.open(path)
    assert opened.integrity() == []
    return report, opened


def zero(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(bytes(PAGE))


def test_a_sound_file_comes_through_as_it_was(made: Made, tmp_path: Path, shell: str) -> None:
    path = placed(made, tmp_path)
    report, library = recovered(path)
    assert marks_of(library) == made.marks
    assert texts_of(library) == made.texts
    assert [summary.title for summary in library.documents.list(removed=True)] == ["In the bin"]
    assert (report.lost, report.mended, report.gaps) == (0, (), ())
    assert library.search.search("paragraph").groups
    library.close()


def test_any_page_lost_loses_no_mark(made: Made, tmp_path: Path, shell: str, long: bool) -> None:
    pages = (made.folder / "library.sqlite").stat().st_size // PAGE
    chosen = range(pages) if long else [0, *random.Random(len(shell)).sample(range(1, pages), 5)]
    for page in chosen:
        path = placed(made, tmp_path / str(page))
        zero(path, page)
        report, library = recovered(path)
        assert marks_of(library) >= made.marks, (page, report.lines)
        assert texts_of(library) == made.texts, page
        library.close()
        shutil.rmtree(path.parent)


@pytest.mark.parametrize("seed", range(3))
def test_many_pages_lost_lose_nothing_that_a_backup_has(made: Made, tmp_path: Path, shell: str, seed: int) -> None:
    path = placed(made, tmp_path)
    chance = random.Random(seed)
    for page in chance.sample(range(path.stat().st_size // PAGE), 12):
        zero(path, page)
    _, library = recovered(path)
    deleted = made.saved - made.marks
    assert marks_of(library) >= made.saved - deleted
    assert {title: text for title, text in texts_of(library).items() if title in made.texts} == made.texts
    library.close()


@pytest.mark.parametrize("what", ["header", "nonsense in the header", "cut short", "log", "freelist", "nothing left"])
def test_each_part_of_the_file(made: Made, tmp_path: Path, shell: str, what: str) -> None:
    path = placed(made, tmp_path)
    data = bytearray(path.read_bytes())
    wanted = made.marks
    if what == "header":
        data[:100] = bytes(100)
    elif what == "nonsense in the header":
        data[:100] = random.Random(1).randbytes(100)
    elif what == "cut short":
        data = data[: len(data) // 2 + 100]
        wanted = made.saved & made.marks
    elif what == "log":
        log = path.with_name(path.name + "-wal")
        log.write_bytes(random.Random(1).randbytes(log.stat().st_size))
        wanted = frozenset(mark for mark in made.marks if mark[1] != "in the log")
    elif what == "freelist":
        data[32:40] = (7).to_bytes(4) + (900).to_bytes(4)
    else:
        data = bytearray(b"no library " * 900)
        wanted = made.saved
    path.write_bytes(data)
    report, library = recovered(path)
    assert marks_of(library) >= wanted, report.lines
    library.close()


@pytest.mark.parametrize("seed", range(4))
def test_without_a_backup_what_can_be_read_is_kept(made: Made, tmp_path: Path, shell: str, seed: int) -> None:
    path = placed(made, tmp_path, backups=False)
    zero(path, random.Random(100 + seed).randrange(1, path.stat().st_size // PAGE))
    report, library = recovered(path)
    assert marks_of(library) >= made.marks, report.lines
    for title, text in texts_of(library).items():
        wanted = made.texts.get(title)
        assert wanted is None or (len(text) == len(wanted) and (text == wanted) == (title not in report.gaps))
    for summary in library.documents.list():
        opened = library.documents.open(summary.uid)
        for mark in opened.annotations:
            assert mark.anchor
            there = opened.document.text[mark.anchor.start : mark.anchor.end]
            assert there == mark.quote or mark.state.value != "exact"
    library.close()


def test_marks_deleted_on_purpose_stay_deleted(made: Made, tmp_path: Path) -> None:
    path = placed(made, tmp_path)
    zero(path, path.stat().st_size // PAGE - 1)
    _, library = recovered(path)
    assert not marks_of(library) & (made.saved - made.marks)
    library.close()


def test_nothing_to_recover_from_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"no library " * 900)
    with pytest.raises(ReaderError, match="Nothing was changed"):
        recovery.recover(path)
    assert [found.name for found in tmp_path.iterdir()] == ["library.sqlite"]
    assert path.read_bytes() == b"no library " * 900


STAGES = ["Reading what can be read", "Looking through the texts", "Merging the newest backup", "Making the index anew"]


@pytest.mark.parametrize("stage", STAGES)
def test_stopped_it_changes_nothing(made: Made, tmp_path: Path, stage: str) -> None:
    path = placed(made, tmp_path)
    zero(path, 5)
    before = {found.name: found.read_bytes() for found in path.parent.rglob("*") if found.is_file()}
    said: list[str] = []
    assert recovery.recover(path, lambda what, _done, _total: said.append(what), lambda: stage in said) is None
    assert stage in said
    assert {found.name: found.read_bytes() for found in path.parent.rglob("*") if found.is_file()} == before


def test_the_report_says_what_came_from_where(made: Made, tmp_path: Path) -> None:
    path = placed(made, tmp_path)
    zero(path, 5)
    said: list[str] = []
    report = recovery.recover(path, lambda what, _done, _total: said.append(what))
    assert report
    assert report.lines[0].startswith("The library holds 2 documents, 29")
    assert any(line.startswith("From the damaged file: ") for line in report.lines)
    assert any(line.startswith("From the backup of 21 November 2026") for line in report.lines)
    assert str(report.aside) in report.lines[-1]
    assert said[0] == "Reading what can be read"
    assert "Merging the newest backup" in said
