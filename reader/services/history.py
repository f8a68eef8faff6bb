"""Undo, redo and the list of what was done. All of it is in the file: it survives a restart."""

from collections.abc import Callable, Sequence

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.model.library import Action
from reader.services.row_changes import change_between, rows_of
from reader.services.writing import Writer
from reader.store import journal, replay
from reader.store.database import Connection
from reader.store.errors import RowsDisagree
from reader.store.replay import RowChange

MANY = 2_000
"""A step of so many rows is not taken while somebody waits for the next key."""
_UNDONE, _REDONE = "Undone", "Redone"


class History(Writer):
    """Each step is taken back by replaying the row changes that the file recorded for it."""

    def undo(self) -> Change | None:
        """Take the last step back; None when there is none."""
        return self._step(journal.take_undo, lambda changes: list(replay.backwards(changes)), _UNDONE)

    def redo(self) -> Change | None:
        """Do the step that was last taken back again; None when there is none."""
        return self._step(journal.take_redo, lambda changes: changes, _REDONE)

    def undo_label(self) -> str:
        """What undo would take back; empty when nothing."""
        return journal.undo_label(self._store)

    def redo_label(self) -> str:
        """What redo would do again; empty when nothing."""
        return journal.redo_label(self._store)

    def takes_long(self, *, undone: bool) -> bool:
        """Whether the next step back changes very many rows; `undone`: the next one forward."""
        return journal.row_changes(self._store, undone=undone, most=MANY) >= MANY

    def list(self, limit: int = 100) -> Sequence[Action]:
        """The newest steps first, with those taken back."""
        return journal.actions(self._store, limit)

    def _step(
        self,
        take: Callable[[Connection], tuple[int, str] | None],
        order: Callable[[Sequence[RowChange]], Sequence[RowChange]],
        done: str,
    ) -> Change | None:
        store = self._store
        try:
            with store.ours.turning():
                with store.transaction() as connection:
                    taken = take(connection)
                    if taken is None:
                        return None
                    action_id, label = taken
                    changes = order(replay.changes_of(store, action_id))
                    touched = replay.touched(store, changes)
                    before = rows_of(store, touched)
                    replay.apply(connection, changes)
                store.ours.left(action_id, done=done == _REDONE)
        except RowsDisagree as error:
            raise ReaderError(
                "This step cannot be taken back: another program changed the same rows. Nothing was changed."
            ) from error
        words = f"{done}: {label}{' (made by another program)' if store.ours.is_others(action_id) else ''}"
        return self._bus.publish(change_between(words, touched, before, rows_of(store, touched)))
