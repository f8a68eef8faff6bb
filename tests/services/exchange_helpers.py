"""Libraries with a document or two, and exported files to be changed by hand."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reader.model.annotation import Annotation
from reader.services.library import Library

MINUTES = (
    "Minutes of the water board\n\nThe board met at seven in the old school. The dam will cost 41 million, said the "
    "engineer. Residents were never asked whether they wanted it. The dam will be finished in 2031.\n"
)


class Clock:
    """Seconds that pass only when they are told to."""

    def __init__(self) -> None:
        self.now = 1_795_000_000.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def add(library: Library, path: Path, text: str = MINUTES) -> str:
    """The uid of a document written to `path` and added."""
    path.write_text(text, "utf-8")
    (result,) = library.adding.add([path])
    assert result.document is not None, result.reason
    return result.document.uid


def mark(library: Library, uid: str, words: str, **how: Any) -> Annotation:
    """A mark on the first occurrence of `words`."""
    text = library.documents.open(uid).document.text
    start = text.index(words)
    (made,) = library.annotate.highlight(uid, text, start, start + len(words), **how).annotations_added
    return made


def exported(library: Library, change: Callable[[dict[str, Any]], object] | None = None) -> bytes:
    """An export of the whole library, changed by hand."""
    value = json.loads(library.exchange.dumps())
    if change:
        change(value)
    return json.dumps(value).encode()


def quotes(library: Library) -> list[str]:
    return [found.quote for found in library.annotate.select()]
