"""Two windows and the command line write to one library at once: each sees the others' changes within a second."""

import json
from collections.abc import Callable
from pathlib import Path

from reader.services.library import Library
from reader.ui.session import LOOK_EVERY
from tests.faults.conftest import Window
from tests.faults.programs import new_library, reader, start, whole


def test_two_windows_and_the_command_line(tmp_path: Path, windows: Callable[..., Window]) -> None:
    assert LOOK_EVERY <= 500  # so that a change is seen within a second
    path, document = new_library(tmp_path)
    first, second = windows(path), windows(path)
    for window in (first, second):
        window.ready()
    first.do("mark('Paragraph 0')")
    second.wait("len(marks()) == 1 and listed() == 1")
    second.do("mark('Paragraph 1')")
    first.wait("len(marks()) == 2 and listed() == 2")
    assert reader(path, "annotate", document, "--exact", "full in 1902", "--note", "from the shell").returncode == 0
    for window in (first, second):
        window.wait("len(marks()) == 3 and listed() == 3")
    storm = start(tmp_path, "-m", "tests.faults.storm", path, document, 3, 30)
    for number in range(3, 9):
        (first, second)[number % 2].do(f"mark('Paragraph {number}')")
    out, err = storm.communicate(timeout=60)
    assert (storm.returncode, err) == (0, "")
    there: dict[str, object] = dict(json.loads(line[2:]) for line in out.splitlines() if line.startswith("= "))
    library = Library.open(path)
    uids = sorted(mark.uid for mark in library.annotate.of_document(document))
    whole(library)
    library.close()
    assert len(uids) == 9 + len([mark for mark in there.values() if mark])
    assert {uid for uid, mark in there.items() if mark} < set(uids)
    for window in (first, second):
        window.wait(f"marks() == {uids!r} and listed() == {len(uids)}")
    first.do("mark('Paragraph 9')")
    second.wait(f"len(marks()) == {len(uids) + 1}")
    second.do("keys('Ctrl+Z')")
    for window in (first, second):
        window.wait(f"marks() == {uids!r}")
    for window in (first, second):
        window.leave()
    assert reader(path, "check").returncode == 0
