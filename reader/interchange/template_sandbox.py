"""Runs a template in Jinja's sandbox; the process in which it runs sees to what that may cost in time and memory."""

import json
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from traceback import walk_tb
from typing import Any, cast

from jinja2 import StrictUndefined, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from reader.interchange.template_filters import FILTERS

_ESCAPED = (".html", ".htm", ".xhtml", ".xml")
"""The endings of what is made by templates in which words are escaped by themselves."""
_FILE = "<template>"
"""What Jinja calls a template that has no file."""
_LONGEST_REASON = 300


class TemplateFault(Exception):
    """What is wrong with a template, in a few words, and in which of its lines (from 1; 0: not known)."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line = line


class _Missing(StrictUndefined):
    """A name that there is not: the error says which one was meant, if one is like it."""

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        known = cast("dict[str, object]", self._undefined_obj) if isinstance(self._undefined_obj, dict) else _TOP
        near = get_close_matches(name, list(known), 1)
        return f"there is no “{name}” here" + (f"; “{near[0]}” may be meant" if near else "")


class _Sandbox(ImmutableSandboxedEnvironment):
    """What templates are given are dictionaries: their keys come before their methods, which is how they are meant."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return cast("dict[str, Any]", obj)[attribute]
        return super().getattr(obj, attribute)


_TOP = ("marks", "documents", "tags", "categories", "total", "exported", "offset_unit", "program")


def rendered(source: str, name: str, head: bytes, documents: Sequence[bytes]) -> str:
    """What the template `source` makes of an export, as `template_values` writes it. TemplateFault says what is wrong.

    `name` has the ending of what it makes.
    """
    try:
        return _environment(name).from_string(source).render(values(head, documents))
    except TemplateSyntaxError as error:
        raise TemplateFault(error.lineno, _reason(error)) from None
    except MemoryError:
        raise
    except RecursionError as error:
        raise TemplateFault(_line_of(error), "something in it calls itself, or is nested, without end") from None
    except Exception as error:
        raise TemplateFault(_line_of(error), _reason(error)) from None


def _line_of(error: Exception) -> int:
    """The line of the template that was run last."""
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == _FILE]
    return lines[-1] if lines else 0


def _reason(error: Exception) -> str:
    """What is wrong, on one line and without a stop at its end."""
    if isinstance(error, SecurityError):
        return "this is nothing that a template may use"
    if isinstance(error, SyntaxError):
        return "its parts are nested too deeply in each other"
    words = " ".join(str(error).split()).rstrip(".")
    if isinstance(error, TypeError) and words.startswith("no loader"):
        return "a template stands alone: it cannot take in another one"
    return words[:_LONGEST_REASON] or type(error).__name__


def values(head: bytes, documents: Sequence[bytes]) -> dict[str, Any]:
    """The variables of a template: the export, its documents, all marks, and those of each tag and category."""
    top: dict[str, Any] = json.loads(head)
    known = [json.loads(document) for document in documents]
    top["documents"] = known
    top["marks"] = [mark for document in known for mark in _of(document)]
    for group, key in ((top["categories"], "color"), (top["tags"], "name")):
        for one in group:
            one["marks"] = []
        _share_out(top["marks"], {one[key]: one["marks"] for one in group}, "color" if key == "color" else "tags")
    return top


def _of(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The marks of a document, which each know it."""
    for mark in document["marks"]:
        mark["document"] = document
        yield mark


def _share_out(marks: Sequence[dict[str, Any]], lists: dict[str, list[Any]], key: str) -> None:
    for mark in marks:
        for value in (mark[key],) if isinstance(mark[key], str) else mark[key]:
            if value in lists:
                lists[value].append(mark)


def _environment(name: str) -> _Sandbox:
    environment = _Sandbox(
        autoescape=name.lower().endswith(_ESCAPED),
        undefined=_Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(FILTERS)
    environment.globals.pop("lipsum")
    return environment
