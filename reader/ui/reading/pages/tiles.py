"""Pictures of pages: sharp ones of what is seen and of what may be seen next, a coarse one where a page takes long.

They are drawn by another process, a few at a time and the most wanted first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Condition
from time import monotonic

from PySide6.QtCore import QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from reader.model.errors import Cancelled, ReaderError
from reader.model.page import Tile
from reader.ui.reading.pages.pieces import Key, Wanted, coarse_piece, sharp_pieces
from reader.ui.reading.pages.recolour import recoloured
from reader.ui.reading.pages.source import PageSource, Ticket
from reader.ui.reading.pages.tile_cache import TileCache
from reader.ui.theme import Theme

_UNDER_WAY = 2
_MOMENT = 0.008
"""Seconds that the window waits for a picture before it is painted without: half of what a frame may take."""
_FIRST_MOMENT = 0.02
"""The same before the first picture, with which a document comes up."""
_LONG, _FIRST_LONG = 30, 200
"""Milliseconds after which a page of which there is nothing yet is drawn coarsely first."""
_SLOW = 0.1
"""Seconds; where a page took longer, the next ones are drawn coarsely without waiting."""


@dataclass(frozen=True, slots=True)
class _Landed:
    key: Key
    found: QImage | ReaderError
    generation: int
    seconds: float


class Tiles(QObject):
    """`came` tells the page of a picture that has come, or failed to; then `trouble` has the sentence."""

    came = Signal(int)
    _landed = Signal()

    def __init__(self, source: PageSource, theme: Theme, rotation: int, budget: int) -> None:
        super().__init__()
        self._source, self._theme, self._rotation, self._keeps = source, theme, rotation, False
        self._cache = TileCache(budget)
        self._under_way: dict[Key, Ticket] = {}
        self._queue: list[tuple[Key, bool]] = []
        self._seen: Sequence[Wanted] = ()
        self._needed: set[Key] = set()
        self._trouble: dict[int, str] = {}
        # Pages that would not stop being drawn for urgent ones: not drawn ahead any more.
        self._stubborn: set[int] = set()
        self._generation = 0
        self._arrivals: list[_Landed] = []
        self._arriving = Condition()
        # How long pages take here: those that come at once are waited for, those that take long are drawn coarsely.
        self._are_quick, self._are_slow = True, False
        self._moment = _FIRST_MOMENT
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_FIRST_LONG)
        self._late.timeout.connect(self._draw_coarsely)
        self._landed.connect(self._collect, Qt.ConnectionType.QueuedConnection)

    @property
    def look(self) -> int:
        """Another number means that pages look otherwise, and that nothing from before is kept."""
        return self._generation

    @property
    def used(self) -> int:
        """Bytes of the sharp pieces that are kept."""
        return self._cache.used

    @property
    def budget(self) -> int:
        """Bytes that they may take; what is seen is kept all the same."""
        return self._cache.budget

    @budget.setter
    def budget(self, value: int) -> None:
        self._cache.budget = value
        self._needed = {key for page in self._seen for key in sharp_pieces(page, self._rotation)}
        self._cache.make_room(self._needed)

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
            self._cache.clear()

    def stop(self) -> None:
        """Nobody looks any more."""
        self._late.stop()
        self._queue = []
        for ticket in self._under_way.values():
            ticket.cancel()
        self._under_way.clear()

    def close(self) -> None:
        self._generation += 1
        self.stop()

    def draw(self, painter: QPainter, wanted: Wanted, target: QRect) -> bool:
        """Draw a page to `target`, as sharp as can be; False when there is nothing of it yet."""
        pieces = [(key, self._cache.get(key)) for key in sharp_pieces(wanted, self._rotation)]
        drawn = all(image for _key, image in pieces)
        if not drawn:
            drawn = self._draw_rough(painter, wanted, target)
        across, down = target.width() / wanted.size.width(), target.height() / wanted.size.height()
        for key, image in pieces:
            if image:
                x, y, width, height = key.rect
                place = QRectF(target.x() + x * across, target.y() + y * down, width * across, height * down)
                painter.drawImage(place, image)
                drawn = True
        return drawn

    def is_sharp(self, wanted: Wanted) -> bool:
        """Whether all that is seen of a page is there."""
        return all(key in self._cache for key in sharp_pieces(wanted, self._rotation))

    def want(self, seen: Sequence[Wanted], near: Sequence[Wanted], far: Sequence[Wanted] = ()) -> None:
        """Have what is `seen` drawn, then what is `near`, as far as the budget goes; give up all else.

        What is `far` is drawn coarsely when there is nothing else to do.
        """
        self._seen = seen
        blank = [page for page in seen if not self._cache.has_any(page.page)]
        sharp = [key for page in seen for key in sharp_pieces(page, self._rotation)]
        queue = [(self._coarse(page), True) for page in blank] if self._are_slow else []
        queue += [(key, True) for key in sharp]
        self._needed = set(sharp)
        queue += [(key, False) for key in self._affordable(near, self.budget - sum(key.bytes for key in sharp))]
        queue += [(self._coarse(page), False) for page in ((*near, *far) if self._are_slow else far)]
        first = dict[Key, bool]()
        for key, urgent in queue:
            if self._lacks(key) and (urgent or key.page not in self._stubborn):
                first.setdefault(key, urgent)
        self._queue = list(first.items())
        for key in [key for key in self._under_way if key not in first]:
            self._under_way.pop(key).cancel()
        for key, urgent in self._queue:
            if urgent and key in self._under_way:
                self._under_way[key].urge()
        if not (blank and first):
            self._late.stop()
        elif not (self._are_slow or self._late.isActive()):
            self._late.start()
        self._pump()

    def await_sharp(self) -> None:
        """Wait a moment for what is seen, where pages have come at once so far."""
        end = monotonic() + self._moment
        while self._are_quick and not all(self.is_sharp(page) or self.trouble(page.page) for page in self._seen):
            with self._arriving:
                if not (self._arrivals or self._arriving.wait(end - monotonic())):
                    self._are_quick = False
            self._collect()

    def _affordable(self, near: Sequence[Wanted], room: int) -> list[Key]:
        """The pieces of what is near that there is room for, the nearest first."""
        found: list[Key] = []
        for page in near:
            pieces = list(sharp_pieces(page, self._rotation))
            room -= sum(key.bytes for key in pieces)
            if room < 0:
                break
            self._needed.update(pieces)
            found += pieces
        return found

    def _lacks(self, key: Key) -> bool:
        return key not in self._cache and key.page not in self._trouble

    def _pump(self) -> None:
        seen = {page.page for page in self._seen}
        for key, urgent in self._queue:
            # What is asked last is answered first: the sharp one waits until the coarse one is there.
            coarse = any(one.coarse and one.page in seen for one in self._under_way)
            if coarse or len(self._under_way) >= _UNDER_WAY:
                return
            if key not in self._under_way and self._lacks(key):
                self._ask(key, urgent)

    def _ask(self, key: Key, urgent: bool) -> None:
        theme, generation = self._theme, self._generation

        def come(answer: Tile | ReaderError) -> None:
            # In a thread of the source's.
            if generation != self._generation:
                return
            failed = isinstance(answer, ReaderError)
            found, seconds = (answer, 0.0) if failed else (_as_shown(answer, theme), answer.seconds)
            with self._arriving:
                self._arrivals.append(_Landed(key, found, generation, seconds))
                self._arriving.notify()
            self._landed.emit()

        self._under_way[key] = _NO_TICKET
        ticket = self._source.tile(key.page, key.scale, key.rect, key.rotation, come, urgent, images=self._keeps)
        if key in self._under_way:
            self._under_way[key] = ticket

    def _collect(self) -> None:
        with self._arriving:
            arrivals, self._arrivals = self._arrivals, []
        arrivals = [landed for landed in arrivals if landed.generation == self._generation]
        for landed in arrivals:
            self._take(landed)
        if arrivals:
            self._pump()
        for page in {landed.key.page for landed in arrivals}:
            self.came.emit(page)

    def _take(self, landed: _Landed) -> None:
        key, found = landed.key, landed.found
        known = self._under_way.pop(key, None) is not None
        if self._moment != _MOMENT:
            self._moment = _MOMENT
            self._late.setInterval(_LONG)
        if isinstance(found, QImage):
            self._trouble.pop(key.page, None)
            self._stubborn.discard(key.page)
            self._cache.keep(key, found, self._needed)
            if not key.coarse:
                self._are_quick, self._are_slow = landed.seconds < _MOMENT, landed.seconds > _SLOW
        elif isinstance(found, Cancelled):
            self._stubborn.add(key.page)
        elif known:
            self._trouble[key.page] = str(found)

    def _draw_coarsely(self) -> None:
        """Have a coarse picture first of what is seen and takes long."""
        blank = {page.page: page for page in self._seen if not self._cache.has_any(page.page)}
        for key in [key for key in self._under_way if key.page in blank]:
            self._under_way.pop(key).cancel()
        for page in blank.values():
            if self._lacks(key := self._coarse(page)):
                self._ask(key, True)

    def _draw_rough(self, painter: QPainter, wanted: Wanted, target: QRect) -> bool:
        """What there is of a page at other scales, the coarse one below."""
        keys = self._cache.of_page(wanted.page)
        for key in keys:
            image = self._cache.get(key)
            if image is None or key.scale == wanted.scale:
                continue
            factor = target.width() / wanted.size.width() * wanted.scale / key.scale
            x, y, width, height = (edge * factor for edge in key.rect)
            place = QRectF(target) if key.coarse else QRectF(target.x() + x, target.y() + y, width, height)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, key.coarse)
            painter.drawImage(place, image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        return bool(keys)

    def _coarse(self, wanted: Wanted) -> Key:
        """The coarse picture that there is of a page, else the one to be drawn."""
        kept = next((key for key in self._cache.of_page(wanted.page) if key.coarse), None)
        return kept or coarse_piece(wanted, self._rotation)


class _NoTicket:
    def cancel(self) -> None:
        pass

    def urge(self) -> None:
        pass


_NO_TICKET = _NoTicket()


def _as_shown(tile: Tile, theme: Theme) -> QImage:
    return recoloured(image_of(tile), theme, tuple(QRect(*edges) for edges in tile.images))


def image_of(tile: Tile) -> QImage:
    """A picture of its own, with no reference to the memory that it came in."""
    return QImage(tile.data, tile.width, tile.height, tile.stride, QImage.Format.Format_RGB32).copy()
