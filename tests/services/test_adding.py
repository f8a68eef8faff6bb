"""Adding files: each one answered for, nothing half-added, one step of the history."""

import sqlite3
import threading
from pathlib import Path

import pytest

from reader.formats.request import Reading
from reader.model.annotation import AnchorState
from reader.model.change import Change
from reader.model.document import Asset, Block, BlockKind, Document, Metadata
from reader.services import add_run, text_writing
from reader.services.adding import AddResult
from reader.services.library import Library
from tests.store.helpers import TEXT, Clock, add_text, open_library, write_file

HALF = "01a1fef7-67cb-75f9-8000-0000000f0000"
LONG = "\n\n".join(f"Paragraph {number} tells how the valley was flooded, and who was asked." for number in range(4000))


def add(library: Library, *paths: Path) -> list[AddResult]:
    return list(library.adding.add(paths))


def test_a_folder_is_one_step_with_a_result_for_each_file(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_file(folder, "a.txt", "First letter\n\nWords of it.")
    write_file(folder, "deep/b.md", "# Second letter\n\nWords of it.")
    write_file(folder, "c.txt", "")
    heard: list[Change] = []
    library.bus.subscribe(heard.append)
    results = add(library, folder, tmp_path / "gone.txt")
    assert [(r.path.name, r.status) for r in results] == [
        ("a.txt", "added"), ("c.txt", "failed"), ("b.md", "added"), ("gone.txt", "failed"),
    ]  # fmt: skip
    assert "is empty" in results[1].reason
    assert "no longer there" in results[3].reason
    assert [r.document.title for r in results if r.document] == ["First letter", "Second letter"]
    assert {d.uid for change in heard for d in change.documents_added} == {
        r.document.uid for r in results if r.document
    }
    assert library.history.undo_label() == "2 documents added"
    undone = library.history.undo()
    assert undone
    assert len(undone.documents_removed) == 2
    assert library.documents.list() == []
    library.history.redo()
    assert len(library.documents.list()) == 2


def test_adding_again_is_known_and_leaves_no_step(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", TEXT)
    (first,) = add(library, path)
    copy = write_file(tmp_path, "renamed.txt", TEXT)
    label = library.history.undo_label()
    results = add(library, path, copy)
    assert [r.status for r in results] == ["known", "known"]
    assert {r.document.uid for r in results if r.document} == {first.document.uid if first.document else ""}
    assert library.history.undo_label() == label
    assert len(library.history.list()) == 1


def test_twins_in_one_batch_are_one_document(library: Library, tmp_path: Path) -> None:
    results = add(library, *[write_file(tmp_path, f"{n}.txt", TEXT) for n in range(3)])
    assert [r.status for r in results] == ["added", "known", "known"]
    assert len(library.documents.list()) == 1


def test_known_tells_by_size_and_time_without_reading(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", TEXT)
    assert library.documents.known(path) is None
    (result,) = add(library, path)
    assert result.document
    assert library.documents.known(path) == result.document.uid
    path.write_text(TEXT + "More.", encoding="utf-8")
    assert library.documents.known(path) is None
    path.unlink()
    assert library.documents.known(path) is None


def test_what_is_in_the_bin_comes_back(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", TEXT)
    (first,) = add(library, path)
    assert first.document
    library.annotate.highlight(first.document.uid, TEXT, 4, 13)
    library.documents.remove([first.document.uid])
    assert library.documents.known(path) is None
    (again,) = add(library, path)
    assert again.status == "known"
    assert "bin" in again.reason
    assert [d.annotations for d in library.documents.list()] == [1]
    library.history.undo()
    assert library.documents.list() == []


def test_adding_after_undo_shows_the_same_document(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.txt", TEXT)
    (first,) = add(library, path)
    library.history.undo()
    (again,) = add(library, path)
    assert again.status == "added"
    assert again.document
    assert first.document
    assert again.document.uid == first.document.uid
    assert library.history.redo() is None


def test_metadata_tags_become_document_tags(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "a.md", "---\ntitle: Minutes\ntags: [water, board]\n---\n\nWe met.\n")
    (result,) = add(library, path)
    assert result.document
    assert result.document.tags == ("water", "board")
    library.history.undo()
    assert library.tags.list() == []


def test_a_large_text_is_written_in_slices_and_reads_the_same(library: Library, tmp_path: Path) -> None:
    (result,) = add(library, write_file(tmp_path, "long.txt", LONG))
    assert result.document
    assert len(library.store.rows("SELECT 1 FROM text_part")) > 2
    assert library.documents.open(result.document.uid).document.text == LONG
    found = library.search.search('"paragraph 3999"', scope="text")
    (hit,) = found.groups[0].hits
    assert LONG[hit.start : hit.end].casefold() == "paragraph 3999"
    assert library.documents.original(result.document.uid)


def test_a_cancelled_large_text_leaves_nothing(library: Library, tmp_path: Path) -> None:
    path = write_file(tmp_path, "long.txt", LONG)
    asked = iter([False, False, True])
    assert list(library.adding.add([path], cancelled=lambda: next(asked, True))) == []
    for table in ("document", "text_version", "text_part", "passage", "passage_search_docsize", "action"):
        assert library.store.rows(f"SELECT * FROM {table}") == [], table
    assert library.search.search("valley").total == 0
    (result,) = add(library, path)
    assert result.status == "added"


def test_cancelling_between_files_keeps_those_added(library: Library, tmp_path: Path) -> None:
    paths = [write_file(tmp_path, f"{n}.txt", f"Letter {n}\n\nWords.") for n in range(5)]
    seen: list[tuple[int, int, str, int, int]] = []
    results = list(
        library.adding.add(paths, cancelled=lambda: len(seen) == 2, progress=lambda *told: seen.append(told))
    )
    assert [r.status for r in results] == ["added", "added"]
    assert seen == [(0, 5, "0.txt", 0, 80), (1, 5, "1.txt", 16, 80), (2, 5, "", 32, 80)]
    assert len(library.documents.list()) == 2


def test_a_failed_write_of_a_large_text_leaves_nothing(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = iter(range(100))

    def failing(*arguments: object) -> int:
        if next(calls) == 2:
            raise sqlite3.OperationalError("no such thing")
        return original(*arguments)  # type: ignore[arg-type]

    original = text_writing.intake.add_passages
    monkeypatch.setattr(text_writing.intake, "add_passages", failing)
    with pytest.raises(sqlite3.OperationalError, match="no such thing"):
        add(library, write_file(tmp_path, "long.txt", LONG))
    assert library.store.rows("SELECT * FROM document") == []
    assert library.store.rows("SELECT * FROM passage") == []


def test_what_a_crash_left_is_swept_at_the_next_start(tmp_path: Path, clock: Clock) -> None:
    library = open_library(tmp_path, clock=clock)
    kept = add_text(library, "A letter that stays.")
    add_text(library, "A letter that is undone.")
    library.history.undo()
    with library.store.transaction() as connection:
        connection.execute(
            "INSERT INTO document (uid, title, added) VALUES (?, 'Half', ?)", (HALF, library.store.now())
        )
        connection.execute(
            "INSERT INTO text_version (document_id, created) SELECT id, added FROM document WHERE title = 'Half'"
        )
    library.close()
    library = open_library(tmp_path, clock=clock)
    add_text(library, "Something else, at once.")
    assert library.store.row("SELECT 1 FROM document WHERE title = 'Half'"), "another program may still be adding it"
    assert library.store.row("SELECT 1 FROM document WHERE title LIKE '%undone%'")
    library.close()
    clock.now += 7200
    library = open_library(tmp_path, clock=clock)
    add_text(library, "Something else, much later.")
    assert library.store.row("SELECT 1 FROM document WHERE title = 'Half'") is None
    assert library.store.row("SELECT 1 FROM document WHERE title LIKE '%undone%'") is None, "nothing can redo it"
    assert library.search.search("undone").total == 0
    assert library.documents.get(kept).title == "A letter that stays."
    assert library.integrity() == []
    library.close()


@pytest.mark.parametrize("unknown", ["file_sha256", "text_sha256"])
def test_a_stub_is_filled_by_its_file(library: Library, tmp_path: Path, unknown: str) -> None:
    uid = add_text(library)
    library.annotate.highlight(uid, TEXT, 4, 13)
    store = library.store
    store.connection.execute("DELETE FROM text_part")
    store.connection.execute(f"UPDATE text_version SET complete = 0, {unknown} = ''")
    assert library.documents.open(uid).document.text == ""
    (result,) = add(library, write_file(tmp_path, "found.txt", TEXT))
    assert (result.status, result.reason) == ("added", "1 exact, 0 moved, 0 lost")
    opened = library.documents.open(uid)
    assert opened.document.text == TEXT
    assert opened.annotations[0].state is AnchorState.EXACT


def test_pictures_and_structure_are_kept(library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    document = Document(
        "A heading\nWords.",
        blocks=(Block(BlockKind.HEADING, 0, 9, level=1), Block(BlockKind.PARAGRAPH, 10, 16)),
        assets=(Asset("map.png", "image/png", b"\x89PNG", "A map"), Asset("far", "", b"", "Elsewhere")),
        metadata=Metadata("A heading", ("A. Writer",), "Post", "2026-11-21", "en", "https://example.org"),
        hard_wrapped=True,
    )
    monkeypatch.setattr("reader.services.preparing.parse", lambda *_a, **_k: Reading(document, "markdown", 3))
    (result,) = add(library, write_file(tmp_path, "a.md", "# A heading"))
    assert result.document
    opened = library.documents.open(result.document.uid).document
    assert opened.blocks == document.blocks
    assert opened.metadata == document.metadata
    assert opened.hard_wrapped
    assert [(a.name, a.media_type, a.data, a.alt) for a in opened.assets] == [
        ("map.png", "image/png", b"", "A map"), ("far", "", b"", "Elsewhere"),
    ]  # fmt: skip
    assert library.documents.asset(result.document.uid, "map.png") == b"\x89PNG"
    assert library.documents.asset(result.document.uid, "none") == b""


@pytest.mark.parametrize("text", [TEXT, LONG], ids=["small", "large"])
def test_the_library_keeps_a_copy_of_the_file(library: Library, tmp_path: Path, text: str) -> None:
    path = write_file(tmp_path, "a.txt", text)
    (result,) = add(library, path)
    assert result.document
    path.unlink()
    copy = library.documents.original(result.document.uid)
    assert copy
    assert copy.read_text("utf-8") == text
    assert copy.suffix == ".txt"
    copy.write_bytes(b"cut short")
    again = library.documents.original(result.document.uid)
    assert again is None or again.read_text("utf-8") == text


@pytest.mark.parametrize(
    "data", [TEXT.encode(), b"\xef\xbb\xbf" + TEXT.encode(), TEXT.encode("utf-16"), TEXT.replace("\n", "\r\n").encode()]
)
def test_the_copy_has_the_bytes_of_the_file(library: Library, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    (result,) = add(library, path)
    assert result.document
    copy = library.documents.original(result.document.uid)
    assert copy
    assert copy.read_bytes() == data
    rows = library.store.rows("SELECT data FROM file_copy")
    assert rows == ([] if data == TEXT.encode() else [(data,)])


def test_what_is_told_of_new_documents_is_what_the_list_shows(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_file(folder, "a.txt", "First letter\nBy A. Writer and B. Writer\n\nWords of it.\n\nSource: Lenn Valley Post")
    write_file(folder, "b.md", "---\ntitle: Second\ntags: [dam, lake]\n---\n# Second letter\n\nWords of it.")
    write_file(folder, "c.html", "<title>Third</title><p>Words of it.")
    heard: list[Change] = []
    library.bus.subscribe(heard.append)
    told = {r.document.uid: r.document for r in add(library, folder) if r.document}
    assert told == {shown.uid: shown for shown in library.documents.list()}
    assert {shown.uid: shown for change in heard for shown in change.documents_added} == told


def test_a_copy_that_cannot_be_written_fails_that_file_only(library: Library, tmp_path: Path) -> None:
    library.path.with_name(library.path.name + ".files").write_text("in the way")
    results = add(library, write_file(tmp_path, "long.txt", LONG), write_file(tmp_path, "a.txt", TEXT))
    assert [r.status for r in results] == ["failed", "added"]
    assert "copy of the file could not be written" in results[0].reason


def test_pasted_text(library: Library) -> None:
    result = library.adding.add_text("Some words.\r\nAnd more.", "  A  title ")
    assert result.document
    assert result.document.title == "A title"
    assert library.documents.open(result.document.uid).document.text == "Some words.\nAnd more."
    assert library.adding.add_text("   ").status == "failed"
    assert library.adding.add_text("Some words.\r\nAnd more.").status == "known"


def test_marks_are_made_while_another_thread_adds(library: Library, tmp_path: Path) -> None:
    uid = add_text(library)
    paths = [write_file(tmp_path, f"{n}.txt", f"Letter {n}\n\n" + "Words of it. " * 400) for n in range(60)]
    results: list[AddResult] = []
    adding = threading.Thread(target=lambda: results.extend(add(library, *paths)))
    adding.start()
    made = 0
    while adding.is_alive():
        library.annotate.highlight(uid, TEXT, made % 40, made % 40 + 5)
        made += 1
    adding.join()
    assert made
    assert {r.status for r in results} == {"added"}
    assert library.documents.get(uid).annotations == made
    # One step for the adding, though marks were made in between.
    steps = [step.label for step in library.history.list(1000)]
    assert steps.count("60 documents added") == 1
    assert library.integrity() == []


def test_batches_follow_the_speed_of_the_machine(library: Library) -> None:
    from reader.store.upkeep import BulkUpkeep

    run = add_run.AddRun(library.store, library.bus, lambda: False, BulkUpkeep(library.store), library.readings)
    run._adapt(100_000, 0.001)
    assert run._batch_length == 1 << 18
    for _ in range(10):
        run._adapt(100_000, 1.0)
    assert run._batch_length == 1 << 16
