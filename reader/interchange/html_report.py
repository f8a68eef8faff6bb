"""A report in one HTML file: to be read, printed and searched anywhere, with nothing in it that is loaded or run.

Its one script is that of the search box, without which all of it is read as well. The head forbids everything else.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from html import escape
from itertools import groupby
from tempfile import TemporaryFile

from reader.interchange.note_html import note_html, sound
from reader.interchange.outgoing import Mark, Outgoing
from reader.interchange.records import DocumentRecord
from reader.interchange.table import OFFSET_UNIT
from reader.model.annotation import AnchorState, Color, Picture
from reader.resources import resource

CATEGORY = "category"
_TOKENS = ("paper", "raised", "text", "muted", "line", "control", "accent")
_SHADES = {"ground": "grounds", "ink": "inks", "label": "labels"}
_COLORS = tuple(Color)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_PIECE = 1 << 16


def pieces(outgoing: Outgoing) -> Iterator[str]:
    """The file; nothing of it comes before all of it is made, as its contents stand at its beginning."""
    with TemporaryFile("w+", encoding="utf-8", newline="") as body:
        contents: list[tuple[DocumentRecord, int]] = []
        for record, marks in outgoing.by_document():
            contents.append((record, len(marks)))
            for piece in _document(record, marks, outgoing):
                body.write(piece)
                # Whoever waits may stop it here.
                yield ""
        yield from _beginning(outgoing, contents)
        body.seek(0)
        while piece := body.read(_PIECE):
            yield piece
    yield f"</main>\n<script>{_script()}</script>\n</body>\n</html>\n"


def _beginning(outgoing: Outgoing, contents: Sequence[tuple[DocumentRecord, int]]) -> Iterator[str]:
    style = _style()
    policy = (
        f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(_script())}'; "
        "base-uri 'none'; form-action 'none'"
    )
    title = _text(contents[0][0].metadata.title) if len(contents) == 1 else ""
    total = sum(count for _, count in contents)
    about = f"{_counted(total, 'annotation')} of {_counted(len(contents), 'document')} · {outgoing.exported[:10]}"
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title + ' – ' if title else ''}Annotations</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header>\n<h1>Annotations</h1>\n<p class="about">{about}</p>\n</header>\n'
        '<div class="search" role="search" hidden><input type="search" aria-label="Search the annotations" '
        'placeholder="Search quotes, notes and tags"> <output class="count"></output></div>\n'
    )
    yield '<nav aria-label="Contents">\n<ol>\n'
    for record, count in contents:
        link = f'<a href="#d-{_text(record.uid)}" dir="auto">{_title(record)}</a>'
        yield f'<li>{link} <span class="count">{count:,}</span></li>\n'
    yield "</ol>\n"
    yield f'<ul class="legend">{"".join(_legend(outgoing))}</ul>\n</nav>\n<main>\n'
    if not contents:
        yield '<p class="about">There are no annotations in this export.</p>\n'


def _legend(outgoing: Outgoing) -> Iterator[str]:
    for color, name in outgoing.snapshot.categories.items():
        yield f'<li><span class="category {color.value}" dir="auto">{_text(name)}</span></li>'


def _document(record: DocumentRecord, marks: Sequence[Mark], outgoing: Outgoing) -> Iterator[str]:
    """A document's section, piece by piece."""
    about = record.metadata
    language = f' lang="{about.language}"' if _LANGUAGE.fullmatch(about.language) else ""
    said = [", ".join(map(_text, about.authors)), _text(about.source), _text(about.date)]
    if _WEB.match(about.url):
        said.append(f'<a href="{_text(about.url)}" rel="noreferrer">{_text(about.url)}</a>')
    known = record.text
    text = f' data-text-sha256="{_text(known.sha256)}" data-text-length="{known.length}"' if known else ""
    counted = f' data-annotations="{len(marks)}" data-offset-unit="{OFFSET_UNIT}"'
    yield f'<section id="d-{_text(record.uid)}"{language}{text}{counted}>\n<h2 dir="auto">{_title(record)}</h2>\n'
    yield f'<p class="about" dir="auto">{" · ".join(filter(None, said))}</p>\n' if any(said) else ""
    by_category = outgoing.by == CATEGORY
    if by_category:
        marks = sorted(marks, key=lambda mark: _COLORS.index(mark.annotation.color))
    for heading, found in groupby(marks, key=lambda mark: mark.category if by_category else _chapter(mark)):
        yield f'<h3 dir="auto">{_text(heading)}</h3>\n' if heading else ""
        yield from (_article(mark, outgoing.snapshot.picture(mark.annotation)) for mark in found)
    yield "</section>\n"


