"""The names of the six categories."""

from reader.model.annotation import Color
from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.services.writing import Writer
from reader.store import categories
from reader.store.ids import clean
from reader.store.journal import action


class Categories(Writer):
    """The colour of a category never changes; its name is the user's."""

    def names(self) -> dict[Color, str]:
        """The name of each colour, in the order of the keys 1 to 6."""
        return categories.names(self._store)

    def rename(self, color: Color, name: str) -> Change:
        """Name a colour."""
        wanted = clean(" ".join(name.split()))
        if not wanted:
            raise ReaderError("A category needs a name; write one.")
        with action(self._store, f"Category renamed to {wanted}") as step:
            categories.set_name(step.connection, color, wanted)
        return self._bus.publish(Change(step.label, categories=step.changed))
