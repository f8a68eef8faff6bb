"""Files of names that no sane person gives: each is added, known again, read again, and never breaks a batch."""

import io
import os
import sys
from pathlib import Path

import pytest

from reader.formats.request import Limits
from reader.formats.worker import frames
from reader.services.conveying import answer, job_of, prepared_of
from reader.services.library import Library
from reader.services.preparing import read_source
from reader.store.originals import SMALL

PAGE = "<!doctype html><title>The dam</title><p>The valley was flooded in that year, and nobody was asked."
WORDS = "The valley was flooded in that year.\n\n"

only_bytes = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names are text there")


@only_bytes
def test_names_that_are_no_text_are_added_and_known(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"texts \xff")
    folder.mkdir()
    names = [b"a\xfe.txt", b"b\xe9.md", b"c\xff.html", b"d.\xfftxt"]
    for number, name in enumerate(names):
        (folder / os.fsdecode(name)).write_text(f"{PAGE} {number}" if b"html" in name else f"{WORDS} {number}")
    files = [folder / os.fsdecode(name) for name in names]
    results = list(library.adding.add([folder, files[-1]]))
    assert [(result.status, result.reason) for result in results] == [("added", "")] * 4
    assert [result.path for result in results] == files
    assert [library.documents.known(file) for file in files] == [r.document and r.document.uid for r in results]
    assert [result.status for result in library.adding.add(files)] == ["known"] * 4
    files[2].write_text(PAGE + " Now they were asked.")
    assert [result.status for result in library.adding.add(files)] == ["known", "known", "changed", "known"]


@only_bytes
def test_a_folder_of_such_a_name_is_remembered(library: Library) -> None:
    name = os.fsdecode(b"/texts \xff \xc3\xa9")
    library.settings.set("last_folder", name)
    assert library.settings.get("last_folder", "") == name


@only_bytes
def test_a_name_that_is_no_text_is_said(library: Library, tmp_path: Path) -> None:
    broken = tmp_path / os.fsdecode(b"book \xff.epub")
    broken.write_bytes(b"PK\x03\x04 and no more")
    (result,) = library.adding.add([broken])
    assert result.status == "failed"
    assert result.reason.encode("utf-8", "replace").decode().startswith("“book ?.epub” is damaged")


def test_a_suffix_that_an_older_version_kept(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "notes."
    file.write_text(WORDS)
    (result,) = library.adding.add([file])
    assert result.document
    with library.store.transaction() as connection:
        connection.execute("UPDATE text_version SET reader_version = 0, file_suffix = '.'")
    assert library.versions.read_again(result.document.uid).status == "changed"


@pytest.mark.parametrize("name", ["notes.", "notes.v2", "notes. x", "notes." + "long" * 40, "...", ".notes"])
def test_ends_of_names_that_are_no_suffix(library: Library, tmp_path: Path, name: str) -> None:
    for number, size in enumerate((1, SMALL)):
        file = tmp_path / str(number) / name
        file.parent.mkdir()
        file.write_text(f"{number} {WORDS}" * size)
        (result,) = library.adding.add([file])
        assert result.document, result.reason
        original = library.documents.original(result.document.uid)
        assert original
        assert original.read_bytes() == file.read_bytes()
        # As a newer reader would have it read again.
        with library.store.transaction() as connection:
            connection.execute("UPDATE text_version SET reader_version = 0")
        assert library.versions.outdated(result.document.uid)
        again = library.versions.read_again(result.document.uid)
        assert (again.status, again.document) == ("changed", library.documents.get(result.document.uid))


def test_a_worker_that_was_taken_over_names_no_files(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE)
    source = read_source(file)
    job = job_of(source, file, view="", pictures={}, limits=Limits())
    message = answer(job.message.header, list(job.message.frames))
    message.header["suffix"] = "/../../../../evil.desktop"
    pipe = io.BytesIO()
    frames.write(pipe, message)
    pipe.seek(0)
    message = frames.read(pipe, 1 << 20)
    assert message
    assert prepared_of(source, message, file.name).version.file_suffix == ".html"
