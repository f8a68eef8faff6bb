"""The list of the commands is as they are: each command, option and argument, and none that is not there.

The README shows some of them as they may be used.
"""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from reader.__main__ import COMMANDS
from reader.cli import cli

ROOT = Path(__file__).resolve().parents[1]
README, REFERENCE = ROOT / "README.md", ROOT / "resources" / "schema" / "cli.md"
WINDOW = "reader [--library FILE] [FILE ...]"


@dataclass
class Usage:
    """What one command takes: arguments as they are shown, options by their longest names, commands of its own."""

    arguments: str = ""
    options: set[str] = field(default_factory=set)
    commands: dict[str, str] = field(default_factory=dict)


def listed(page: str) -> dict[str, Usage]:
    """The commands in the fenced block that begins with the window's line."""
    block = next(body for body in re.findall(r"^```\w*\n(.*?)^```", page, re.S | re.M) if body.startswith(WINDOW))
    found: dict[str, Usage] = {}
    for line in block.splitlines()[1:]:
        if line.startswith("reader "):
            usage = re.split(r"\s{2,}(?!\[)", line.removeprefix("reader "))[0]
            for part in alternatives(usage):
                name, _, rest = part.partition(" ")
                found[name] = parsed(rest)
    return found


def alternatives(usage: str) -> list[str]:
    """The commands of a line: "undo | redo" are two, "annotate ... | --start N ..." is one."""
    parts: list[str] = []
    for part in re.split(r" \| (?![^\[]*\])", usage):
        if part.startswith("-"):
            parts[-1] += " " + part
        else:
            parts.append(part)
    return parts


def parsed(rest: str) -> Usage:
    usage = Usage(options=set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", rest)))
    inner = re.search(r"\[([a-z]+ [^\]]*)\]", rest)
    if inner:
        usage.commands = {name: rest for name, _, rest in (one.partition(" ") for one in inner[1].split(" | "))}
        rest = rest.replace(inner[0], "")
    rest = re.sub(r"\[-[^\]]*\]", "", rest)
    usage.arguments = " ".join(re.sub(r"--?[a-z-]+ [A-Z]+", "", rest).split())
    return usage


def real(command: click.Command) -> Usage:
    context = click.Context(command)
    usage = Usage(arguments=arguments(command, context))
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            usage.options.add(max(parameter.opts, key=len))
    if isinstance(command, click.Group):
        usage.commands = {name: arguments(inner, context) for name, inner in command.commands.items()}
    return usage


def arguments(command: click.Command, context: click.Context) -> str:
    found = [parameter for parameter in command.params if isinstance(parameter, click.Argument)]
    return " ".join(argument.make_metavar(context) for argument in found)


@pytest.fixture(scope="module")
def reference() -> dict[str, Usage]:
    return listed(REFERENCE.read_text("utf-8"))


def test_the_reference_lists_every_command_and_no_other(reference: dict[str, Usage]) -> None:
    assert set(reference) == set(cli.commands)


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_the_reference_shows_what_a_command_takes(name: str, reference: dict[str, Usage]) -> None:
    assert reference[name] == real(cli.commands[name])


def examples() -> list[str]:
    """The commands that the README shows, without what it says of them."""
    lines = re.findall(r"^reader (.*)$", README.read_text("utf-8"), re.M)
    return [re.split(r"\s{2,}", line)[0] for line in lines]


@pytest.mark.parametrize("example", examples())
def test_what_the_readme_shows_can_be_typed(example: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, *words = shlex.split(example)
    command, taken = cli.commands[name], list[dict[str, object]]()
    monkeypatch.setattr(command, "callback", lambda **given: taken.append(given))
    for parameter in command.params:
        # The files of an example are not there.
        if isinstance(parameter.type, click.Path):
            monkeypatch.setattr(parameter.type, "exists", False)
    command.main(words, standalone_mode=False)
    assert len(taken) == 1


def test_the_start_knows_every_command() -> None:
    assert set(cli.commands) == COMMANDS


def test_help_names_the_window_and_every_command() -> None:
    shown = CliRunner().invoke(cli, ["--help"]).stdout
    assert WINDOW in shown
    assert re.findall(r"^  ([a-z]+)  ", shown.partition("Commands:")[2], re.M) == list(cli.commands)
    assert "..." not in shown.partition("Commands:")[2]


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_help_of_a_command_explains_every_option(name: str) -> None:
    done = CliRunner().invoke(cli, [name, "--help"])
    assert done.exit_code == 0
    assert all(option.help for option in cli.commands[name].params if isinstance(option, click.Option))
    assert "..." not in done.stdout.partition("Commands:")[2]


def test_the_list_is_read_as_it_is_written() -> None:
    sample = """
```
reader [--library FILE] [FILE ...]      open the window
reader add PATH ...            one line a document
reader annotate ID --exact TEXT [--prefix P] | --start N --end N  [--color C] [--tag T ...]
reader tags [rename A B | delete A] [--json]
reader undo | redo
reader backup FILE | restore FILE
reader export [-o FILE]        - is standard output
```
"""
    assert listed(sample) == {
        "add": Usage("PATH ..."),
        "annotate": Usage("ID", {"--exact", "--prefix", "--start", "--end", "--color", "--tag"}),
        "tags": Usage("", {"--json"}, {"rename": "A B", "delete": "A"}),
        "undo": Usage(),
        "redo": Usage(),
        "backup": Usage("FILE"),
        "restore": Usage("FILE"),
        "export": Usage("", {"-o"}),
    }
