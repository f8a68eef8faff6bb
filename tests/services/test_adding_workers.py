"""Files that are read in workers on their way into the library: in order, stopped at once, hostile ones refused."""

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from reader.formats.worker.frames import Message
from reader.formats.worker.job import Job
from reader.formats.worker.pool import Pool
from reader.model.errors import Cancelled
from reader.services.adding import AddResult
from reader.services.library import Library
from reader.services.reading import look_at
from tests.store.helpers import open_library, write_file

MEGABYTE = 1 << 20
CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The dam</dc:title></metadata><manifest>'
    '<item id="a" href="{href}" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine>'
    "</package>"
)
BOMB = '<!DOCTYPE x [<!ENTITY a "words">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = open_library(tmp_path)
    yield opened
    opened.close()
    assert not psutil.Process().children(recursive=True), "processes left behind"


def page(number: int, words: str = "The valley was flooded in that year, and nobody was asked.") -> str:
    return f"<!doctype html><title>Page {number}</title><h1>Page {number}</h1><p>{words} {number}</p>"


def book(path: Path, *, href: str = "a.xhtml", package: str = PACKAGE, **entries: str | bytes) -> Path:
    """An EPUB of one chapter; `entries` are further files, `href` is where its package says that the chapter is."""
    chapter = "<html xmlns='http://www.w3.org/1999/xhtml'><body><h1>One</h1><p>The valley.</p></body></html>"
    parts: dict[str, str | bytes] = {"a.xhtml": chapter, **entries}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", parts.pop("container", CONTAINER))
        archive.writestr("book.opf", package.replace("{href}", href))
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def add(library: Library, *paths: Path) -> list[AddResult]:
    return list(library.adding.add(paths))


def test_a_batch_keeps_its_order_whatever_is_read_where(library: Library, tmp_path: Path) -> None:
    paths = [
        write_file(tmp_path, f"{n:02}.html", page(n)) if n % 3 else write_file(tmp_path, f"{n:02}.txt", f"Letter {n}")
        for n in range(30)
    ]
    told: list[tuple[int, int, str, int, int]] = []
    results = list(library.adding.add(paths, progress=lambda *values: told.append(values)))
    assert [r.path for r in results] == paths
    assert {r.status for r in results} == {"added"}
    titles = [r.document.title for r in results if r.document]
    assert titles == [f"Page {n}" if n % 3 else f"Letter {n}" for n in range(30)]
    total = sum(path.stat().st_size for path in paths)
    assert [t[:3] for t in told] == [(n, 30, path.name) for n, path in enumerate(paths)] + [(30, 30, "")]
    assert [t[3] for t in told] == sorted(t[3] for t in told)
    assert told[-1][3:] == (total, total)
    assert library.search.search("valley", scope="text").total == 20
    assert library.history.undo_label() == "30 documents added"
    assert len(psutil.Process().children()) == 1


def test_what_a_worker_makes_is_what_is_made_here(library: Library, tmp_path: Path) -> None:
    from reader.services.preparing import prepare, read_source

    picture = b"\x89PNG\r\n\x1a\n" + bytes(40)
    (tmp_path / "map.png").write_bytes(picture)
    words = "<p>Çay, 水, عين and 🎈 &#0;.</p>" + "<p>The valley <b>was</b> flooded.</p>" * 5000
    path = write_file(
        tmp_path, "a.html", f"<title>A page</title><meta name=author content='B. C.'>{words}<img src=map.png>"
    )
    source = read_source(path)
    here, there = prepare(source, path, fold=True), library.readings.prepare(source, path)
    assert there.version == here.version
    assert (there.kind, there.structure, there.is_its_file) == (here.kind, here.structure, here.is_its_file)
    assert list(there.passages) == list(here.passages)
    assert list(there.folded) == list(here.folded)
    assert there.document.text == here.document.text
    assert there.document.metadata == here.document.metadata
    assert there.document.assets == here.document.assets
    assert library.adding.look(path) == here.document


