"""What is wrong with a library, in sentences."""

from reader.services.writing import counted
from reader.store import integrity
from reader.store.database import Store

_RESTORE = "Close the window and recover it (reader recover), or restore a backup, to go on safely."


def problems(store: Store) -> list[str]:
    """One sentence a problem; empty when the file is sound."""
    damage = integrity.damage(store.connection)
    if damage:
        return [f"The library file is damaged ({damage[0]}). {_RESTORE}"]
    found: list[str] = []
    if loose := integrity.loose_rows(store):
        found.append(f"{counted(loose, 'row belongs', 'rows belong')} to nothing. {_RESTORE}")
    if missing := integrity.missing_triggers(store):
        found.append(f"The library lacks a part that undo needs ({missing[0]}). {_RESTORE}")
    if wrong := integrity.wrong_counts(store):
        found.append(f"The number of marks is wrong for {counted(wrong, 'document', 'documents')}. {_RESTORE}")
    return found
