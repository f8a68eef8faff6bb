"""What the services that write share: the store, the bus, and records as they are after the commit."""

from collections.abc import Sequence
from dataclasses import fields, replace

from reader.model.document import Metadata
from reader.model.errors import ReaderError, Unknown
from reader.model.library import DocumentSummary
from reader.services.bus import Bus
from reader.store import documents
from reader.store.database import Store


class Writer:
    """Base of the services, which publish a change on the bus once its transaction has been committed."""

    def __init__(self, store: Store, bus: Bus) -> None:
        self._store = store
        self._bus = bus

    def _summary(self, uid: str) -> DocumentSummary:
        found = documents.by_uid(self._store, uid)
        if found is None:
            raise ReaderError("This document is not in the library any more; undo its removal or add it again.")
        return found

    def _summaries(self, uids: Sequence[str]) -> tuple[DocumentSummary, ...]:
        return tuple(documents.by_uids(self._store, uids))


def completed(here: Metadata, there: Metadata) -> Metadata:
    """The details `here`, and where they say nothing those `there`; tags stay."""
    empty = {
        found.name: getattr(there, found.name)
        for found in fields(Metadata)
        if found.name != "tags" and not getattr(here, found.name)
    }
    return replace(here, **empty)


def counted(count: int, one: str, many: str) -> str:
    """ "1 mark deleted", "3 marks deleted": the words for `count` things."""
    return f"{count:,} {one if count == 1 else many}"


def only(found: Sequence[str], text: str, kind: str) -> str:
    """The one uid found for an id that a person typed; ReaderError when there is none (`Unknown`) or several."""
    if len(found) == 1:
        return found[0]
    if text in found:
        return text
    if found:
        raise ReaderError(f"“{text}” stands for more than one {kind}; give more of its id.")
    raise Unknown(f"There is no {kind} “{text}” in this library; list them to see their ids.")
