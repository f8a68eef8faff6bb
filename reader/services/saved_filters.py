"""Views of the workspace under names, kept in the library's own file: filters, with an order and groups."""

from typing import Any, cast

from reader.model.errors import ReaderError
from reader.model.filters import Filter
from reader.model.workspace import Grouping, Order, View
from reader.services.settings import Settings
from reader.store.database import Store
from reader.store.errors import LibraryReadOnly, StorageError
from reader.store.ids import clean
from reader.text.filter_words import FilterError, parse, written

KEY = "filters"
"""The setting: each view by its name."""


class SavedFilters:
    """They are no steps of the history. Names are told apart without regard to case."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings

    def views(self) -> dict[str, View]:
        """The views by their names, in the order in which they were saved first; what is none is left out."""
        stored = self._settings.get(KEY, {})
        found = cast("dict[str, Any]", stored).items() if isinstance(stored, dict) else ()
        read = ((name, _read(value)) for name, value in found)
        return {name: view for name, view in read if view is not None}

    def all(self) -> dict[str, str]:
        """The words of each view's filter by its name, in the same order."""
        return {name: written(view.filter) for name, view in self.views().items()}

    def view(self, name: str) -> View:
        """One view; ReaderError when there is none of that name."""
        return self.views()[self._known(name)]

    def words(self, name: str) -> str:
        """The words of one view's filter; ReaderError when there is none of that name."""
        return written(self.view(name).filter)

    def save(self, name: str, words: str) -> str:
        """Keep a filter under a name, as `save_view` does, in the usual order and without groups."""
        return self.save_view(name, View(parse(words)))

    def save_view(self, name: str, view: View) -> str:
        """Keep a view under a name, in the place of the one that has it; the name as it is kept.

        ReaderError when it asks for nothing, or the library may only be read.
        """
        if view == View():
            raise ReaderError("The filter asks for nothing; write what it is to find, such as tag:cost.")
        named, views = _clean(name), self.views()
        known = next((each for each in views if each.casefold() == named.casefold()), named)
        self._write(views | {known: view})
        return known

    def rename(self, name: str, new_name: str) -> str:
        """Give a view another name, in its place; the name as it is kept. ReaderError when another one has it."""
        known, named, views = self._known(name), _clean(new_name), self.views()
        taken = next((each for each in views if each.casefold() == named.casefold()), known)
        if taken != known:
            raise ReaderError(f"There is a view “{taken}” already; choose another name.")
        self._write({named if each == known else each: view for each, view in views.items()})
        return named

    def delete(self, name: str) -> str:
        """Forget a view; its name. ReaderError when there is none of that name, or the library may only be read."""
        known = self._known(name)
        self._write({each: view for each, view in self.views().items() if each != known})
        return known

    def put_back(self, name: str, view: View, place: int) -> str:
        """Keep a view that was deleted as the one at that place again, from 0; its name. ReaderError as of `rename`."""
        kept = [(each, its) for each, its in self.views().items()]
        if taken := next((each for each, _ in kept if each.casefold() == name.casefold()), ""):
            raise ReaderError(f"There is a view “{taken}” already; the one that was deleted is not put back.")
        self._write(dict([*kept[:place], (name, view), *kept[place:]]))
        return name

    def counts(self) -> dict[str, int | None]:
        """How many annotations each view finds, by name; None where its filter names what is not there any more."""
        from reader.services.filtering import resolved
        from reader.services.indexing import catch_up
        from reader.store import filtering

        views = self.views()
        if any(view.filter.words for view in views.values()):
            catch_up(self._store)
        found: dict[str, int | None] = {}
        for name, view in views.items():
            try:
                found[name] = filtering.count(self._store, resolved(self._store, view.filter))
            except StorageError:
                raise
            except ReaderError:
                found[name] = None
        return found

    def _known(self, name: str) -> str:
        wanted = " ".join(name.split()).casefold()
        for each in self.views():
            if each.casefold() == wanted:
                return each
        raise ReaderError(f"There is no filter “{name}”; list the filters to see their names.")

    def _write(self, views: dict[str, View]) -> None:
        if self._store.read_only:
            raise LibraryReadOnly(self._store.notice)
        self._settings.set(KEY, {name: _stored(view) for name, view in views.items()})


def _clean(name: str) -> str:
    named = clean(" ".join(name.split()))
    if not named:
        raise ReaderError("A filter needs a name; write one.")
    return named


def _stored(view: View) -> dict[str, Any]:
    group = view.group.value if view.group else ""
    return {
        "where": written(view.filter),
        "order": view.order.value,
        "descending": view.descending,
        "group": group,
    }


def _read(value: object) -> View | None:
    """What the setting holds of one view; None where that is none."""
    stored = cast("dict[str, Any]", value) if isinstance(value, dict) else {"where": value}
    words, order, group = stored.get("where"), stored.get("order"), stored.get("group")
    try:
        wanted = parse(words) if isinstance(words, str) else Filter()
    except FilterError:
        return None
    view = View(
        wanted,
        Order(order) if order in list(Order) else Order.DOCUMENT,
        stored.get("descending") is True,
        Grouping(group) if group in list(Grouping) else None,
    )
    return None if view == View() else view
