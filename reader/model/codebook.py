"""Tags as a codebook has them: what each is for, in words that others can follow."""

import re
from dataclasses import dataclass

COLOR_VALUES: dict[str, str] = {
    "yellow": "#a67c00",
    "green": "#2e8b3d",
    "blue": "#2f6fc0",
    "pink": "#c2386e",
    "orange": "#c26a10",
    "purple": "#7350c7",
}
"""The colours of the categories as a tag keeps them: the inks of the light theme."""

_VALUE = re.compile("#[0-9A-Fa-f]{6}")
_MARK = re.compile(r"(?:\A|\n\n)(Not|Example): ")


@dataclass(frozen=True, slots=True)
class Description:
    """What belongs under a tag, what does not, and a passage that does; each may be empty."""

    belongs: str = ""
    excluded: str = ""
    example: str = ""

    def text(self) -> str:
        """The three as one text, which is how a tag keeps them: paragraphs that begin with “Not:” and “Example:”."""
        marked = (("", self.belongs), ("Not: ", self.excluded), ("Example: ", self.example))
        return "\n\n".join(mark + part.strip() for mark, part in marked if part.strip())


def description_of(text: str) -> Description:
    """The three parts of a tag's description; what is not marked is what belongs there."""
    text = text.strip()
    parts, kind, start = {"": ""}, "", 0
    for mark in _MARK.finditer(text):
        if mark[1] not in parts:
            parts[kind] = text[start : mark.start()]
            kind, start = mark[1], mark.end()
            parts[kind] = ""
    parts[kind] = text[start:]
    return Description(*(parts.get(each, "").strip() for each in ("", "Not", "Example")))


def color_value(text: str) -> str:
    """A colour as #rrggbb, in lower case, given that or the name of a category's colour; empty where it is neither."""
    return COLOR_VALUES.get(text, text.lower() if _VALUE.fullmatch(text) else "")


@dataclass(frozen=True, slots=True)
class Code:
    """A tag in a codebook: `name` with `/` between its levels, `color` as #rrggbb or empty.

    `uid` is empty where the file tells none. `codable` is False for what only holds others.
    """

    name: str
    color: str = ""
    description: str = ""
    uid: str = ""
    codable: bool = True


@dataclass(frozen=True, slots=True)
class Twins:
    """Two tags that may be one: the one used more often first; `likeness` 1.0 where they differ in form only."""

    kept: str
    other: str
    likeness: float


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What merging a tag into another would do.

    `annotations` and `documents` would be tagged anew, `both` have both tags already; `nested` are the tags in the one
    that goes, which stay as they are.
    """

    annotations: int
    documents: int
    both: int
    nested: tuple[str, ...] = ()
