"""Measuring an annotation's card: its texts laid out and its chips put in rows, for one width."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QImage

from reader.model.annotation import AnchorState, Annotation, Style
from reader.ui.panels.crops import Crops
from reader.ui.panels.drawn_text import WHOLE, DrawnText, formats_of, one_line
from reader.ui.panels.note_text import shown_note
from reader.ui.theme import Theme
from reader.ui.typography import Family, Typography, interface_font, reading_font

EDGE = 12
"""Pixels between a card and the sides of the panel."""
GAP = 10
"""Pixels between two cards."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 15, 12, 9, 10
_QUOTE_LINES, _NOTE_LINES, _CHIP_ROWS = 4, 8, 3
_CHIP_HEIGHT, _CHIP_PADDING, _CHIP_GAP = 19, 8, 5
_CATEGORY_HEIGHT = 18
_FOLD = 18
_KEPT = 300


@dataclass(frozen=True, slots=True)
class Chip:
    """A tag as drawn: its rectangle within the card and its name, perhaps elided."""

    rect: QRect
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class CardLayout:
    """Where things are in a card of `size`, from its top left corner; `note_top` is where an editor would begin.
    `crop`, the picture of an area, stands in the place of the quote.

    `fold` is the place of the sign that unfolds the card or folds it again, empty where all of it is shown anyway.
    """

    annotation: Annotation
    size: QSize
    inner: QRect
    quote: DrawnText | None
    quote_top: int
    note: DrawnText | None
    note_top: int
    chips: tuple[Chip, ...]
    fold: QRect
    crop: QImage | None = None


class CardFonts:
    """The faces of a card."""

    def __init__(self, family: Family = "serif") -> None:
        self.category = interface_font(12)
        self.category.setBold(True)
        self.quote = reading_font(Typography(family=family, size_px=14))
        self.note = interface_font(13)
        self.chip = interface_font(11)


