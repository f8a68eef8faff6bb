"""Words as Markdown says them, so that nothing in them is taken for markup, a tag or a path; Obsidian's included."""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import category
from urllib.parse import quote

# What breaks a line or a parser; blanks beside it go with it.
_BREAKING = re.compile(r"[ ]*[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]+[ ]*|[ ]{2,}")
_ALWAYS = re.compile(r"[\\`*\[\]<$|]")
_RUNS = re.compile(r"={2,}|~{2,}|%{2,}")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_HASH = re.compile(r"(?<!\S)#|(?<=[^\w\s])#")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BLOCK_ID = re.compile(r"(?<!\S)\^")
_BEGINNING = re.compile(r"\A(?:([-+=~:#>])|(\d{1,9})([.)])(?=\s|\Z))")
# Code, in which no comment begins, or the sign of one.
_COMMENT = re.compile(r"(?:```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`)|(%%)", re.DOTALL)
# Words in which nothing can be taken for anything else, as most are.
_BARE = re.compile(r"[^\W\d_][\w,.;:'\"()?!’“”– -]*")
_TAG_KINDS = frozenset("LMN")


def one_line(text: str) -> str:
    """`text` on one line, without control characters."""
    return _BREAKING.sub(" ", text).strip()


def escaped(text: str) -> str:
    """`text` as the words of a paragraph of one line: a Markdown parser reads exactly `one_line(text)`."""
    if _BARE.fullmatch(text) and "_" not in text and "  " not in text and text[-1] != " ":
        return text
    line = _ALWAYS.sub(r"\\\g<0>", one_line(text))
    for found in (_UNDERSCORE, _HASH, _ENTITY, _BLOCK_ID):
        line = found.sub(r"\\\g<0>", line)
    line = _RUNS.sub(lambda run: "".join("\\" + sign for sign in run.group()), line)
    return _BEGINNING.sub(_escaped_beginning, line, count=1)


def closed(note: str) -> str:
    """A note in Markdown in which no comment of Obsidian is left open, which would hide all that follows it there."""
    signs = [found.start() for found in _COMMENT.finditer(note) if found[1]] if "%%" in note else []
    return f"{note[: signs[-1]]}\\%\\%{note[signs[-1] + 2 :]}" if len(signs) % 2 else note


def _escaped_beginning(at: re.Match[str]) -> str:
    return f"\\{at[1]}" if at[1] else f"{at[2]}\\{at[3]}"


@lru_cache(maxsize=4096)
def tag(name: str) -> str:
    """A tag's name as Obsidian takes it, without the sign before it: "Big dam/cost (2031)" is "Big-dam/cost-2031".

    Levels stay, other signs become one hyphen, and numbers alone, which are no tags there, begin with an underscore.
    Empty where nothing is left.
    """
    levels = ("".join(sign if _in_tag(sign) else " " for sign in level).split() for level in name.split("/"))
    made = "/".join(filter(None, ("-".join(words).strip("-") for words in levels)))
    return f"_{made}" if made and not any(sign.isalpha() or sign == "_" for sign in made) else made


def tags(names: Iterable[str]) -> tuple[str, ...]:
    """The tags of these names in their order, each once whatever its case."""
    return tuple({made.casefold(): made for name in names if (made := tag(name))}.values())


def _in_tag(sign: str) -> bool:
    return sign in "_-" or category(sign)[0] in _TAG_KINDS


def link(words: str, address: str) -> str:
    """A link, whatever is in its words and its address."""
    return f"[{escaped(words)}]({quote(address, safe=':/?#@!$&+,;=%~-._', errors='replace')})"
