"""The sentence for what no part of the program expected: something missing from the installation, or a fault."""

import os
import traceback

DEBUG_VARIABLE = "PASSAGE_DEBUG"
"""With this set, a fault of the program itself is shown whole."""


def sentence(error: BaseException) -> str:
    """What happened and what to do, on one line; with PASSAGE_DEBUG set, the traceback on lines before it."""
    said = one_line(error)
    if not os.environ.get(DEBUG_VARIABLE):
        return said
    return "".join(traceback.format_exception(error)) + said


def one_line(error: BaseException) -> str:
    """What happened and what to do, without a traceback: for where that is reported elsewhere."""
    return _missing(error) if isinstance(error, ImportError) else _fault(error)


def _missing(error: ImportError) -> str:
    library = str(error).partition(":")[0]
    if ".so" in library and " " not in library:
        return f"A library of the system is missing, {library}; install its package (./run names it), then try again."
    return f"A part of Passage is missing ({_words(error)}); install Passage again, or start it with ./run"


def _fault(error: BaseException) -> str:
    what = f"{type(error).__name__}: {_words(error)}"
    return f"This is a fault of Passage itself ({what}); please report it with what {DEBUG_VARIABLE}=1 shows."


def _words(error: BaseException) -> str:
    return " ".join(str(error).split())
