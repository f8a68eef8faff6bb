"""Plain text -> a document. No object per line: the text is decoded, and its structure is derived when shown."""

import re
from itertools import islice

from reader.formats.encodings import decode
from reader.formats.errors import FormatError
from reader.formats.titles import title_of
from reader.model.document import Document, Metadata
from reader.text.plain import is_hard_wrapped

NAME = "plain"
VERSION = 1

# The last line that clipping tools leave, in the words of a few languages.
_SOURCE = re.compile(r"(?:source|quelle|fuente|fonte|bron|источник|منبع|المصدر)\s*(?:»|:|：|–|—)\s*(\S.{0,79})", re.I)
_BYLINE = re.compile(
    r"[Bb]y ((?:[A-ZÀ-Þ][\w.’'-]*|and|de|la|van|von|der|&)(?: (?:[A-ZÀ-Þ][\w.’'-]*|and|de|la|van|von|der|&)){1,7})"
)
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_SCHEME = re.compile(r"https?://(?:www\.)?([^/\s]+)\S*")
_ENDS = 2000


def read(data: bytes, name: str) -> Document:
    """The document in the bytes of a text file; `name` is what an error calls it. Raises `FormatError`."""
    text = decode(data, name)
    if not text or text.isspace():
        raise FormatError(f"“{name}” is empty: there is nothing in it to read.")
    metadata = Metadata(title=title_of(text), authors=authors_of(text), source=source_of(text))
    return Document(text=text, metadata=metadata, hard_wrapped=is_hard_wrapped(text))


def source_of(text: str) -> str:
    """The publication that a clipping's last line names ("Source » Lenn Valley Post"), or empty."""
    last = text[-_ENDS:].rstrip().rsplit("\n", 1)[-1].strip()
    match = _SOURCE.fullmatch(last)
    if match is None:
        return ""
    named = match[1].strip()
    address = _SCHEME.fullmatch(named)
    return address[1] if address else named


def authors_of(text: str) -> tuple[str, ...]:
    """The names of a byline on the line after the first ("By A. Writer and B. Writer"), or nothing."""
    lines = [line.group().strip() for line in islice(_LINE.finditer(text, 0, _ENDS), 3)]
    match = _BYLINE.fullmatch(lines[1]) if len(lines) > 2 else None
    if match is None:
        return ()
    return tuple(part.strip() for part in re.split(r",| and | & ", match[1]) if part.strip())
