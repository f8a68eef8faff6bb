"""Blocks brought up to date in a text that the user writes in too."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from reader.interchange.managed import STATE, Block, Item, Part, block_of, digest, parts_of, state_of, written_before

_HEADING = re.compile(r"^#{1,6}[ \t]", re.MULTILINE)
_LINE_END = re.compile(r"\r?\n")


@dataclass(frozen=True, slots=True)
class Merged:
    """Blocks brought up to date, among the user's words.

    `keys` are the digests of those that were ever written. `kept_out` counts the wanted marks that the user took out,
    `kept` those that stay as the user changed them though there is something new; `fresh` are the keys of the blocks
    that were written now. `end` is what ends a line.
    """

    parts: tuple[Part, ...]
    keys: frozenset[str]
    kept_out: int
    kept: int
    fresh: frozenset[str]
    end: str

    @property
    def marks(self) -> int:
        """How many marks stand in it."""
        return sum(isinstance(part, Block) and part.is_mark for part in self.parts)

    def text(self, values: Mapping[str, str]) -> str:
        """The whole text; `values` are kept in the line that lists what was written."""
        return _with_state(self.parts, state_of(self.keys, values), self.end)


def merge(text: str, wanted: Sequence[Item], is_gone: Callable[[str], bool], end: str = "\n") -> Merged:
    """`text` with the wanted blocks, in their order as far as the user has not changed it.

    A block that is not wanted goes if `is_gone` says so of its key, and its heading with its last one. Outside the
    blocks nothing changes. `end` is what ends a line.
    """
    before, _ = written_before(text)
    parts = parts_of(text)
    here = _keys(parts)
    live = [item for item in wanted if item.key in here or digest(item.key) not in before]
    live = _without_idle_headings(live, wanted)
    run = _Updating({item.key: item for item in live}, is_gone, end)
    parts = run.updated(parts)
    parts = _with_new(parts, live, end)
    _drop_empty(parts, {item.key for item in wanted})
    # What we took out ourselves may come back; what the user took out may not.
    keys = before - set(map(digest, here - _keys(parts))) | set(map(digest, _keys(parts)))
    fresh = run.fresh | (_keys(parts) - here)
    out = sum(item.is_mark for item in wanted) - sum(item.is_mark for item in live)
    return Merged(tuple(parts), keys, out, run.kept, frozenset(fresh), end)


def _keys(parts: Iterable[Part]) -> set[str]:
    return {part.key for part in parts if isinstance(part, Block) and part.key != STATE}


def _without_idle_headings(live: Sequence[Item], wanted: Sequence[Item]) -> list[Item]:
    """What is left without the headings under which nothing would stand."""
    over = {item.key: item.group for item in wanted if item.is_heading}
    needed: set[str] = set()
    for item in live:
        group = item.group
        while not item.is_heading and group in over and group not in needed:
            needed.add(group)
            group = over[group]
    return [item for item in live if not item.is_heading or item.key in needed]


class _Updating:
    """Goes through the blocks that are there. `kept` and `fresh` are those of `Merged`."""

    def __init__(self, items: Mapping[str, Item], is_gone: Callable[[str], bool], end: str) -> None:
        self._items, self._is_gone, self._end = items, is_gone, end
        self.kept = 0
        self.fresh: set[str] = set()

    def updated(self, parts: Sequence[Part]) -> list[Part]:
        """The parts without the blocks that go, or that are to stand elsewhere; the others as they are to be."""
        result: list[Part] = []
        is_gap = False
        for number, part in enumerate(parts):
            if isinstance(part, str):
                # The empty line after a block that has gone goes with it.
                result.append(_LINE_END.sub("", part, count=1) if is_gap and _LINE_END.match(part) else part)
                is_gap = False
                continue
            instead = self._instead(part, followed=_is_followed(parts, number))
            is_gap = instead is None
            result += [instead] if instead else []
        return result

    def _instead(self, block: Block, *, followed: bool) -> Block | None:
        """What stands where a block is; None for nothing. `followed`: the user wrote something after it."""
        item = self._items.get(block.key)
        if item is None:
            goes = block.key != STATE and not block.is_heading and not block.is_touched and self._is_gone(block.key)
            return None if goes else block
        is_new = digest(item.body) != block.digest
        if block.is_touched:
            self.kept += is_new
            return block
        if not is_new and block.group == item.group:
            return block
        if is_new:
            self.fresh.add(block.key)
        if block.group != item.group and not followed and not block.is_heading:
            return None
        return block_of(item, self._end)


def _is_followed(parts: Sequence[Part], number: int) -> bool:
    after = parts[number + 1] if number + 1 < len(parts) else ""
    return isinstance(after, str) and bool(after.strip())


def _with_new(parts: Sequence[Part], live: Sequence[Item], end: str) -> list[Part]:
    """The parts with the blocks that are missing, each after the one that it follows and what the user wrote there."""
    here = _keys(parts)
    runs: dict[str, list[Item]] = {}
    last = ""
    for item in live:
        if item.key in here:
            last = item.key
        else:
            runs.setdefault(last, []).append(item)
    if not runs:
        return list(parts)
    result: list[Part] = []
    waiting = runs.get("", [])
    for part in parts:
        if isinstance(part, str) and waiting and result:
            cut = found.start() if (found := _HEADING.search(part)) else len(part)
            _add(result, part[:cut], waiting, end)
            waiting = []
            if part[cut:]:
                result.append(part[cut:])
        elif isinstance(part, str):
            result.append(part)
        else:
            _add(result, "", waiting, end)
            result.append(part)
            waiting = runs.get(part.key, []) if part.key != STATE else []
    _add(result, "", waiting, end)
    return result


def _add(result: list[Part], before: str, items: Sequence[Item], end: str) -> None:
    """Append the user's words `before`, then blocks with an empty line around each."""
    if before:
        result.append(before)
    for item in items:
        _leave_line(result, end)
        result.append(block_of(item, end))
    if items:
        result.append(end)


def _leave_line(result: list[Part], end: str) -> None:
    """See to it that an empty line stands at the end, if anything does."""
    tail = "".join(_raw(part) for part in result[-3:])
    if tail and not tail.endswith("\n"):
        result.append(end + end)
    elif tail.strip() and not re.search(r"\n[ \t]*\r?\n\Z", tail):
        result.append(end)


def _drop_empty(parts: list[Part], wanted: AbstractSet[str]) -> None:
    """Take out the headings that are not wanted, are as we wrote them and have nothing under them."""
    number = len(parts) - 1
    while number >= 0:
        part = parts[number]
        if isinstance(part, Block) and part.is_heading and part.key not in wanted and not part.is_touched:
            after = [one for one in parts[number + 1 :][:2] if not (isinstance(one, str) and not one.strip())]
            if not after or (isinstance(after[0], Block) and (after[0].is_heading or after[0].key == STATE)):
                blank = number + 1 < len(parts) and isinstance(parts[number + 1], str)
                del parts[number : number + 1 + blank]
        number -= 1


def _with_state(parts: Sequence[Part], state: str, end: str) -> str:
    """The whole text, with the line that lists what was written where it was, else at its end."""
    result: list[Part] = []
    is_there = False
    for part in parts:
        if isinstance(part, Block) and part.key == STATE:
            is_there = True
            result.append(part if part.raw.strip() == state else Block(state + end, STATE))
        else:
            result.append(part)
    if not is_there:
        _leave_line(result, end)
        result.append(state + end)
    return "".join(_raw(part) for part in result)


def _raw(part: Part) -> str:
    return part if isinstance(part, str) else part.raw
