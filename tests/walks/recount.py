"""What the list of all annotations, its facets and its drawings say, counted again from the file in plain Python."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from reader.model.annotation import DEFAULT_CATEGORY_NAMES, AnchorState, Color
from reader.model.filters import Condition, Filter, Key, Part
from reader.model.seeing import Matrix
from reader.model.workspace import Grouping, Order, Value
from reader.services.library import Library
from reader.text.filter_words import parse, written
from reader.text.folding import fold

SINGLE = {
    "category": (Key.CATEGORY, Key.COLOR),
    "document": (Key.DOCUMENT,),
    "source": (Key.SOURCE,),
    "author": (Key.AUTHOR,),
    "month": (Key.SINCE, Key.UNTIL),
    "state": (Key.STATE,),
    "style": (Key.STYLE,),
    "tag": (),
    "filled": (),
}
"""By the name of a facet, what is left out of the filter that its values are counted for."""

_PLAIN = ("source", "color", "style", "state", "created", "modified", "note", "quote", "start", "end")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Known:
    """An annotation outside the bin as the file has it."""

    id: int
    uid: str
    document_id: int
    document_uid: str
    title: str
    authors: tuple[str, ...]
    source: str
    color: str
    style: str
    state: str
    created: str
    modified: str
    note: str
    quote: str
    start: int | None
    end: int | None
    category: str
    masked: bool
    tags: tuple[str, ...]

    @property
    def place(self) -> tuple[Any, ...]:
        """By what it stands where it stands when nothing else sorts it."""
        here = (-1, -1) if self.start is None else (self.start, self.end)
        return (fold(self.title), self.document_id, *here, self.uid)

    @property
    def levels(self) -> set[str]:
        """The keys of its tags and of those in which they are nested."""
        return {
            "/".join(parts[:depth])
            for parts in (tag.casefold().split("/") for tag in self.tags)
            for depth in range(1, len(parts) + 1)
        }


def known_of(library: Library) -> list[Known]:
    """Every annotation outside the bin, read by a connection that is not the program's."""
    other = sqlite3.connect(f"file:{library.path}?mode=ro", uri=True)
    try:
        tags: dict[int, list[str]] = {}
        links = "SELECT l.annotation_id, t.name FROM annotation_tag AS l JOIN tag AS t ON t.id = l.tag_id"
        for row_id, name in other.execute(f"{links} ORDER BY l.annotation_id, l.position, l.id"):
            tags.setdefault(row_id, []).append(name)
        rows = other.execute(
            "SELECT a.id, a.uid, d.id, d.uid, d.title, d.authors, d.source, a.color, a.style, a.state, a.created, "
            "a.modified, a.note, a.quote, a.start_position, a.end_position, coalesce(c.name, ''), "
            "EXISTS (SELECT 1 FROM mask AS m WHERE m.document_id = d.id) "
            "FROM annotation AS a JOIN document AS d ON d.id = a.document_id "
            "LEFT JOIN category AS c ON c.color = a.color WHERE d.visible = 1 AND d.removed = ''"
        ).fetchall()
    finally:
        other.close()
    return [
        Known(
            *row[:5],
            authors=tuple(row[5].split("\n")),
            **dict(zip(_PLAIN, row[6:16], strict=True)),
            category=row[16] or DEFAULT_CATEGORY_NAMES[Color(row[7])],
            masked=bool(row[17]),
            tags=tuple(tags.get(row[0], ())),
        )
        for row in rows
    ]


# -- filters


def meets(mark: Known, wanted: Filter, every: Sequence[Known]) -> bool:
    """Whether a mark meets all conditions of a filter; its words are not looked at."""
    conditions = [part for part in wanted.parts if isinstance(part, Condition)]
    for key in {part.key for part in conditions}:
        for negated in (False, True):
            values = wanted.values(key, negated=negated)
            hits = [_has(mark, key, value, every) for value in values]
            alone = key in (Key.TAG, Key.SINCE, Key.UNTIL, Key.HAS, Key.NO)
            if values and (any(hits) if negated else not (all(hits) if alone else any(hits))):
                return False
    return True


