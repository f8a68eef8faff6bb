"""The annotations of a document in text order, and what a filter may ask of them."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, AnchorState, Annotation, Color
from reader.text.joining import cut_words, joined
from reader.ui.lists.rows import RowsModel

STANDINGS = ("moved", "lost", "to review")
"""What may be asked of where marks stand: elsewhere, nowhere, or so that somebody should decide."""

# Between the parts of what is searched: no word that is typed holds it, so none matches across two parts.
_BORDER = "\n"


@dataclass(frozen=True, slots=True)
class AnnotationFilter:
    """What is asked for.

    Every word of `query` must be in the quote, the note, a tag or the category's name (`#word`: in a tag);
    the colour must be one of `colors` (none: any); `tag` or one nested in it must be there. `standing` is one of
    `STANDINGS`, empty for any.
    """

    query: str = ""
    colors: frozenset[Color] = frozenset()
    tag: str = ""
    standing: str = ""

    def __bool__(self) -> bool:
        return bool(self.query.strip() or self.colors or self.tag or self.standing)


def text_order(annotation: Annotation) -> tuple[int, int, str]:
    """Notes on the whole document first, then by start and end; the uid, which grows with time, parts the rest."""
    anchor = annotation.anchor
    return (-1, -1, annotation.uid) if anchor is None else (anchor.start, anchor.end, annotation.uid)


class AnnotationModel(RowsModel[Annotation]):
    """One row an annotation, in text order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.names: dict[Color, str] = dict(DEFAULT_CATEGORY_NAMES)
        self.elsewhere: frozenset[str] = frozenset()
        self._folded: dict[str, tuple[Annotation, str]] = {}

    def key(self, row: Annotation) -> tuple[int, int, str]:
        return text_order(row)

    def text(self, row: Annotation) -> str:
        """The card in words: category, state, quote, note, tags."""
        state = "" if row.state is AnchorState.EXACT else f", {row.state}{', kept so' if row.reviewed else ''}"
        if row.state is AnchorState.LOST and row.uid in self.elsewhere:
            state = ", not in this view; Enter shows the one it is in"
        parts = [self.names[row.color] + state, joined(row.quote[:400]), row.note[:400]]
        if row.tags:
            parts.append("tags: " + ", ".join(row.tags))
        return ". ".join(part for part in parts if part)

    def rename(self, names: dict[Color, str]) -> None:
        """What the categories are called from now on."""
        self.names = {**DEFAULT_CATEGORY_NAMES, **names}
        if self._shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._shown) - 1, 0))

    def set_rows(self, rows: Iterable[Annotation]) -> None:
        self._folded = {}
        super().set_rows(rows)

    def between(self, start: int, end: int) -> range:
        """The shown rows whose marks start in that stretch of the text, and the one before if it reaches into it."""
        rows = self._shown
        first = bisect_left(rows, start, key=_start)
        last = bisect_left(rows, end, lo=first, key=_start)
        reaches = first > 0 and _end(rows[first - 1]) > start
        return range(first - reaches, last)

    def tag_counts(self) -> Counter[str]:
        """How often each tag is used among all rows, shown or not."""
        return Counter(tag for row in self._all for tag in row.tags)

    def standings(self, row: Annotation) -> tuple[str, ...]:
        """Which of `STANDINGS` hold of a mark; none of one that another view of the document holds."""
        if row.state is AnchorState.EXACT or row.uid in self.elsewhere:
            return ()
        from reader.text.changed_marks import is_doubtful

        return (row.state.value, STANDINGS[-1]) if is_doubtful(row) else (row.state.value,)

    def standing_counts(self) -> Counter[str]:
        """How many of all rows, shown or not, stand so."""
        return Counter(standing for row in self._all for standing in self.standings(row))

    def ask(self, wanted: AnnotationFilter) -> None:
        """Show what the filter asks for."""
        if not wanted:
            self.set_filter(None)
            return
        from reader.text.folding import fold

        words = [fold(word) for word in wanted.query.split()]
        tags = [word[1:] for word in words if word.startswith("#") and len(word) > 1]
        plain = [word for word in words if not word.startswith("#")]
        inside = wanted.tag.casefold()

        def accepts(row: Annotation) -> bool:
            if wanted.colors and row.color not in wanted.colors:
                return False
            if wanted.standing and wanted.standing not in self.standings(row):
                return False
            if inside and not any(_within(tag.casefold(), inside) for tag in row.tags):
                return False
            if tags and not all(any(word in fold(tag) for tag in row.tags) for word in tags):
                return False
            return not plain or _holds(self._searched(row), plain)

        self.set_filter(accepts)

    def _searched(self, row: Annotation) -> str:
        """The folded words of a row, kept so that each further letter costs a search only."""
        known = self._folded.get(row.uid)
        if known is not None and known[0] is row:
            return known[1]
        from reader.text.folding import fold

        text = fold(_BORDER.join((row.quote, *cut_words(row.quote), row.note, *row.tags, self.names[row.color])))
        self._folded[row.uid] = (row, text)
        return text


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)


def _within(tag: str, parent: str) -> bool:
    return tag == parent or tag.startswith(parent + "/")


def _start(annotation: Annotation) -> int:
    return annotation.anchor.start if annotation.anchor else -1


def _end(annotation: Annotation) -> int:
    return annotation.anchor.end if annotation.anchor else -1
