"""Where the library is when nobody says: on the way of each start, so it imports nothing heavy."""

import os
import sys

VARIABLE = "PASSAGE_LIBRARY"
"""The environment variable that names another library file."""

FILE_NAME = "library.sqlite"


def library_path(chosen: str = "") -> str:
    """The library file's absolute path: the one chosen, else the environment's, else the user's own.

    The folder of the user's own is made when it is missing.
    """
    return os.path.abspath(os.path.expanduser(chosen or os.environ.get(VARIABLE, "") or _own()))


def _own() -> str:
    folder = _data_folder()
    if not os.path.isdir(folder):
        _make(folder)
    return os.path.join(folder, FILE_NAME)


def _make(folder: str) -> None:
    from contextlib import suppress

    # What stands in the way, opening the library tells in a sentence of its own.
    with suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)


def _data_folder() -> str:
    if sys.platform in ("win32", "darwin"):
        from platformdirs import user_data_dir

        return user_data_dir("passage", appauthor=False)
    # The same as `platformdirs.user_data_dir("passage")`, which costs more than the whole handing over.
    data = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")
    return os.path.join(data, "passage")