def _has(mark: Known, key: Key, value: str, every: Sequence[Known]) -> bool:
    match key:
        case Key.TAG:
            return value.casefold() in mark.levels
        case Key.CATEGORY:
            return fold(value) in (fold(mark.category), mark.color)
        case Key.COLOR | Key.STATE | Key.STYLE:
            return value == {Key.COLOR: mark.color, Key.STATE: mark.state, Key.STYLE: mark.style}[key]
        case Key.SINCE:
            return mark.created >= value
        case Key.UNTIL:
            return mark.created[: len(value)] <= value
        case Key.HAS | Key.NO:
            there = {"note": mark.note, "tag": mark.tags, "quote": mark.quote}[value]
            return bool(there) is (key is Key.HAS)
        case _:
            return _is_of(mark, key, value, every)


def _is_of(mark: Known, key: Key, value: str, every: Sequence[Known]) -> bool:
    """By id, else by the whole text, else by a part of it."""

    def texts(one: Known) -> Sequence[str]:
        return {Key.DOCUMENT: (one.title,), Key.SOURCE: (one.source,), Key.AUTHOR: one.authors}[key]

    def ids(one: Known) -> tuple[str, str]:
        return one.document_uid, one.document_uid[-8:]

    if key is Key.DOCUMENT and any(value.lower() in ids(one) for one in every):
        return value.lower() in ids(mark)
    folded = fold(value)
    if any(folded == fold(text) for one in every for text in texts(one)):
        return folded in map(fold, texts(mark))
    return any(folded in fold(text) for text in texts(mark))


def _tokens(mark: Known) -> set[str]:
    said = " ".join((mark.note, mark.quote, mark.title, *mark.tags))
    return set(_LETTERS.findall(said.casefold()))


def check_filter(library: Library, wanted: Filter) -> set[str]:
    """The filter finds what meets it, and no more; the uids of it."""
    assert parse(written(wanted)) == wanted
    every = known_of(library)
    found = set(library.workspace.uids(wanted))
    allowed = {mark.uid: mark for mark in every if meets(mark, wanted, every)}
    assert found <= set(allowed)
    surely = set(allowed)
    for words in wanted.words:
        having = {uid for uid, mark in allowed.items() if any(one.startswith(words.text) for one in _tokens(mark))}
        doubted = {uid for uid, mark in allowed.items() if mark.masked}
        perhaps = {uid for uid, mark in allowed.items() if words.text in _said(mark)}
        surely &= (set(allowed) - perhaps) if words.negated else having - doubted
        assert found <= ((set(allowed) - having) | doubted if words.negated else perhaps), words
    assert found >= surely
    return found


def _said(mark: Known) -> str:
    return " ".join((mark.note, mark.quote, mark.title, *mark.tags)).casefold()


# -- the list


def check_listing(library: Library, wanted: Filter, order: Order, *, descending: bool, group: Grouping | None) -> None:
    """Everything that the filter finds is there once for each group that it is in, in order."""
    marks = {mark.id: mark for mark in known_of(library)}
    listing = library.workspace.listing(wanted, order=order, descending=descending, group=group)
    found = set(library.workspace.uids(listing.shown))
    assert (listing.shown == wanted) is (not listing.said)
    keys = sort_keys(marks.values(), order)
    inside = [row_id for row_id, mark in marks.items() if mark.uid in found]
    ordered = sorted(inside, key=lambda row_id: (keys[row_id], marks[row_id].place), reverse=descending)
    if group is None:
        assert (list(listing.ids), listing.groups) == (ordered, ())
        return
    members: dict[Any, list[int]] = {}
    for row_id in ordered:
        for label in groups_of(marks[row_id], group):
            members.setdefault(label, []).append(row_id)
    starts = [one.start for one in listing.groups]
    assert starts == [sum(one.count for one in listing.groups[:at]) for at in range(len(starts))]
    named = fold if group in (Grouping.SOURCE, Grouping.AUTHOR) else str
    told = [(named(one.label), tuple(listing.ids[one.start : one.start + one.count])) for one in listing.groups]
    assert sorted(told) == sorted((label[-1], tuple(ids)) for label, ids in members.items())
    assert len(listing.ids) == sum(map(len, members.values()))


def groups_of(mark: Known, group: Grouping) -> list[tuple[Any, ...]]:
    """What tells the groups of a mark apart, with what they are called at the end."""
    match group:
        case Grouping.DOCUMENT:
            return [(mark.document_id, mark.title)]
        case Grouping.TAG:
            return [(tag,) for tag in mark.tags] or [("",)]
        case Grouping.CATEGORY:
            return [(mark.color, mark.category)]
        case Grouping.MONTH:
            return [(mark.created[:7],)]
        case Grouping.SOURCE:
            return [(fold(mark.source),)]
        case Grouping.AUTHOR:
            return [(name,) for name in dict.fromkeys(map(fold, mark.authors))]


