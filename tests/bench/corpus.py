"""Invented texts and libraries for the timings, the same in every run."""

import random
from pathlib import Path

from reader.model.annotation import Color
from reader.services.library import Library

WORDS = (
    "water board valley dam council price estimate promise paper minutes engineer bank east winter flood mill lake "
    "town summer rain farm million question record sentence quarrel land measure budget letter figure year debt"
).split()
NEEDLE = "zyxquill"


def prose(size: int, seed: int = 1) -> str:
    """About `size` code points of paragraphs, with a rare word near the end."""
    rng = random.Random(seed)
    stock = [paragraph(rng) for _ in range(400)]
    parts, length = ["The long matter of the lake\n\n"], 0
    while length < size:
        part = rng.choice(stock)
        parts.append(part)
        length += len(part)
    parts.insert(int(len(parts) * 0.97), f"Here stands {NEEDLE} alone.\n\n")
    return "".join(parts)


def paragraph(rng: random.Random) -> str:
    sentences = []
    for _ in range(rng.randint(2, 6)):
        words = rng.choices(WORDS, k=rng.randint(6, 18))
        sentences.append(" ".join(words).capitalize() + ".")
    return " ".join(sentences) + "\n\n"


def write_text(path: Path, size: int, seed: int = 1) -> Path:
    path.write_text(prose(size, seed), encoding="utf-8")
    return path


def library_with(path: Path, file: Path, marks: int = 0) -> str:
    """A library at `path` that knows `file` and has `marks` marks spread over its text; the document's uid."""
    library = Library.open(path)
    try:
        (result,) = library.adding.add([file])
        assert result.document, result.reason
        uid = result.document.uid
        if marks:
            mark_evenly(library, uid, marks)
        library.documents.opened(uid)
        return uid
    finally:
        library.close()


def mark_evenly(library: Library, uid: str, marks: int) -> None:
    """Marks of 40 code points at even distances, in all colours, brought in by the exchange format."""
    from tests.bench.marks import import_marks

    text = library.documents.open(uid).document.text
    step = max(1, len(text) // marks)
    colors = list(Color)
    spans = [(i * step, min(len(text), i * step + 40), colors[i % 6]) for i in range(marks)]
    import_marks(library, uid, text, spans)
