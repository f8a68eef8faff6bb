"""The annotations of a document as a Markdown file that Obsidian and others show: its head and its blocks."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, islice

from reader.interchange.front_matter import Value
from reader.interchange.front_matter import merge as merge_head
from reader.interchange.managed import HEADING, TITLE, TOP, Item
from reader.interchange.markdown_text import closed, escaped, link, one_line, tags
from reader.interchange.outgoing import Mark, Outgoing
from reader.interchange.records import DocumentRecord
from reader.model.annotation import AnchorState, Color
from reader.model.contents import Contents

CHAPTER, CATEGORY = "chapter", "category"
GROUPS = (CHAPTER, CATEGORY)
"""By what the marks can stand under headings; the first is meant where nothing is said."""
UID = "passage-uid"
"""The key of the head by which a file is found again, whatever it is called."""
TEXT_SHA256 = "passage-text-sha256"
"""The key of the head for the hash of the text that the quotes are from."""
COUNT = "passage-annotations"
"""The key of the head for how many marks stand in the file."""
LOST = "No longer in the text"

_COLORS = tuple(Color)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_NO_KEY = re.compile(r"[^\w-]")
_LINE_END = re.compile(r"\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

Picture = Callable[[Mark], str]
"""The address of the picture of an area from where the file is; empty when there is none."""


def _none(_mark: Mark) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a file of one document says: its head, and its blocks in order."""

    head: Mapping[str, Value]
    items: tuple[Item, ...]


def pieces(outgoing: Outgoing) -> Iterator[str]:
    """All documents one after another in one text, which has a head if there is only one.

    Of several each begins with a line, as a comment, of its uid, the hash of its text (or `-`) and its marks' number.
    """
    documents = outgoing.by_document()
    beginning = list(islice(documents, 2))
    is_alone = len(beginning) == 1
    for number, (record, marks) in enumerate(chain(beginning, documents)):
        made = note(record, marks, outgoing.by)
        if is_alone:
            first = f"---\n{merge_head('', {**made.head, COUNT: len(marks)}, {}).text}---"
        else:
            sha256 = record.text.sha256 if record.text else "-"
            first = f"<!-- passage-text {_NO_KEY.sub('-', record.uid)} {sha256} {len(marks)} -->"
        body = "\n\n".join(item.body for item in made.items)
        yield "\n" * (number > 0) + f"{first}\n\n{body}\n"


def note(record: DocumentRecord, marks: Sequence[Mark], by: str = "", picture: Picture = _none) -> Note:
    """What the file of a document says, with its marks (in text order) under headings by `by`, one of GROUPS."""
    make = _by_category if by == CATEGORY else _by_chapter
    items = (Item(TITLE, TOP, _title(record)), *make(record, marks, picture))
    return Note(_head(record), items)


def _head(record: DocumentRecord) -> dict[str, Value]:
    """The values for the head, without those that are not known; the last ones say what the file was made from."""
    about = record.metadata
    found: dict[str, Value] = {
        "title": one_line(about.title),
        "subtitle": one_line(about.subtitle),
        "authors": tuple(filter(None, map(one_line, about.authors))),
        "date": one_line(about.date),
        "source": one_line(about.source),
        "url": one_line(about.url),
        "tags": tags(record.tags),
        UID: record.uid,
        TEXT_SHA256: record.text.sha256 if record.text else "",
    }
    return {key: value for key, value in found.items() if value}


def _title(record: DocumentRecord) -> str:
    about = record.metadata
    lines = [f"# {escaped(about.title) or 'Untitled'}"]
    said = [", ".join(filter(None, map(escaped, about.authors))), escaped(about.source), escaped(about.date)]
    if _WEB.match(about.url):
        said.append(link(about.url, about.url))
    if any(said):
        lines.append(" · ".join(filter(None, said)))
    return "\n\n".join(lines)


