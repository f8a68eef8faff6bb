"""`reader versions`: the texts that a document has had."""

import click

from reader.commands.common import DONE, Context, json_option, row, say, say_bytes, say_json


@click.group("versions", invoke_without_command=True, context_settings={"allow_interspersed_args": True})
@click.argument("document", metavar="ID")
@json_option
@click.pass_context
def versions(click_context: click.Context, document: str, as_json: bool) -> int:
    """List a document's texts; show, drop or compare them.

    Writes one line a text, the newest first: number, shown or kept, when it was read, reader, bytes of the file,
    code points, words, and how the marks stand in it.
    """
    context = click_context.find_object(Context)
    assert context
    click_context.meta["document"] = context.library.documents.resolve_id(document)
    if click_context.invoked_subcommand:
        return DONE
    uid: str = click_context.meta["document"]
    texts = context.library.texts
    found = [(version, texts.fare(uid, version.number)) for version in texts.list(uid)]
    if as_json:
        from reader.commands.shapes import version as shape

        say_json([shape(version, fare) for version, fare in found])
        return DONE
    for version, fare in found:
        marks = f"{fare.exact} exact, {fare.moved} moved, {fare.lost} lost"
        state = "shown" if version.shown else "kept"
        row(
            version.number, state, version.created, version.reader, version.file_size, version.length, version.words,
            marks,
        )  # fmt: skip
    return DONE


@versions.command("show")
@click.argument("number", metavar="N", type=int)
@click.pass_context
def show_version(click_context: click.Context, number: int) -> int:
    """Show another text from now on.

    The marks are carried over.
    """
    context, uid = _asked(click_context)
    result = context.library.texts.show(uid, number)
    say(result.reason or "There are no marks to carry over.")
    return DONE


@versions.command("drop")
@click.argument("number", metavar="N", type=int)
@click.pass_context
def drop_version(click_context: click.Context, number: int) -> int:
    """Give a text up; undo brings it back."""
    context, uid = _asked(click_context)
    say(context.library.texts.drop(uid, number).label)
    return DONE


@versions.command("diff")
@click.argument("older", metavar="N", type=int)
@click.argument("newer", metavar="M", type=int)
@click.pass_context
def diff_versions(click_context: click.Context, older: int, newer: int) -> int:
    """Write how text M differs from text N.

    As a unified diff; nothing where they are the same.
    """
    from reader.text.unified import unified

    context, uid = _asked(click_context)
    texts = context.library.texts
    lines = unified(texts.text(uid, older), texts.text(uid, newer), (f"text {older}", f"text {newer}"))
    say_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))
    return DONE


def _asked(click_context: click.Context) -> tuple[Context, str]:
    """The library to work on, and the document that was named."""
    context = click_context.find_object(Context)
    assert context
    return context, click_context.meta["document"]
