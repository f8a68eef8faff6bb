"""What is in an export, read by others: sqlite3, jsonschema, csv, lxml, markdown-it, an HTML parser, pdfium."""

import csv
import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from reader.resources import resource
from tests.interchange.qdpx_helpers import opened


@dataclass(frozen=True)
class Row:
    """A mark as SQLite has it: `place` are its code points in the text, and `text` what stands there."""

    uid: str
    title: str
    quote: str
    text: str
    note: str
    color: str
    place: tuple[int, int]
    tags: tuple[str, ...]


def in_sqlite(path: Path) -> dict[str, Row]:
    """All marks of a library by their uids, by SQLite alone."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        parts = base.execute(
            "SELECT d.id, p.text FROM document AS d JOIN text_part AS p ON p.text_version_id = d.text_version_id"
            " ORDER BY p.start_position"
        )
        texts: dict[int, str] = {}
        for document, part in parts:
            texts[document] = texts.get(document, "") + part
        tags: dict[int, tuple[str, ...]] = {}
        given = base.execute("SELECT annotation_id, name FROM annotation_tag AS a JOIN tag AS t ON t.id = a.tag_id")
        for mark, name in given:
            tags[mark] = (*tags.get(mark, ()), name)
        marks = base.execute(
            "SELECT a.id, a.uid, d.title, d.id, a.quote, a.note, a.color, a.start_position, a.end_position"
            " FROM annotation AS a JOIN document AS d ON d.id = a.document_id ORDER BY a.id"
        ).fetchall()
    return {
        uid: Row(uid, title, quote, texts[document][start:end], note, color, (start, end), tags.get(number, ()))
        for number, uid, title, document, quote, note, color, start, end in marks
    }


def flat(words: str) -> str:
    """Words in one line, which is how a form for people has them."""
    return " ".join(words.split())


def letters(words: str) -> str:
    """Letters and digits only: what no markup touches."""
    return "".join(letter for letter in words if letter.isalnum())


def defused(words: str) -> str:
    """As a table has what a spreadsheet would take for a formula."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@")) else words


def bag(values: Iterable[str]) -> list[str]:
    return sorted(values)


# Each of these takes the file and the marks, and fails where they differ.


def check_passage(file: Path, rows: Mapping[str, Row]) -> None:
    value = _valid(file, "passage-1.schema.json")
    found = {
        one["uid"]: (one["anchor"]["exact"], one["note"], tuple(one["tags"]), one["color"])
        for one in value["annotations"]
    }
    assert found == {row.uid: (row.quote, row.note, row.tags, row.color) for row in rows.values()}
    assert value["counts"]["annotations"] == len(rows)


def check_w3c(file: Path, rows: Mapping[str, Row]) -> None:
    value = _valid(file, "w3c-annotation.schema.json")
    items = value["first"]["items"]
    assert value["total"] == len(items) == len(rows)
    for item in items:
        row = rows[item["id"].rpartition(":")[2]]
        selectors = {one["type"]: one for one in _listed(item["target"]["selector"])}
        position = selectors["TextPositionSelector"]
        assert selectors["TextQuoteSelector"]["exact"] == row.quote
        assert (position["start"], position["end"]) == row.place
        bodies = _listed(item.get("body", []))
        assert bag(one["value"] for one in bodies if one["purpose"] == "tagging") == bag(row.tags)
        assert [one["value"] for one in bodies if one["purpose"] == "commenting"] == [row.note] * bool(row.note)


def check_csv(file: Path, rows: Mapping[str, Row]) -> None:
    _check_table(file, rows, ",")


def check_tsv(file: Path, rows: Mapping[str, Row]) -> None:
    _check_table(file, rows, "\t")


def check_readwise(file: Path, rows: Mapping[str, Row]) -> None:
    found = _table(file, ",")
    assert bag(one["Highlight"] for one in found) == bag(flat(row.quote) for row in rows.values())
    assert {one["Title"] for one in found} == {row.title for row in rows.values()}
    noted = {one["Highlight"]: one["Note"] for one in found}
    for row in rows.values():
        assert row.note in noted[flat(row.quote)]


def check_markdown(file: Path, rows: Mapping[str, Row]) -> None:
    text = file.read_text("utf-8")
    assert _block_quotes(text) == bag(flat(row.quote) for row in rows.values())
    assert set(re.findall(r"passage://annotation/([0-9a-f-]+)", text)) == set(rows)


def check_html(file: Path, rows: Mapping[str, Row]) -> None:
    page = LexborHTMLParser(file.read_bytes())
    articles = {str(one.attributes["id"]): one for one in page.css("article")}
    assert set(articles) == set(rows)
    for uid, article in articles.items():
        (quote,) = article.css("blockquote")
        assert flat(quote.text()) == flat(rows[uid].quote)
        assert bag(one.text().removeprefix("#") for one in article.css(".tag")) == bag(rows[uid].tags)
        # Notes are shown as the Markdown they are.
        assert letters("".join(one.text() for one in article.css(".note"))) == letters(rows[uid].note)


