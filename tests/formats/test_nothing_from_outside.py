"""What a document asks for from outside of its own folder is not in what is read of it, however it asks."""

import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from reader.formats.errors import FormatError
from reader.formats.pandoc import program
from reader.formats.registry import read
from reader.model.document import Document

SECRET = b"told to nobody"
PICTURE = b"\x89PNG\r\n\x1a\n" + SECRET
ADDRESSES = (
    "{secret}/s.png",
    "file://{secret}/s.png",
    "FILE:{secret}/s.png",
    "//localhost{secret}/s.png",
    "./{secret}/s.png",
    "../secret/s.png",
    "..%2fsecret%2fs.png",
    "%2e%2e/secret/s.png",
    "x/../../secret/s.png",
    "..\\secret\\s.png",
    "link.png",
    "folder/s.png",
    "folder//./s.png",
    "{kind}_files/s.png",
    "before_files/s.png",
    "{kind}.files/link.png",
    "before.files/link.png",
)
IMAGE = '<img src="{0}" alt="a"><img srcset="{0} 2x"><svg><image href="{0}"/></svg><object data="{0}"></object>'
PAGE = '<base href="file://{secret}/"><p>Words.</p><img src="s.png"><iframe src="{secret}/s.txt"></iframe>'
ENTITIES = '<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}/s.txt"><!ENTITY % p SYSTEM "file://{secret}/s.txt">%p;]>'
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
ITEM = '<item id="i{0}" href="{1}" media-type="{2}"/>'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PART = f'<Relationship Id="r{{}}" Type="{RELATIONS}/{{}}" Target="{{}}"{{}}/>'
WORD = (
    ENTITIES + '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body><w:p><w:r><w:t>Words &e;</w:t></w:r></w:p>'
)
DRAWING = '<w:p><w:r><w:drawing><a:graphic><a:blip r:{}="r{}"/></a:graphic></w:drawing></w:r></w:p>'
OFFICE = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><office:body><office:text><text:p>Words.'
)


SUFFIXES = {"markdown": "md", "latex": "tex", "notebook": "ipynb"}

needs_pandoc = pytest.mark.skipif(not program.is_usable(), reason="pandoc is not on this computer")


@dataclass(frozen=True)
class Trap:
    """Two folders beside each other: `docs`, in which links lead to `secret`."""

    docs: Path
    secret: Path

    def addresses(self, kind: str) -> list[str]:
        return [address.format(secret=self.secret, kind=kind) for address in ADDRESSES]

    def filled(self, text: str) -> str:
        return text.replace("{secret}", str(self.secret))


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    docs, secret = tmp_path / "docs", tmp_path / "secret"
    for folder in (docs, secret, docs / "a.files"):
        folder.mkdir()
    for name in ("s.txt", "s.tex", "s.org", "s.html", "s.bib"):
        (secret / name).write_bytes(SECRET)
    (secret / "s.png").write_bytes(PICTURE)
    for link in ("link.png", "a.files/link.png"):
        os.symlink(secret / "s.png", docs / link)
    for link in ("folder", "a_files"):
        os.symlink(secret, docs / link)
    return Trap(docs, secret)


def packed(path: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def page(trap: Trap) -> str:
    return trap.filled(PAGE) + "".join(IMAGE.format(address) for address in trap.addresses("a"))


def html(trap: Trap, path: Path) -> None:
    path.write_text(page(trap))


def xhtml(trap: Trap, path: Path) -> None:
    include = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" parse="text" href="{secret}/s.txt"/>'
    path.write_text(trap.filled(f'{ENTITIES}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>W &e; {include}</p>'))


def mhtml(trap: Trap, path: Path) -> None:
    path.write_text(
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n--B\nContent-Type: text/html\n"
        f"Content-Location: file://{trap.secret}/\n\n{page(trap)}\n--B\nContent-Type: message/external-body; "
        f'access-type=local-file; name="{trap.secret}/s.png"\n\nContent-Type: image/png\n\n--B--\n'
    )


def markdown(trap: Trap, path: Path) -> None:
    images = [f"![a]({address})" for address in trap.addresses("a")]
    path.write_text("\n\n".join(["Words.", *images, page(trap)]))


def epub(trap: Trap, path: Path) -> None:
    pictures = [ITEM.format(n, address, "image/png") for n, address in enumerate(trap.addresses("a"))]
    chapters = [f"{trap.secret}/s.html", f"file://{trap.secret}/s.html", "../secret/s.html", "../../secret/s.html"]
    items = [ITEM.format(n, href, "application/xhtml+xml") for n, href in enumerate(["c.xhtml", *chapters], 100)]
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(100, 105))
    package = (
        f'<package xmlns="http://www.idpf.org/2007/opf"><metadata><title xmlns="http://purl.org/dc/elements/1.1/">&e;'
        f"</title></metadata><manifest>{''.join(pictures + items)}</manifest><spine>{spine}</spine></package>"
    )
    chapter = f'{ENTITIES}<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Words &e;</p>{page(trap)}</body></html>'
    parts = {"META-INF/container.xml": CONTAINER, "p.opf": ENTITIES + package, "c.xhtml": chapter}
    packed(path, {"mimetype": "application/epub+zip"} | {name: trap.filled(data) for name, data in parts.items()})


