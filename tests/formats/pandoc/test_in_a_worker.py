import os
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from reader.formats.errors import FormatError
from reader.formats.pandoc import program
from reader.formats.request import Limits
from reader.formats.worker.pool import Pool
from reader.services.preparing import Prepared, read_source
from reader.services.reading import Readings
from tests.formats.docx.packing import PNG, packed, paragraph, relationships
from tests.formats.pandoc import test_open_document as odt


def read(path: Path, limits: Limits | None = None) -> Prepared:
    """The file read as the program reads it: in a worker."""
    with closing(Pool(1)) as pool:
        readings = Readings(lambda: pool, lambda: limits or Limits())
        return readings.prepare(read_source(path), path)


@pytest.mark.usefixtures("pandoc")
def test_an_open_document_with_its_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    image = '<draw:frame><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    path.write_bytes(odt.packed(f"<text:p>Water</text:p><text:p>{image}</text:p>", Pictures_a__png=PNG))
    document = read(path).document
    assert document.text == "Water\n"
    assert [asset.data for asset in document.assets] == [PNG]


def test_a_word_document_with_its_picture(tmp_path: Path) -> None:
    picture = '<w:r><w:pict><v:shape><v:imagedata r:id="rId2"/></v:shape></w:pict></w:r>'
    path = tmp_path / "a.docx"
    parts = {"word/_rels/document.xml.rels": relationships(rId2="image|media/a.png"), "word/media/a.png": PNG}
    path.write_bytes(packed(f"{paragraph('Water')}<w:p>{picture}</w:p>", parts))
    document = read(path).document
    assert document.text == "Water\n"
    assert [asset.data for asset in document.assets] == [PNG]


@pytest.mark.usefixtures("pandoc")
def test_too_little_memory_for_pandoc_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.rst"
    path.write_text("Water")
    with pytest.raises(FormatError, match=r"“a\.rst”.*memory"):
        read(path, Limits(memory=220 << 20))


@pytest.mark.skipif(os.name == "nt", reason="a script of the shell")
def test_a_pandoc_that_hangs_ends_with_its_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "pandoc"
    seconds = f"600.{os.getpid()}"
    fake.write_text(f'#!/bin/sh\n[ "$1" = --version ] && {{ echo "pandoc 3.1"; exit 0; }}\nexec sleep {seconds}\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert program.find() == fake
    path = tmp_path / "a.rst"
    path.write_text("Water")
    with pytest.raises(FormatError, match=r"“a\.rst”"):
        read(path, Limits(seconds=3, seconds_per_megabyte=0))
    assert not [process for process in psutil.process_iter(["cmdline"]) if seconds in (process.info["cmdline"] or [])]
