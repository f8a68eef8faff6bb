"""Ways to look into a library file that is damaged. All of them work on copies; the file itself is never written."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from time import sleep

from reader.store.connection import APPLICATION_ID, SCHEMA_VERSION
from reader.store.errors import FILE_ERRORS

_MAGIC = b"SQLite format 3\0"
_PAGE = 4096
_WANTED = {"annotation", "document", "text_version", "text_part"}
_POLL_SECONDS = 0.05


def copied(library: Path, folder: Path, name: str, *, log: bool = True) -> Path:
    """A copy of the file, with its write-ahead log if it has one and that is wanted, in a folder for a while."""
    copy = folder / name
    shutil.copyfile(library, copy)
    if log and Path(f"{library}-wal").exists():
        shutil.copyfile(f"{library}-wal", f"{copy}-wal")
    return copy


def opened(path: Path) -> sqlite3.Connection | None:
    """A connection to a copy; None when not even the list of its tables can be read."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA writable_schema = ON")
        connection.text_factory = _text
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except FILE_ERRORS:
        connection.close()
        return None
    if tables >= _WANTED:
        return connection
    connection.close()
    return None


def _text(data: bytes) -> str:
    """A text with what is no UTF-8 in it shown as such: a note with one wrong byte is still a note."""
    return data.decode("utf-8", "replace")


def mend_header(path: Path) -> None:
    """Write the first hundred bytes of a copy as those of a library are, where they are not."""
    with path.open("r+b") as file:
        head = bytearray(file.read(100).ljust(100, b"\0"))
        size = path.stat().st_size
        told = int.from_bytes(head[16:18])
        page = 65536 if told == 1 else told
        if page < 512 or page & (page - 1):
            page = _PAGE
        version = int.from_bytes(head[60:64])
        log = Path(f"{path}-wal").exists()
        head[:16] = _MAGIC
        head[16:18] = (1 if page == 65536 else page).to_bytes(2)
        head[18:24] = bytes([2 if log else 1, 2 if log else 1, 0, 64, 32, 32])
        head[28:32] = max(1, size // page).to_bytes(4)
        head[32:40] = bytes(8)
        head[44:48] = (4).to_bytes(4)
        head[52:56] = bytes(4)
        head[56:60] = (1).to_bytes(4)
        head[60:64] = (version if 1 <= version <= SCHEMA_VERSION else SCHEMA_VERSION).to_bytes(4)
        head[64:68] = bytes(4)
        head[68:72] = APPLICATION_ID.to_bytes(4)
        head[92:96] = head[24:28]
        file.seek(0)
        file.write(head)


def graft_tables(path: Path, donor: Path) -> None:
    """Write the pages that list the tables over those of a copy, from a library whose tables begin at the same pages.

    A backup is one: it is a copy page by page. Whatever else stood on these pages is lost.
    """
    with donor.open("rb") as source, path.open("r+b") as file:
        for number in _list_pages(source.read(_PAGE), donor.stat().st_size // _PAGE):
            source.seek((number - 1) * _PAGE)
            file.seek((number - 1) * _PAGE)
            file.write(source.read(_PAGE))
    mend_header(path)


def _list_pages(first: bytes, pages: int) -> list[int]:
    """The pages on which the list of tables stands: the first one, and those that it points to."""
    if first[100] != 5:
        return [1]
    cells = int.from_bytes(first[103:105])
    places = [int.from_bytes(first[112 + 2 * cell : 114 + 2 * cell]) for cell in range(cells)]
    children = [int.from_bytes(first[place : place + 4]) for place in places] + [int.from_bytes(first[108:112])]
    return [1, *(child for child in children if 1 < child <= pages)]


def shell() -> str | None:
    """The sqlite3 shell, where it is installed."""
    return shutil.which("sqlite3")


def recovered_by_shell(program: str, damaged: Path, folder: Path, cancelled: Callable[[], bool]) -> Path | None:
    """What the shell's own `.recover` makes of a copy, as another file; None when it makes nothing of it."""
    script, target = folder / "recovered.sql", folder / "recovered.sqlite"
    command = [program, "-batch", "-init", os.devnull]
    with script.open("wb") as output:
        if not _finished([*command, str(damaged), ".recover --ignore-freelist"], None, output.fileno(), cancelled):
            return None
    with script.open("rb") as source:
        _finished([*command, str(target)], source.fileno(), subprocess.DEVNULL, cancelled)
    script.unlink()
    return target if target.exists() and target.stat().st_size else None


def _finished(command: Sequence[str], source: int | None, output: int, cancelled: Callable[[], bool]) -> bool:
    """Run a program to its end, whatever it says of the damage; False when it was stopped or could not be started."""
    given = subprocess.DEVNULL if source is None else source
    try:
        process = subprocess.Popen(command, stdin=given, stdout=output, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    try:
        while process.poll() is None:
            if cancelled():
                return False
            sleep(_POLL_SECONDS)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    return True
