"""What the window remembers of itself, in the library's own file."""

import json
from typing import Any

from reader.store import settings
from reader.store.database import Store


class Settings:
    """Values are whatever JSON can hold. They are no steps of the history."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str, default: Any) -> Any:
        """The value of a setting, or `default`."""
        text = settings.value(self._store, key)
        return default if text is None else json.loads(text)

    def set(self, key: str, value: Any) -> None:
        """Remember a value; the same value again writes nothing."""
        text = json.dumps(value, ensure_ascii=False)
        if settings.value(self._store, key) == text:
            return
        with self._store.transaction() as connection:
            settings.set_value(connection, key, text)
