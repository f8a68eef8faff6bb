"""Where the fragment identifiers of EPUB (`epubcfi(/6/4!/4/2:12)`) come in the order of a book."""

import re
from typing import Any

_NAMED = re.compile(r"\[(?:[^\]^]|\^.)*\]")
_STEPS = re.compile(r"([/:])(\d{1,9})", re.ASCII)
_DEEPEST = 60


def cfi_steps(value: Any) -> tuple[int, ...]:
    """The steps to where a passage begins, which compare as the places do; empty for what is no such identifier.

    Of a range (`parent,start,end`) parent and start are taken; what stands in brackets only names steps.
    """
    if not isinstance(value, str):
        return ()
    parts = _NAMED.sub("", value.removeprefix("epubcfi(").removesuffix(")")).split(",")
    steps = [*_STEPS.finditer("".join(parts[:2]))]
    return tuple(int(step[2]) for step in steps) if len(steps) <= _DEEPEST else ()
