"""All annotations of the library as one list: filtered, sorted, grouped, read a page at a time."""

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager
from threading import Lock

from reader.model.annotation import Annotation
from reader.model.contents import Contents
from reader.model.filters import Filter
from reader.model.workspace import Facets, Found, Group, Grouping, Listing, Order, Place, Row
from reader.services.filtering import resolved
from reader.services.indexing import catch_up
from reader.services.ordering import Orders
from reader.store import annotations, categories, documents, exchange, filtering, masks
from reader.store.database import Store
from reader.text.masks import merged, visible_quote

_CONTENTS = 512
"""Documents of which the chapters and pages are kept."""


class Workspace:
    """May be used from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._orders = Orders(store)
        self._contents: dict[tuple[str, int], Contents] = {}
        self._lock = Lock()

    def find(
        self,
        wanted: Filter,
        *,
        order: Order = Order.DOCUMENT,
        descending: bool = False,
        group: Grouping | None = None,
        limit: int = 200,
        offset: int = 0,
    ) -> Found:
        """A page of what the filter finds. ReaderError when it names a category that there is not.

        Who reads page after page asks for the `listing` once, and for its `rows`.
        """
        if not wanted and group is None and order is Order.DOCUMENT and not descending:
            with self._store.reading():
                total = filtering.count(self._store, filtering.Wanted())
                ids = self._orders.first_by_place(limit, offset)
            return Found(self.rows(ids), total, (), wanted)
        listing = self.listing(wanted, order=order, descending=descending, group=group)
        rows = self.rows(listing.ids[offset : offset + limit])
        return Found(rows, len(listing.ids), listing.groups, listing.shown, listing.said)

    def listing(
        self,
        wanted: Filter,
        *,
        order: Order = Order.DOCUMENT,
        descending: bool = False,
        group: Grouping | None = None,
    ) -> Listing:
        """Everything that the filter finds, as row ids in order; where nothing meets it, what one like it finds."""
        with self._reading(wanted):
            ids, shown, said = self._matching(wanted, order), wanted, ""
            if not ids and wanted:
                from reader.services.slips import meant

                if (other := meant(self._store, wanted, self._orders.words)) and (
                    instead := self._matching(other.wanted, order)
                ):
                    ids, shown, said = instead, other.wanted, other.said
            ids = ids[::-1] if descending else ids
            groups: tuple[Group, ...] = ()
            if group is not None:
                ids, groups = self._orders.grouped(ids, group)
        return Listing(ids, groups, shown, said)

    def beginning(self, limit: int = 100) -> Listing:
        """The first rows of all annotations by document and in text order, without looking at the others."""
        with self._store.reading():
            return Listing(self._orders.first_by_place(limit, 0), (), Filter())

    def uids(self, wanted: Filter) -> list[str]:
        """The uids of exactly what the filter finds, by document and in text order."""
        with self._reading(wanted):
            return annotations.uids(self._store, self._matching(wanted, Order.DOCUMENT))

    def uids_of(self, ids: Sequence[int]) -> list[str]:
        """The uids of the annotations of these row ids that are still there, in the order given."""
        return annotations.uids(self._store, ids)

    def tags_of(self, ids: Sequence[int]) -> dict[str, int]:
        """The tags of the annotations of these row ids, by name, and how many of them have each."""
        wanted = frozenset(ids)
        with self._store.reading():
            names = filtering.tag_names(self._store)
            counts = Counter(tag_id for row_id, tag_id in filtering.tag_links(self._store) if row_id in wanted)
        found = sorted((names[tag_id], count) for tag_id, count in counts.items())
        return {name: count for (_, name), count in found}

    def rows(self, ids: Sequence[int]) -> tuple[Row, ...]:
        """The annotations of these row ids that are still there, in the order given."""
        found = self.by_id(ids)
        return tuple(found[row_id] for row_id in ids if row_id in found)

    def by_id(self, ids: Sequence[int]) -> dict[int, Row]:
        """The annotations of these row ids that are still there."""
        with self._store.reading():
            return self._by_id(ids)

    def _by_id(self, ids: Sequence[int]) -> dict[int, Row]:
        marks = annotations.by_id(self._store, list(ids))
        uids = {mark.document_uid for mark in marks.values()}
        about = {found.uid: found for found in documents.by_uids(self._store, list(uids))}
        row_ids = documents.rows_of(self._store, uids)
        hidden = masks.hidden_in(self._store, row_ids.values())
        names = categories.names(self._store)
        return {
            row_id: Row(
                mark,
                visible_quote(mark, merged(hidden.get(row_ids[mark.document_uid], ()))),
                names[mark.color],
                about[mark.document_uid].title,
                self._place(mark, row_ids[mark.document_uid]),
            )
            for row_id, mark in marks.items()
            if mark.document_uid in about
        }

    def facets(self, wanted: Filter) -> Facets:
        """How many annotations the filter finds, and of which kinds. ReaderError as for `find`."""
        from reader.services.counting_facets import counted

        catch_up(self._store)
        with self._store.reading():
            return counted(self._store, wanted)

    def _reading(self, wanted: Filter) -> AbstractContextManager[None]:
        """Reads of one moment, for which the index knows all words: others may write between any two reads."""
        if wanted.words:
            catch_up(self._store)
        return self._store.reading()

    def _matching(self, wanted: Filter, order: Order) -> Sequence[int]:
        every = self._orders.all_ids(order)
        if not wanted:
            return every
        found = filtering.ids(self._store, resolved(self._store, wanted))
        return list(filter(found.__contains__, every)) if found else []

    def _place(self, mark: Annotation, document_id: int) -> Place:
        if mark.anchor is None:
            return Place(None)
        contents = self._contents_of(mark.document_uid, documents.shown_row(self._store, document_id))
        headings = contents.headings(mark.anchor.start)
        return Place(mark.anchor.start, contents.page(mark.anchor), headings[-1] if headings else "")

    def _contents_of(self, uid: str, version_id: int) -> Contents:
        """The chapters and pages of a document, read once for each of its texts."""
        key = (uid, version_id)
        with self._lock:
            if key in self._contents:
                return self._contents[key]
        found = exchange.contents(self._store, uid)
        with self._lock:
            while len(self._contents) >= _CONTENTS:
                del self._contents[next(iter(self._contents))]
            self._contents[key] = found
        return found
