"""Filters under names, kept in the library's own file."""

from reader.model.errors import ReaderError
from reader.services.settings import Settings
from reader.store.database import Store
from reader.store.errors import LibraryReadOnly
from reader.store.ids import clean
from reader.text.filter_words import parse, written

KEY = "filters"
"""The setting: the words of each filter by its name."""


class SavedFilters:
    """They are no steps of the history. Names are told apart without regard to case."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings

    def all(self) -> dict[str, str]:
        """The words of each filter by its name, in the order in which they were saved first."""
        return dict(self._settings.get(KEY, {}))

    def words(self, name: str) -> str:
        """The words of one filter; ReaderError when there is none of that name."""
        return self.all()[self._known(name)]

    def save(self, name: str, words: str) -> str:
        """Keep a filter under a name, in the place of the one that has it; the name as it is kept.

        ReaderError when the words are no filter or ask for nothing, or the library may only be read.
        """
        wanted, named = parse(words), clean(" ".join(name.split()))
        if not named:
            raise ReaderError("A filter needs a name; write one.")
        if not wanted:
            raise ReaderError("The filter asks for nothing; write what it is to find, such as tag:cost.")
        known = next((each for each in self.all() if each.casefold() == named.casefold()), named)
        self._write(self.all() | {known: written(wanted)})
        return known

    def delete(self, name: str) -> str:
        """Forget a filter; its name. ReaderError when there is none of that name, or the library may only be read."""
        known = self._known(name)
        self._write({each: words for each, words in self.all().items() if each != known})
        return known

    def _known(self, name: str) -> str:
        wanted = " ".join(name.split()).casefold()
        for each in self.all():
            if each.casefold() == wanted:
                return each
        raise ReaderError(f"There is no filter “{name}”; list the filters to see their names.")

    def _write(self, filters: dict[str, str]) -> None:
        if self._store.read_only:
            raise LibraryReadOnly(self._store.notice)
        self._settings.set(KEY, filters)
