"""Python's own `import`, taken back from PySide.

Once loaded, PySide puts itself before every import: to learn whether a module may ask for `__feature__` (snake_case
names, which this program does not use) it reads the source of each module that is imported. That is a quarter of the
time to the first page, and 4 MB of source lines kept for good. PySide keeps the original beside its own, under
`__orig_import__` (PySide6, shibokensupport/feature.py, "The redirection of __import__").
"""

import builtins

from reader.ui.late_signatures import load


def take_back() -> None:
    """Import modules without PySide looking on, from here on. Nothing happens where PySide does not do this."""
    original = getattr(builtins, "__orig_import__", None)
    if original is not None:
        builtins.__import__ = original


# Loading PySide is what changes the import.
load()
take_back()
