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
    _make_private(folder)
    return os.path.join(folder, FILE_NAME)


def _make_private(folder: str) -> None:
    """Have a folder that is the user's alone. What stands in the way, opening what belongs in it tells."""
    try:
        found = os.stat(folder)
    except OSError:
        _make(folder)
        return
    if sys.platform != "win32" and found.st_mode & 0o077 and found.st_uid == os.geteuid():
        from contextlib import suppress

        with suppress(OSError):
            os.chmod(folder, 0o700)


def _make(folder: str) -> None:
    from contextlib import suppress

    with suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)


def templates_folder() -> str:
    """Where the user's own templates of export are; the folder may not be there yet."""
    return os.path.join(_data_folder(), "templates")


def state_folder() -> str:
    """Where the program writes what helps after a crash; the user's alone, made when it is missing."""
    if sys.platform in ("win32", "darwin"):
        from platformdirs import user_state_dir

        folder = user_state_dir("passage", appauthor=False)
    else:
        state = os.environ.get("XDG_STATE_HOME", "").strip() or os.path.expanduser("~/.local/state")
        folder = os.path.join(state, "passage")
    _make_private(folder)
    return folder


def _data_folder() -> str:
    if sys.platform in ("win32", "darwin"):
        from platformdirs import user_data_dir

        return user_data_dir("passage", appauthor=False)
    # The same as `platformdirs.user_data_dir("passage")`, which costs more than the whole handing over.
    data = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")
    return os.path.join(data, "passage")
