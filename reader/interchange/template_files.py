"""Templates of export as files: those that come with the program, and the user's own in a folder.

A file is called `NAME.ENDING.j2`, and its first comment says what it is: `{# Title: what it is good for. #}`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.interchange.json_file import InterchangeError
from reader.places import templates_folder
from reader.resources import resource

ENDING = ".j2"
LARGEST = 1 << 20
"""Bytes of a template that is still read."""
_HEAD = re.compile(r"\s*\{#-?\s*(?P<title>[^:#\n]{1,80}?)(?::\s*(?P<about>[^#]*?))?\s*-?#\}")
_HEAD_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template by its file. `name` is that of the file without `.j2`; `is_own`: it may be changed and deleted."""

    name: str
    path: Path
    title: str
    about: str
    is_own: bool

    @property
    def suffix(self) -> str:
        """The ending of what is made with it, such as ".md"."""
        return Path(self.name).suffix or ".txt"


def own_folder() -> Path:
    """The folder of the user's own templates, which may not be there yet."""
    return Path(templates_folder())


def template_files() -> tuple[TemplateFile, ...]:
    """Those that come with the program, then the user's own; one of these takes the place of one of the same name."""
    own = {file.name: file for file in _in_folder(own_folder(), is_own=True)}
    shipped = {file.name: file for file in _in_folder(resource("templates"), is_own=False)}
    return tuple((shipped | own).values())


def find(name: str) -> TemplateFile:
    """The template of that name (its ending may be left out), or at that path. InterchangeError when there is none."""
    known = template_files()
    for file in known:
        if name in (file.name, file.name + ENDING):
            return file
    alike = [file for file in known if file.name.rpartition(".")[0] == name]
    if len(alike) == 1:
        return alike[0]
    path = Path(name).expanduser()
    if path.is_file():
        return _described(path.absolute(), is_own=False)
    names = ", ".join(file.name for file in alike or known)
    raise InterchangeError(f"There is no template “{name}”; there are {names}, or name a file.")


def source_of(path: Path) -> str:
    """What a template's file says. InterchangeError when it cannot be read, is too large or no UTF-8."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InterchangeError(f"The template “{path}” cannot be read ({reason}); choose another one.") from error
    if len(data) > LARGEST:
        raise InterchangeError(f"The template “{path}” is larger than 1 MB; no template is that long.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise InterchangeError(f"The template “{path}” is not UTF-8 text; save it as UTF-8.") from None


def described(source: str, name: str) -> tuple[str, str]:
    """Title and sentence out of the first comment of a template; without one, a title made of its file's name."""
    found = _HEAD.match(source)
    title = " ".join(found["title"].split()) if found else ""
    plain = name.removesuffix(ENDING).rpartition(".")[0] or name
    return title or plain, " ".join((found["about"] or "").split()) if found else ""


def _in_folder(folder: Path, *, is_own: bool) -> Iterator[TemplateFile]:
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ENDING and not path.name.startswith("."))
    except OSError:
        return
    yield from (_described(path, is_own=is_own) for path in found if path.is_file())


def _described(path: Path, *, is_own: bool) -> TemplateFile:
    try:
        with path.open("rb") as file:
            beginning = file.read(_HEAD_LENGTH).decode("utf-8", "replace").lstrip("\ufeff")
    except OSError:
        beginning = ""
    title, about = described(beginning, path.name)
    return TemplateFile(path.name.removesuffix(ENDING), path, title, about, is_own)