def sort_keys(marks: Iterable[Known], order: Order) -> dict[int, Any]:
    """What each mark is sorted by; what is empty comes last."""
    colors, states = list(Color), list(AnchorState)

    def key(mark: Known) -> Any:
        match order:
            case Order.DOCUMENT:
                return ()
            case Order.CATEGORY:
                return colors.index(Color(mark.color))
            case Order.STATE:
                return states.index(AnchorState(mark.state))
            case Order.CREATED | Order.CHANGED:
                return mark.created if order is Order.CREATED else mark.modified
            case Order.TAGS:
                return (not mark.tags, mark.tags[0].casefold() if mark.tags else "")
            case _:
                text = mark.quote if order is Order.QUOTE else mark.note
                return (not text, fold(text[:60]))

    return {mark.id: key(mark) for mark in marks}


def check_rows(library: Library) -> None:
    """What a row shows is what the file says."""
    every = {mark.id: mark for mark in known_of(library)}
    rows = library.workspace.by_id(list(every))
    assert set(rows) == set(every)
    for row_id, mark in every.items():
        row = rows[row_id]
        assert (row.mark.uid, row.mark.note, row.mark.tags) == (mark.uid, mark.note, mark.tags)
        assert (row.mark.color.value, row.mark.state.value, row.category) == (mark.color, mark.state, mark.category)
        assert (row.document, row.place.position) == (mark.title, mark.start)
        assert row.quote == mark.quote or mark.masked
    tagged = Counter(tag for mark in every.values() for tag in mark.tags)
    assert library.workspace.tags_of(list(every)) == tagged


# -- facets


def check_facets(library: Library, wanted: Filter) -> list[Part]:
    """Each value counts what its parts find, nothing is missing; every part of a value."""
    every = known_of(library)
    facets = library.workspace.facets(wanted)
    found = set(library.workspace.uids(wanted))
    assert facets.total == len(found)
    parts: list[Part] = []
    for name, apart in SINGLE.items():
        values: Sequence[Value] = getattr(facets, name)
        rest = wanted.without(apart)
        among = [mark for mark in every if mark.uid in set(library.workspace.uids(rest))]
        for value in values:
            assert value.count > 0
            parts += value.parts
            asked = Filter(tuple(dict.fromkeys((*rest.parts, *value.parts))))
            assert parse(written(asked)) == asked
            assert len(library.workspace.uids(asked)) == value.count, (name, value)
        _check_complete(name, values, among)
    return parts


def _check_complete(name: str, values: Sequence[Value], among: Sequence[Known]) -> None:
    counts = [value.count for value in values]
    match name:
        case "category" | "state" | "style":
            told = Counter(getattr(mark, "color" if name == "category" else name) for mark in among)
            assert sorted(told.values()) == sorted(counts)
        case "document":
            assert sorted(Counter(mark.document_id for mark in among).values()) == sorted(counts)
        case "tag":
            told = Counter(level for mark in among for level in mark.levels)
            assert {value.label.casefold(): value.count for value in values} == told
        case "source" | "author":
            texts = [(mark.source,) if name == "source" else mark.authors for mark in among]
            told = Counter(folded for each in texts for folded in {fold(text) for text in each if text.strip()})
            assert {fold(value.label): value.count for value in values} == told
        case "month":
            assert {value.label: value.count for value in values} == Counter(mark.created[:7] for mark in among)
        case _:
            told: Mapping[str, int] = {
                f"{key} {field}": sum(bool(getattr(mark, attribute)) is (key == "has") for mark in among)
                for field, attribute in (("note", "note"), ("tag", "tags"), ("quote", "quote"))
                for key in ("has", "no")
            }
            assert {value.label: value.count for value in values} == {key: n for key, n in told.items() if n}


# -- drawings


