"""The power goes while annotations are written: what was acknowledged is on the disk, whatever else is lost or torn."""

import random
import shutil
from pathlib import Path

import pytest

from reader.services.library import Library
from tests.faults.power import Call, Disk, recorded
from tests.faults.programs import Acknowledged, new_library

LOSSES = ["none", "all", "some", "zeros"]
STEPS = 40
PAGE = 4096
FRAME = PAGE + 24
HEAD = 32


def checked(path: Path, document: str, said: bytes) -> None:
    """The library of a disk that lost its power opens, holds what was acknowledged, and can be written."""
    heard = Acknowledged()
    list(heard.hear(said.decode().splitlines(keepends=True)))
    library = Library.open(path)
    heard.check(library, document)
    text = library.documents.open(document).document.text
    uid = library.annotate.highlight(document, text, 0, 9).annotations_added[0].uid
    assert library.annotate.get(uid).quote == text[:9]
    library.close()


def lost_at(calls: list[Call], points: list[int], folder: Path, disk: Disk, document: str) -> None:
    """Let the power go before each of these calls, in each way."""
    chance = random.Random(len(points))
    for number, call in enumerate(calls):
        if number in points:
            for loss in LOSSES if number % 3 == 0 else [chance.choice(LOSSES)]:
                path = disk.after(folder / "after", chance, loss)
                checked(path, document, disk.said)
                shutil.rmtree(path.parent)
        disk.take(call)


def spread(calls: list[Call], wanted: int) -> list[int]:
    """That many of the calls that change a file or make it sure, over all of them."""
    changing = [number for number, call in enumerate(calls) if call.name not in ("openat", "close")]
    return sorted(random.Random(wanted).sample(changing, min(wanted, len(changing))))


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("checkpoint", [1000, 20], ids=["as it is", "often moved from the log into the file"])
def test_every_write_of_a_storm(tmp_path: Path, long: bool, checkpoint: int) -> None:
    """The real writes of a program, as the system saw them, cut off before any of them."""
    path, document = new_library(tmp_path)
    before = tmp_path / "before"
    before.mkdir()
    shutil.copy(path, before)
    script = (
        "from reader.store import connection as c; from tests.faults import storm; import sys; first = c.connect\n"
        "def often(access):\n"
        "    made = first(access)\n"
        f"    made.execute('PRAGMA wal_autocheckpoint = {checkpoint}')\n"
        "    return made\n"
        "import reader.store.database as d; c.connect = d.connect = often; storm.main(*sys.argv[1:])"
    )
    calls = recorded(tmp_path, "-c", script, path, document, 5, 120 if long else STEPS)
    if not calls:
        pytest.skip("the calls of a program cannot be watched here")
    disk = Disk(tmp_path, [before / path.name])
    lost_at(calls, spread(calls, 600 if long else 30), tmp_path, disk, document)
    assert disk.said.count(b"=") >= STEPS
    checked(disk.after(tmp_path / "after", random.Random(0), "all"), document, disk.said)


@pytest.fixture
def logged(tmp_path: Path) -> tuple[Path, bytes, str, list[tuple[int, str]]]:
    """A library's file, its log, its document; how long the log was when each mark was acknowledged."""
    path, document = new_library(tmp_path)
    library = Library.open(path)
    text = library.documents.open(document).document.text
    log = Path(f"{path}-wal")
    acknowledged: list[tuple[int, str]] = []
    for number in range(12):
        change = library.annotate.highlight(document, text, number, number + 20, note="n" * 500 * number, tags=["t"])
        acknowledged.append((log.stat().st_size, change.annotations_added[0].uid))
    kept = tmp_path / "kept.sqlite"
    shutil.copy(path, kept)
    written = log.read_bytes()
    library.close()
    return kept, written, document, acknowledged


def test_the_log_cut_at_every_frame_and_inside(
    tmp_path: Path, long: bool, logged: tuple[Path, bytes, str, list[tuple[int, str]]]
) -> None:
    kept, log, document, acknowledged = logged
    frames = range(HEAD, len(log) + 1, FRAME)
    inside = [frame + part for frame in frames for part in (7, 24, 24 + 512, FRAME - 1)]
    cuts = [0, 9, *frames, *inside] if long else random.Random(1).sample([*frames, *inside], 20)
    for cut in cuts:
        for tail in (b"", bytes(FRAME), b"\xff" * 100):
            path = tmp_path / "cut.sqlite"
            shutil.copy(kept, path)
            Path(f"{path}-wal").write_bytes(log[:cut] + tail)
            library = Library.open(path)
            there = [mark.uid for mark in library.annotate.of_document(document)]
            wanted = [uid for length, uid in acknowledged if length <= cut]
            assert there == wanted, (cut, len(tail))
            assert library.integrity() == []
            library.close()


def test_pages_torn_while_the_log_is_moved_into_the_file(
    tmp_path: Path, logged: tuple[Path, bytes, str, list[tuple[int, str]]]
) -> None:
    kept, log, document, acknowledged = logged
    path = tmp_path / "torn.sqlite"
    pages = {int.from_bytes(log[at : at + 4]): log[at + 24 : at + FRAME] for at in range(HEAD, len(log), FRAME)}
    for seed in range(12):
        chance = random.Random(seed)
        data = bytearray(kept.read_bytes())
        for page, new in pages.items():
            if chance.random() < 0.7:
                written = new[: chance.choice([512, 1024, PAGE])]
                at = (page - 1) * PAGE
                data.extend(bytes(max(0, at + PAGE - len(data))))
                data[at : at + len(written)] = written
        path.write_bytes(data)
        Path(f"{path}-wal").write_bytes(log)
        library = Library.open(path)
        assert [mark.uid for mark in library.annotate.of_document(document)] == [uid for _, uid in acknowledged]
        assert library.integrity() == []
        library.close()
