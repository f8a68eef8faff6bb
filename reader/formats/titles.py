"""What to call a text that does not say its name."""

import re
from itertools import islice

from reader.text.limits import cut_at_word

TITLE_LENGTH = 80
UNTITLED = "Untitled"

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_UNDERLINE = re.compile(r"([=\-~_*#])\1{2,}")
_ORNAMENT = re.compile(r"[\W_]+")
_HEADING_MARK = re.compile(r"#{1,6}\s+(.*?)\s*#*")
# A full stop ends a sentence when white space and no small letter follow; the marks of East Asia always do.
_SENTENCE_END = re.compile(r"[.!?…؟۔।]+[”’\"'»)\]]*(?=\s+[^a-zа-яà-öø-ÿ]|\s*$)|[。！？｡]+[」』”）]*")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|e\.g|i\.e|Jr|Sr|Gen|Col|Hon|Rev|Inc|Ltd|ca|cf|p|pp|vol))$"
)
_NUMBERING = re.compile(r"(?:[^\W\d_]+ )?(?:\d{1,4}|[IVXLC]{1,7})[.)] +")
_SENTENCE_MARKS = tuple(".,;:!?…。！？，；：؟،؛।")
_HEAD = 20_000


def title_of(text: str) -> str:
    """The first line if it looks like a heading, else the first sentence cut at a word, about 80 code points.

    `text` is canonical text; only its beginning is read. `UNTITLED` when it says nothing.
    """
    lines = islice(_LINE.finditer(text, 0, _HEAD), 12)
    first = next((line for line in lines if not _ORNAMENT.fullmatch(line.group().strip())), None)
    if first is None:
        return UNTITLED
    if heading := heading_of(text, first.start(), first.end()):
        return shortened(heading)
    return shortened(first_sentence(_paragraph_at(text, first.start())))


def heading_of(text: str, start: int, end: int) -> str:
    """The line `text[start:end]` without its marks, if it looks like a heading, else empty.

    It does when it is short, no sentence, and stands apart: followed by an empty line, by an underline or by
    a line more than half as long again.
    """
    line = text[start:end].strip()
    if mark := _HEADING_MARK.fullmatch(line):
        return mark[1]
    following = text[end + 1 : end + 400].split("\n", 1)[0]
    if _UNDERLINE.fullmatch(following.strip()):
        return line
    if len(line) > TITLE_LENGTH + 20 or (line.endswith(_SENTENCE_MARKS) and not line.endswith(("?", "!", "؟"))):
        return ""
    words = _NUMBERING.sub("", line)
    if len(first_sentence(words)) < len(words):
        return ""
    apart = not following.strip() or len(following) > len(line) * 1.5 + 20
    return line if apart else ""


def first_sentence(paragraph: str) -> str:
    """The first sentence of a paragraph, or all of it; white space runs as one space."""
    spoken = " ".join(paragraph.split())
    for match in _SENTENCE_END.finditer(spoken):
        if not _ABBREVIATION.search(spoken[: match.start()][-8:]):
            return spoken[: match.end()]
    return spoken


def shortened(title: str) -> str:
    """A title on one line, cut at a word when it is longer than about 80 code points."""
    spoken = " ".join(title.split())
    return cut_at_word(spoken, TITLE_LENGTH) if len(spoken) > TITLE_LENGTH else spoken or UNTITLED


def _paragraph_at(text: str, start: int) -> str:
    """The lines from `start` to the next empty one, as far as a sentence may need."""
    stretch = text[start : start + 2000]
    cut = re.search(r"\n[ \t]*\n", stretch)
    return stretch[: cut.start()] if cut else stretch
