"""Which tag has come in place of one that was merged: what the user has tied to that one, such as a key, goes along."""

import json
from typing import Any, cast

from reader.store import settings
from reader.store.database import Connection

SETTING = "tag_heirs"
"""The setting: by the uid of a tag that was merged, into which one, and whether that has what was its own by now."""
_MOST = 100
"""So many merges are remembered, the last ones."""

Heirs = dict[str, tuple[str, bool]]


def heirs_of(stored: object) -> Heirs:
    """What the setting holds of merges, as far as it makes sense."""
    found = cast("dict[str, Any]", stored) if isinstance(stored, dict) else {}
    pairs = {gone: cast("list[Any]", heir) for gone, heir in found.items() if isinstance(heir, list)}
    return {
        gone: (heir[0], heir[1] is True) for gone, heir in pairs.items() if len(heir) == 2 and isinstance(heir[0], str)
    }


def remember(connection: Connection, gone: str, kept: str) -> None:
    """Remember, in the transaction of a merge, into which tag (uid) another one goes."""
    text = settings.value_on(connection, SETTING)
    known = heirs_of(json.loads(text)) if text else {}
    known.pop(gone, None)
    known[gone] = kept, False
    settings.set_value(connection, SETTING, json.dumps(dict(list(known.items())[-_MOST:])))
