"""The tag manager's verbs."""

from collections.abc import Sequence

from reader.model.change import Change
from reader.model.codebook import MergePreview, Twins, color_value
from reader.model.errors import ReaderError
from reader.model.filters import Condition, Filter, Key
from reader.model.library import Tag
from reader.services.tag_heirs import remember
from reader.services.writing import Writer, counted
from reader.store import annotations, filtering
from reader.store import tags as rows
from reader.store.ids import clean
from reader.store.journal import action

MANY_LINKS = 20_000
"""So many tags of annotations are counted in a few milliseconds."""


class Tags(Writer):
    """Tags are named without regard to case; `/` nests them."""

    def list(self) -> Sequence[Tag]:
        """Every tag with its uses, by name."""
        return rows.all_tags(self._store)

    def complete(self, prefix: str, limit: int = 12) -> Sequence[Tag]:
        """Tags that begin with `prefix`, or have a part or a word that does; the most used first."""
        return rows.completions(self._store, prefix, limit)

    def levels(self) -> dict[str, int]:
        """How many annotations and documents have a tag or one nested in it, each once.

        By the name without case, for each name that others are nested in, be it a tag or not.
        """
        over = [(key.split("/"), tag_id) for tag_id, key in rows.keys(self._store)]
        heads = {"/".join(parts[:depth]) for parts, _ in over for depth in range(1, len(parts))}
        members = [
            (level, tag_id)
            for parts, tag_id in over
            for depth in range(1, len(parts) + 1)
            if (level := "/".join(parts[:depth])) in heads
        ]
        return rows.counts_of_levels(self._store, members)

    def takes_long(self) -> bool:
        """Whether there is so much to count that `list` and `levels` are not for the interface's thread."""
        return rows.links_at_most(self._store) > MANY_LINKS

    def names(self, uids: Sequence[str]) -> dict[str, str]:
        """The names of those of the tags that there are, by uid."""
        return rows.names(self._store, uids)

    def add(self, name: str) -> Change:
        """Make a tag that nothing has yet. ReaderError when there is one of that name."""
        wanted = _clean(name)
        if taken := rows.find(self._store, wanted):
            raise ReaderError(f"There is a tag “{taken[1]}” already; choose another name.")
        with action(self._store, f"Tag “{wanted}” added") as step:
            rows.ensure(step.connection, self._store, wanted)
        return self._bus.publish(Change(step.label, tags=step.changed))

    def rename(self, name: str, new_name: str) -> Change:
        """Give a tag another name, and those nested in it too; `name` may only stand before others in their names.

        ReaderError when another tag has the new name: merge them.
        """
        old, wanted = self._level(name), _clean(new_name)
        return self._renamed(old, wanted, f"Tag “{old}” renamed to “{wanted}”")

    def _renamed(self, old: str, wanted: str, label: str) -> Change:
        nested = rows.nested(self._store, old)
        renamed = {tag_id: wanted + full[len(old) :] for tag_id, full in nested.items()}
        for full in renamed.values():
            taken = rows.find(self._store, full)
            if taken and taken[0] not in nested:
                raise ReaderError(f"There is a tag “{taken[1]}” already; merge the two instead.")
        with action(self._store, label) as step:
            for tag_id, full in renamed.items():
                rows.rename(step.connection, tag_id, full)
        return self._retagged(step.label) if step.changed else Change()

    def merge(self, name: str, into: str) -> Change:
        """Let everything tagged `name` be tagged `into`, and drop `name`; that `into` is its heir is remembered."""
        (source, old), (target, kept) = self._find(name), self._find(into)
        if source == target:
            raise ReaderError("A tag cannot be merged with itself; choose another one.")
        with action(self._store, f"Tag “{old}” merged into “{kept}”") as step:
            remember(step.connection, *rows.uids(self._store, (source, target)))
            rows.merge(step.connection, source, target)
        return self._retagged(step.label)

    def delete(self, name: str) -> Change:
        """Drop a tag; what it marked stays."""
        tag_id, old = self._find(name)
        with action(self._store, f"Tag “{old}” deleted") as step:
            rows.delete(step.connection, tag_id)
        return self._retagged(step.label)

    def move(self, name: str, under: str) -> Change:
        """Nest a tag, with those nested in it, in another one (which need not be there); empty: in none.

        ReaderError when another tag has the name that it would get.
        """
        old, over = self._level(name), rows.clean_name(under)
        if f"{rows.key_of(over)}/".startswith(f"{rows.key_of(old)}/"):
            raise ReaderError(f"The tag “{old}” cannot be nested in itself; choose another one.")
        leaf = old.rpartition("/")[2]
        label = f"Tag “{leaf}” moved into “{over}”" if over else f"Tag “{old}” moved to the top"
        return self._renamed(old, f"{over}/{leaf}" if over else leaf, label)

    def merge_preview(self, name: str, into: str) -> MergePreview:
        """What `merge` would do."""
        (source, old), (target, _) = self._find(name), self._find(into)
        nested = tuple(full for tag_id, full in rows.nested(self._store, old).items() if tag_id not in (source, target))
        return MergePreview(*rows.merge_counts(self._store, source, target), nested)

    def split_preview(self, name: str, wanted: Filter) -> int:
        """How many marks `split` would tag anew."""
        return len(self._to_split(*self._find(name), wanted))

    def split(self, name: str, wanted: Filter, new_name: str) -> Change:
        """Let the marks that have the tag and meet the filter have another tag instead, made if there is none.

        A new one gets the colour of the old one. Tags nested in it stay. ReaderError when no mark is concerned.
        """
        (source, old), new = self._find(name), _clean(new_name)
        concerned = self._to_split(source, old, wanted)
        if rows.key_of(new) == rows.key_of(old):
            raise ReaderError("A tag cannot be split into itself; choose another name.")
        if not concerned:
            raise ReaderError(f"No mark with the tag “{old}” meets the filter, so nothing was changed.")
        known = rows.find(self._store, new)
        label = f"{counted(len(concerned), 'mark', 'marks')} of “{old}” tagged “{known[1] if known else new}” instead"
        with action(self._store, label) as step:
            target = rows.ensure(step.connection, self._store, new)
            if known is None:
                color = next((tag.color for tag in rows.all_tags(self._store) if tag.name == old), "")
                rows.set_look(step.connection, target, color, None)
            rows.exchange(step.connection, source, target, concerned)
            annotations.touch(step.connection, concerned, self._store.now())
        return self._retagged(step.label)

    def _to_split(self, tag_id: int, name: str, wanted: Filter) -> Sequence[int]:
        from reader.services.filtering import resolved
        from reader.services.indexing import catch_up

        catch_up(self._store)
        tagged = Filter((*wanted.parts, Condition(Key.TAG, name)))
        return rows.tagged_of(self._store, tag_id, filtering.ids(self._store, resolved(self._store, tagged)))

    def unused(self) -> Sequence[Tag]:
        """The tags that nothing has, and in which none is nested that something has."""
        every = rows.all_tags(self._store)
        used = {
            "/".join(parts[:depth])
            for parts in (rows.key_of(tag.name).split("/") for tag in every if tag.uses)
            for depth in range(1, len(parts) + 1)
        }
        return [tag for tag in every if rows.key_of(tag.name) not in used]

    def delete_unused(self) -> Change:
        """Drop the tags that nothing has, as one action."""
        found = [self._find(tag.name)[0] for tag in self.unused()]
        with action(self._store, f"{counted(len(found), 'unused tag', 'unused tags')} deleted") as step:
            for tag_id in found:
                rows.delete(step.connection, tag_id)
        return self._bus.publish(Change(step.label, tags=step.changed))

    def twins(self) -> Sequence[Twins]:
        """Pairs of tags that may be one, the likest first."""
        from reader.services.twins import near_twins

        return near_twins(rows.all_tags(self._store))

    def edit(self, name: str, *, color: str | None = None, description: str | None = None) -> Change:
        """Set a tag's colour ("#rrggbb", the name of a category's, or empty) or description; what is None stays."""
        tag_id, old = self._find(name)
        if color and not color_value(color):
            raise ReaderError(f"“{color}” is no colour; write it as #rrggbb, such as #2f6fc0.")
        color = color and color_value(color)
        with action(self._store, f"Tag “{old}” edited") as step:
            rows.set_look(step.connection, tag_id, color, None if description is None else clean(description))
        return self._bus.publish(Change(step.label, tags=step.changed))

    def _find(self, name: str) -> tuple[int, str]:
        found = rows.find(self._store, name)
        if found is None:
            raise ReaderError(f"There is no tag “{name}”; list the tags to see their names.")
        return found

    def _level(self, name: str) -> str:
        """The name as it is written, of a tag or of what only stands before others in their names."""
        cleaned = rows.clean_name(name)
        if rows.find(self._store, cleaned) is None and (nested := rows.nested(self._store, cleaned)):
            return next(iter(nested.values()))[: len(cleaned)]
        return self._find(name)[1]

    def _retagged(self, label: str) -> Change:
        """A tag may be on more rows than any screen shows: views read again."""
        return self._bus.publish(Change(label, tags=True, everything=True))


def _clean(name: str) -> str:
    cleaned = rows.clean_name(name)
    if not cleaned:
        raise ReaderError("A tag needs a name; write one.")
    return cleaned
