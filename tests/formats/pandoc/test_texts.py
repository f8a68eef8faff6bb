import json
from base64 import b64encode
from pathlib import Path

import pytest

from reader.formats.errors import FormatError
from reader.formats.registry import format_of, parse
from reader.formats.request import Request
from reader.model.document import Document
from tests.formats.checks import check, document_of, shown, text_of
from tests.formats.docx.packing import PNG

pytestmark = pytest.mark.usefixtures("pandoc")

RST = """
The Reservoir
=============

A history
---------

:Author: Ada Lee
:Date: 2020-05-02

Water [1]_ and *stone*.

#. first
#. second

.. image:: dam.png
   :alt: The dam

.. image:: ../outside.png

.. [1] Of the **valley**.

   And more.
"""


def blocks(document: Document) -> list[tuple[str, str, str]]:
    """(kind, number, text) of each block."""
    return [(b.kind.value, b.number, text_of(document, b)) for b in document.blocks]


def test_restructured_text_with_pictures_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "dam.png").write_bytes(PNG)
    (tmp_path / "outside.png").write_bytes(PNG)
    document = parse(Request(RST.encode(), "a.rst", folder), "rst").document
    check(document)
    assert blocks(document) == [
        ("heading", "", "The Reservoir"),
        ("paragraph", "", "A history"),
        ("paragraph", "", "Water1 and stone."),
        ("list_item", "1.", "first"),
        ("list_item", "2.", "second"),
        ("figure", "", "The dam"),
        ("figure", "", ""),
        ("footnote", "1", "Of the valley."),
        ("footnote", "", "And more."),
    ]
    assert [asset.data for asset in document.assets] == [PNG, b""]
    assert document.metadata.authors == ("Ada Lee",)
    assert (document.metadata.title, document.metadata.subtitle) == ("The Reservoir", "A history")
    assert document.metadata.date == "2020-05-02"
    note = next(s for s in document.spans if s.href)
    assert document.targets[note.href[1:]] == document.text.index("Of the valley")


def test_org_and_latex() -> None:
    org = "#+TITLE: The Dam\n#+AUTHOR: Ada Lee\n* Head\nWater[fn:1] /stone/\n"
    org += "| a | b |\n|---+---|\n| 1 | 2 |\n\n[fn:1] Note.\n"
    document = document_of(org, "org")
    assert [text for _, text in shown(document)] == ["The Dam", "Head", "Water1 stone", "a", "b", "1", "2", "Note."]
    assert document.metadata.authors == ("Ada Lee",)
    latex = (
        "\\documentclass{article}\\title{The Dam}\\author{Ada Lee \\and Bo Mar}\\begin{document}\\maketitle"
        "\\begin{abstract}In short.\\end{abstract}\\section{One}\\label{s} See \\ref{s}\\footnote{A note.}"
        " and $x^2$.\\input{/etc/hostname}\\end{document}"
    )
    document = document_of(latex, "latex")
    assert blocks(document) == [
        ("heading", "", "The Dam"),
        ("paragraph", "", "In short."),
        ("heading", "", "One"),
        ("paragraph", "", "See 11 and x2."),
        ("footnote", "1", "A note."),
    ]
    assert document.metadata.authors == ("Ada Lee", "Bo Mar")


def test_any_encoding_of_a_text() -> None:
    text = "Überschrift\n===========\n\nGrüße über Grüße aus dem schönen Müllerthal, sagte Frau Köhler."
    assert document_of(text.encode("cp1252"), "rst").text == document_of(text, "rst").text
    assert document_of(text.encode("utf-16"), "rst").text.startswith("Überschrift\nGrüße")


def test_rtf_letters_of_all_alphabets_and_pictures() -> None:
    rtf = (
        b"{\\rtf1\\ansi\\ansicpg1251\\deff0"
        b"{\\fonttbl{\\f0\\fcharset204 A;}{\\f1\\fcharset161 B;}{\\f2\\fcharset128 C;}}"
        b"{\\info{\\title The Dam}{\\author Ada Lee}}\\f0 \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2 {\\b \\u1055?\\u1054?}\\par "
        b"{\\f1\\'e1\\'e2} {\\uc0\\u8364 }{\\uc2\\u233\\'c3\\'a9}\\u-10179?\\u-8704? \\f2\\'83\\'65\\{\\par "
        b"{\\pict\\pngblip\\picw1\\pich1 " + PNG.hex().encode() + b"}\\par "
        b"Text{\\footnote A note.}{\\deleted gone \\'cf\\u1055?}{\\strike kept}\\par "
        b"Again{\\*\\footnote Another.}\\par}"
    )
    document = document_of(rtf, "rtf")
    assert blocks(document) == [
        ("paragraph", "", "Привет ПО"),
        ("paragraph", "", "αβ €é😀 テ{"),
        ("figure", "", ""),
        ("paragraph", "", "Text1kept"),
        ("paragraph", "", "Again2"),
        ("footnote", "1", "A note."),
        ("footnote", "2", "Another."),
    ]
    assert [asset.data for asset in document.assets] == [PNG]
    assert (document.metadata.title, document.metadata.authors) == ("The Dam", ("Ada Lee",))
    assert format_of(Path("letter.doc"), rtf) == "rtf"