def check_seeing(library: Library, wanted: Filter) -> None:
    """Matrix, pairs and weeks count what the filter finds, and each of them leads to what it counts."""
    found = set(library.workspace.uids(wanted))
    marks = [mark for mark in known_of(library) if mark.uid in found]
    matrix = library.seeing.by_document(wanted)
    tagged = {(key, mark.document_id, mark.id) for mark in marks for key in mark.levels}
    assert matrix.total == len(marks)
    assert {row.label.casefold(): row.count for row in matrix.rows} == Counter(key for key, _, _ in tagged)
    assert Counter(matrix.cells.values()) == Counter(Counter((key, owner) for key, owner, _ in tagged).values())
    owners = {owner for _, owner, _ in tagged}
    told = Counter(mark.document_id for mark in marks if mark.document_id in owners)
    assert sorted(column.count for column in matrix.columns) == sorted(told.values())
    for (row, column), count in matrix.cells.items():
        _leads(library, wanted, (*matrix.rows[row].parts, *matrix.columns[column].parts), count)
    _check_together(library.seeing.together(wanted), [mark.levels for mark in marks])
    by_document: dict[int, set[str]] = {}
    for mark in marks:
        by_document.setdefault(mark.document_id, set()).update(mark.levels)
    _check_together(library.seeing.together(wanted, in_document=True), list(by_document.values()))
    weeks = library.seeing.weeks(wanted)
    assert weeks.total == len(marks) == sum(week.count for week in weeks.weeks) + weeks.undated
    for week in weeks.weeks:
        _leads(library, wanted, week.parts, week.count)


def _leads(library: Library, wanted: Filter, parts: Sequence[Part], count: int) -> None:
    asked = Filter(tuple(dict.fromkeys((*wanted.parts, *parts))))
    # A filter for another document, or for another time, would find one of both.
    if not any(isinstance(part, Condition) and part.key is Key.DOCUMENT for part in wanted.parts):
        assert len(library.workspace.uids(asked)) == count, (asked, count)


def _check_together(matrix: Matrix, holders: Sequence[set[str]]) -> None:
    told = Counter(
        pair
        for levels in holders
        for pair in combinations(sorted(levels), 2)
        if not (pair[0].startswith(pair[1] + "/") or pair[1].startswith(pair[0] + "/"))
    )
    labels = [line.label.casefold() for line in matrix.rows]
    assert {tuple(sorted((labels[i], labels[j]))): count for (i, j), count in matrix.cells.items()} == told
    assert {labels[at]: line.count for at, line in enumerate(matrix.rows)} == Counter(
        level for levels in holders for level in levels
    )


# -- tags


def check_tags(library: Library) -> None:
    """Each tag counts what has it, also in the bin."""
    other = sqlite3.connect(f"file:{library.path}?mode=ro", uri=True)
    try:
        links = other.execute(
            "SELECT t.name, 'a' || l.annotation_id FROM annotation_tag AS l JOIN tag AS t ON t.id = l.tag_id "
            "UNION ALL SELECT t.name, 'd' || l.document_id FROM document_tag AS l JOIN tag AS t ON t.id = l.tag_id"
        ).fetchall()
        names = [row[0] for row in other.execute("SELECT name FROM tag")]
    finally:
        other.close()
    used = Counter(name for name, _ in links)
    assert {tag.name: tag.uses for tag in library.tags.list()} == {name: used[name] for name in names}
    unused = {tag.name for tag in library.tags.unused()}
    for name in names:
        nested = [one for one in names if f"{one}/".casefold().startswith(f"{name}/".casefold())]
        assert (name in unused) is (not any(used[one] for one in nested)), name
    levels = library.tags.levels()
    for level, count in levels.items():
        inside = {owner for name, owner in links if f"{name}/".casefold().startswith(f"{level}/")}
        assert count == len(inside), level


POOL: tuple[Filter, ...] = (
    Filter(),
    *map(
        parse,
        (
            "tag:water",
            "-tag:water",
            "tag:water tag:people",
            "has:note",
            "no:tag has:quote",
            "color:yellow color:blue",
            "-color:yellow -style:underline",
            "state:moved state:lost",
            "-state:lost",
            "since:2026-11 until:2026-11-21",
            "until:2026",
            "since:2027",
            "document:report",
            "-document:paper tag:water/level",
            'author:"A. Writer"',
            'category:"water"',
            "water",
            "-water",
            "water tag:people",
            "residents no:note",
            "neve -who color:green",
        ),
    ),
)
"""What is asked for in turn; a category of the user's own name may not be there."""
