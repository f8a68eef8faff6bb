"""The tag manager's verbs."""

from collections.abc import Sequence

from reader.model.change import Change
from reader.model.errors import ReaderError
from reader.model.library import Tag
from reader.services.writing import Writer
from reader.store import tags as rows
from reader.store.ids import clean
from reader.store.journal import action


class Tags(Writer):
    """Tags are named without regard to case; `/` nests them."""

    def list(self) -> Sequence[Tag]:
        """Every tag with its uses, by name."""
        return rows.all_tags(self._store)

    def complete(self, prefix: str, limit: int = 12) -> Sequence[Tag]:
        """Tags that begin with `prefix`, or have a part or a word that does; the most used first."""
        return rows.completions(self._store, prefix, limit)

    def rename(self, name: str, new_name: str, *, initiator: object = None) -> Change:
        """Give a tag another name, and those nested in it too. ReaderError when another tag has it: merge them."""
        old, wanted = self._find(name)[1], _clean(new_name)
        nested = rows.nested(self._store, old)
        renamed = {tag_id: wanted + full[len(old) :] for tag_id, full in nested.items()}
        for full in renamed.values():
            taken = rows.find(self._store, full)
            if taken and taken[0] not in nested:
                raise ReaderError(f"There is a tag “{taken[1]}” already; merge the two instead.")
        with action(self._store, f"Tag “{old}” renamed to “{wanted}”") as step:
            for tag_id, full in renamed.items():
                rows.rename(step.connection, tag_id, full)
        return self._retagged(step.label, initiator) if step.changed else Change(initiator=initiator)

    def merge(self, name: str, into: str, *, initiator: object = None) -> Change:
        """Let everything tagged `name` be tagged `into`, and drop `name`."""
        (source, old), (target, kept) = self._find(name), self._find(into)
        if source == target:
            raise ReaderError("A tag cannot be merged with itself; choose another one.")
        with action(self._store, f"Tag “{old}” merged into “{kept}”") as step:
            rows.merge(step.connection, source, target)
        return self._retagged(step.label, initiator)

    def delete(self, name: str, *, initiator: object = None) -> Change:
        """Drop a tag; what it marked stays."""
        tag_id, old = self._find(name)
        with action(self._store, f"Tag “{old}” deleted") as step:
            rows.delete(step.connection, tag_id)
        return self._retagged(step.label, initiator)

    def edit(
        self, name: str, *, color: str | None = None, description: str | None = None, initiator: object = None
    ) -> Change:
        """Set a tag's colour ("#rrggbb" or empty) or description; what is None stays."""
        tag_id, old = self._find(name)
        with action(self._store, f"Tag “{old}” edited") as step:
            rows.set_look(step.connection, tag_id, color, None if description is None else clean(description))
        return self._published(Change(step.label, tags=step.changed), initiator)

    def _find(self, name: str) -> tuple[int, str]:
        found = rows.find(self._store, name)
        if found is None:
            raise ReaderError(f"There is no tag “{name}”; list the tags to see their names.")
        return found

    def _retagged(self, label: str, initiator: object) -> Change:
        """A tag may be on more rows than any screen shows: views read again."""
        return self._published(Change(label, tags=True, everything=True), initiator)


def _clean(name: str) -> str:
    cleaned = rows.clean_name(name)
    if not cleaned:
        raise ReaderError("A tag needs a name; write one.")
    return cleaned
