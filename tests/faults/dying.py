"""The command line, killed in the middle of what it does to the database: `python -m tests.faults.dying AT WORD ...`.

AT is after how many hundred instructions of SQLite's machine SIGKILL comes; with 0 it does not, and the number that it
took is printed last.
"""

import os
import signal
import sqlite3
import sys
from collections.abc import Callable

from reader.cli import run

EVERY = 100


class Counter:
    """Counts over all connections; at its end the process ends."""

    def __init__(self, at: int) -> None:
        self._at = at
        self.count = 0

    def __call__(self) -> int:
        self.count += 1
        if self.count == self._at:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0


def counted(connect: Callable[..., sqlite3.Connection], counter: Counter) -> Callable[..., sqlite3.Connection]:
    def connected(*words: object, **named: object) -> sqlite3.Connection:
        connection = connect(*words, **named)
        connection.set_progress_handler(counter, EVERY)
        return connection

    return connected


def main(at: str, *words: str) -> int:
    counter = Counter(int(at))
    sqlite3.connect = counted(sqlite3.connect, counter)
    status = run(words)
    print(counter.count)
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
