"""How many annotations are of which kind, among those that a filter finds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from reader.model.annotation import AnchorState, Color, Style
from reader.model.filters import Condition, Filter, Key, Part
from reader.model.workspace import Facets, Value
from reader.services.filtering import resolved
from reader.store import categories, facets, filtering
from reader.store.database import Store
from reader.store.facets import Kind
from reader.store.ids import short_id
from reader.text.folding import fold

_DOCUMENT, _COLOR, _STYLE, _STATE, _MONTH, _NOTED, _QUOTED = range(1, 8)


def counted(store: Store, wanted: Filter) -> Facets:
    """The facets of what a filter finds. ReaderError when it names a category that there is not."""
    counting = _Counting(store, wanted)
    names = categories.names(store)
    found = counting.kinds(())
    tags = _Tags(store, {kind[0] for kind in found})
    documents = filtering.about_documents(store)
    titles = Counter(fold(about[2]) for about in documents)
    in_document = counting.by_column(_DOCUMENT, (Key.DOCUMENT,))
    return Facets(
        len(found),
        category=_listed(
            counting.by_column(_COLOR, (Key.CATEGORY, Key.COLOR)),
            [(color.value, names[color], Condition(Key.COLOR, color.value)) for color in Color],
        ),
        tag=tags.values(),
        document=_most_first(
            Value(about[2], in_document[about[0]], (Condition(Key.DOCUMENT, _name(about, titles)),))
            for about in documents
            if in_document[about[0]]
        ),
        source=_of_texts(
            counting.by_column(_DOCUMENT, (Key.SOURCE,)), Key.SOURCE, {about[0]: [about[4]] for about in documents}
        ),
        author=_of_texts(
            counting.by_column(_DOCUMENT, (Key.AUTHOR,)),
            Key.AUTHOR,
            {about[0]: about[3].split("\n") for about in documents},
        ),
        month=_months(counting.by_column(_MONTH, (Key.SINCE, Key.UNTIL))),
        state=_listed(
            counting.by_column(_STATE, (Key.STATE,)),
            [(state.value, state.value, Condition(Key.STATE, state.value)) for state in AnchorState],
        ),
        style=_listed(
            counting.by_column(_STYLE, (Key.STYLE,)),
            [(style.value, style.value, Condition(Key.STYLE, style.value)) for style in Style],
        ),
        filled=_filled(len(found), found, tags.tagged),
    )


class _Counting:
    """What a filter finds, and what it would find if it did not ask for one thing."""

    def __init__(self, store: Store, wanted: Filter) -> None:
        self._store = store
        self._wanted = wanted
        self._found: dict[Filter, list[Kind]] = {}

    def kinds(self, apart: Sequence[Key]) -> list[Kind]:
        """The kinds of what is found but for the conditions of these keys."""
        wanted = self._wanted.without(apart)
        if wanted not in self._found:
            self._found[wanted] = facets.kinds(self._store, resolved(self._store, wanted))
        return self._found[wanted]

    def by_column(self, column: int, apart: Sequence[Key]) -> Counter[Any]:
        return Counter(kind[column] for kind in self.kinds(apart))


class _Tags:
    """The tags of some annotations."""

    def __init__(self, store: Store, found: set[int]) -> None:
        self._names = filtering.tag_names(store)
        self._links = [link for link in filtering.tag_links(store) if link[0] in found]
        self.tagged = len({row_id for row_id, _ in self._links})

    def values(self) -> tuple[Value, ...]:
        """The tags in the order of the tree; one that only stands before others in their names is there, too."""
        counts = Counter(tag_id for _, tag_id in self._links)
        totals = {self._names[tag_id][0]: count for tag_id, count in counts.items()}
        labels = dict(self._names.values())
        for key in [key for key in totals if "/" in key]:
            parts = labels[key].split("/")
            for depth in range(1, len(parts)):
                over = "/".join(parts[:depth])
                labels.setdefault("/".join(key.split("/")[:depth]), over)
        totals |= self._nested()
        return tuple(
            Value(labels[key], totals[key], (Condition(Key.TAG, labels[key]),))
            for key in sorted(totals, key=lambda key: key.split("/"))
        )

    def _nested(self) -> dict[str, int]:
        """By the key of a tag with others nested in it, how many annotations have it or one of those."""
        over: dict[int, list[str]] = {}
        for tag_id, (key, _) in self._names.items():
            parts = key.split("/")
            over[tag_id] = ["/".join(parts[:depth]) for depth in range(1, len(parts))]
        heads = set(chain.from_iterable(over.values()))
        members: dict[str, set[int]] = {}
        for row_id, tag_id in self._links:
            for key in (*over[tag_id], self._names[tag_id][0]):
                if key in heads:
                    members.setdefault(key, set()).add(row_id)
        return {key: len(found) for key, found in members.items()}


def _listed(counts: Counter[str], values: Iterable[tuple[str, str, Part]]) -> tuple[Value, ...]:
    return tuple(Value(label, counts[key], (part,)) for key, label, part in values if counts[key])


def _most_first(values: Iterable[Value]) -> tuple[Value, ...]:
    return tuple(sorted(values, key=lambda value: (-value.count, fold(value.label))))


def _name(about: tuple[int, str, str, str, str, int], titles: Counter[str]) -> str:
    """What a filter calls a document: its title, or its id where another one has the title or it has none."""
    return about[2] if about[2].strip() and titles[fold(about[2])] == 1 else short_id(about[1])


def _of_texts(counts: Counter[int], key: Key, texts: Mapping[int, Sequence[str]]) -> tuple[Value, ...]:
    """What documents are called by, each once whatever its case."""
    found: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for row_id, count in counts.items():
        for folded, text in {fold(text): text for text in texts[row_id] if text.strip()}.items():
            found[folded] += count
            labels.setdefault(folded, text)
    return _most_first(Value(labels[each], count, (Condition(key, labels[each]),)) for each, count in found.items())


def _months(counts: Counter[str]) -> tuple[Value, ...]:
    """The newest first. A mark that another program made may have no time, or one that is none."""
    from reader.text.filter_words import is_date

    return tuple(
        Value(month, counts[month], (Condition(Key.SINCE, month), Condition(Key.UNTIL, month)))
        for month in sorted(counts, reverse=True)
        if is_date(month)
    )


def _filled(total: int, found: Sequence[Kind], tagged: int) -> tuple[Value, ...]:
    noted, quoted = (sum(1 for kind in found if kind[column]) for column in (_NOTED, _QUOTED))
    values = [
        Value(f"{key} {field}", count, (Condition(key, field),))
        for field, having in (("note", noted), ("tag", tagged), ("quote", quoted))
        for key, count in ((Key.HAS, having), (Key.NO, total - having))
    ]
    return tuple(value for value in values if value.count)