class CardMeasure:
    """Lays cards out and remembers the latest ones."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.fonts = CardFonts()
        self.crops = Crops()
        self._kept: OrderedDict[str, CardLayout] = OrderedDict()
        self._unfolded: set[str] = set()

    def unfolded(self, uid: str) -> bool:
        """Whether a card is shown whole, however long its quote and note are."""
        return uid in self._unfolded

    def unfold(self, uid: str, *, whole: bool) -> None:
        """Show a card whole, or folded again."""
        self._kept.pop(uid, None)
        (self._unfolded.add if whole else self._unfolded.discard)(uid)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._kept.clear()

    def set_family(self, family: Family) -> None:
        """The face of the quotes."""
        self.fonts = CardFonts(family)
        self._kept.clear()

    def lay_out(self, annotation: Annotation, width: int, note_height: int = -1) -> CardLayout:
        """The card `width` pixels wide; `note_height` leaves that much room for an editor instead of the note."""
        if note_height >= 0:
            return self._measure(annotation, width, note_height)
        kept = self._kept.get(annotation.uid)
        if kept is not None and kept.annotation is annotation and kept.size.width() == width:
            self._kept.move_to_end(annotation.uid)
            return kept
        layout = self._kept[annotation.uid] = self._measure(annotation, width, -1)
        self._kept.move_to_end(annotation.uid)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return layout

    def _measure(self, annotation: Annotation, width: int, note_height: int) -> CardLayout:
        inner = max(width - _LEFT - _RIGHT, 40)
        whole = self.unfolded(annotation.uid)
        y = _TOP + _CATEGORY_HEIGHT
        quote = note = None
        quote_top = y + 2
        crop = self.crops.image(annotation, inner)
        if crop:
            y = quote_top + crop.height() + 2
        elif annotation.anchor is not None:
            quote = self._quote(annotation.quote or _area(annotation), inner, whole=whole)
            y = quote_top + quote.height
        note_top = y + 5
        if note_height >= 0:
            y = note_top + note_height
        elif annotation.note.strip():
            note = self._note(annotation.note, inner, whole=whole)
            y = note_top + note.height
        chips, y = self._chips(annotation.tags, inner, y)
        size = QSize(width, y + _BOTTOM)
        box = QRect(_LEFT, _TOP, inner, size.height() - _TOP - _BOTTOM)
        folds = whole or any(part is not None and part.cut for part in (quote, note))
        fold = QRect(_LEFT + inner - _FOLD, _TOP - 1, _FOLD, _FOLD) if folds else QRect()
        return CardLayout(annotation, size, box, quote, quote_top, note, note_top, chips, fold, crop)

    def _quote(self, quote: str, width: int, *, whole: bool) -> DrawnText:
        text = one_line(quote, WHOLE + 1) if whole else one_line(quote)
        return DrawnText(text, self.fonts.quote, width, 0 if whole else _QUOTE_LINES, [])

    def _note(self, note: str, width: int, *, whole: bool) -> DrawnText:
        text, stretches = shown_note(note[: WHOLE + 1 if whole else 2000])
        lines = 0 if whole else _NOTE_LINES
        return DrawnText(text, self.fonts.note, width, lines, formats_of(stretches, self._theme))

    def _chips(self, tags: tuple[str, ...], inner: int, y: int) -> tuple[tuple[Chip, ...], int]:
        """The chips in at most three rows from `y` on, and where they end; what does not fit is counted."""
        if not tags:
            return (), y
        metrics = QFontMetrics(self.fonts.chip)
        room = metrics.horizontalAdvance("+999") + 2 * _CHIP_PADDING + _CHIP_GAP
        chips: list[Chip] = []
        x, top, row = _LEFT, y + 8, 1
        for number, tag in enumerate(tags):
            text, width = _chip_text(tag, metrics, inner)
            left, wraps = len(tags) - number, x > _LEFT and x + width > _LEFT + inner
            if wraps and row < _CHIP_ROWS:
                x, top, row, wraps = _LEFT, top + _CHIP_HEIGHT + 4, row + 1, False
            if row == _CHIP_ROWS and (wraps or (left > 1 and x + width + room > _LEFT + inner)):
                # Each chip of the last row has left room for this one.
                more, width = _chip_text(f"+{left}", metrics, inner)
                chips.append(Chip(QRect(x, top, width, _CHIP_HEIGHT), more, ""))
                break
            chips.append(Chip(QRect(x, top, width, _CHIP_HEIGHT), text, tag))
            x += width + _CHIP_GAP
        return tuple(chips), top + _CHIP_HEIGHT


def _chip_text(tag: str, metrics: QFontMetrics, inner: int) -> tuple[str, int]:
    from PySide6.QtCore import Qt

    text = metrics.elidedText(tag, Qt.TextElideMode.ElideMiddle, inner - 2 * _CHIP_PADDING)
    return text, metrics.horizontalAdvance(text) + 2 * _CHIP_PADDING


def state_words(annotation: Annotation, *, elsewhere: bool = False) -> str:
    """What the badge of a mark says that is not at its old place; empty when it is.

    `elsewhere`: it stands in another view of the document.
    """
    match annotation.state:
        case AnchorState.EXACT:
            return ""
        case AnchorState.MOVED:
            return f"moved {annotation.score:.2f}"
        case _:
            return "Not in this view" if elsewhere else "lost, kept so" if annotation.reviewed else "lost"


def beside_category(annotation: Annotation) -> str:
    """What stands after the category's name, where the mark is not an ordinary highlight."""
    if annotation.anchor is None:
        return "on the whole document"
    if annotation.style is Style.AREA:
        return _area(annotation).lower() if annotation.picture else ""
    return "underlined" if annotation.style is Style.UNDERLINE else ""


def _area(annotation: Annotation) -> str:
    """What stands for the words that an area of a page has not."""
    rects = annotation.anchor.rects if annotation.anchor else ()
    return f"Area on page {rects[0].page + 1}" if rects else ""
