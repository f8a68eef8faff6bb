"""How well marks find their passages in edited texts, beside two plain methods, and how long it takes.

Wanted with the older text at hand: at most one wrong mark in 10,000; right at least 99.5 % of those whose quote
survived and 95 % of those of which up to a tenth changed; 1,000 marks in 3 MB in three times one pass of rapidfuzz.
"""

import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from reader.text.anchoring import Resolver, describe
from tests.bench.anchoring_edits import EDITS, edited_texts, unedited
from tests.bench.anchoring_methods import METHODS
from tests.bench.anchoring_texts import TEXTS, english
from tests.bench.anchoring_truth import Outcome, Span, Survival, marks, outcome, truths
from tests.bench.measure import Row

SIZE = 12_000
MARKS = 24
# The plain methods are measured on fewer texts: difflib takes longer than everything else together.
_PLAIN_RUNS = 1
_OURS = ("with before", "alone")

Cell = tuple[str, str, float]
"""A text, a kind of edit and its strength."""


@dataclass(slots=True)
class Tally:
    """Outcomes of one method, by what became of the passages."""

    counts: Counter[tuple[Survival, Outcome]]

    def share(self, wanted: Outcome, *survivals: Survival) -> float | None:
        """Of a hundred marks of these kinds, those with this outcome; None when there are none."""
        of = [(key, n) for key, n in self.counts.items() if not survivals or key[0] in survivals]
        total = sum(n for _, n in of)
        return 100 * sum(n for key, n in of if key[1] is wanted) / total if total else None

    @property
    def wrong(self) -> int:
        return sum(n for (_, result), n in self.counts.items() if result is Outcome.WRONG)

    @property
    def total(self) -> int:
        return self.counts.total()


