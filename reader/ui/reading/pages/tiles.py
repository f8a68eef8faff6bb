"""Pictures of pages: a coarse one of each page near, sharp pieces of what is seen, within a budget of memory.

They are drawn by another process, a few at a time and the most wanted first; nothing here waits for it.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from reader.model.errors import ReaderError
from reader.model.page import Tile
from reader.ui.reading.pages.recolour import recoloured
from reader.ui.reading.pages.source import PageSource, Ticket
from reader.ui.theme import Theme

# A page of no more pixels is one piece: each piece costs the other process most of a page.
_WHOLE = 3_000_000
_PIECE = 1024
_COARSE = 260
_COARSE_BYTES = 16 << 20
_UNDER_WAY = 2


class Key(NamedTuple):
    """A piece: `rect` are device pixels of a page `scale` device pixels a point large; `coarse` is the whole of it."""

    page: int
    scale: float
    rotation: int
    rect: tuple[int, int, int, int]
    coarse: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page as it is shown: its size in device pixels at `scale` and what of it is seen."""

    page: int
    scale: float
    size: QSize
    seen: QRect


class Tiles(QObject):
    """`came` tells the page of a picture that has come, or failed to; then `trouble` has the sentence."""

    came = Signal(int)
    _arrived = Signal(object, object, int)

    def __init__(self, source: PageSource, theme: Theme, rotation: int, budget: int) -> None:
        super().__init__()
        self._source, self._theme, self._rotation, self._keeps = source, theme, rotation, False
        self.budget = budget
        self._images: OrderedDict[Key, QImage] = OrderedDict()
        self._coarse: OrderedDict[Key, QImage] = OrderedDict()
        self._of_page: dict[int, set[Key]] = {}
        self._used = self._used_coarse = 0
        self._under_way: dict[Key, Ticket] = {}
        self._queue: list[tuple[Key, bool]] = []
        self._needed: set[Key] = set()
        self._trouble: dict[int, str] = {}
        self._generation = 0
        self._arrived.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def used(self) -> int:
        """Bytes of the sharp pieces that are kept."""
        return self._used

    def trouble(self, page: int) -> str:
        """Why a page cannot be shown; empty when it can, or is on its way."""
        return self._trouble.get(page, "")

    def try_again(self, page: int) -> None:
        self._trouble.pop(page, None)
        self.came.emit(page)

    def set_look(self, theme: Theme, rotation: int, *, keep_images: bool) -> None:
        """Forget all that looks otherwise. With `keep_images` these have their own colours in every theme."""
        keep_images = keep_images and (theme.dark or theme.name == "sepia")
        if (theme, rotation, keep_images) != (self._theme, self._rotation, self._keeps):
            self._theme, self._rotation, self._keeps = theme, rotation, keep_images
            self.stop()
            self._generation += 1
            self._images.clear()
            self._coarse.clear()
            self._of_page.clear()
            self._used = self._used_coarse = 0

    def stop(self) -> None:
        """Nobody looks any more."""
        self._queue = []
        for ticket in self._under_way.values():
            ticket.cancel()
        self._under_way.clear()

    def close(self) -> None:
        self._generation += 1
        self.stop()

    def draw(self, painter: QPainter, wanted: Wanted, target: QRect) -> bool:
        """Draw a page to `target`, as sharp as can be; False when there is nothing of it yet."""
        pieces = list(self._pieces(wanted, wanted.seen))
        drawn = all(key in self._images for key in pieces)
        if not drawn:
            drawn = self._draw_rough(painter, wanted, target)
        across, down = target.width() / wanted.size.width(), target.height() / wanted.size.height()
        for key in pieces:
            image = self._images.get(key)
            if image:
                self._images.move_to_end(key)
                x, y, width, height = key.rect
                place = QRectF(target.x() + x * across, target.y() + y * down, width * across, height * down)
                painter.drawImage(place, image)
                drawn = True
        return drawn

    def is_sharp(self, wanted: Wanted) -> bool:
        """Whether all that is seen of a page is there."""
        return all(key in self._images for key in self._pieces(wanted, wanted.seen))

    def want(self, seen: Sequence[Wanted], near: Sequence[Wanted]) -> None:
        """Have what is `seen` drawn, then what is `near`, as far as the budget goes; give up all else."""
        queue = [(self._coarse_key(page), True) for page in seen if not self._has_any(page.page)]
        sharp = [key for page in seen for key in self._pieces(page, page.seen)]
        queue += [(key, True) for key in sharp]
        room = self.budget - sum(_bytes(key) for key in sharp)
        self._needed = set(sharp)
        for page in near:
            pieces = list(self._pieces(page, page.seen))
            room -= sum(_bytes(key) for key in pieces)
            if room > 0:
                self._needed.update(pieces)
                queue += [(key, False) for key in pieces]
        queue += [(self._coarse_key(page), False) for page in (*seen, *near)]
        first = dict[Key, bool]()
        for key, urgent in queue:
            if self._lacks(key):
                first.setdefault(key, urgent)
        self._queue = list(first.items())
        wanted = {key for key, _urgent in self._queue}
        for key in [key for key in self._under_way if key not in wanted]:
            self._under_way.pop(key).cancel()
        for key, urgent in self._queue:
            if urgent and key in self._under_way:
                self._under_way[key].urge()
        self._pump()

    def _lacks(self, key: Key) -> bool:
        return key not in self._images and key not in self._coarse and key.page not in self._trouble

    def _has_any(self, page: int) -> bool:
        return bool(self._of_page.get(page))

    def _pump(self) -> None:
        for key, urgent in self._queue:
            if len(self._under_way) >= _UNDER_WAY:
                return
            if key in self._under_way or not self._lacks(key):
                continue
            self._ask(key, urgent)

    def _ask(self, key: Key, urgent: bool) -> None:
        theme, generation = self._theme, self._generation

        def come(answer: Tile | ReaderError) -> None:
            # In a thread of the source's.
            found = answer if isinstance(answer, ReaderError) else _as_shown(answer, theme)
            if generation == self._generation:
                self._arrived.emit(key, found, generation)

        self._under_way[key] = _NO_TICKET
        ticket = self._source.tile(key.page, key.scale, key.rect, key.rotation, come, urgent, images=self._keeps)
        if key in self._under_way:
            self._under_way[key] = ticket

    def _take(self, key: Key, found: QImage | ReaderError, generation: int) -> None:
        if generation != self._generation:
            return
        known = self._under_way.pop(key, None) is not None
        if isinstance(found, QImage):
            self._trouble.pop(key.page, None)
            self._keep(key, found)
        elif known:
            self._trouble[key.page] = str(found)
        self._pump()
        self.came.emit(key.page)

    def _keep(self, key: Key, image: QImage) -> None:
        self._of_page.setdefault(key.page, set()).add(key)
        if key.coarse:
            self._coarse[key] = image
            self._used_coarse += image.sizeInBytes()
            while self._used_coarse > _COARSE_BYTES and len(self._coarse) > 1:
                old, gone = self._coarse.popitem(last=False)
                self._used_coarse -= gone.sizeInBytes()
                self._of_page[old.page].discard(old)
            return
        self._images[key] = image
        self._used += image.sizeInBytes()
        for old in [old for old in self._images if old not in self._needed]:
            if self._used <= self.budget:
                break
            self._used -= self._images.pop(old).sizeInBytes()
            self._of_page[old.page].discard(old)

    def _draw_rough(self, painter: QPainter, wanted: Wanted, target: QRect) -> bool:
        """What there is of a page at other scales, the coarse one below."""
        keys = sorted(self._of_page.get(wanted.page, ()), key=lambda key: (not key.coarse, key.scale))
        for key in keys:
            image = self._coarse.get(key) if key.coarse else self._images.get(key)
            if image is None or key.scale == wanted.scale:
                continue
            factor = target.width() / wanted.size.width() * wanted.scale / key.scale
            x, y, width, height = (edge * factor for edge in key.rect)
            place = QRectF(target) if key.coarse else QRectF(target.x() + x, target.y() + y, width, height)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, key.coarse)
            painter.drawImage(place, image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        return bool(keys)

    def _coarse_key(self, wanted: Wanted) -> Key:
        longest = max(wanted.size.width(), wanted.size.height(), 1)
        scale = round(wanted.scale * min(1.0, _COARSE / longest), 2) or 0.01
        share = scale / wanted.scale
        size = max(1, round(wanted.size.width() * share)), max(1, round(wanted.size.height() * share))
        kept = next((key for key in self._of_page.get(wanted.page, ()) if key.coarse), None)
        return kept or Key(wanted.page, scale, self._rotation, (0, 0, *size), True)

    def _pieces(self, wanted: Wanted, seen: QRect) -> Iterator[Key]:
        width, height = wanted.size.width(), wanted.size.height()
        if seen.isEmpty():
            return
        if width * height <= _WHOLE:
            yield Key(wanted.page, wanted.scale, self._rotation, (0, 0, width, height))
            return
        for top in range(max(0, seen.top() // _PIECE * _PIECE), min(height, seen.bottom() + 1), _PIECE):
            for left in range(max(0, seen.left() // _PIECE * _PIECE), min(width, seen.right() + 1), _PIECE):
                size = min(_PIECE, width - left), min(_PIECE, height - top)
                yield Key(wanted.page, wanted.scale, self._rotation, (left, top, *size))


class _NoTicket:
    def cancel(self) -> None:
        pass

    def urge(self) -> None:
        pass


_NO_TICKET = _NoTicket()


def _bytes(key: Key) -> int:
    return key.rect[2] * key.rect[3] * 4


def _as_shown(tile: Tile, theme: Theme) -> QImage:
    return recoloured(image_of(tile), theme, tuple(QRect(*edges) for edges in tile.images))


def image_of(tile: Tile) -> QImage:
    """A picture of its own, with no reference to the memory that it came in."""
    return QImage(tile.data, tile.width, tile.height, tile.stride, QImage.Format.Format_RGB32).copy()