def docx(trap: Trap, path: Path) -> None:
    kind, package = "application/vnd.openxmlformats", "http://schemas.openxmlformats.org/package/2006"
    targets = [(address, mode) for address in trap.addresses("a") for mode in ("", ' TargetMode="External"')]
    parts = "".join(PART.format(n, "image", address, mode) for n, (address, mode) in enumerate(targets))
    pictures = "".join(DRAWING.format(how, n) for n in range(len(targets)) for how in ("embed", "link"))
    packed(path, {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Override PartName="/word/document.xml" '
        f'ContentType="{kind}-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        + PART.format(0, "officeDocument", "word/document.xml", "") + "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships">{parts}</Relationships>',
        "word/document.xml": f"{trap.filled(WORD)}{pictures}</w:body></w:document>",
    })  # fmt: skip


def odt(trap: Trap, path: Path) -> None:
    frames = [f'<draw:frame><draw:image xlink:href="{href}"/></draw:frame>' for href in trap.addresses("a")]
    section = f'<text:section-source xlink:href="{trap.secret}/s.odt"/>'
    packed(path, {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": OFFICE + section + "".join(frames)
        + "</text:p></office:text></office:body></office:document-content>",
    })  # fmt: skip


def rst(trap: Trap, path: Path) -> None:
    images = [f".. image:: {address}" for address in trap.addresses("a")]
    asked = (
        "include:: {secret}/s.txt|include:: ../secret/s.txt\n   :literal:|raw:: html\n   :file: {secret}/s.html|"
        "literalinclude:: {secret}/s.txt|bibliography:: {secret}/s.bib|code-block:: x\n   :file: {secret}/s.txt"
    )
    path.write_text("\n\n".join(["Words.", *images, *(f".. {one}" for one in trap.filled(asked).split("|"))]))


def org(trap: Trap, path: Path) -> None:
    images = [f"[[{prefix}{address}]]" for address in trap.addresses("a") for prefix in ("", "file:")]
    asked = '#+INCLUDE: "{secret}/s.org"\n#+INCLUDE: "../secret/s.txt" src text\n#+SETUPFILE: {secret}/s.org\n'
    path.write_text("\n\n".join([trap.filled(asked), "Words.", *images]))


def latex(trap: Trap, path: Path) -> None:
    asked = (
        r"\input{#.tex} \input{../secret/s} \include{#} \lstinputlisting{#.txt} \verbatiminput{#.txt} \subfile{#} "
        r"\csvautotabular{#.txt} \InputIfFileExists{#.tex}{}{} \addbibresource{#.bib} \bibliography{#} \usepackage{#} "
        r"\newcommand\x{\input}\x{#.tex} \write18{cat #.txt}"
    ).replace("#", f"{trap.secret}/s")
    images = [rf"\includegraphics{{{address}}}" for address in trap.addresses("a") if not {"%", "\\"} & set(address)]
    path.write_text("\n\n".join([r"\begin{document}", "Words.", asked, *images, r"\end{document}"]))


def notebook(trap: Trap, path: Path) -> None:
    drawing = f"<svg xmlns='http://www.w3.org/2000/svg'><image href='{trap.secret}/s.png'/></svg>"
    output = {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/html": page(trap), "image/svg+xml": drawing},
    }
    images = "".join(f"![a]({address})\n\n" for address in trap.addresses("a"))
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": f"Words.\n\n{images}{page(trap)}"},
        {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": "x", "outputs": [output]},
    ]
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}))


def fb2(trap: Trap, path: Path) -> None:
    images = "".join(f'<image l:href="{address}"/>' for address in trap.addresses("a"))
    path.write_text(
        trap.filled(ENTITIES.replace("%p;", "")) + '<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" '
        f'xmlns:l="http://www.w3.org/1999/xlink"><body><section><p>Words.</p>{images}</section></body></FictionBook>'
    )


def rtf(trap: Trap, path: Path) -> None:
    fields = "".join(
        rf"{{\field{{\*\fldinst INCLUDE{what} " "{address}" "}}{{\fldrslt x}}}}"
        for address in trap.addresses("a")
        for what in ("PICTURE", "TEXT")
    )
    path.write_text(rf"{{\rtf1 Words {fields}}}")


def everything(document: Document) -> bytes:
    return repr(document).encode("utf-8", "replace")


@pytest.mark.parametrize(
    "write",
    [
        html, xhtml, mhtml, markdown, epub, docx,
        *(pytest.param(write, marks=needs_pandoc) for write in (odt, rst, org, latex, notebook, fb2, rtf)),
    ],
)  # fmt: skip
def test_nothing_comes_from_outside(trap: Trap, write: Callable[[Trap, Path], None]) -> None:
    path = trap.docs / f"a.{SUFFIXES.get(write.__name__, write.__name__)}"
    write(trap, path)
    document = read(path).document
    assert "W" in document.text
    assert SECRET not in everything(document)
    assert not [asset for asset in document.assets if asset.data]


@needs_pandoc
def test_a_table_in_another_file_is_told(trap: Trap) -> None:
    path = trap.docs / "b.rst"
    path.write_text(f"Words.\n\n.. csv-table:: T\n   :file: {trap.secret}/s.txt\n")
    with pytest.raises(FormatError, match="shows what another file holds"):
        read(path)


def test_what_lies_beside_it_is_read(trap: Trap) -> None:
    """The same addresses, as far as they lead to its own folder."""
    for name in ("folder", "a_files"):
        os.unlink(trap.docs / name)
        (trap.docs / name).mkdir()
        (trap.docs / name / "s.png").write_bytes(PICTURE + name.encode())
    html(trap, trap.docs / "a.html")
    found = [asset.data for asset in read(trap.docs / "a.html").document.assets if asset.data]
    assert set(found) == {PICTURE + b"folder", PICTURE + b"a_files"}
