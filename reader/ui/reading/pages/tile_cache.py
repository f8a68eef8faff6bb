"""The pictures of pages that are kept: sharp pieces within a budget of memory, coarse ones within a small one."""

from collections import OrderedDict
from collections.abc import Container

from PySide6.QtGui import QImage

from reader.ui.reading.pages.pieces import Key

_COARSE_BYTES = 16 << 20


class TileCache:
    """`budget` and `used` are bytes of the sharp pieces; what is drawn last is kept longest."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self._sharp: OrderedDict[Key, QImage] = OrderedDict()
        self._coarse: OrderedDict[Key, QImage] = OrderedDict()
        self._of_page: dict[int, set[Key]] = {}
        self.used = self._used_coarse = 0

    def __contains__(self, key: Key) -> bool:
        return key in self._sharp or key in self._coarse

    def clear(self) -> None:
        """Keep nothing."""
        self._sharp.clear()
        self._coarse.clear()
        self._of_page.clear()
        self.used = self._used_coarse = 0

    def get(self, key: Key) -> QImage | None:
        """A picture, if it is there."""
        if key.coarse:
            return self._coarse.get(key)
        image = self._sharp.get(key)
        if image is not None:
            self._sharp.move_to_end(key)
        return image

    def of_page(self, page: int) -> list[Key]:
        """What there is of a page, the coarse one first, then the smallest scale."""
        return sorted(self._of_page.get(page, ()), key=lambda key: (not key.coarse, key.scale))

    def has_any(self, page: int) -> bool:
        """Whether there is anything of a page."""
        return bool(self._of_page.get(page))

    def keep(self, key: Key, image: QImage, needed: Container[Key]) -> None:
        """Keep a picture; for a sharp one others go that are not `needed` if memory is short."""
        if key in self:
            return
        self._of_page.setdefault(key.page, set()).add(key)
        if key.coarse:
            self._coarse[key] = image
            self._used_coarse += image.sizeInBytes()
            while self._used_coarse > _COARSE_BYTES and len(self._coarse) > 1:
                old, gone = self._coarse.popitem(last=False)
                self._used_coarse -= gone.sizeInBytes()
                self._of_page[old.page].discard(old)
            return
        self._sharp[key] = image
        self.used += image.sizeInBytes()
        self.make_room(needed)

    def make_room(self, needed: Container[Key]) -> None:
        """Let sharp ones go that are not `needed`, as long as there are too many."""
        if self.used <= self.budget:
            return
        for old in [old for old in self._sharp if old not in needed]:
            if self.used <= self.budget:
                return
            self.used -= self._sharp.pop(old).sizeInBytes()
            self._of_page[old.page].discard(old)
