"""Rows of the table, and ways to time a call and a process."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `value` and `floor` in `unit`, `wanted` the ratio that is asked for."""

    measure: str
    value: float
    floor: float
    unit: str
    wanted: float

    def line(self) -> str:
        ratio = self.value / self.floor if self.floor else float("inf")
        flag = "" if ratio <= self.wanted else "  over"
        value, floor = (f"{x:.1f} {self.unit}" for x in (self.value, self.floor))
        return f"{self.measure:<62} {value:>10} {floor:>10} {ratio:>6.2f} {self.wanted:>6}{flag}"

    def as_dict(self) -> dict[str, object]:
        return asdict(self) | {"ratio": round(self.value / self.floor, 3)}


def ms(call: Callable[[], object]) -> float:
    """Milliseconds that one call takes."""
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1000


def median_ms(call: Callable[[], object], runs: int, before: Callable[[], object] = lambda: None) -> float:
    """The median of `runs` calls, `before` called unmeasured ahead of each."""
    times = []
    for _ in range(runs):
        before()
        times.append(ms(call))
    return statistics.median(times)


def p95(times: Iterable[float]) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def spin_ms() -> float:
    """A fixed piece of work: what the machine gives just now."""

    def loop() -> None:
        x = 0
        for i in range(400_000):
            x += i & 7

    return min(ms(loop) for _ in range(3))


def child(code: str, *args: object, home: Path) -> subprocess.Popen[str]:
    """A fresh interpreter running `code`, with a home of its own; what it prints can be read line by line."""
    environment = os.environ | {"HOME": str(home), "XDG_RUNTIME_DIR": str(home), "PYTHONPATH": os.getcwd()}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)], stdout=subprocess.PIPE, text=True, env=environment
    )


def until_said(code: str, *args: object, home: Path) -> float:
    """Milliseconds from the start of a process to the instant (monotonic, seconds) that it prints first."""
    begin = time.monotonic()
    process = child(code, *args, home=home)
    assert process.stdout
    said = process.stdout.readline()
    process.stdout.close()
    process.wait(60)
    return (float(said) - begin) * 1000


def paired(first: Callable[[], float], second: Callable[[], float], runs: int) -> tuple[float, float]:
    """Medians of two measurements taken in turn, so that a change of the machine's pace meets both."""
    first(), second()
    pairs = [(first(), second()) for _ in range(runs)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
