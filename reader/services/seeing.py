"""What a filter finds, counted for drawing. Not for the interface's thread: 100,000 annotations take a second."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from reader.model.annotation import Color
from reader.model.filters import Condition, Filter, Key, Part
from reader.model.seeing import Line, Matrix, Pair, Week, Weeks
from reader.services.filtering import resolved
from reader.services.indexing import catch_up
from reader.services.targets import checked_target
from reader.services.whole_file import unwritten, write_whole
from reader.store import categories, facets, filtering
from reader.store.database import Store
from reader.store.ids import short_id
from reader.text.folding import fold

_MOST_WEEKS = 53 * 60
"""Clocks that were wrong make spans of centuries; what is before the last sixty years is not drawn."""


class Seeing:
    """May be used from any thread. Each raises ReaderError when the filter names a category that there is not."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def by_document(self, wanted: Filter) -> Matrix:
        """Tags by document: an annotation counts for a tag when it has it or one nested in it, and once.

        Documents in which none of the annotations has a tag are left out.
        """
        catch_up(self._store)
        with self._store.reading():
            owners = self._owners(wanted)
            tags = _Tagged(self._store, owners)
            labels = self._documents({owners[row_id] for row_id in tags.tagged})
        cells: Counter[tuple[str, int]] = Counter()
        for key, members in tags.members.items():
            for row_id in members:
                cells[key, owners[row_id]] += 1
        rows = {key: at for at, key in enumerate(tags.keys)}
        columns = {document_id: at for at, document_id in enumerate(labels)}
        counts = Counter(owners.values())
        return Matrix(
            tuple(tags.line(key) for key in tags.keys),
            tuple(
                Line(title, counts[document_id], (Condition(Key.DOCUMENT, name),))
                for document_id, (title, name) in labels.items()
            ),
            {(rows[key], columns[document_id]): count for (key, document_id), count in cells.items()},
            len(owners),
        )

    def together(self, wanted: Filter, *, in_document: bool = False) -> Matrix:
        """Tags by tags: on how many annotations both are, or, `in_document`, in how many documents.

        The cells are those above the diagonal: (i, j) with i before j. A tag nested in another one says that one, too;
        such pairs are left out.
        """
        catch_up(self._store)
        with self._store.reading():
            owners = self._owners(wanted)
            tags = _Tagged(self._store, owners)
        members = tags.members
        if in_document:
            members = {key: {owners[row_id] for row_id in found} for key, found in members.items()}
        holders: dict[int, list[int]] = {}
        for at, key in enumerate(tags.keys):
            for holder in members[key]:
                holders.setdefault(holder, []).append(at)
        cells = Counter(pair for found in holders.values() for pair in combinations(found, 2))
        for first, second in [pair for pair in cells if _nested(tags.keys[pair[0]], tags.keys[pair[1]])]:
            del cells[first, second]
        lines = tuple(
            Line(tags.labels[key], len(members[key]), (Condition(Key.TAG, tags.labels[key]),)) for key in tags.keys
        )
        return Matrix(lines, lines, cells, len(holders) if in_document else len(owners))

    def weeks(self, wanted: Filter) -> Weeks:
        """Annotations by the week in which they were made."""
        dated: dict[date, Counter[Color]] = {}
        undated = 0
        catch_up(self._store)
        with self._store.reading():
            found = facets.days(self._store, resolved(self._store, wanted))
            names = categories.names(self._store)
        for day, color, count in found:
            made = _date(day)
            if made is None:
                undated += count
            else:
                dated.setdefault(made - timedelta(days=made.weekday()), Counter())[Color(color)] += count
        return Weeks(
            tuple(_weeks(dated)),
            names,
            sum(count for _, _, count in found),
            undated,
        )

    def documents_with(self, wanted: Filter, *each: tuple[Part, ...]) -> tuple[Part, ...]:
        """What asks for the documents in which something is found for each of these parts of a filter.

        Empty where there is no such document.
        """
        catch_up(self._store)
        with self._store.reading():
            found: list[set[int]] = [
                {kind[1] for kind in facets.kinds(self._store, resolved(self._store, Filter((*wanted.parts, *parts))))}
                for parts in each
            ]
            labels = self._documents(set[int].intersection(*found))
        return tuple(Condition(Key.DOCUMENT, name) for _, name in labels.values())

    def save_table(self, target: Path, found: Matrix | Sequence[Pair] | Weeks, *, together: bool = False) -> None:
        """Write what was counted as CSV; `together`: the matrix is one of tags by tags. ReaderError when it
        cannot be written."""
        from reader.interchange import seeing_csv

        if isinstance(found, Matrix):
            text = seeing_csv.matrix(found, corner="tag", symmetric=together)
        else:
            text = seeing_csv.weeks(found) if isinstance(found, Weeks) else seeing_csv.pairs(found)
        self._save(target, text.encode())

    def save_drawing(self, target: Path, drawing: bytes) -> None:
        """Write a drawing that was made of it. ReaderError when it
        cannot be written."""
        self._save(target, drawing)

    def _save(self, target: Path, data: bytes) -> None:
        try:
            write_whole(checked_target(target, self._store.path), data)
        except OSError as error:
            raise unwritten("It", target, error) from error

    def _owners(self, wanted: Filter) -> dict[int, int]:
        """The document of each annotation that is found, by row ids."""
        return {kind[0]: kind[1] for kind in facets.kinds(self._store, resolved(self._store, wanted))}

    def _documents(self, row_ids: set[int]) -> dict[int, tuple[str, str]]:
        """Title and what a filter calls it, of each of these documents, by title."""
        found = filtering.about_documents(self._store)
        titles = Counter(fold(about[2]) for about in found)
        named = (
            (about[0], about[2], about[2] if about[2].strip() and titles[fold(about[2])] == 1 else short_id(about[1]))
            for about in sorted(found, key=lambda about: (fold(about[2]), about[0]))
            if about[0] in row_ids
        )
        return {row_id: (title, name) for row_id, title, name in named}