Results = dict[str, dict[Cell, Tally]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table of quality, as `Row` is one of the table of times."""

    measure: str
    figures: dict[str, object]
    text: str

    def line(self) -> str:
        return self.text

    def as_dict(self) -> dict[str, object]:
        return {"measure": self.measure} | self.figures


def measured(seeds: Iterable[int], *, size: int = SIZE, count: int = MARKS, plain_runs: int = _PLAIN_RUNS) -> Results:
    """Every text edited in every way, each seed anew; the plain methods only for the first `plain_runs` seeds."""
    results: Results = {name: {} for name in METHODS}
    for turn, seed in enumerate(seeds):
        for name, make in TEXTS.items():
            rng = Random(f"{name} {seed}")
            before = make(rng, size)
            for kind, strength, edited in edited_texts(rng, before):
                known = truths(before, edited, marks(rng, before, count))
                for method in METHODS if turn < plain_runs else _OURS:
                    found = METHODS[method](before, edited.text, [truth.before for truth in known])
                    tally = results[method].setdefault((name, kind, strength), Tally(Counter()))
                    for truth, place in zip(known, found, strict=True):
                        tally.counts[truth.survival, outcome(truth, place, before, edited)] += 1
    return results


def summed(cells: dict[Cell, Tally], wanted: Callable[[Cell], bool] = lambda _: True) -> Tally:
    """The tallies of some cells as one."""
    together: Counter[tuple[Survival, Outcome]] = Counter()
    for cell, tally in cells.items():
        if wanted(cell):
            together.update(tally.counts)
    return Tally(together)


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1f}"


def _head() -> Line:
    ours = "whole <=10% more gone short wrong".split()
    columns = "".join(f"{name:>6}" for name in ours)
    text = (
        f"\nright in 100 (whole: the quote survived; <=10%, more: of its characters changed; gone: rightly lost; short:"
        f" changed, under 12)\n{'':<28}{'marks':>6} | {'with before':^36} | {'alone':^36} | difflib     | quote only\n"
        f"{'':<28}{'':>6} | {columns} | {columns} |  right wrong |  right wrong"
    )
    return Line("head", {}, text)


def _line(label: str, results: Results, wanted: Callable[[Cell], bool]) -> Line:
    parts: list[str] = []
    figures: dict[str, object] = {}
    for name in _OURS:
        tally = summed(results[name], wanted)
        shares = {kind: tally.share(Outcome.RIGHT, kind) for kind in _COLUMNS}
        parts.append("".join(f"{_percent(share):>6}" for share in shares.values()) + f"{tally.wrong:>6}")
        figures[name] = {str(kind): share for kind, share in shares.items()} | {
            "wrong": tally.wrong,
            "marks": tally.total,
        }
    for name in ("difflib", "quote only"):
        tally = summed(results[name], wanted)
        right, wrong = tally.share(Outcome.RIGHT), tally.share(Outcome.WRONG)
        parts.append(f"{_percent(right):>6}{_percent(wrong):>6}")
        figures[name] = {"right": right, "wrong": wrong}
    marks_counted = summed(results[_OURS[0]], wanted).total
    return Line(label, figures, f"{label:<28}{marks_counted:>6} | " + " | ".join(parts))


_COLUMNS = (Survival.WHOLE, Survival.NEARLY, Survival.PARTLY, Survival.GONE, Survival.SHORT)


def quality(results: Results) -> Iterator[Line]:
    """The table: a line for each kind and strength, for each text, and for all."""
    yield _head()
    for kind, (_, strengths) in EDITS.items():
        for strength in strengths:
            yield _line(f"{kind} {strength}", results, lambda cell, k=kind, s=strength: cell[1:] == (k, s))
    for name in TEXTS:
        yield _line(name, results, lambda cell, n=name: cell[0] == n)
    yield _line("all", results, lambda _: True)


def rapidfuzz_pass(text: str, before: str, spans: Sequence[Span]) -> float:
    """Seconds that rapidfuzz takes to look for each quote once, in the neighbourhood in which we look for it."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    begin = time.process_time()
    for start, end in spans:
        window = text[max(0, start - 15_000) : end + 15_000]
        partial_ratio_alignment(before[start:end], window, score_cutoff=74)
    return time.process_time() - begin


def ours_pass(text: str, before: str, spans: Sequence[Span], *, knows: bool) -> float:
    """Seconds for the same marks by a resolver of their own."""
    anchors = [describe(before, *span) for span in spans]
    begin = time.process_time()
    resolver = Resolver(text, before=before if knows else "")
    for anchor in anchors:
        resolver.resolve(anchor)
    return time.process_time() - begin


_TIMED = (("typos", 1), ("sentences inserted", 2), ("paragraphs moved", 5), ("white space", 100), ("all of these", 10))


def times(runs: int, *, size: int = 3_000_000, count: int = 1000) -> Iterator[Row]:
    """Marks in a long text, for several kinds of edit, in CPU time; the floor is one pass of rapidfuzz."""
    rng = Random(8)
    before = english(rng, size)
    words = [found.span() for found in re.finditer(r"\w+", before)]
    firsts = sorted(rng.sample(range(len(words) - 20), count))
    spans = [(words[at][0], words[at + rng.randint(0, 16)][1]) for at in firsts]
    for kind, strength in _TIMED:
        after = EDITS[kind][0](rng, unedited(before), strength).text
        for knows in (True, False):
            pairs = [
                (ours_pass(after, before, spans, knows=knows), rapidfuzz_pass(after, before, spans))
                for _ in range(max(1, runs // 7))
            ]
            ours, floor = (1000 * statistics.median(side) for side in zip(*pairs, strict=True))
            way = "with before" if knows else "alone"
            name = f"{count:,} marks, {size / 1e6:g} MB, {kind} {strength}, {way}"
            yield Row(name, ours, floor, "ms", 3)


def anchoring(place: Path, runs: int) -> list[Row | Line]:
    """Times, then the quality of `runs` editions of each text; `place` is not needed."""
    del place
    return [*times(runs), *quality(measured(range(runs)))]


MEASURES: dict[str, Callable[[Path, int], list[Row | Line]]] = {"anchoring": anchoring}
