"""`reader undo`, `redo`, `history`, `check`, `backup`, `restore` and `demo`."""

from pathlib import Path

import click

from reader.commands.common import DONE, FAILED, Context, complain, pass_context, path_given, row, say


@click.command()
@pass_context
def undo(context: Context) -> int:
    """Take the last action back."""
    change = context.library.history.undo()
    if change is None:
        complain("There is nothing to undo.")
        return DONE
    say(change.label)
    return DONE


@click.command()
@pass_context
def redo(context: Context) -> int:
    """Do again what was undone last."""
    change = context.library.history.redo()
    if change is None:
        complain("There is nothing to redo.")
        return DONE
    say(change.label)
    return DONE


@click.command()
@pass_context
def history(context: Context) -> int:
    """List the last hundred actions, newest first.

    Writes one line an action: when, what, and done or undone.
    """
    for action in context.library.history.list(100):
        row(action.when, action.label, "undone" if action.undone else "done")
    return DONE


@click.command()
@pass_context
def check(context: Context) -> int:
    """Check the file, every anchor, the copies, the newest backup.

    Says too which formats this computer reads, and what it lacks for more.
    """
    from reader.services.checking import check as check_library

    report = check_library(context.library)
    for line in report.found:
        say(line)
    for problem in report.problems:
        complain(problem)
    return FAILED if report.problems else DONE


@click.command()
@click.argument("target", metavar="FILE", callback=path_given)
@pass_context
def backup(context: Context, target: str) -> int:
    """Write a verified copy of the library file to FILE."""
    path = context.library.backups.write(Path(target).absolute())
    say(f"The library is backed up in {path}")
    return DONE


@click.command()
@click.option(
    "--out",
    metavar="DIR",
    default="demo",
    show_default=True,
    callback=path_given,
    help="Where pictures and JSON go.",
)
def demo(out: str) -> int:
    """Show the whole journey in the window, offscreen.

    Leaves pictures of each step and the JSON in DIR.
    """
    from reader.ui.demo import run

    return run(Path(out))