def pairs(matrix: Matrix) -> list[Pair]:
    """The cells of a matrix of tags by tags, those with the largest share first."""
    lines = matrix.rows
    found = (
        Pair(lines[i], lines[j], count, count / (lines[i].count + lines[j].count - count))
        for (i, j), count in matrix.cells.items()
    )
    return sorted(found, key=lambda pair: (-pair.count, -pair.share, pair.first.label, pair.second.label))


class _Tagged:
    """The annotations of each tag by its key, those of the tags nested in it among them; `keys` in tree order."""

    def __init__(self, store: Store, among: Mapping[int, int]) -> None:
        names = filtering.tag_names(store)
        self.labels = dict(names.values())
        self.members: dict[str, set[int]] = {}
        over = {tag_id: list(_over(key)) for tag_id, (key, _) in names.items()}
        for row_id, tag_id in filtering.tag_links(store):
            if row_id in among:
                for key in over[tag_id]:
                    self.members.setdefault(key, set()).add(row_id)
        for key in self.members:
            if key not in self.labels:
                self.labels[key] = self._label_of(key)
        self.keys = sorted(self.members, key=lambda key: key.split("/"))
        self.tagged = set[int]().union(*self.members.values())

    def line(self, key: str) -> Line:
        return Line(self.labels[key], len(self.members[key]), (Condition(Key.TAG, self.labels[key]),))

    def _label_of(self, key: str) -> str:
        """The name of what is no tag itself but stands before others in their names, as it stands there."""
        inside = next(name for other, name in self.labels.items() if other.startswith(key + "/"))
        return "/".join(inside.split("/")[: key.count("/") + 1])


def _over(key: str) -> Iterable[str]:
    """The key and those of the tags in which it is nested."""
    parts = key.split("/")
    return ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))


def _nested(first: str, second: str) -> bool:
    return second.startswith(first + "/") or first.startswith(second + "/")


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _weeks(dated: Mapping[date, Counter[Color]]) -> Iterable[Week]:
    if not dated:
        return
    last = max(dated)
    monday = max(min(dated), last - timedelta(weeks=min(_MOST_WEEKS, (last - date.min).days // 7)))
    while monday <= last:
        sunday = monday + timedelta(days=6)
        parts = (Condition(Key.SINCE, monday.isoformat()), Condition(Key.UNTIL, sunday.isoformat()))
        yield Week(monday, dated.get(monday, Counter()), parts)
        monday += timedelta(weeks=1)
