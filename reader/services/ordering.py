"""The annotations of the library in every order that a list can have, and their words, kept until one writes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import local
from typing import Any

from reader.model.annotation import AnchorState, Color
from reader.model.workspace import Group, Grouping, Order
from reader.store import filtering, vocabulary
from reader.store.database import Store
from reader.text.folding import fold

_BEGINNING = 60
"""Code points of a quote or a note by which it is sorted."""


class _Kept(local):
    """What the present thread has read, and of which state of the file: only its own connection can tell."""

    def __init__(self) -> None:
        self.stamp: tuple[int, int] = (-1, -1)
        self.orders: dict[Order, Sequence[int]] = {}
        self.words: Mapping[str, int] | None = None


class Orders:
    """Row ids of all annotations outside the bin, sorted. May be used from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept = _Kept()

    def all_ids(self, order: Order) -> Sequence[int]:
        """Every row id in this order."""
        kept = self._present()
        if order not in kept.orders:
            kept.orders[order] = list(self._sorted(order))
        return kept.orders[order]

    def words(self) -> Mapping[str, int]:
        """The words of quotes, notes and tags as the index holds them, and how many annotations have each."""
        kept = self._present()
        if kept.words is None:
            kept.words = vocabulary.words(self._store)
        return kept.words

    def _present(self) -> _Kept:
        """What was read, empty when something has been written since."""
        kept, stamp = self._kept, (self._store.data_version(), self._store.changes())
        if kept.stamp != stamp:
            kept.stamp, kept.orders, kept.words = stamp, {}, None
        return kept

    def first_by_place(self, limit: int, offset: int) -> list[int]:
        """A page of the order by document, without reading the others."""
        found: list[int] = []
        for document_id, count in _by_title(self._store):
            if offset >= count:
                offset -= count
                continue
            found += filtering.in_text_order(self._store, document_id, limit - len(found), offset)
            offset = 0
            if len(found) >= limit:
                break
        return found

    def grouped(self, ids: Sequence[int], grouping: Grouping) -> tuple[list[int], tuple[Group, ...]]:
        """The ids by group, in the order that they have, and the groups; one without a group comes last."""
        labels, of_annotation = _groups(self._store, grouping)
        members: dict[Any, list[int]] = {}
        for row_id in ids:
            for group in of_annotation(row_id):
                members.setdefault(group, []).append(row_id)
        listed: list[int] = []
        groups: list[Group] = []
        for group in sorted(members, key=lambda found: (not labels(found), found)):
            groups.append(Group(labels(group), len(listed), len(members[group])))
            listed += members[group]
        return listed, tuple(groups)

    def _sorted(self, order: Order) -> Iterable[int]:
        store = self._store
        if order is Order.DOCUMENT:
            rank = {row_id: at for at, (row_id, _) in enumerate(_by_title(store))}
            pairs = sorted(filtering.by_place(store), key=lambda pair: rank[pair[0]])
            return (row_id for _, row_id in pairs)
        keys = _keys(store, order)
        return sorted(self.all_ids(Order.DOCUMENT), key=keys.__getitem__)


def _by_title(store: Store) -> list[tuple[int, int]]:
    """Row id and number of annotations of each document, by title."""
    found = sorted(filtering.about_documents(store), key=lambda about: (fold(about[2]), about[0]))
    return [(about[0], about[-1]) for about in found]


def _keys(store: Store, order: Order) -> dict[int, Any]:
    """What each annotation is sorted by; what is empty comes last."""
    if order is Order.CATEGORY:
        ranks = {color.value: at for at, color in enumerate(Color)}
        return {row_id: ranks.get(color, 0) for row_id, color in filtering.column_values(store, "color")}
    if order is Order.STATE:
        states = {state.value: at for at, state in enumerate(AnchorState)}
        return {row_id: states.get(state, 0) for row_id, state in filtering.column_values(store, "state")}
    if order in (Order.CREATED, Order.CHANGED):
        return dict(filtering.column_values(store, "created" if order is Order.CREATED else "modified"))
    if order is Order.TAGS:
        names = filtering.tag_names(store)
        keys: dict[int, Any] = dict.fromkeys((pair[1] for pair in filtering.by_place(store)), (True, ""))
        for row_id, tag_id in reversed(filtering.tag_links(store)):
            keys[row_id] = (False, names[tag_id][0])
        return keys
    texts = filtering.beginnings(store, "quote" if order is Order.QUOTE else "note", _BEGINNING)
    return {row_id: (not text, fold(text)) for row_id, text in texts}


def _groups(store: Store, grouping: Grouping) -> tuple[Callable[[Any], str], Callable[[int], Sequence[Any]]]:
    """How a group is called, and the groups of an annotation by its row id; groups sort as they are listed."""
    if grouping is Grouping.TAG:
        # By levels, so that a tag is followed by those nested in it and by nothing else.
        paths = {tag_id: (tuple(key.split("/")), name) for tag_id, (key, name) in filtering.tag_names(store).items()}
        names = dict(paths.values()) | {(): ""}
        links: dict[int, list[tuple[str, ...]]] = {}
        for row_id, tag_id in filtering.tag_links(store):
            links.setdefault(row_id, []).append(paths[tag_id][0])
        return names.__getitem__, lambda row_id: links.get(row_id, ((),))
    if grouping is Grouping.MONTH:
        months = {row_id: (created[:7],) for row_id, created in filtering.column_values(store, "created")}
        return str, months.__getitem__
    if grouping is Grouping.CATEGORY:
        return _by_category(store)
    return _by_document(store, grouping)


def _by_category(store: Store) -> tuple[Callable[[Any], str], Callable[[int], Sequence[Any]]]:
    from reader.store.categories import names

    given = list(names(store).values())
    ranks = {color.value: (at,) for at, color in enumerate(Color)}
    colors = dict(filtering.column_values(store, "color"))
    return given.__getitem__, lambda row_id: ranks.get(colors[row_id], (0,))


def _by_document(store: Store, grouping: Grouping) -> tuple[Callable[[Any], str], Callable[[int], Sequence[Any]]]:
    """By what their documents have: the title, the source, or each of the authors."""
    groups: dict[int, Sequence[tuple[str, int, str]]] = {}
    labels: dict[str, str] = {}
    for row_id, _, title, authors, source, _ in filtering.about_documents(store):
        if grouping is Grouping.DOCUMENT:
            groups[row_id] = [(fold(title), row_id, title)]
        else:
            # One name is one group whatever its case, as it is one value of the facet.
            texts = {fold(text): text for text in ([source] if grouping is Grouping.SOURCE else authors.split("\n"))}
            groups[row_id] = [(folded, 0, labels.setdefault(folded, text)) for folded, text in texts.items()]
    owners = dict(filtering.column_values(store, "document_id"))
    return lambda group: group[2], lambda row_id: groups[owners[row_id]]
