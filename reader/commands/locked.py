"""Passwords of locked files, where commands get them: a file or the terminal; never the arguments, seen by all."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from reader.commands.common import complain, path_given, read_standard_input
from reader.formats.errors import PasswordNeeded

_T = TypeVar("_T")

TRIES = 3

password_option = click.option(
    "--password-file",
    metavar="FILE",
    callback=path_given,
    help="For locked files: a file whose first line is the password; - is standard input. Else it is asked for.",
)


def opened(work: Callable[[str], _T], password_file: str | None) -> _T:
    """What `work` does with the first password that opens the file; it is tried without one (empty) first.

    PasswordNeeded, saying how to give one, when none does. Any other error ends it.
    """
    try:
        return work("")
    except PasswordNeeded as error:
        needed = error
    for password in passwords(password_file, str(needed)):
        try:
            return work(password)
        except PasswordNeeded as error:
            needed = error
    raise PasswordNeeded(advised(str(needed)))


def passwords(password_file: str | None, sentence: str) -> Iterator[str]:
    """What may open a locked file, of which `sentence` speaks: what the file says, else what is typed at the terminal,
    unseen, three times at most. OSError when the file cannot be read."""
    if password_file is not None:
        yield _first_line(read_standard_input() if password_file == "-" else Path(password_file).read_bytes())
        return
    if not _has_terminal():
        return
    complain(sentence)
    for _ in range(TRIES):
        password = click.prompt("Password", default="", show_default=False, hide_input=True, err=True)
        if not password:
            return
        yield password


def advised(sentence: str) -> str:
    """The sentence, with how a command is given a password."""
    return f"{sentence.rstrip('.')} (at a terminal, or by --password-file)."


def _has_terminal() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _first_line(data: bytes) -> str:
    return data.decode("utf-8-sig", "replace").split("\n", 1)[0].rstrip("\r")
