"""A file's bytes, checked before anything parses them."""

import os
import stat
from pathlib import Path

from reader.formats.errors import FormatError
from reader.formats.signatures import foreign, is_pdf, is_zip
from reader.model.hashing import sha256_of_all

MAX_BYTES = 512 * 1024 * 1024
MAX_MEGABYTES = MAX_BYTES // (1024 * 1024)

_CHUNK = 1024 * 1024
_SAMPLE = 64 * 1024
# Control bytes that no text holds; tab, line ends, form feed, Ctrl-Z (the end mark of old files) and the escape
# of ISO-2022 are left out.
_CONTROLS = bytes(b for b in range(0x20) if b not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"

READABLE = "text, Markdown, web pages, PDF, EPUB books, Word documents and, with pandoc, OpenDocument, RTF and others"
"""What files may be, as it is told to the user."""

_ZIPPED = {"epub": "EPUB book", "docx": "Word document", "odt": "OpenDocument text"}
# What may hold bytes that no text holds.
_PACKED = frozenset({*_ZIPPED, "rtf", "pdf"})


def read_bytes(path: Path) -> bytes:
    """The whole of a regular file of at most 512 MB; a `FormatError` with the reason otherwise."""
    return read_with_status(path)[0]


def read_with_status(path: Path) -> tuple[bytes, int, int]:
    """What `read_bytes` gives, and the file's size in bytes and time in nanoseconds from before it was read."""
    name = path.name or str(path)
    try:
        status = os.stat(path)
        _refuse_by_status(name, status.st_mode, status.st_size)
        data = _contents(path, status.st_size)
    except FileNotFoundError:
        raise FormatError(
            f"“{name}” is no longer there: check where it was moved, and add it from its new place."
        ) from None
    except PermissionError:
        raise FormatError(f"“{name}” may not be read: allow reading it, or add a copy of it.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FormatError(
            f"“{name}” could not be read ({reason}): copy it to this computer and add the copy."
        ) from None
    _refuse_by_size(name, len(data))
    if not data:
        raise FormatError(f"“{name}” is empty: there is nothing in it to read.")
    return data, status.st_size, status.st_mtime_ns


def _contents(path: Path, size: int) -> bytes:
    """All bytes of a file that had `size` of them a moment ago, or one more than are allowed."""
    with path.open("rb", buffering=0) as file:
        # Asking for all that is allowed would make room for it first, for each small file.
        data = file.read(size + 1)
        if len(data) == size <= _SAMPLE:
            # So short a file comes whole, and there was room for more.
            return data
        while len(data) <= MAX_BYTES and (more := file.read(_CHUNK)):
            data += more
    return data


def file_sha256(path: Path) -> str:
    """The lower-case hexadecimal SHA-256 of a file, read in pieces; `OSError` when it cannot be read."""
    with path.open("rb") as file:
        return sha256_of_all(iter(lambda: file.read(_CHUNK), b""))


def refuse_binary(name: str, data: bytes, kind: str) -> None:
    """Raise the sentence that names what `data` is, unless it may be of the format that it is taken for."""
    if (kind in _ZIPPED and is_zip(data)) or (kind == "pdf" and is_pdf(data)):
        return
    what, advice = foreign(data)
    if what:
        raise FormatError(f"“{name}” is {what}, and Passage reads {READABLE}: {advice}.")
    if kind in _ZIPPED:
        raise FormatError(f"“{name}” is no {_ZIPPED[kind]}, or it is damaged: get it again from where it came from.")
    if kind == "pdf":
        raise FormatError(f"“{name}” is no PDF, or it is damaged: get it again from where it came from.")
    if kind not in _PACKED and looks_binary(data):
        raise FormatError(f"“{name}” is not a text: Passage reads {READABLE}.")


def looks_binary(data: bytes) -> bool:
    """Whether more control bytes stand in the first 64 KB than any text holds."""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls <= max(4, len(sample) // 100):
        return False
    from reader.formats.encodings import utf_by_marks

    return not utf_by_marks(sample)


def _refuse_by_status(name: str, mode: int, size: int) -> None:
    if stat.S_ISDIR(mode):
        raise FormatError(f"“{name}” is a folder: choose the documents in it, or add the whole folder.")
    if not stat.S_ISREG(mode):
        raise FormatError(f"“{name}” is not a file: choose the document itself.")
    _refuse_by_size(name, size)


def _refuse_by_size(name: str, size: int) -> None:
    if size > MAX_BYTES:
        shown = f"{size / 1024**3:.1f} GB" if size >= 1024**3 else f"{size // 1024**2} MB"
        raise FormatError(
            f"“{name}” is too large ({shown}): the limit is {MAX_MEGABYTES} MB, so split it and add the parts."
        )
