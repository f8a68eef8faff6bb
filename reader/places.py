"""Where the library is when nobody says: on the way of each start, so it imports nothing heavy."""

import os
import sys

VARIABLE = "PASSAGE_LIBRARY"
"""The environment variable that names another library file."""

FILE_NAME = "library.sqlite"


def library_path(chosen: str = "") -> str:
    """The library file's absolute path: the one chosen, else the environment's, else the user's own."""
    return os.path.abspath(os.path.expanduser(chosen or os.environ.get(VARIABLE, "") or _default()))


def _default() -> str:
    if sys.platform in ("win32", "darwin"):
        from platformdirs import user_data_dir

        folder = user_data_dir("passage", appauthor=False)
    else:
        # The same as `platformdirs.user_data_dir("passage")`, which costs 16 ms to ask.
        data = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")
        folder = os.path.join(data, "passage")
    return os.path.join(folder, FILE_NAME)
