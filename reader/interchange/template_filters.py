"""What templates can make of words: escaped for Markdown and LaTeX, quoted, dated, a note as HTML."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache

from reader.interchange.markdown_text import escaped, one_line, tag
from reader.interchange.note_html import note_html

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
    '"': r"\textquotedbl{}",
    **{sign: f"\\{sign}" for sign in "#$%&_{}"},
}
_SPECIAL = re.compile(r"[\\~^<>|`\"#$%&_{}\[\]]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")


def tex(words: object) -> str:
    """`words` as LaTeX (XeLaTeX or LuaLaTeX) sets them, in text and in the fields of BibTeX.

    Brackets are put into braces, as one at the beginning of an item would be taken for its label.
    """
    return _SPECIAL.sub(lambda sign: _TEX.get(sign[0], f"{{{sign[0]}}}"), _CONTROL.sub(" ", str(words)))


def md(words: object) -> str:
    """`words` on one line, such that Markdown takes nothing in them for markup."""
    return _escaped(str(words))


def quoted(words: object, sign: str = "> ") -> str:
    """Each line of `words` with `sign` before it."""
    return "\n".join(f"{sign}{line}".rstrip() for line in str(words).splitlines())


def day(instant: object) -> str:
    """The day of an instant: "2026-11-21"; empty for none."""
    return str(instant)[:10]


def date(instant: object, form: str = "%Y-%m-%d") -> str:
    """An instant as Python's strftime writes it in UTC; as it is when it is none."""
    try:
        return datetime.fromisoformat(str(instant)).strftime(form)
    except ValueError:
        return str(instant)


def markdown(words: object) -> str:
    """Markdown as HTML in which nothing is run or loaded."""
    from markupsafe import Markup

    return Markup(note_html(str(words)))


def tagged(name: object) -> str:
    """A tag's name as Obsidian takes it, without the sign before it."""
    return tag(str(name))


def line(words: object) -> str:
    """`words` on one line, without control characters."""
    return one_line(str(words))


_escaped = lru_cache(maxsize=1024)(escaped)

FILTERS: Mapping[str, Callable[..., str]] = {
    "tex": tex,
    "md": md,
    "quoted": quoted,
    "day": day,
    "date": date,
    "markdown": markdown,
    "tag": tagged,
    "line": line,
}
