"""The order in which the program comes up, in a process of its own, as `reader FILE` starts it."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from reader.early import NOTHING_BEGUN, begin
from reader.handover import hand_over
from reader.model.errors import ReaderError
from reader.resources import samples
from reader.services.library import Library

SCRIPT = """
import sys
import reader.app as app
listen = app.Starting._listen
def tell(self):
    listen(self)
    print("listening", flush=True)
    self._window.session.opened.connect(lambda opened: print("opened", opened.summary.title, flush=True))
app.Starting._listen = tell
sys.exit(app.run(app.Path(sys.argv[1]), [app.Path(name) for name in sys.argv[2:]]))
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.md").write_text(f"# {name.title()}\n\nText.\n", encoding="utf-8")
    path = tmp_path / "library.sqlite"
    opened = Library.open(path)
    list(opened.adding.add([tmp_path / "one.md", tmp_path / "two.md"]))
    opened.close()
    return path


def test_the_window_that_runs_opens_one_file_after_the_other(library: Path, tmp_path: Path) -> None:
    """A known file, a known one again, and one that is new: each is shown by the same window, announced once."""
    environment = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)}
    command = [sys.executable, "-c", SCRIPT, str(library), str(tmp_path / "one.md")]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        assert process.stdout.readline() == "listening\n"
        for name in ("two", "one", "three"):
            assert hand_over(str(library), [str(tmp_path / f"{name}.md")]) == "taken"
            assert process.stdout.readline() == f"opened {name.title()}\n"
    finally:
        process.kill()
        process.communicate()


def test_a_new_file_is_on_the_screen_before_it_is_in_the_library(library: Path, tmp_path: Path) -> None:
    """Its page is painted from the file; once added, it is the same page, and nothing jumps."""
    script = SCRIPT.replace("listen(self)", "print('text', self._window.pane.view.document.text[:5]); listen(self)")
    environment = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)}
    command = [sys.executable, "-c", script, str(library), str(tmp_path / "three.md")]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(3)]
    finally:
        process.kill()
        process.communicate()
    assert said[0] == "text Three\n"
    assert set(said[1:]) == {"listening\n", "opened Three\n"}


def test_a_new_book_is_read_by_another_process_while_the_window_comes_up(tmp_path: Path) -> None:
    """The window is there first; the book is in it, and in the library, soon after."""
    script = f"from reader.early import begin\n{SCRIPT}".replace(
        "sys.exit(app.run(app.Path(sys.argv[1]), [app.Path(name) for name in sys.argv[2:]]))",
        "path, files = app.Path(sys.argv[1]), [app.Path(name) for name in sys.argv[2:]]\n"
        "begun = begin(path, files)\n"
        "print('begun', begun.look.file.name, flush=True)\n"
        "sys.exit(app.run(path, files, begun))",
    )
    book = samples() / "up-the-lenn-on-foot.epub"
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "library.sqlite"), str(book)],
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(3)]
    finally:
        process.kill()
        process.communicate()
    assert said == [f"begun {book.name}\n", "listening\n", "opened Up the Lenn on foot\n"]


def test_what_the_window_reads_itself_or_knows_is_not_begun_elsewhere(library: Path, tmp_path: Path) -> None:
    assert begin(library, [tmp_path / "three.md"]) is NOTHING_BEGUN
    assert begin(library, []) is NOTHING_BEGUN
    # What may be opened and never ends.
    os.mkfifo(tmp_path / "pipe.epub")
    os.mkfifo(tmp_path / "pipe.txt")
    assert begin(library, [tmp_path / "pipe.txt"]) is NOTHING_BEGUN
    for name in ("pipe.epub", "gone.epub"):
        unread = begin(library, [tmp_path / name])
        assert unread.library
        assert unread.look is None
        unread.library.close()
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"no library at all" * 100)
    book = tmp_path / "book.epub"
    book.write_bytes((samples() / "up-the-lenn-on-foot.epub").read_bytes())
    assert begin(damaged, [book]) is NOTHING_BEGUN
    opened = Library.open(library)
    list(opened.adding.add([book]))
    opened.close()
    begun = begin(library, [book])
    assert begun.library
    assert begun.look is None
    begun.library.close()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("book.txt", (samples() / "up-the-lenn-on-foot.epub").read_bytes()),
        ("cut.txt", b"PK\x03\x04 and no more"),
        ("letter.md", b"{\\rtf1 A letter.}"),
        ("book.text", b"\xef\xbb\xbf\n<?xml version='1.0'?><FictionBook/>"),
        ("long.md", b"**" * 50_000),
    ],
)
def test_what_only_its_name_calls_a_short_text_is_begun_elsewhere(
    library: Path, tmp_path: Path, name: str, data: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    begun = begin(library, [file])
    assert begun.library
    assert begun.look
    with suppress(ReaderError):
        begun.look.document(lambda: False)
    begun.library.close()


def test_without_a_file_the_last_document_comes_up_again(library: Path, tmp_path: Path) -> None:
    opened = Library.open(library)
    (two,) = (d for d in opened.documents.list() if d.title == "Two")
    opened.documents.opened(two.uid)
    opened.close()
    script = SCRIPT.replace("listen(self)", "print('last', self._window.windowTitle()); listen(self)")
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(library)],
        env=os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        assert process.stdout.readline().startswith("last Two")
    finally:
        process.kill()
        process.communicate()


def test_the_window_that_runs_goes_to_an_annotation(library: Path, tmp_path: Path) -> None:
    """In another document, in the one that is open, and one that is not there: each is answered in the window."""
    opened = Library.open(library)
    two = next(found.uid for found in opened.documents.list() if found.title == "Two")
    text = opened.documents.open(two).document.text
    start = text.index("Text")
    (first,) = opened.annotate.highlight(two, text, start, start + 4).annotations_added
    (second,) = opened.annotate.highlight(two, text, start, start + 2).annotations_added
    opened.close()
    script = SCRIPT.replace(
        '    print("listening"',
        "    self._window.session.failed.connect(lambda said: print('failed', said, flush=True))\n"
        "    self._window.parts.marking.current_changed.connect(lambda uid: print('mark', uid, flush=True))\n"
        '    print("listening"',
    )
    environment = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)}
    command = [sys.executable, "-c", script, str(library), str(tmp_path / "one.md")]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)

    def said_after(place: str) -> list[str]:
        assert hand_over(str(library), [], place=place) == "taken"
        lines: list[str] = []
        assert process.stdout
        while not lines or lines[-1].startswith(("opened", "mark None")):
            lines.append(process.stdout.readline().strip())
        return [line for line in lines if line != "mark None"]

    try:
        assert process.stdout
        assert process.stdout.readline() == "listening\n"
        assert said_after(first.uid) == ["opened Two", f"mark {first.uid}"]
        assert said_after(second.uid) == [f"mark {second.uid}"]
        (gone,) = said_after("01890000-0000-7000-8000-000000000000")
        assert gone.startswith("failed ")
    finally:
        process.kill()
        process.communicate()