FB2 = """<?xml version="1.0" encoding="{0}"?>
<!DOCTYPE FictionBook [<!ENTITY x "no">]>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><author><first-name>Анна</first-name><last-name>Ли</last-name></author>
<book-title>Плотина</book-title><lang>ru</lang><date value="1999-01-02">1999</date>
<translator><nickname>bo</nickname></translator><coverpage><image l:href="#cover.png"/></coverpage></title-info>
<publish-info><publisher>Вода</publisher><year>2001 г.</year><isbn>978-0</isbn></publish-info></description>
<body><section><title><p>Глава</p></title><p>Слово<a l:href="#n1" type="note">[1]</a> и&nbsp;дело.</p>
<cite><p>Цитата</p></cite><image l:href="#in.png"/></section></body>
<body name="notes"><section id="n1"><p>Заметка.</p></section></body>
<binary id="cover.png" content-type="image/png">{1}</binary><binary id="in.png" content-type="image/png">{1}</binary>
</FictionBook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_fiction_books(encoding: str) -> None:
    document = document_of(FB2.format(encoding, b64encode(PNG).decode()).encode(encoding), "fb2")
    assert blocks(document) == [
        ("figure", "", ""),
        ("heading", "", "Глава"),
        ("paragraph", "", "Слово1 и\u00a0дело."),
        ("quote", "", "Цитата"),
        ("figure", "", ""),
        ("footnote", "1", "Заметка."),
    ]
    assert [asset.data for asset in document.assets] == [PNG]
    found = document.metadata
    assert (found.title, found.authors, found.language) == ("Плотина", ("Анна Ли",), "ru")
    assert (found.date, found.publisher, found.identifiers) == ("1999-01-02", "Вода", ("isbn:978-0",))
    assert found.contributors == ("bo (translator)",)


def test_notebooks_keep_their_pictures() -> None:
    picture = b64encode(PNG).decode()
    output = {"output_type": "display_data", "metadata": {}, "data": {"image/png": picture, "text/plain": "<Figure>"}}
    stream = {"output_type": "stream", "name": "stdout", "text": ["42\n"]}
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 4,
        "metadata": {},
        "cells": [
            {
                "cell_type": "markdown",
                "metadata": {},
                "source": ["# Levels\n", "![The dam](attachment:dam.png)"],
                "attachments": {"dam.png": {"image/png": picture}},
            },
            {
                "cell_type": "code",
                "metadata": {},
                "execution_count": 1,
                "source": ["plot(1)"],
                "outputs": [stream, output],
            },
        ],
    }
    document = document_of(json.dumps(notebook), "notebook")
    assert shown(document) == [
        ("heading", "Levels"),
        ("figure", "The dam"),
        ("code", "plot(1)"),
        ("code", "42"),
        ("figure", ""),
    ]
    assert {asset.data for asset in document.assets} == {PNG}


@pytest.mark.parametrize(
    ("kind", "data", "sentence"),
    [
        ("notebook", b"[]", "is no notebook"),
        ("notebook", b"{not json", "is no notebook"),
        ("notebook", b'{"cells": 7}', "could not be read by pandoc"),
        ("fb2", b"<html/>", "is no FictionBook"),
        ("fb2", b"no XML", "not well-formed"),
        ("rst", b"   ", "has nothing in it to read"),
        ("rst", bytes(3000), "is not a text"),
        ("odt", b"words", "is no OpenDocument text"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(kind: str, data: bytes, sentence: str) -> None:
    with pytest.raises(FormatError, match=sentence) as caught:
        parse(Request(data, "a file"), kind)
    assert "\n" not in str(caught.value)


def test_scripts_and_addresses_of_files_come_to_nothing() -> None:
    source = ".. raw:: html\n\n   <script>x()</script><b onclick='x()'>raw</b>\n\n`link <javascript:x()>`_ `file <file:///etc/x>`_"
    document = document_of(source, "rst")
    assert "x()" not in document.text
    assert not [span for span in document.spans if span.href]