def check_qdpx(file: Path, rows: Mapping[str, Row]) -> None:
    found = opened(file.read_bytes())
    assert found.quotes() == {row.uid: row.text for row in rows.values()}
    coded = {one.get("guid"): len(found.all("q:Coding", one)) for one in found.all("//q:PlainTextSelection")}
    assert coded == {row.uid: len(row.tags) + 1 for row in rows.values()}


def check_reading_notes(file: Path, rows: Mapping[str, Row]) -> None:
    assert _block_quotes(file.read_text("utf-8")) == bag(flat(row.quote) for row in rows.values())


def check_quotations(file: Path, rows: Mapping[str, Row]) -> None:
    found = re.findall(r"^\d+\. “(.*)”$", file.read_text("utf-8"), re.M)
    assert bag(found) == bag(flat(row.quote) for row in rows.values())


def check_dossier(file: Path, rows: Mapping[str, Row]) -> None:
    text = file.read_text("utf-8")
    assert re.findall(r"\\begin\{(\w+)\}", text).count("quote") == text.count("\\end{quote}")
    found = re.findall(r"\\begin\{quote\}\n(.*?)\\footnote\{", text, re.S)
    wanted = [letters(row.quote) for row in rows.values() for _ in row.tags or ("",)]
    assert bag(letters(quote.replace("\\textquotesingle", "")) for quote in found) == bag(wanted)


CHECKS: dict[str, Callable[[Path, Mapping[str, Row]], None]] = {
    "passage": check_passage,
    "w3c": check_w3c,
    "csv": check_csv,
    "tsv": check_tsv,
    "readwise": check_readwise,
    "markdown": check_markdown,
    "html": check_html,
    "qdpx": check_qdpx,
    "template:reading-notes.md": check_reading_notes,
    "template:quotations.txt": check_quotations,
    "template:dossier-by-tag.tex": check_dossier,
}
"""By the name of the form; a copy of a PDF has only the marks of that document, see `in_pdf`."""


def in_pdf(file: Path) -> dict[str, str]:
    """The highlights of a PDF as pdfium has them: the words under each by its note, in letters only."""
    found: dict[str, str] = {}
    with closing(pypdfium2.PdfDocument(file)) as document:
        for page in document:
            text = page.get_textpage()
            for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
                mark = pdfium.FPDFPage_GetAnnot(page, number)
                if pdfium.FPDFAnnot_GetSubtype(mark) == pdfium.FPDF_ANNOT_HIGHLIGHT:
                    found[_entry(mark, b"Contents")] = "".join(letters(words) for words in _under(mark, text))
                pdfium.FPDFPage_CloseAnnot(mark)
            text.close()
            page.close()
    return found


def _under(mark: Any, text: pypdfium2.PdfTextPage) -> Iterable[str]:
    for number in range(pdfium.FPDFAnnot_CountAttachmentPoints(mark)):
        box = pdfium.FS_QUADPOINTSF()
        assert pdfium.FPDFAnnot_GetAttachmentPoints(mark, number, box)
        yield text.get_text_bounded(box.x1, min(box.y1, box.y3), box.x2, max(box.y1, box.y3))


def _entry(mark: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(mark, key, None, 0)
    buffer = (pdfium.FPDF_WCHAR * (size // 2))()
    pdfium.FPDFAnnot_GetStringValue(mark, key, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


def _valid(file: Path, schema: str) -> Any:
    value = json.loads(file.read_text("utf-8"))
    Draft202012Validator(json.loads(resource("schema", schema).read_text("utf-8"))).validate(value)
    return value


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def _table(file: Path, delimiter: str) -> list[dict[str, str]]:
    with open(file, encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter, strict=True))


def _check_table(file: Path, rows: Mapping[str, Row], delimiter: str) -> None:
    found = {one["annotation"]: one for one in _table(file, delimiter)}
    assert set(found) == set(rows)
    for uid, one in found.items():
        row = rows[uid]
        assert (one["quote"], one["note"], one["color"]) == (flat(row.quote), defused(row.note), row.color)
        assert (int(one["start"]), int(one["end"])) == row.place
        assert bag(one["tags"].split("; ") if one["tags"] else ()) == bag(row.tags)
        assert one["total"] == str(len(rows))


def _block_quotes(text: str) -> list[str]:
    """The words of the block quotes of a Markdown text, by CommonMark's rules."""
    found: list[str] = []
    depth = 0
    for token in MarkdownIt().parse(text):
        if token.type == "blockquote_open":
            depth += 1
            found.append("")
        elif token.type == "blockquote_close":
            depth -= 1
        elif depth and token.type == "inline":
            found[-1] += " " + "".join(_words(child.type, child.content) for child in token.children or ())
    return bag(flat(quote) for quote in found)


def _words(kind: str, content: str) -> str:
    return " " if kind in ("softbreak", "hardbreak") else content