def test_long_markdown_is_read_by_a_worker(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made to be slow, a megabyte of it takes half a minute."""
    from reader.services.preparing import prepare, read_source

    short = write_file(tmp_path, "short.md", "# Short\n\n" + "*Words* of it. " * 4000)
    long = write_file(tmp_path, "long.md", "# Long\n\n" + "*Words* of it. " * 5000)
    assert library.adding.look(long) == prepare(read_source(long)).document
    hang(monkeypatch)

    def cancelled() -> bool:
        return bool(library.workers._watch._watched)

    with pytest.raises(Cancelled):
        library.adding.look(long, cancelled)
    adding = library.adding.add([short, long, short], cancelled=cancelled)
    assert [result.status for result in adding] == ["added"]


def test_a_file_that_was_looked_at_is_not_read_again_to_be_added(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    run = Pool.run

    def counted(pool: Pool, job: Job, cancelled: Callable[[], bool], *, urgent: bool = False) -> Message:
        asked.append(job.name)
        return run(pool, job, cancelled, urgent=urgent)

    monkeypatch.setattr(Pool, "run", counted)
    first, other = write_file(tmp_path, "1.html", page(1)), write_file(tmp_path, "2.html", page(2))
    seen = library.adding.look(first)
    (result,) = add(library, first)
    assert result.status == "added"
    assert asked == ["1.html"]
    assert result.document
    assert library.documents.open(result.document.uid).document.text == seen.text
    # Another file, or the same one changed since, is read.
    library.adding.look(other)
    write_file(tmp_path, "2.html", page(3))
    (result,) = add(library, other)
    assert result.document
    assert result.document.title == "Page 3"


def test_known_and_twin_files_are_one_document(library: Library, tmp_path: Path) -> None:
    paths = [write_file(tmp_path, f"{n}.html", page(1)) for n in range(6)]
    assert [r.status for r in add(library, *paths)] == ["added", *["known"] * 5]
    assert [r.status for r in add(library, *paths)] == ["known"] * 6
    assert len(library.documents.list()) == 1


def test_stopping_ends_the_worker_and_keeps_what_is_in(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = threading.Event()
    first = add(library, write_file(tmp_path, "0.html", page(0)))
    hang(monkeypatch)
    paths = [
        write_file(tmp_path, "1.txt", "A letter"),
        *[write_file(tmp_path, f"{n}.html", page(n)) for n in range(2, 9)],
    ]
    results = list(library.adding.add(paths, cancelled=stop.is_set, progress=lambda done, *_: done and stop.set()))
    assert [r.status for r in [*first, *results]] == ["added", "added"]
    assert {d.title for d in library.documents.list()} == {"Page 0", "A letter"}
    assert len(psutil.Process().children()) <= 1


def test_whoever_stops_listening_stops_the_batch(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hang(monkeypatch)
    paths = [
        write_file(tmp_path, "1.txt", "A letter\n\n" + "Words of it. " * 20_000),
        *[tmp_path / f"{n}.html" for n in range(9)],
    ]
    for path in paths[1:]:
        write_file(tmp_path, path.name, page(1))
    adding = library.adding.add(paths)
    assert next(adding).status == "added"
    adding.close()  # type: ignore[attr-defined]
    library.close()


def test_a_look_is_given_up_at_once(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hang(monkeypatch)
    with pytest.raises(Cancelled):
        library.adding.look(write_file(tmp_path, "1.html", page(1)), cancelled=lambda: bool(library.workers._processes))


def hang(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on each worker hangs with each file."""
    monkeypatch.setattr("reader.services.conveying._FUNCTION", "tests.formats.worker.jobs:hang")


def test_the_limits_are_those_of_the_settings(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.settings.set("reading_limits", {"seconds": 1, "memory_mb": 300, "parts": 2, "unpacked_mb": "many"})
    hang(monkeypatch)
    (slow,) = add(library, write_file(tmp_path, "slow.html", page(1)))
    assert "“slow.html” was not read within" in slow.reason
    monkeypatch.undo()
    (parts,) = add(library, book(tmp_path / "a.epub"))
    assert "4 parts, and 2 is the limit" in parts.reason
    library.settings.set("reading_limits", {"depth": 1})
    (deep,) = add(library, tmp_path / "a.epub")
    assert "nested" in deep.reason
    library.settings.set("reading_limits", {})
    assert [r.status for r in add(library, tmp_path / "a.epub", tmp_path / "slow.html")] == ["added", "added"]


def test_a_pasted_page(library: Library) -> None:
    result = library.adding.add_html("<meta charset=latin1><h1>The dam</h1><p>It was “full”.</p>")
    assert result.document
    opened = library.documents.open(result.document.uid).document
    assert opened.text == "The dam\nIt was “full”."
    assert library.adding.add_html("<p> </p>").status == "failed"


def test_a_file_is_read_without_a_library(tmp_path: Path) -> None:
    assert "nobody was asked. 1" in look_at(write_file(tmp_path, "1.html", page(1))).text
    assert not psutil.Process().children()


def hostile(folder: Path) -> dict[str, Path]:
    """Files made to do harm, by what they try."""
    folder.mkdir()
    deep = 10_000_000
    with zipfile.ZipFile(inner := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(50 * MEGABYTE))
    (folder / "deep.html").write_text("<div>" * deep, encoding="utf-8")
    (folder / "spans.html").write_text("<p>" + "<b>" * (deep // 20) + "words", encoding="utf-8")
    (folder / "lists.html").write_text("<ul><li>" * (deep // 20), encoding="utf-8")
    return {
        "a bomb": book(folder / "bomb.epub", **{"a.xhtml": "<p>" + "words " * (5 * MEGABYTE)}),
        "a bomb in a bomb": book(folder / "nested.epub", href="a.zip", **{"a.zip": inner.getvalue() * 3}),
        "entities": book(folder / "entities.epub", container=BOMB + "<container>&j;</container>"),
        "entities in the package": book(
            folder / "package.epub", package=BOMB + PACKAGE.replace("The dam", "&j;").replace("{href}", "no.xhtml")
        ),
        "endless XML": book(folder / "deep.epub", container="<a>" * deep),
        "endless chapter": book(folder / "chapter.epub", **{"a.xhtml": "<html><body>" + "<div>" * deep}),
        "out of the archive": book(folder / "out.epub", href="../../../../../etc/passwd", **{"../../etc/passwd": "x"}),
        "an absolute name": book(folder / "absolute.epub", href="/etc/passwd", **{"/etc/passwd": "x"}),
        "the file system": book(folder / "file.epub", href="file:///etc/passwd"),
        "endless page": folder / "deep.html",
        "endless spans": folder / "spans.html",
        "endless lists": folder / "lists.html",
        "cut off": write(folder / "cut.epub", book(folder / "whole.epub").read_bytes()[:300]),
        "no book": write(folder / "none.epub", b"PK\x05\x06" + bytes(18)),
    }


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_hostile_files_are_refused_or_harmless(library: Library, tmp_path: Path) -> None:
    files = hostile(tmp_path / "in")
    good = write_file(tmp_path / "in", "good.html", page(1))
    before = {path for path in tmp_path.rglob("*") if not path.name.startswith(library.path.name)}
    memory = psutil.Process().memory_info().rss
    library.settings.set("reading_limits", {"memory_mb": 512, "seconds": 30})
    results = dict(zip(files, add(library, *files.values(), good), strict=False))
    assert psutil.Process().memory_info().rss - memory < 150 * MEGABYTE
    for what, result in results.items():
        if result.status == "failed":
            assert result.reason.startswith(f"“{files[what].name}”"), what
            assert result.reason.endswith("."), what
        else:
            text = library.documents.open(result.document.uid).document.text if result.document else ""
            assert "root:" not in text, what
            assert len(text) < MEGABYTE, what
    assert {"a bomb", "endless XML", "cut off", "no book"} <= {w for w, r in results.items() if r.status == "failed"}
    assert "Page 1" in [d.title for d in library.documents.list()]
    after = {path for path in tmp_path.rglob("*") if not path.name.startswith(library.path.name)}
    assert {path for path in after - before if "files" not in str(path)} == set()


def test_one_pool_serves_all_of_a_library(library: Library) -> None:
    assert isinstance(library.workers, Pool)
    assert library.workers is library.workers
    library.readings.warm()
    assert len(psutil.Process().children()) == 1
