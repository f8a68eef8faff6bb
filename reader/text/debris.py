"""What clipping leaves between the paragraphs: found, and proposed for hiding.

A line is debris when its words say so (`debris_words`) and its surroundings do not speak against it. A wrong
proposal costs more than one that is missing: in doubt a line is text.
Books are searched for invitations and share bars only.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

from reader.model.document import BlockKind, Debris, DebrisKind, Document, SpanKind
from reader.text.debris_lines import Lines, lines_of
from reader.text.debris_words import SOURCE_LINE, Cue, cue_of
from reader.text.pull_quotes import pull_quotes

_MOST_PLAIN = 2_000_000
_CLIPPING = 150_000
_LONGEST = 200
_HEADLINE = 160
_MOST_HEADLINES = 15
_MOST_TITLES = 2
_LAST_LINES = 3
_SOURCE_WORDS = 6
_BUTTON = 20

_KINDS = {
    Cue.OPENER: DebrisKind.RECOMMENDED,
    Cue.OPENER_WORD: DebrisKind.RECOMMENDED,
    Cue.HEADLINE: DebrisKind.RECOMMENDED,
    Cue.SUBSCRIBE: DebrisKind.SUBSCRIBE,
    Cue.SHARE: DebrisKind.SHARE,
    Cue.SHARE_PART: DebrisKind.SHARE,
    Cue.NOTICE: DebrisKind.OTHER,
    Cue.NOTICE_WORD: DebrisKind.OTHER,
}
_EVERYWHERE = frozenset({Cue.SUBSCRIBE, Cue.SHARE})
_TEXTUAL = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING, BlockKind.FIGURE, BlockKind.QUOTE})
_NOWHERE = frozenset({"here", "link", "this link", "original", "website", "hier", "ici", "aqui", "اینجا", "هنا"})
_SCHEME = re.compile(r"https?://\S+", re.I)


def find_debris(document: Document) -> tuple[Debris, ...]:
    """The stretches of a document that are most likely no part of its text, in order; whole blocks or lines each.

    Plain text of more than 2,000,000 code points is not searched.
    """
    if document.is_plain and len(document.text) > _MOST_PLAIN:
        return ()
    lines = lines_of(document)
    is_book = len(document.text) > _CLIPPING
    found = _Search(lines, _cues(lines, is_book=is_book)).debris()
    if not is_book:
        found += [d for d in pull_quotes(lines) if not any(d.start < o.end and o.start < d.end for o in found)]
    return tuple(sorted(found, key=lambda debris: debris.start))


def source_of(document: Document, debris: Debris) -> str:
    """The name or address that a SOURCE line offers as the document's source; empty for other debris."""
    match = SOURCE_LINE.fullmatch(document.text[debris.start : debris.end].strip())
    if debris.kind is not DebrisKind.SOURCE or match is None:
        return ""
    named = " ".join(match[2].split())
    if named.casefold() not in _NOWHERE:
        return named
    return next(
        (
            span.href
            for span in document.spans
            if span.kind is SpanKind.LINK and debris.start <= span.start < debris.end and not span.href.startswith("#")
        ),
        named,
    )


def _cues(lines: Lines, *, is_book: bool) -> dict[int, Cue]:
    """The lines whose words may be debris, by their number; never the first, which is the title."""
    cues: dict[int, Cue] = {}
    text = lines.text
    for index, (start, end) in enumerate(zip(lines.starts, lines.ends, strict=True)):
        if end - start <= _LONGEST and index and (cue := cue_of(text[start:end])) and lines.kinds[index] in _TEXTUAL:
            cues[index] = cue
    return {index: cue for index, cue in cues.items() if cue in _EVERYWHERE} if is_book else cues