def _chapter(mark: Mark) -> str:
    return " › ".join(heading for heading in mark.headings if heading != mark.document.metadata.title)


def _article(mark: Mark, picture: Picture | None) -> str:
    annotation = mark.annotation
    lost = " lost" if annotation.state is AnchorState.LOST else ""
    anchor = annotation.anchor
    place = f' data-start="{anchor.start}" data-end="{anchor.end}"' if anchor and not lost else ""
    parts = [
        f'<article id="{_text(annotation.uid)}"{place} '
        f'class="{annotation.color.value} {annotation.style.value}{lost}">',
        _quote(mark.paragraphs),
        _image(mark, picture) if picture and picture.media_type in _PICTURES else "",
        f'<div class="note" dir="auto">{note_html(annotation.note)}</div>' if annotation.note.strip() else "",
        f'<p class="details">{" · ".join(_details(mark))}</p>',
        "</article>\n",
    ]
    return "\n".join(filter(None, parts))


def _quote(paragraphs: Sequence[str]) -> str:
    """A quote of one paragraph, or of several; empty where there are no words."""
    if len(paragraphs) > 1:
        inner = "\n".join(f'<p dir="auto"><mark>{_text(words)}</mark></p>' for words in paragraphs)
        return f"<blockquote>\n{inner}\n</blockquote>"
    return "".join(f'<blockquote dir="auto"><mark>{_text(words)}</mark></blockquote>' for words in paragraphs)


def _image(mark: Mark, picture: Picture) -> str:
    where = f"Area of page {mark.page}" if mark.page else "Area of a page"
    data = b64encode(picture.data).decode("ascii")
    return f'<img alt="{_text(where)}" src="data:{picture.media_type};base64,{data}">'


def _details(mark: Mark) -> Iterator[str]:
    annotation = mark.annotation
    yield f'<span class="category">{_text(mark.category)}</span>'
    if mark.page:
        yield f"p. {_text(mark.page)}"
    if annotation.state is AnchorState.LOST:
        yield "no longer in the text"
    if annotation.tags:
        yield " ".join(f'<span class="tag" dir="auto">#{_text(name)}</span>' for name in annotation.tags)
    if annotation.created:
        yield f'<time datetime="{_text(annotation.created)}">{_text(annotation.created[:10])}</time>'
    yield f'<a class="open" href="{_text(mark.link)}">Open in Passage</a>'


def _title(record: DocumentRecord) -> str:
    return _text(record.metadata.title) or "Untitled"


def _text(text: str) -> str:
    """`text` as it stands in HTML, in a value too."""
    return escape(sound(text))


def _counted(number: int, one: str) -> str:
    return f"{number:,} {one if number == 1 else one + 's'}"


def _script() -> str:
    return resource("report", "report.js").read_text("utf-8")


def _style() -> str:
    """The style sheet, with the colours of the program's themes. Paper is light whatever the screen is."""
    dark = "".join(_colors("dark"))
    css = resource("report", "report.css").read_text("utf-8")
    return f"\n{''.join(_colors('light'))}@media screen and (prefers-color-scheme: dark) {{\n{dark}}}\n{css}"


def _colors(name: str) -> Iterable[str]:
    theme = json.loads(resource("themes", f"{name}.json").read_text("utf-8"))
    yield f":root {{ {' '.join(f'--{token}: {theme[token]};' for token in _TOKENS)} }}\n"
    for color in _COLORS:
        shades = (f"--{shade}: {theme[table][color.value]};" for shade, table in _SHADES.items())
        yield f".{color.value} {{ {' '.join(shades)} }}\n"


def _hash(text: str) -> str:
    """How a policy names the very text of a style sheet or script."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"
