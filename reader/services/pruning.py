"""Keeping the history in bounds: its oldest steps go, and with them what only they could have brought back."""

from collections.abc import Callable
from dataclasses import dataclass

from reader.services.sweeping import sweep_texts
from reader.store import pictures, pruning
from reader.store.database import Store
from reader.store.ids import instant

KEPT_STEPS = 10_000
KEPT_DAYS = 365
KEPT_BYTES = 200_000_000
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the history goes back: its steps and the oldest one's instant; how many were let go, up to when."""

    steps: int
    since: str
    pruned: int = 0
    pruned_until: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is kept in any case, in steps, and what else is, at most: days and bytes."""

    steps: int = KEPT_STEPS
    days: int = KEPT_DAYS
    size: int = KEPT_BYTES


class Pruning:
    """Steps older than a year, or beyond 200 MB of history, go; the last 10,000 steps never do."""

    def __init__(self, store: Store, bounds: Bounds | None = None) -> None:
        self._store, self._bounds = store, bounds or Bounds()

    def run(self, cancelled: Callable[[], bool] = lambda: False) -> int:
        """Let go of what is out of bounds, in short transactions that let others go first; how many steps went.

        With them go texts that were dropped, and pictures of areas, which nothing could bring back any more.
        """
        store, before = self._store, pruning.pruned(self._store)[0]
        if store.read_only:
            return 0
        until = self._until()
        while until and not cancelled() and pruning.prune_some(store, until):
            pass
        gone = pruning.pruned(store)[0] - before
        sweep_texts(store, cancelled)
        if gone and not cancelled():
            self._sweep_pictures()
        return gone

    def reach(self) -> Reach:
        """How far back the history goes, and what was let go of."""
        return Reach(*pruning.reach(self._store), *pruning.pruned(self._store))

    def _until(self) -> int:
        """The newest step that is to go; 0 when none is."""
        store, bounds = self._store, self._bounds
        most = pruning.last_beyond(store, bounds.steps)
        if not most:
            return 0
        old = pruning.last_before(store, instant(store.clock() - bounds.days * _DAY))
        return min(most, max(old, pruning.last_over(store, bounds.size)))

    def _sweep_pictures(self) -> None:
        found, since = pictures.unused(self._store)
        for sha256 in found:
            with self._store.transaction(urgent=False) as connection:
                pictures.forget(connection, sha256, since)
