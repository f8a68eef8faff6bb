"""All annotations as one list, 100,000 of them over 200 documents, without a window."""

import random
import sqlite3
from pathlib import Path

from reader.model.annotation import Annotation, Color
from reader.model.filters import Filter
from reader.services.library import Library
from reader.services.workspace import Workspace
from reader.store import annotations, documents, tags
from reader.store.exchange import link_tags
from reader.text.anchoring import describe
from reader.text.filter_words import parse
from tests.bench.corpus import WORDS, prose
from tests.bench.measure import Row, median_ms, ms, p95, paired

MARKS = 100_000
QUERIES = ("reservoir", "winter flood", "the price of land", "engineer", "budget letter", "water")
SIZE = 20_000


def library_of(path: Path, marks: int, count: int = 200) -> Library:
    """Marks spread over documents and six years, every second with a tag, every third with a note."""
    library, rng, colors = Library.open(path), random.Random(3), list(Color)
    texts = [prose(SIZE, seed=number) for number in range(count)]
    added = [library.adding.add_text(text, f"Report {number}").document for number, text in enumerate(texts)]
    uids = [document.uid for document in added if document]
    rows = documents.rows_of(library.store, uids)
    made: list[tuple[Annotation, int]] = []
    for number in range(marks):
        start = rng.randrange(SIZE - 100)
        mark = Annotation(
            library.store.new_uid(),
            uids[number % count],
            describe(texts[number % count], start, start + 60),
            colors[rng.randrange(len(colors))],
            note=" ".join(rng.choices(WORDS, k=5)) if number % 3 == 0 else "",
            created=f"20{20 + number % 6}-{1 + number % 12:02}-01T00:00:00.000Z",
            modified="2026-01-01T00:00:00.000Z",
        )
        made.append((mark, rows[mark.document_uid]))
    with library.store.transaction() as connection:
        annotations.insert_many(connection, made)
        names = [f"topic/{number}" if number % 3 == 0 else f"tag {number}" for number in range(60)]
        known = [tags.ensure(connection, library.store, name) for name in names]
        ids = annotations.row_ids(library.store, [mark.uid for mark, _ in made])
        link_tags(connection, [(ids[mark.uid], [rng.choice(known)]) for mark, _ in made[::2]])
    library.search.prepare()
    return library


def first_page(place: Path, runs: int) -> Row:
    """The first 100 rows; the floor is a library that has no more than these 100."""
    many, few = library_of(place / "many.sqlite", MARKS), library_of(place / "few.sqlite", 100, count=1)

    def page(library: Library) -> float:
        return ms(lambda: Workspace(library.store).find(Filter(), limit=100))

    value, floor = paired(lambda: page(many), lambda: page(few), max(runs, 5) * 3)
    many.close()
    few.close()
    return Row("workspace: first page of 100,000 annotations, of 100", value, floor, "ms", 2)


FACETS = (
    "a.document_id", "a.color", "a.style", "a.state", "substr(a.created, 1, 7)", "a.note <> ''", "a.quote <> ''",
)  # fmt: skip


def facet_click(place: Path, runs: int) -> Row:
    """A category chosen: the list and the counts of every facet; the floor is one GROUP BY for each facet in SQL."""
    library = library_of(place / "library.sqlite", MARKS)
    bare = sqlite3.connect(place / "library.sqlite")
    here = "a.document_id IN (SELECT id FROM document WHERE visible = 1 AND removed = '') AND a.color = 'orange'"

    def count() -> None:
        for column in FACETS:
            bare.execute(f"SELECT {column}, count(*) FROM annotation AS a WHERE {here} GROUP BY 1").fetchall()
        joined = "annotation_tag AS l JOIN annotation AS a ON a.id = l.annotation_id"
        bare.execute(f"SELECT l.tag_id, count(*) FROM {joined} WHERE {here} GROUP BY 1").fetchall()

    def click() -> None:
        library.workspace.find(parse("color:orange"), limit=100)
        library.workspace.facets(parse("color:orange"))

    click()
    value, floor = median_ms(click, max(runs, 3)), median_ms(count, max(runs, 3))
    bare.close()
    library.close()
    return Row("workspace: facet click, 100,000 annotations, of bare counts", value, floor, "ms", 3)


def typed_filter(place: Path, runs: int) -> Row:
    """One key after the other: the list and its first page; the floor is the FTS5 query that answers it."""
    library = library_of(place / "library.sqlite", MARKS)
    bare = sqlite3.connect(place / "library.sqlite")
    library.workspace.find(parse("water"))
    ours: list[float] = []
    floors: list[float] = []
    for query in QUERIES * max(1, runs // 3):
        for length in range(1, len(query) + 1):
            typed = query[:length]
            words = typed.split()
            match = " ".join(f'"{word}"*' if len(word) > 1 else f'"{word}"' for word in words)
            ours.append(ms(lambda typed=typed: library.workspace.find(parse(typed), limit=100)))
            floors.append(ms(lambda match=match: bare.execute(BARE_QUERY, (match,)).fetchall()))
    bare.close()
    library.close()
    return Row("workspace: key in the filter, 100,000 annotations, p95", p95(ours), p95(floors), "ms", 2)


BARE_QUERY = "SELECT rowid FROM annotation_search WHERE annotation_search MATCH ?"

MEASURES = {"workspace-first": first_page, "workspace-facets": facet_click, "workspace-filter": typed_filter}