@dataclass
class _Search:
    """Decides which of the lines with cues are debris, and how far each of them reaches."""

    lines: Lines
    cues: dict[int, Cue]
    _taken: set[int] = field(default_factory=set)

    def debris(self) -> list[Debris]:
        found: list[Debris] = []
        for index, cue in self.cues.items():
            if cue is Cue.SOURCE or index in self._taken:
                continue
            last = self._last(index, cue)
            if last >= index:
                self._taken.update(range(index, last + 1))
                found.append(Debris(_KINDS[cue], self.lines.starts[index], self.lines.ends[last]))
        # Whether a source line is the last of the text is known once the debris after it is.
        sources = (index for index, cue in self.cues.items() if cue is Cue.SOURCE and self._is_source(index))
        found += [Debris(DebrisKind.SOURCE, self.lines.starts[index], self.lines.ends[index]) for index in sources]
        return found

    def _last(self, index: int, cue: Cue) -> int:
        """The last line of the debris that begins at `index`; -1 when it is none."""
        match cue:
            case Cue.OPENER | Cue.OPENER_WORD:
                return self._after_opener(index, is_word=cue is Cue.OPENER_WORD)
            case Cue.SHARE | Cue.SHARE_PART:
                return self._share_bar(index)
            case Cue.NOTICE_WORD:
                return index if self._interrupts(index) else -1
            case _:
                return -1 if self._is_listed(index) else index

    def _after_opener(self, index: int, *, is_word: bool) -> int:
        """An opener counts with the headlines after it, or when it interrupts the text or ends it."""
        lines = self.lines
        last = self._linked_headlines(index)
        if last > index:
            return last
        if is_word or lines.kinds[index] is BlockKind.HEADING:
            return index if self._interrupts(index) else -1
        if self._is_listed(index):
            return -1
        return self._plain_headlines(index)

    def _linked_headlines(self, index: int) -> int:
        """The last of the lines after `index` that lead elsewhere as a whole."""
        last = index
        for following in range(index + 1, min(index + 1 + _MOST_HEADLINES, len(self.lines))):
            short = self.lines.length(following) <= _HEADLINE and self.lines.kinds[following] in _TEXTUAL
            if not short or self.lines.linked(following) < 0.8:
                break
            last = following
        return last

    def _plain_headlines(self, index: int) -> int:
        """The last of at least two short lines right after `index` that are no sentences; else `index`."""
        lines = self.lines
        last = index
        for following in range(index + 1, min(index + 1 + _MOST_HEADLINES, len(lines))):
            words = len(lines.said(following).split())
            adjacent = lines.starts[following] == lines.ends[following - 1] + 1
            if not adjacent or words < 3 or following in self.cues or not lines.is_titled(following):
                break
            last = following
        return last if last > index + 1 else index

    def _interrupts(self, index: int) -> bool:
        """Whether a line stands between paragraphs, or after the last, of a text that has hardly any titles."""
        lines = self.lines
        if lines.kinds[index] is not BlockKind.PARAGRAPH:
            return False
        before, after = self._free(index, -1), self._free(index, 1)
        if not lines.is_prose(before) or not (after >= len(lines) or lines.is_prose(after)):
            return False
        said = lines.said(index).strip().casefold()
        again = sum(lines.said(other).strip().casefold() == said for other in self.cues)
        return again > 1 or self._titles <= _MOST_TITLES

    def _free(self, index: int, step: int) -> int:
        """The next line in a direction that is not itself marked by its words or found to be debris."""
        index += step
        while index in self.cues or index in self._taken:
            index += step
        return index

    @cached_property
    def _titles(self) -> int:
        """How many lines within the text look like titles and are no debris."""
        lines = self.lines
        first = next((index for index in range(len(lines)) if lines.is_prose(index)), len(lines))
        return sum(
            lines.is_titled(index) and lines.kinds[index] is BlockKind.PARAGRAPH and index not in self.cues
            for index in range(first, len(lines))
        )

    def _share_bar(self, index: int) -> int:
        """A line that says so, and the names of networks around it; names alone are none."""
        last = index
        while self.cues.get(last + 1) in (Cue.SHARE, Cue.SHARE_PART):
            last += 1
        if all(self.cues[part] is not Cue.SHARE for part in range(index, last + 1)):
            return -1
        while self._is_button(last + 1):
            last += 1
        return last

    def _is_button(self, index: int) -> bool:
        """Whether this is an item of few words, all of them a link, as in lists of buttons."""
        lines = self.lines
        if not 0 < lines.length(index) <= _BUTTON or lines.kinds[index] is not BlockKind.LIST_ITEM:
            return False
        return lines.linked(index) >= 0.8

    def _is_source(self, index: int) -> bool:
        """Whether this is the clipping's own last line and not the source of a table, a figure or a statement."""
        lines = self.lines
        match = SOURCE_LINE.fullmatch(lines.said(index).strip())
        rest = [other for other in range(index + 1, len(lines)) if other not in self._taken]
        if match is None or any(map(lines.is_prose, rest)):
            return False
        if lines.kinds[index] is not BlockKind.PARAGRAPH or not lines.is_prose(self._free(index, -1)):
            return False
        if match[1] == "»":
            return True
        if len(rest) >= _LAST_LINES:
            return False
        if _SCHEME.fullmatch(match[2]) or lines.linked(index) > 0.3:
            return True
        named = match[2]
        return len(named.split()) <= _SOURCE_WORDS and not re.search(r"[\d,;()]|[.]\s", named)

    def _is_listed(self, index: int) -> bool:
        """Whether this is a step of a list of the author's own."""
        lines = self.lines
        return lines.kinds[index] is BlockKind.LIST_ITEM and lines.linked(index) < 0.5
