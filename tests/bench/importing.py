"""1,000 marks of Hypothesis into a text of 3 MB: the preview and the import, beside one pass of rapidfuzz.

Four of five quotes stand in the text to the letter; of the others a few letters differ, or blanks and lines do.
"""

import json
import random
import time
from pathlib import Path

from reader.services.library import Library
from tests.bench.anchoring_texts import english
from tests.bench.measure import Row, paired

SIZE, MARKS, CONTEXT = 3_000_000, 1000, 32
ADDRESS = "https://example.org/report"


def hypothesis_file(text: str, marks: int = MARKS) -> tuple[bytes, list[tuple[int, str]]]:
    """An export of Hypothesis with marks in this text; where they stand, and their quotes."""
    rng = random.Random(11)
    quotes: list[tuple[int, str]] = []
    records: list[dict[str, object]] = []
    for number in range(marks):
        start = rng.randrange(CONTEXT, len(text) - 400)
        end = start + rng.randint(40, 220)
        quote = quoted(text[start:end], number)
        around = {"prefix": text[start - CONTEXT : start], "suffix": text[end : end + CONTEXT]}
        # Hypothesis counts over the whole page in UTF-16 units: nothing to go by.
        selectors = [
            {"type": "TextPositionSelector", "start": start + 977, "end": end + 977},
            {"type": "TextQuoteSelector", "exact": quote, **around},
        ]
        record = {"id": f"h{number}", "uri": ADDRESS, "text": "", "tags": [], "document": {"title": ["The report"]}}
        times = {"created": "2026-01-01T00:00:00Z", "updated": "2026-01-01T00:00:00Z"}
        records.append(record | times | {"target": [{"source": ADDRESS, "selector": selectors}]})
        quotes.append((start, quote))
    head = {"export_date": "2026-01-01T00:00:00Z", "export_userid": "acct:a@b", "client_version": "1"}
    return json.dumps(head | {"annotations": records}).encode(), quotes


def quoted(words: str, number: int) -> str:
    """The words as another program may have them: every tenth with other blanks, every tenth with other letters."""
    if number % 10 == 0:
        return " ".join(words.split())
    if number % 10 == 5:
        return words[:12] + "vw" + words[14:]
    return words


def rapidfuzz_pass(text: str, quotes: list[tuple[int, str]]) -> float:
    """Milliseconds that rapidfuzz takes to look for each quote once, in the neighbourhood in which we look for it."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    begin = time.process_time()
    for start, quote in quotes:
        partial_ratio_alignment(quote, text[max(0, start - 15_000) : start + len(quote) + 15_000], score_cutoff=74)
    return (time.process_time() - begin) * 1000


def hypothesis(place: Path, runs: int) -> list[Row]:
    """Preview and import by quote, in CPU time; the floor is one pass of rapidfuzz over the windows."""
    text = english(random.Random(7), SIZE)
    source = place / "report.txt"
    source.write_text("The report\n\n" + text, "utf-8")
    data, quotes = hypothesis_file(text)

    def ours(write: bool) -> float:
        library = Library.open(place / f"{time.monotonic_ns()}.sqlite")
        (added,) = library.adding.add([source])
        assert added.document
        begin = time.process_time()
        if write:
            assert library.exchange.import_file(data, document_uid=added.document.uid).added == MARKS
        else:
            assert library.exchange.preview(data, document_uid=added.document.uid).new == MARKS
        taken = (time.process_time() - begin) * 1000
        library.close()
        return taken

    rows: list[Row] = []
    for name, write in (("preview", False), ("import", True)):
        value, floor = paired(lambda write=write: ours(write), lambda: rapidfuzz_pass(text, quotes), max(1, runs // 3))
        rows.append(Row(f"Hypothesis, 1,000 marks into 3 MB: {name}, of rapidfuzz", value, floor, "ms", 3))
    return rows


MEASURES = {"import-hypothesis": hypothesis}
