"""Pull-quotes: sentences that a page prints once more, large, between the paragraphs they were taken from."""

import re
from collections.abc import Iterator

from reader.model.document import BlockKind, Debris, DebrisKind
from reader.text.debris_lines import Lines

_SHORTEST, _LONGEST = 45, 300
_FEWEST_WORDS = 8
_NEAR = 5
_MORE = 60
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE})
_OPENING = '"“„«‘'
_CLOSING = '"”“»’'
_ENDS = ".!?…。؟۔।"


def pull_quotes(lines: Lines) -> Iterator[Debris]:
    """Blocks of whole sentences that stand word for word, as whole sentences, in a longer paragraph close by.

    Only after the first paragraph: an abstract repeats sentences too. In the paragraph the sentences are not
    quoted unless the block is: who quotes a line and then discusses it quotes it twice.
    """
    seen_prose = False
    for index in range(len(lines)):
        if seen_prose and _SHORTEST <= lines.length(index) <= _LONGEST and lines.kinds[index] in _KINDS:
            sentence = _words(lines.said(index))
            if _is_whole(sentence) and any(_repeats(lines, index, near, sentence) for near in _near(lines, index)):
                yield Debris(DebrisKind.PULL_QUOTE, lines.starts[index], lines.ends[index])
        seen_prose = seen_prose or lines.is_prose(index)


def _near(lines: Lines, index: int) -> Iterator[int]:
    for other in range(max(0, index - _NEAR), min(len(lines), index + _NEAR + 1)):
        if other != index and lines.kinds[other] is BlockKind.PARAGRAPH:
            yield other


def _words(said: str) -> str:
    return " ".join(re.sub(r"[“”„«»]", '"', said).replace("’", "'").split())


def _is_whole(sentence: str) -> bool:
    """Whether this is a sentence from its capital to its stop."""
    inner = sentence.strip(_OPENING + _CLOSING + "'")
    return len(sentence.split()) >= _FEWEST_WORDS and not inner[:1].islower() and sentence.rstrip("\"'")[-1:] in _ENDS


def _repeats(lines: Lines, index: int, other: int, sentence: str) -> bool:
    """Whether the paragraph `other` holds the sentence among others of its own."""
    if lines.length(other) < lines.length(index) + _MORE:
        return False
    paragraph = _words(lines.said(other))
    at = paragraph.find(sentence)
    if at < 0:
        return False
    before, after = paragraph[:at].rstrip(), paragraph[at + len(sentence) :]
    begins = not before or before[-1] in _ENDS or (before[-1] in "\"')" and before[-2:-1] in tuple(_ENDS))
    return begins and (not after or after[0] == " ")