def _by_category(_record: DocumentRecord, marks: Sequence[Mark], picture: Picture) -> Iterator[Item]:
    groups = {color: [mark for mark in marks if mark.annotation.color is color] for color in _COLORS}
    for color, found in groups.items():
        key = f"{HEADING}{color.value}"
        if found:
            yield Item(key, TOP, f"## {escaped(found[0].category)}")
        yield from (Item(_key(mark), key, _body(mark, picture)) for mark in found)


def _by_chapter(record: DocumentRecord, marks: Sequence[Mark], picture: Picture) -> Iterator[Item]:
    lost = [mark for mark in marks if mark.annotation.state is AnchorState.LOST]
    standing = [mark for mark in marks if mark.annotation.state is not AnchorState.LOST]
    chapters = _Chapters()
    over = {one_line(record.metadata.title), ""}
    for mark in standing:
        found = mark.headings[1:] if _has_title(mark.contents) else mark.headings
        path = tuple(heading for heading in map(one_line, found) if heading not in over)
        yield from chapters.opened(path)
        yield Item(_key(mark), chapters.key, _body(mark, picture))
    if lost:
        yield from chapters.opened((LOST,))
    yield from (Item(_key(mark), chapters.key, _body(mark, picture)) for mark in lost)


def _has_title(contents: Contents) -> bool:
    """Whether the first heading of a document stands over all others, as a title does."""
    first, *others = contents.outline or (None,)
    return first is not None and bool(others) and all(entry.level > first.level for entry in others)


class _Chapters:
    """The headings under which one stands, going through a document. `key` is that of the innermost."""

    def __init__(self) -> None:
        self._open: list[tuple[str, str]] = []
        self._seen: dict[tuple[str, str], int] = {}

    @property
    def key(self) -> str:
        return self._open[-1][1] if self._open else TOP

    def opened(self, path: Sequence[str]) -> Iterator[Item]:
        """The headings that are new on the way to `path`."""
        same = 0
        while same < min(len(path), len(self._open)) and self._open[same][0] == path[same]:
            same += 1
        del self._open[same:]
        for depth, title in enumerate(path[same:], same):
            over = self.key
            # Of two chapters of one name each has its own key.
            count = self._seen[over, title] = self._seen.get((over, title), 0) + 1
            said = sha256(f"{over}\n{title}\n{count}".encode("utf-8", "replace")).hexdigest()[:12]
            self._open.append((title, HEADING + said))
            yield Item(HEADING + said, over, f"{'#' * min(depth + 2, 6)} {escaped(title)}")


def _key(mark: Mark) -> str:
    return _NO_KEY.sub("-", mark.annotation.uid)


def _body(mark: Mark, picture: Picture) -> str:
    """A mark: its quote or picture, its id for links, its note, and a line with all else."""
    quote = filter(None, map(escaped, mark.paragraphs))
    parts = [found] if (found := "\n>\n".join(f"> {words}" for words in quote)) else []
    if address := picture(mark):
        where = f"Area of page {mark.page}" if mark.page else "Area of a page"
        parts.append(f"!{link(where, address)}")
    note = closed(mark.annotation.note)
    note_lines = _LINE_END.sub("\n", note).replace("\0", "").strip("\n").split("\n") if note else []
    if any(line.strip() for line in note_lines):
        # Within an item of a list nothing in a note, closed or not, reaches what follows it.
        parts.append("- " + "\n".join("  " + line if line.strip() else "" for line in note_lines)[2:])
    parts.append(_details(mark))
    return "\n\n".join((parts[0], f"^{_key(mark)}", *parts[1:]))


def _details(mark: Mark) -> str:
    annotation = mark.annotation
    said = [
        escaped(mark.category),
        f"p. {escaped(mark.page)}" if mark.page else "",
        annotation.created[:10],
        LOST.lower() if annotation.state is AnchorState.LOST else "",
        " ".join(f"#{name}" for name in tags(annotation.tags)),
        f"[Open in Passage]({mark.link})",
    ]
    return " · ".join(filter(None, said))
