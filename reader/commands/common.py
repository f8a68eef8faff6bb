"""What the commands share: the library they work on, how they speak, and what their errors become."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import category

import click

from reader.model.errors import ReaderError

if TYPE_CHECKING:
    from reader.services.library import Library

DONE = 0
FAILED = 1
WRONG_USAGE = 2

_UNWANTED = frozenset({"Cc", "Cs", "Zl", "Zp"})


class Context:
    """What a command is given: where the library is, and the library itself once it is wanted."""

    def __init__(self, library_path: Path) -> None:
        self.library_path = library_path
        self.said: list[str] = []
        self._library: Library | None = None

    @property
    def library(self) -> "Library":
        """The library, opened on first use (its notices go to standard error)."""
        if self._library is None:
            from reader.services.library import Library

            self._library = Library.open(self.library_path)
            for notice in self._library.notices:
                complain(notice)
                self.said.append(notice)
        return self._library

    def close(self) -> None:
        if self._library is not None:
            self._library.close()
            self._library = None


pass_context = click.make_pass_decorator(Context)

json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON (documented in cli.md).")


class Commands(click.Group):
    """A group whose commands return the exit status, and whose errors are one sentence on standard error."""

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:
        """Run `args`, and leave through SystemExit with the status."""
        extra["standalone_mode"] = False
        sys.exit(self._status(args, prog_name or "reader", extra))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. An error that only repeats what was said when the library was opened is not said again."""
        try:
            return super().invoke(ctx)
        except ReaderError as error:
            opened = ctx.find_object(Context)
            if opened and str(error) in opened.said:
                ctx.exit(FAILED)
            raise

    def _status(self, args: Sequence[str] | None, prog_name: str, extra: dict[str, Any]) -> int:
        try:
            return super().main(args, prog_name, **extra) or DONE
        except click.UsageError as error:
            complain(_usage_sentence(error))
            return WRONG_USAGE
        except click.Abort:
            complain("Stopped; what was done until then is kept.")
        except BrokenPipeError:
            _close_standard_output()
        except (ReaderError, click.ClickException) as error:
            complain(error.message if isinstance(error, click.ClickException) else str(error))
        except OSError as error:
            complain(f"{error.filename or 'The output'} cannot be written or read: {error.strerror or error}.")
        return FAILED


def _usage_sentence(error: click.UsageError) -> str:
    command = error.ctx.command_path if error.ctx else "reader"
    said = one_line(error.format_message()).rstrip(".")
    return f"{said}; see: {command} --help"


def _close_standard_output() -> None:
    """Nobody reads on: let the interpreter find nothing to flush at its end."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """One line on standard output."""
    click.echo(text)


def complain(sentence: str) -> None:
    """One line on standard error."""
    click.echo(sentence, err=True)


def row(*fields: object) -> None:
    """One line of fields between tabs on standard output; white space and control characters become spaces."""
    say("\t".join(one_line(str(field)) for field in fields))


def one_line(text: str) -> str:
    """`text` on one line and without control characters, which a terminal might obey."""
    return " ".join("".join(" " if category(letter) in _UNWANTED else letter for letter in text).split())


def say_json(value: object) -> None:
    """`value` as JSON on standard output, in UTF-8 whatever the terminal speaks."""
    import json

    say_bytes(json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace") + b"\n")


def say_bytes(data: bytes) -> None:
    """`data` as it is on standard output."""
    if sys.stdout is None:  # closed by whoever started the command
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def read_standard_input() -> bytes:
    """All of standard input; nothing when it is closed."""
    return sys.stdin.buffer.read() if sys.stdin is not None else b""


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 mark", "3 marks"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def path_given(
    _context: click.Context, parameter: click.Parameter, value: str | tuple[str, ...]
) -> str | tuple[str, ...]:
    """Refuse the empty path, which a variable that is not set leaves and which would be the current folder."""
    if "" in (value if isinstance(value, tuple) else (value,)):
        raise click.BadParameter("the path is empty", param=parameter)
    return value
