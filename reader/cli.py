"""The command line's composition root: every command of `reader`, without a window and without Qt."""

import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

import click

from reader import __version__
from reader.commands import (
    correcting,
    documents,
    exchange,
    importing,
    marks,
    opening,
    restoring,
    reviewing,
    tags,
    templates,
    upkeep,
    verifying,
    versions,
    workspace,
)
from reader.commands.common import DONE, FAILED, WRONG_USAGE, Commands, Context, complain
from reader.places import VARIABLE, library_path


class Reader(Commands):
    """`reader`: shows how a window is opened too, which `reader.__main__` does before it comes to here."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The two ways to call it."""
        formatter.write_usage(ctx.command_path, "[--library FILE] [FILE ...]")
        formatter.write_usage(ctx.command_path, "[--library FILE] COMMAND [ARG ...]", prefix="       ")

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which one needs them."""
        del ctx
        return list(self.commands)


@click.group("reader", cls=Reader, context_settings={"max_content_width": 100})
@click.option(
    "--library", metavar="FILE", default="", help=f"The library file; else that of {VARIABLE}, else your own one."
)
@click.version_option(__version__, prog_name="Passage", message="%(prog)s %(version)s")
@click.pass_context
def cli(context: click.Context, library: str) -> None:
    """Read closely, mark, find again.

    With files, or with nothing, it opens the window: the one that shows the library already, if there is one.
    """
    opened = Context(Path(library_path(library)))
    context.obj = opened
    context.call_on_close(opened.close)


for command in (
    documents.add,
    documents.list_documents,
    documents.text,
    opening.open_place,
    versions.versions,
    reviewing.review,
    correcting.correct,
    marks.annotate,
    marks.annotations,
    workspace.facets,
    workspace.filters,
    marks.search,
    tags.tags,
    exchange.export,
    templates.templates,
    importing.import_file,
    verifying.verify,
    upkeep.undo,
    upkeep.redo,
    upkeep.history,
    upkeep.check,
    upkeep.backup,
    restoring.restore,
    restoring.recover,
    upkeep.demo,
):
    cli.add_command(command)


def run(arguments: Sequence[str]) -> int:
    """Run a command; its exit status: 0 done, 1 some of it failed, 2 wrong usage."""
    _end_in_order()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        cli.main(list(arguments), prog_name="reader")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else WRONG_USAGE
    except KeyboardInterrupt:
        complain("Stopped; what was done until then is kept.")
        return FAILED
    except Exception as error:
        from reader.faults import sentence

        complain(sentence(error))
        return FAILED
    return DONE


def _end_in_order() -> None:
    """Let a terminal that closes, and whoever asks the program to end, do what Ctrl+C does: nothing is left behind."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
