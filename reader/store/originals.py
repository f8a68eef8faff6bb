"""The library's own copies of files, beside the database, named by their content."""

import os
from pathlib import Path


def folder(library: Path) -> Path:
    """Where the copies are."""
    return library.with_name(library.name + ".files")


def place(library: Path, sha256: str, suffix: str) -> Path:
    """Where the copy of a file with that sha256 (hex) and suffix (".md") belongs."""
    return folder(library) / sha256[:2] / (sha256 + suffix)


def existing(library: Path, sha256: str, suffix: str, size: int) -> Path | None:
    """The copy, if it is there with all its bytes."""
    if not sha256:
        return None
    path = place(library, sha256, suffix)
    try:
        return path if path.stat().st_size == size else None
    except OSError:
        return None


def keep(library: Path, sha256: str, suffix: str, data: bytes) -> None:
    """Write the copy unless it is there.

    It appears under its name only once it is whole. The disk is not waited for: a copy that a power cut leaves
    short is noticed by its size, and the document's text is in the library itself.
    """
    path = place(library, sha256, suffix)
    try:
        if os.stat(path).st_size == len(data):
            return
    except OSError:
        pass
    temporary = f"{path}.{os.getpid()}.part"
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o644)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o644)
    try:
        with open(descriptor, "wb", buffering=0) as file:
            view = memoryview(data)
            while view:
                view = view[file.write(view) or 0 :]
        os.replace(temporary, path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
