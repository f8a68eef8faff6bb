"""What the window remembers of itself, in the library's own file."""

import json
from contextlib import suppress
from typing import Any

from reader.model.errors import ReaderError
from reader.store import settings
from reader.store.database import Store


class Settings:
    """Values are whatever JSON can hold. They are no steps of the history.

    What cannot be written (the library is only to be read, the disk is full) holds until the window closes.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._unwritten: dict[str, str] = {}

    def get(self, key: str, default: Any) -> Any:
        """The value of a setting, or `default`."""
        text = self._unwritten.get(key) or settings.value(self._store, key)
        return default if text is None else json.loads(text)

    def set(self, key: str, value: Any) -> None:
        """Remember a value; the same value again writes nothing."""
        # As ASCII: names of files may hold what is no text.
        text = json.dumps(value)
        if key not in self._unwritten and settings.value(self._store, key) == text:
            return
        self._unwritten[key] = text
        with suppress(ReaderError), self._store.transaction() as connection:
            settings.set_value(connection, key, text)
            del self._unwritten[key]
