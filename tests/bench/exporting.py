"""100,000 annotations of 200 documents taken out, in each form.

The floor serialises the same data, already in memory, with what Python has for that form, and writes it: `json.dumps`
for JSON, `csv.writer` for tables, ElementTree and `zipfile` for QDPX. Markdown and HTML have nothing of the kind: there
it is `json.dumps` of the records.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from reader.interchange.forms import FORMS, Form
from reader.services.library import Library
from tests.bench.measure import Row, ms, paired
from tests.bench.workspace import MARKS, library_of

RATIO = 3


def _bare(form: Form, made: Path, records: Path) -> Callable[[], str | bytes]:
    """What serialises the data of an export that was made; `records` are the same in passage JSON."""
    if form.name == "w3c":
        return partial(json.dumps, json.loads(made.read_text("utf-8")), ensure_ascii=False)
    if form.suffix in (".csv", ".tsv"):
        delimiter = "\t" if form.suffix == ".tsv" else ","
        with made.open(encoding="utf-8-sig", newline="") as file:
            return partial(_table, list(csv.reader(file, delimiter=delimiter)), delimiter)
    if form.suffix == ".qdpx":
        return partial(_archive, *_project(made))
    return partial(json.dumps, json.loads(records.read_text("utf-8")), ensure_ascii=False, indent=1)


def _table(rows: list[list[str]], delimiter: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def _project(made: Path) -> tuple[ElementTree.Element, dict[str, bytes]]:
    """The XML of a project and the other files in it."""
    with zipfile.ZipFile(made) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = next(name for name in parts if name.endswith(".qde"))
    return ElementTree.fromstring(parts.pop(name)), parts


def _archive(project: ElementTree.Element, parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
        archive.writestr("project.qde", ElementTree.tostring(project, "utf-8"))
    return data.getvalue()


def _write(place: Path, serialise: Callable[[], str | bytes]) -> None:
    made = serialise()
    place.write_bytes(made if isinstance(made, bytes) else made.encode())


def _library(place: Path) -> Library:
    """The library of all these measures, made once for the run."""
    path = place.parent / "export-library.sqlite"
    return Library.open(path) if path.exists() else library_of(path, MARKS)


def export(form: Form, place: Path, runs: int) -> Row:
    """One form to a file; the floor is the same data serialised bare to a file."""
    library = _library(place)
    target, bare, records = place / f"out{form.suffix}", place / "bare", place / "records.json"
    library.exchange.export(target, form=form.name)
    library.exchange.export(records)
    serialise = _bare(form, target, records)
    value, floor = paired(
        lambda: ms(lambda: library.exchange.export(target, form=form.name)),
        lambda: ms(lambda: _write(bare, serialise)),
        min(runs, 3),
    )
    library.close()
    return Row(f"export 100,000 annotations: {form.title}", value, floor, "ms", RATIO)


MEASURES = {f"export-{form.name}": partial(export, form) for form in FORMS if form.writer}
