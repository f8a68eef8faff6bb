"""Tables written as Lua: what a writer as simple as KOReader's makes of data comes back, and nothing is ever run."""

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.interchange.lua_table import LuaError, parsed

KEYS = st.text(max_size=8) | st.integers(-5, 1000)
PLAIN = st.text() | st.booleans() | st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)
TABLES = st.recursive(
    st.dictionaries(KEYS, PLAIN, max_size=4),
    lambda inner: st.dictionaries(KEYS, PLAIN | inner, max_size=4),
    max_leaves=20,
)


def written(value: Any, depth: int = 0) -> str:
    """A value as Lua's %q and KOReader's indents have it."""
    if isinstance(value, dict):
        inner = "    " * (depth + 1)
        items = cast("dict[Any, Any]", value).items()
        fields = (f"{inner}[{written(key)}] = {written(one, depth + 1)},\n" for key, one in items)
        return "{\n" + "".join(fields) + "    " * depth + "}"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\\n").replace("\r", "\\r")
        return '"' + escaped.replace("\0", "\\0") + '"' if "\0" not in value else _numbered(value)
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _numbered(value: str) -> str:
    return '"' + "".join(f"\\{byte:03}" for byte in value.encode()) + '"'


@given(TABLES)
def test_what_is_written_comes_back(table: dict[str | int, Any]) -> None:
    text = f"-- a comment with a {{ in it\nreturn {written(table)}\n"
    assert parsed(text.encode()) == table


def test_every_way_of_writing_a_value() -> None:
    text = b"""return { 'one', "two\\z
        and", [[
three]], [==[fo]]ur]==], key = -1.5e3, [7] = 0x1F, ["a\\tb"] = nil, yes = true; no = false, {},
    "\\226\\128\\156\\xe2\\x80\\x9d" }"""
    assert parsed(text) == {
        1: "one",
        2: "twoand",
        3: "three",
        4: "fo]]ur",
        "key": -1500.0,
        7: 31,
        "yes": True,
        "no": False,
        5: {},
        6: "\u201c\u201d",
    }


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("return", 1),
        ("return 7", 1),
        ("return {", 1),
        ("return {\n\n[1] = }", 3),
        ("return {} os.execute('x')", 1),
        ("return { os.execute('x') }", 1),
        ("return { a = function() end }", 1),
        ("return { 1 + 1 }", 1),
        ('return { "a" .. "b" }', 1),
        ("return {\n'open", 2),
        ("return { [{}] = 1 }", 1),
        ("return " + "{" * 200 + "}" * 200, 1),
    ],
)
def test_what_is_no_table_says_where(text: str, line: int) -> None:
    with pytest.raises(LuaError) as caught:
        parsed(text.encode())
    assert caught.value.line == line


def test_what_no_number_is_costs_its_own_field_only() -> None:
    assert parsed(b"return {[1] = nan, [2] = -inf, [3] = 0xf, [4] = -nan, [5] = -7}") == {3: 15, 5: -7}


def test_a_table_whose_line_ends_were_changed_is_read_all_the_same() -> None:
    assert parsed(b'return {\r\n    ["text"] = "two\\\r\nlines",\r\n}\r\n') == {"text": "two\nlines"}
