"""The start of the program: a command, files for the window that runs already, or a window.

A file is handed over before anything else is imported, so a second start ends at once.
"""

import os
import sys

COMMANDS = frozenset({
    "add", "annotate", "annotations", "backup", "check", "correct", "demo", "export", "facets", "filters", "history",
    "import", "list", "open", "recover", "redo", "restore", "review", "search", "tags", "templates", "text", "undo",
    "verify", "versions",
})  # fmt: skip
"""The names that are commands; a file of such a name is opened as ./name."""


def main() -> int:
    """Run `sys.argv`; the exit status: 0 done, 1 some of it failed, 2 wrong usage."""
    try:
        arguments = with_command(sys.argv[1:])
        asked = window_arguments(arguments)
        if asked is None:
            from reader.cli import run

            return run(arguments)
        return open_window(*asked)
    except ImportError as error:
        from reader.faults import sentence

        _say(sentence(error))
    except KeyboardInterrupt:
        _say("Stopped; what was done until then is kept.")
    return 1


def with_command(arguments: list[str]) -> list[str]:
    """The arguments with “open” before the one address among them, which is how a desktop hands over a link."""
    library, files = window_arguments(arguments) or ("", [])
    if len(files) != 1 or not files[0].startswith("passage:"):
        return arguments
    return [*(("--library", library) if library else ()), "open", files[0]]


def window_arguments(arguments: list[str]) -> tuple[str, list[str]] | None:
    """The library chosen ("" for none) and the files, when the arguments ask for a window; None for a command."""
    library = ""
    files: list[str] = []
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument == "--":
            files += rest
            break
        if argument == "--library" and rest:
            library = rest.pop(0)
        elif argument.startswith("--library="):
            library = argument.partition("=")[2]
        elif argument.startswith("-") or (not files and argument in COMMANDS):
            return None
        else:
            files.append(argument)
    return library, files


def open_window(chosen: str, files: list[str]) -> int:
    """Show `files` in the window of the library `chosen`: the one that runs, else a new one."""
    from reader.handover import ABSENT, TAKEN, hand_over
    from reader.places import library_path

    there = [file for file in files if os.path.exists(file)]
    for file in files:
        if file not in there:
            _say(f"There is no file or command called “{file}”; see: reader --help")
    if files and not there:
        return 2
    library = library_path(chosen)
    outcome = hand_over(library, there)
    if outcome == ABSENT:
        status = _new_window(library, there)
    elif outcome == TAKEN:
        status = 0
    else:
        _say("The window that has this library open does not answer; wait until it does, or close it and try again.")
        status = 1
    return status or int(len(there) < len(files))


def _new_window(library: str, files: list[str]) -> int:
    import gc

    # Nothing is freed on the way to the first page; looking for what could be takes a twentieth of it.
    # The window lets the collector go on once the page is painted.
    gc.disable()
    from pathlib import Path

    paths = [Path(file).absolute() for file in files]
    from reader.early import begin

    # Before Qt is loaded, which takes as long as another process needs to read a book.
    begun = begin(Path(library), paths)
    from reader.app import run

    return run(Path(library), paths, begun)


def _say(sentence: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(sentence + "\n")


if __name__ == "__main__":
    sys.exit(main())
