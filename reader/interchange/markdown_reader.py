"""What Markdown that this program wrote says of its marks, to be held against the texts of now.

It is not imported: the words of a person stand among ours, and of a mark it has no more than its quote.
"""

import re
from collections.abc import Iterator

from reader.interchange import front_matter
from reader.interchange.foreign import not_one
from reader.interchange.given import Given
from reader.interchange.managed import STATE, Block, parts_of
from reader.interchange.markdown_notes import COUNT, TEXT_SHA256, UID
from reader.interchange.records import Parsed
from reader.interchange.written import Section, parsed

_SECTION = re.compile(
    r"^<!-- passage-text (?P<uid>[\w-]+) (?P<sha256>[0-9a-f]{64}|-) (?P<count>\d{1,9}) -->$", re.MULTILINE
)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_ID = re.compile(r"\^(?P<uid>[\w-]+)[ \t]*")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEAD = 1 << 16


def recognises(given: Given) -> bool:
    """Whether it is a file of a document's marks, or one text of several such documents."""
    first = given.head.removeprefix(b"\xef\xbb\xbf")
    if not first.startswith((b"---", b"<!-- passage-text ")):
        return False
    head = (given.text or "")[:_HEAD]
    return bool(_SECTION.match(head.replace("\r\n", "\n")) or front_matter.value(head, UID))


def read(given: Given) -> Parsed:
    """The quotes of it. `InterchangeError` when this program did not write it."""
    if not recognises(given):
        raise not_one("the Markdown files that Passage writes")
    text = (given.text or "").replace("\r\n", "\n")
    if front_matter.value(text, UID):
        return parsed("markdown", [_file(text)])
    starts = list(_SECTION.finditer(text))
    ends = [found.start() for found in starts[1:]] + [len(text)]
    return parsed("markdown", [_section(one, text[one.end() : end]) for one, end in zip(starts, ends, strict=True)])


def _file(text: str) -> Section:
    """A file of one document: one that we and the user write, or a plain one."""
    head, body = front_matter.split(text)
    said = {key: front_matter.value(f"---\n{head}---\n", key) for key in ("title", UID, TEXT_SHA256, COUNT)}
    blocks = [part for part in parts_of(body) if isinstance(part, Block)]
    marks = [(block.key, _quote(block.raw)) for block in blocks if block.is_mark] if blocks else list(_marks(body))
    count = int(said[COUNT]) if re.fullmatch(r"\d{1,9}", said[COUNT]) else None
    # The line that lists what was written ends such a file.
    is_short = bool(blocks) and not any(block.key == STATE for block in blocks)
    return Section(said[UID], said["title"], said[TEXT_SHA256], count, tuple(marks), is_short=is_short)


def _section(said: re.Match[str], body: str) -> Section:
    """A document of one text of several."""
    title = _plain(found[1]) if (found := _TITLE.search(body)) else ""
    return Section(said["uid"], title, said["sha256"].strip("-"), int(said["count"]), tuple(_marks(body)))


def _marks(body: str) -> Iterator[tuple[str, str]]:
    """Each id that stands on a line of its own, with the block quote before it."""
    quote: list[str] = []
    was_quote = False
    for line in body.split("\n"):
        is_quote = line.startswith(">")
        if is_quote:
            quote = quote if was_quote else []
            quote.append(line[1:])
        elif found := _ID.fullmatch(line):
            yield found["uid"], _plain(" ".join(quote))
        if not is_quote and line.strip():
            quote = []
        was_quote = is_quote


def _quote(block: str) -> str:
    """The quote of a block, which stands before its id; empty where the user took that out, or there was none."""
    return next((quote for _, quote in _marks(block.replace("\r\n", "\n"))), "")


def _plain(words: str) -> str:
    """Words of Markdown, as `escaped` writes them, as they are read."""
    return _ESCAPED.sub(r"\1", " ".join(words.split()))
