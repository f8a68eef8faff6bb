"""What the next start takes out: never what a step of the history can bring back."""

from pathlib import Path

from reader.services.library import Library
from tests.store.helpers import TEXT, Clock, dump, open_library, write_file

HOURS = 3 * 3600


def test_a_text_that_is_only_known_stays_while_undo_can_show_it(library: Library, clock: Clock, tmp_path: Path) -> None:
    """Annotations came before their file: undoing that the file came leads back to a document that waits for it."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    other = open_library(elsewhere)
    (result,) = other.adding.add([write_file(elsewhere, "a.txt", TEXT)])
    assert result.document
    other.annotate.highlight(result.document.uid, TEXT, 0, 13)
    exported = other.exchange.dumps()
    other.close()
    library.exchange.import_file(exported.encode())
    waiting = dump(library.store), library.exchange.dumps()
    (result,) = library.adding.add([write_file(tmp_path, "a.txt", TEXT)])
    assert result.status == "added"
    clock.now += HOURS
    library.close()
    again = open_library(tmp_path, clock=clock)
    again.adding.add_text("Another text that takes the next free row.")
    again.history.undo()
    again.history.undo()
    assert (dump(again.store), again.exchange.dumps()) == waiting
    assert again.integrity() == []
    again.close()
