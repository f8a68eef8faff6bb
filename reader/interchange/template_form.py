"""Templates as forms of export, beside those that the program writes itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from reader.interchange.forms import Form
from reader.interchange.json_file import InterchangeError
from reader.interchange.outgoing import Outgoing
from reader.interchange.template_files import ENDING, TemplateFile, find, source_of, template_files
from reader.interchange.template_values import pieces

PREFIX = "template:"
"""What the name of such a form begins with; the template's own follows."""


@dataclass(frozen=True, slots=True)
class TemplateForm(Form):
    """A template as a form of export. `writer` only says that it has text."""

    file: TemplateFile | None = None

    def pieces(self, outgoing: Outgoing) -> Iterator[str]:
        """The file's text; empty pieces while the template runs, after any of which it may be stopped."""
        if outgoing.render is None:
            raise InterchangeError("There is no process here to run templates in; export from a library.")
        path = cast(TemplateFile, self.file).path
        return pieces(outgoing, path.name.removesuffix(ENDING), source_of(path), outgoing.render)


def template_form(name: str) -> Form:
    """The form that a template is, by the template's name or path. InterchangeError when there is none."""
    return _form(find(name))


def template_forms() -> tuple[Form, ...]:
    """Those that come with the program, and the user's own."""
    return tuple(map(_form, template_files()))


def _form(file: TemplateFile) -> TemplateForm:
    about = file.about[:1].upper() + file.about[1:]
    name = PREFIX + (file.name if file.is_own or file in template_files() else str(file.path))
    return TemplateForm(name, file.title, about, file.suffix, "template", file=file)
