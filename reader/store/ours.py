"""Which steps of the history this process has made, taken back and done again: all others are another program's."""

from collections.abc import Generator
from contextlib import contextmanager


class Ours:
    """Any thread may note and ask; `since` is the newest step there was when others began to be followed.

    `replacing`: we are putting another file's contents in the place of the library's.
    """

    def __init__(self) -> None:
        self.since: int | None = None
        self.replacing = False
        self._replaced = False
        self._made: set[int] = set()
        self._states: dict[int, bool] = {}
        self._turning: list[None] = []

    def __contains__(self, action_id: int) -> bool:
        return action_id in self._made

    def made(self, action_id: int) -> None:
        """A step is being recorded: nobody may see it before it is known to be ours."""
        self._made.add(action_id)

    def given_up(self, action_id: int) -> None:
        """It was not recorded after all: its id may become that of another program's step."""
        self._made.discard(action_id)

    @contextmanager
    def turning(self) -> Generator[None]:
        """A step is being taken back or done again; until `left` has told which, nobody can tell it from others'."""
        self._turning.append(None)
        try:
            yield
        finally:
            self._turning.pop()

    @property
    def is_turning(self) -> bool:
        """Whether a step is being taken back or done again in here."""
        return bool(self._turning)

    def left(self, action_id: int, *, done: bool) -> None:
        """The file holds a step as done or as taken back now, by our doing."""
        self._states[action_id] = done

    def news(self) -> dict[int, bool]:
        """What `left` was told since this was last asked: whether each of these steps is done."""
        found: dict[int, bool] = {}
        while self._states:
            action_id, done = self._states.popitem()
            found[action_id] = done
        return found

    @contextmanager
    def replaced(self) -> Generator[None]:
        """The whole file becomes another one's copy in here, by our doing; its steps are none of others' news."""
        self.replacing = True
        try:
            yield
        finally:
            # The ids of the steps begin anew where that file ends.
            self._made.clear()
            self._states.clear()
            self._replaced = True
            self.replacing = False

    def was_replaced(self) -> bool:
        """Whether the file was replaced since this was last asked."""
        found, self._replaced = self._replaced, False
        return found

    def is_others(self, action_id: int) -> bool:
        """Whether another program made this step while others were followed."""
        return self.since is not None and action_id > self.since and action_id not in self._made
