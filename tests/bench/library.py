"""The library without a window: searching, adding, exporting."""

import hashlib
import json
import random
import sqlite3
import statistics
from pathlib import Path

from reader.model.annotation import Color
from reader.services.library import Library
from reader.text.folding import index_text
from tests.bench.corpus import paragraph, prose, write_text
from tests.bench.marks import import_marks
from tests.bench.measure import Row, median_ms, ms, p95

QUERIES = ("reservoir", "winter flood", "the price of land", "engineer", "budget letter")


def search(place: Path, runs: int) -> Row:
    """One key after the other of each query, over 100,000 passages; the floor is the FTS5 query that answers it."""
    library = Library.open(place / "library.sqlite")
    for number in range(10):
        write_text(place / f"{number}.txt", 3_300_000, seed=number)
    results = list(library.adding.add([place / f"{n}.txt" for n in range(10)]))
    assert all(r.status == "added" for r in results)
    bare = sqlite3.connect(place / "library.sqlite")
    ours, floors = [], []
    for query in QUERIES * max(1, runs // 3):
        for length in range(2, len(query) + 1):
            typed = query[:length]
            ours.append(ms(lambda typed=typed: library.search.search(typed)))
            match = " ".join(f'"{word}"' for word in index_text(typed).split()) + "*"
            floors.append(ms(lambda match=match: bare.execute(BARE_QUERY, (match,)).fetchall()))
    bare.close()
    library.close()
    return Row("library search per key, 100,000 passages, p95", p95(ours), p95(floors), "ms", 2)


BARE_QUERY = "SELECT rowid FROM passage_search WHERE passage_search MATCH ? LIMIT 200"


def add(place: Path, runs: int) -> Row:
    """1,000 texts of about 2 KB; the floor reads, decodes, hashes and puts each into a bare FTS5 table."""
    rng = random.Random(5)
    folder = place / "texts"
    folder.mkdir()
    for number in range(1000):
        body = "".join(paragraph(rng) for _ in range(5))
        (folder / f"{number:04}.txt").write_text(f"Letter {number}\n\n{body}", encoding="utf-8")

    def ours(turn: int) -> float:
        library = Library.open(place / f"library-{turn}.sqlite")
        list(library.adding.add([folder / "0000.txt"]))
        taken = ms(lambda: list(library.adding.add([folder])))
        library.close()
        return taken

    turns = min(runs, 3)
    value = statistics.median(ours(turn) for turn in range(turns))
    floor = statistics.median(ms(lambda t=t: _bare_add(folder, place / f"bare-{t}.sqlite")) for t in range(turns))
    return Row("add 1,000 small texts", value, floor, "ms", 2.5)


def _bare_add(folder: Path, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE VIRTUAL TABLE passage USING fts5(body)")
    for file in sorted(folder.iterdir()):
        data = file.read_bytes()
        text = data.decode("utf-8")
        hashlib.sha256(data).hexdigest()
        connection.execute("INSERT INTO passage VALUES (?)", (text,))
    connection.commit()
    connection.close()


def export(place: Path, runs: int) -> Row:
    """100,000 annotations; the floor is `json.dumps` of the same data, and the write."""
    library = Library.open(place / "library.sqlite")
    (result,) = library.adding.add([write_text(place / "text.txt", 3_000_000)])
    assert result.document
    text = prose(3_000_000)
    colors = list(Color)
    spans = [(i * 29, i * 29 + 40, colors[i % 6]) for i in range(100_000)]
    import_marks(library, result.document.uid, text, spans)
    target, bare = place / "out.json", place / "bare.json"
    value = median_ms(lambda: library.exchange.export(target), min(runs, 3))
    data = json.loads(target.read_text("utf-8"))

    def floor() -> None:
        bare.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")

    bottom = median_ms(floor, min(runs, 3))
    library.close()
    return Row("export 100,000 annotations", value, bottom, "ms", 2.5)


MEASURES = {"search": search, "add": add, "export": export}
