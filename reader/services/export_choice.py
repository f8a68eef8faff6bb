"""Which annotations an export is of, said so that it can be asked for again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from reader.text.filter_words import parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.services.library import Library


class Limits(TypedDict, total=False):
    """What is exported, as `Exchange.export` and `Folders.export` take it: uids."""

    documents: Sequence[str]
    annotations: Sequence[str]


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """One of these at most, none for everything: the uid of a `document`, the `words` of a filter, the name of a saved
    `view`, the uids of `annotations`."""

    document: str = ""
    words: str = ""
    view: str = ""
    annotations: tuple[str, ...] | None = None

    def limits(self, library: Library) -> Limits:
        """The annotations that it means at present. ReaderError where there is no such view, or its words mean nothing.

        Not for the interface's thread.
        """
        if self.document:
            return {"documents": [self.document]}
        if self.annotations is not None:
            return {"annotations": self.annotations}
        words = library.filters.words(self.view) if self.view else self.words
        return {"annotations": library.workspace.uids(parse(words))} if words else {}

    def sentence(self, library: Library) -> str:
        """What it means, in a few words."""
        if self.document:
            return f"“{library.documents.get(self.document).title}”"
        if self.view:
            return f"the view “{self.view}”"
        return f"what “{self.words}” finds" if self.words else "everything"
