"""The options of `reader export` for folders that are kept up to date, and for saved views."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reader.commands.common import DONE, Context, row, say

if TYPE_CHECKING:
    from reader.services.library import Library


def keep_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--keep`, which the command takes, and `--keep-list` and `--keep-stop`, which are answered here."""
    for option in (
        click.option("--keep", is_flag=True, help="Write to it again after each change while a window is open."),
        click.option(
            "--keep-list",
            is_flag=True,
            expose_value=False,
            callback=_list_kept,
            help="Write the folders that are kept up to date: path, kept or paused, with what, group.",
        ),
        click.option(
            "--keep-stop",
            metavar="FOLDER",
            default="",
            expose_value=False,
            callback=_stop_keeping,
            help="Keep this folder up to date no longer; its files stay.",
        ),
    ):
        command = option(command)
    return command


def check_keeping(is_folder: bool, ids: Sequence[str], others: Sequence[object]) -> None:
    """UsageError where no folder is written, or one with what cannot be asked again. `others`: further limits."""
    if not is_folder:
        raise click.UsageError("Only a folder is kept up to date: give --format markdown, and -o with its name.")
    if len(ids) > 1 or any(others):
        raise click.UsageError(
            "A folder is kept up to date with one --document, with --where, with --view, or with everything; leave out "
            "the rest."
        )


def keep_folder(library: "Library", target: str, by: str, document: str, words: str, view: str) -> None:
    """Keep a folder up to date from now on, and say so; `document` is a uid."""
    from reader.services.export_choice import ExportChoice

    choice = ExportChoice(document, "" if view else " ".join(words.split()), view)
    library.kept_folders.keep(Path(target), choice, by)
    say(f"{target} is kept up to date with {choice.sentence(library)}")


def _list_kept(click_context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked:
        library = _library(click_context)
        for kept in library.kept_folders.all():
            row(kept.folder, "paused" if kept.paused else "kept", kept.choice.sentence(library), kept.by)
        click_context.exit(DONE)


def _stop_keeping(click_context: click.Context, _parameter: click.Parameter, folder: str) -> None:
    if folder:
        kept = _library(click_context).kept_folders.stop(Path(folder))
        say(f"{kept.folder} is no longer kept up to date")
        click_context.exit(DONE)


def _library(click_context: click.Context) -> "Library":
    context = click_context.find_object(Context)
    assert context
    return context.library
