"""The library is its owner's alone: made so, and made so again where others on the computer could read it."""

import os
import stat
from pathlib import Path

FILE = 0o600
FOLDER = 0o700
"""Rights of the files and folders that the library consists of; systems without such rights pass them over."""
OPENED = "Others on this computer could read this library; from now on only you can."
_OTHERS = 0o077
_FOLDERS = (".files", ".backups")


def new_file(path: Path) -> None:
    """Make an empty file that only its owner may read. FileExistsError when there is one already."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE))


def tighten(library: Path) -> str:
    """Close to others what they may read of a library; a sentence that says so when there was something, else ""."""
    if not hasattr(os, "geteuid"):
        return ""
    files = [_close(Path(f"{library}{ending}"), FILE) for ending in ("", "-wal", "-shm")]
    folders = [_close(Path(f"{library}{ending}"), FOLDER) for ending in _FOLDERS]
    return OPENED if files[0] or any(folders) else ""


def _close(path: Path, mode: int) -> bool:
    """Whether others had rights to it that they have no more; what belongs to somebody else stays as it is."""
    try:
        found = os.stat(path)
        if found.st_uid != os.geteuid() or not stat.S_IMODE(found.st_mode) & _OTHERS:
            return False
        os.chmod(path, mode)
    except OSError:
        return False  # a drive that knows no rights, or no such file
    return True
