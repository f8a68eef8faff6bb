"""Several programs write to one library at the same moment: nothing that was acknowledged is missing."""

import subprocess
import sys
from pathlib import Path

from reader.model.annotation import Annotation
from reader.model.change import Change
from reader.services.library import Library
from tests.store.helpers import TEXT, add_text

COUNT = 40
SCRIPT = """
import sys
from pathlib import Path
from reader.services.library import Library

library = Library.open(Path(sys.argv[1]))
uid, number, text = sys.argv[2], int(sys.argv[3]), sys.argv[5]
for at in range(int(sys.argv[4])):
    change = library.annotate.highlight(uid, text, at, at + 3 + number, note=f"{number}-{at}", tags=[f"t{at % 5}"])
    mark = change.annotations_added[0].uid
    if at % 7 == 3:
        library.annotate.edit_note(mark, f"{number}-{at} again")
    print(mark, flush=True)
library.close()
"""


def test_three_programs_and_one_that_listens(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite")
    uid = add_text(library)
    known: dict[str, Annotation] = {}

    def hear(change: Change) -> None:
        for mark in change.annotations_removed:
            del known[mark.uid]
        known.update((mark.uid, mark) for mark in (*change.annotations_added, *change.annotations_updated))

    following = library.following
    library.bus.subscribe(hear)
    command = [sys.executable, "-c", SCRIPT, str(library.path), uid]
    others = [
        subprocess.Popen([*command, str(number), str(COUNT), TEXT], stdout=subprocess.PIPE, text=True)
        for number in range(3)
    ]
    acknowledged: list[str] = []
    while any(other.poll() is None for other in others):
        if len(acknowledged) < COUNT:
            change = library.annotate.highlight(uid, TEXT, 0, 9, note="here")
            acknowledged += [mark.uid for mark in change.annotations_added]
        following.look()
    for other in others:
        out, _ = other.communicate()
        assert other.returncode == 0
        acknowledged += out.split()
    following.look()
    marks = {mark.uid: mark for mark in library.annotate.of_document(uid)}
    assert len(acknowledged) == len(set(acknowledged)) >= 3 * COUNT
    assert set(acknowledged) == set(marks)
    assert known == marks
    assert not library.integrity()
    # Each program's edits are steps of their own, and every step can be taken back.
    while library.history.undo():
        pass
    assert not library.documents.list()
    library.close()
