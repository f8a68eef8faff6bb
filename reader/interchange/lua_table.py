"""A table written as Lua, read as data: strings, numbers, true, false, nil and tables in each other. Nothing is run."""

import re
from typing import Any

from reader.interchange.watching import Watch

_DEEPEST = 100
_LONGEST_WHOLE = 19

_TOKEN = re.compile(
    r"""
      (?P<blank>(?:\s++|--[^\n]*+)++)
    | (?P<string>"(?:[^"\\\n]++|\\z\s*+|\\(?:\r\n|.))*+"|'(?:[^'\\\n]++|\\z\s*+|\\(?:\r\n|.))*+')
    | (?P<long>\[(?P<equals>=*)\[(?P<body>.*?)\](?P=equals)\])
    | (?P<number>-?(?:(?:nan|inf)\b|0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))
    | (?P<name>[A-Za-z_]\w*)
    | (?P<mark>[{}\[\]=,;])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:z\s*|x([0-9a-fA-F]{2})|(\d{1,3})|(\r\n|.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "\r\n": "\n"}
_WORDS: dict[str, Any] = {"true": True, "false": False, "nil": None}

Table = dict[str | int | float, Any]


class LuaError(ValueError):
    """The text is not such a table; `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def parsed(data: bytes, watch: Watch | None = None) -> Table:
    """The table that a file returns; values without a key are numbered from 1. `LuaError` when it is none.

    Each value is a step of `watch`.
    """
    # A byte a character: strings hold bytes, and their escapes count bytes.
    return _Parser(data.decode("latin-1"), watch or Watch()).file()


class _Parser:
    def __init__(self, text: str, watch: Watch) -> None:
        self._text, self._watch = text, watch
        self._at = 0
        self._kind = ""
        self._token = ""
        self._step()

    def file(self) -> Table:
        if self._token == "return":
            self._step()
        found = self._table(0)
        if self._kind:
            raise self._error()
        return found

    def _step(self) -> None:
        """Go to the next token; at the end its kind is empty."""
        while True:
            if self._at >= len(self._text):
                self._kind = self._token = ""
                return
            found = _TOKEN.match(self._text, self._at)
            if found is None:
                raise self._error()
            self._at = found.end()
            kind = found.lastgroup or ""
            for name in ("blank", "string", "long", "number", "name", "mark"):
                if found[name] is not None:
                    kind = name
            if kind != "blank":
                self._kind = kind
                self._token = found["body"].removeprefix("\n") if kind == "long" else found[0]
                return

    def _table(self, depth: int) -> Table:
        if depth > _DEEPEST:
            raise self._error()
        self._take("{")
        table: Table = {}
        number = 1
        while self._token != "}" or self._kind != "mark":
            key, value = self._field(depth)
            if key is None:
                key, number = number, number + 1
            if value is not None:
                table[key] = value
            if self._kind == "mark" and self._token in ",;":
                self._step()
            elif self._token != "}":
                raise self._error()
        self._step()
        return table

    def _field(self, depth: int) -> tuple[str | int | float | None, Any]:
        if self._kind == "mark" and self._token == "[":
            self._step()
            key = self._value(depth)
            self._take("]")
            self._take("=")
            if isinstance(key, dict) or key is None:
                raise self._error()
            return key, self._value(depth)
        if self._kind == "name" and self._token not in _WORDS:
            key = self._token
            self._step()
            self._take("=")
            return key, self._value(depth)
        return None, self._value(depth)

    def _value(self, depth: int) -> Any:
        self._watch.step()
        kind, token = self._kind, self._token
        if kind == "mark" and token == "{":
            return self._table(depth + 1)
        if kind == "string":
            value: Any = _decoded(_ESCAPE.sub(_unescaped, token[1:-1]))
        elif kind == "long":
            value = _decoded(token)
        elif kind == "number":
            value = _number(token)
        elif kind == "name" and token in _WORDS:
            value = _WORDS[token]
        else:
            raise self._error()
        self._step()
        return value

    def _take(self, mark: str) -> None:
        if self._kind != "mark" or self._token != mark:
            raise self._error()
        self._step()

    def _error(self) -> LuaError:
        return LuaError(self._text.count("\n", 0, self._at) + 1)


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 16))
    if found[2]:
        return chr(min(int(found[2]), 255))
    return _LETTERS.get(found[3], found[3]) if found[3] else ""


def _decoded(words: str) -> str:
    """A string's bytes as UTF-8, which is all that KOReader writes."""
    return words.encode("latin-1").decode("utf-8", "replace")


def _number(token: str) -> int | float | None:
    if token.lstrip("-") in ("nan", "inf"):
        return None  # what no number is, it writes as a word
    if "x" in token.lower():
        return int(token, 16)
    return float(token) if len(token) > _LONGEST_WHOLE or any(mark in token for mark in ".eE") else int(token)
