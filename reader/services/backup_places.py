"""Where the backups of a library are: beside it, or in a folder that its owner chose.

The choice stands in a file beside the library, not in it: when the library cannot be read, its backups are looked for.
"""

import os
from contextlib import suppress
from pathlib import Path

from reader.model.errors import ReaderError
from reader.model.hashing import sha256_of
from reader.store.ids import device

_POINTER = "folder.txt"


def folder_of(library: Path) -> Path:
    """The folder beside a library in which its backups are unless another one was chosen."""
    return library.with_name(library.name + ".backups")


def chosen_folder(library: Path) -> Path | None:
    """The folder that was chosen for the backups; None for the one beside the library."""
    try:
        words = (folder_of(library) / _POINTER).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Path(words) if words else None


def choose_folder(library: Path, folder: Path | None) -> None:
    """Have backups written to `folder` from now on, None for beside the library. ReaderError when that cannot be."""
    beside = folder_of(library)
    try:
        if folder is None:
            (beside / _POINTER).unlink(missing_ok=True)
            return
        _make(_within(library, folder))
        _make(beside)
        new = beside / f"{_POINTER}.new"
        new.write_text(str(folder), "utf-8")
        os.replace(new, beside / _POINTER)
    except (OSError, UnicodeEncodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReaderError(
            f"Backups cannot be written to “{folder or beside}” ({reason}); choose another folder."
        ) from error


def _within(library: Path, folder: Path) -> Path:
    """The folder of this library inside a chosen one: that of another library, or computer, has another name."""
    name = sha256_of(f"{device()}\0{library.absolute()}".encode("utf-8", "surrogateescape"))[:8]
    return folder / f"{library.stem}-{name}.backups"


def _make(folder: Path) -> None:
    """Make a folder that is its owner's alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def writable_folder(library: Path) -> tuple[Path, str]:
    """Where to write the next backup, and a sentence when that is not where it was wanted (else empty)."""
    beside, chosen = folder_of(library), chosen_folder(library)
    if chosen is not None:
        inside = _within(library, chosen)
        try:
            # The chosen folder itself is not made: a drive that is not there would get one on the disk below it.
            if not chosen.is_dir():
                raise FileNotFoundError(2, "it is not there")
            _make(inside)
            if not os.access(inside, os.W_OK):
                raise PermissionError(13, "it may not be written")
        except OSError as error:
            reason = error.strerror or str(error)
            return beside, (
                f"The folder for backups, “{chosen}”, cannot be used ({reason}), so the backup was written beside the "
                "library. Connect the drive, or choose another folder in the settings."
            )
        return inside, ""
    with suppress(OSError):
        _make(beside)
    return beside, ""


def folders(library: Path) -> list[Path]:
    """Every folder in which backups of this library may be."""
    chosen = chosen_folder(library)
    return [folder_of(library), *([_within(library, chosen)] if chosen else [])]


def files(library: Path) -> list[Path]:
    """The library's own backups, wherever they are; a folder that cannot be reached has none."""
    found: list[Path] = []
    for folder in folders(library):
        with suppress(OSError):
            found += [path for path in folder.glob("*.sqlite") if path.is_file()]
    return found
