"""Searching the library as one types: passages, notes, quotes, tags and titles, by document."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from reader.model.annotation import AnchorState, Annotation
from reader.model.library import DocumentSummary
from reader.services.indexing import catch_up
from reader.services.matching import Matcher, Snippet
from reader.store import annotations, documents, masks
from reader.store import search as index
from reader.store.database import Store
from reader.store.upkeep import merge_some
from reader.text.masks import Ranges, merged, touches, visible_parts, visible_quote
from reader.text.terms import is_paired

Scope = Literal["all", "text", "notes"]
Kind = Literal["passage", "quote", "note", "tag", "title"]
_KIND_ORDER = {"title": 0, "tag": 1, "note": 2, "quote": 3, "passage": 4}


class Hit:
    """One place found. Where it is exactly, and how it reads, is worked out when it is first asked for.

    `start` and `end` are code points of the document's text (0, 0 for the document as a whole); `matches` are
    ranges of `snippet`; `annotation_uid` is empty for passages and titles. `lost`: the annotation stands nowhere in
    the text that is shown.
    """

    __slots__ = ("_located", "_work", "annotation_uid", "kind", "lost", "near")

    def __init__(
        self, kind: Kind, locate: Callable[[], Snippet], near: int = 0, annotation_uid: str = "", *, lost: bool = False
    ) -> None:
        self.kind = kind
        self.lost = lost
        self.near = near
        self.annotation_uid = annotation_uid
        self._work = locate
        self._located: Snippet | None = None

    def _snippet(self) -> Snippet:
        if self._located is None:
            self._located = self._work()
        return self._located

    @property
    def start(self) -> int:
        return self._snippet().start

    @property
    def end(self) -> int:
        return self._snippet().end

    @property
    def snippet(self) -> str:
        return self._snippet().text

    @property
    def matches(self) -> tuple[tuple[int, int], ...]:
        return self._snippet().matches

    def __repr__(self) -> str:
        return f"Hit({self.kind}, {self.start}-{self.end}, {self.snippet!r})"


@dataclass(frozen=True, slots=True)
class DocumentHits:
    """The hits of one document: title and tags, notes, quotes, then passages in text order."""

    document: DocumentSummary
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What was found, the best documents first. `total` counts the hits; `truncated`: there are more."""

    groups: list[DocumentHits]
    total: int = 0
    truncated: bool = False


class Search:
    """May be used from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def prepare(self, cancelled: Callable[[], bool] = lambda: False) -> None:
        """Index what waits and merge the index: worth doing in a worker while nobody types, as after adding."""
        catch_up(self._store, cancelled)
        while not self._store.read_only and not cancelled() and merge_some(self._store):
            pass

    def search(
        self,
        query: str,
        *,
        scope: Scope = "all",
        document_uid: str | None = None,
        limit: int = 200,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> SearchResult:
        """Everything that holds all words of `query`, of which the last may be unfinished, "quoted" ones together.

        `scope` is all, text (passages only) or notes (quotes, notes and tags only).
        """
        from reader.text.folding import query_terms

        terms = [(term.tokens, term.prefix and not _is_letter(term.tokens)) for term in query_terms(query)]
        if not terms:
            return SearchResult([])
        catch_up(self._store, cancelled)
        try:
            with index.interruptible(self._store, cancelled):
                return self._found(_Query(index.match_expression(terms), Matcher(terms), limit), scope, document_uid)
        except index.Interrupted:
            return SearchResult([], truncated=True)

    def _found(self, query: "_Query", scope: Scope, document_uid: str | None) -> SearchResult:
        within = None if document_uid is None else documents.row_id(self._store, document_uid) or 0
        found = _Found()
        if scope == "all" and within is None:
            self._add_titles(query, found)
        if scope != "text":
            self._add_annotations(query, found, within)
        if scope != "notes":
            self._add_passages(query, found, within)
        about = documents.by_ids(self._store, list(found.groups))
        return found.result(about)

    def _add_titles(self, query: "_Query", found: "_Found") -> None:
        rows = index.document_ids(self._store, query.match, query.limit + 1)
        about = documents.by_ids(self._store, rows) if rows else {}
        for row_id in found.admit(rows, query.limit):
            title = about[row_id].title
            on_title = query.matcher.finds(title)
            text = title if on_title or not about[row_id].tags else " · ".join(about[row_id].tags)
            kind: Kind = "title" if on_title or not about[row_id].tags else "tag"
            found.add(row_id, Hit(kind, partial(query.matcher.within, text, 0, 0)))

    def _add_annotations(self, query: "_Query", found: "_Found", within: int | None) -> None:
        limit = query.limit - found.total
        rows = index.annotation_ids(self._store, query.match, limit + 1, within)
        marks = annotations.by_id(self._store, rows) if rows else {}
        owners = documents.rows_of(self._store, {mark.document_uid for mark in marks.values()}) if marks else {}
        hidden = _hidden(self._store, owners.values())
        for row_id in found.admit(rows, limit):
            mark = marks[row_id]
            owner = owners[mark.document_uid]
            if hit := _annotation_hit(mark, query.matcher, hidden.get(owner, ())):
                found.add(owner, hit)

    def _add_passages(self, query: "_Query", found: "_Found", within: int | None) -> None:
        limit = query.limit - found.total
        ids = None if within is None else index.passage_ids(self._store, within)
        rows, more = index.passages(self._store, query.match, limit, ids)
        found.truncated |= more
        hidden = _hidden(self._store, {row[1] for row in rows})
        for version_id, document_id, start, end in rows:
            masked = hidden.get(document_id, ())
            if not touches(start, end, masked):
                locate = partial(self._locate, query.matcher, version_id, start, end)
            elif shown := self._shown(query.matcher, version_id, visible_parts(start, end, masked)):
                locate = partial(query.matcher.in_parts, shown)
            else:
                continue
            found.add(document_id, Hit("passage", locate, start))

    def _shown(self, matcher: Matcher, version_id: int, parts: Ranges) -> list[tuple[int, str]]:
        """The parts of a passage that are not hidden, if all the words are in them; nothing else."""
        texts = [(start, index.piece(self._store, version_id, start, end)) for start, end in parts]
        return texts if matcher.finds_all(*(text for _, text in texts)) else []

    def _locate(self, matcher: Matcher, version_id: int, start: int, end: int) -> Snippet:
        return matcher.in_passage(index.piece(self._store, version_id, start, end), start)


@dataclass(frozen=True, slots=True)
class _Query:
    match: str
    matcher: Matcher
    limit: int


class _Found:
    """Hits as they come in, by the row id of their document."""

    def __init__(self) -> None:
        self.groups: dict[int, list[Hit]] = {}
        self.total = 0
        self.truncated = False

    def admit(self, rows: Sequence[int], limit: int) -> Sequence[int]:
        """Those of the rows that the limit lets in."""
        self.truncated |= len(rows) > limit
        return rows[:limit]

    def add(self, document_id: int, hit: Hit) -> None:
        self.groups.setdefault(document_id, []).append(hit)
        self.total += 1

    def result(self, about: dict[int, DocumentSummary]) -> SearchResult:
        for hits in self.groups.values():
            hits.sort(key=lambda hit: (_KIND_ORDER[hit.kind], hit.near))
        groups = [DocumentHits(about[row_id], hits) for row_id, hits in self.groups.items() if row_id in about]
        return SearchResult(groups, sum(len(group.hits) for group in groups), self.truncated)


def _is_letter(tokens: Sequence[str]) -> bool:
    """Whether a term is one letter or digit: as the beginning of words it says nothing, and asks for everything."""
    return len(tokens) == 1 and len(tokens[0]) == 1 and not is_paired(tokens[0])


def _hidden(store: Store, document_ids: Iterable[int]) -> dict[int, Ranges]:
    """What is hidden in documents, by their row id."""
    found = masks.hidden_in(store, document_ids)
    return {row_id: merged(ranges) for row_id, ranges in found.items()}


def _annotation_hit(mark: Annotation, matcher: Matcher, hidden: Ranges) -> Hit | None:
    """The part of a mark that the words are in: its note, its quote, else its tags.

    None when some of the words are in hidden parts of the quote only.
    """
    start, end = (mark.anchor.start, mark.anchor.end) if mark.anchor else (0, 0)
    quote = visible_quote(mark, hidden)
    if quote != mark.quote and not matcher.finds_all(mark.note, quote, *mark.tags):
        return None
    choices: tuple[tuple[Kind, str], ...] = (
        ("note", mark.note),
        ("quote", quote),
        ("tag", " · ".join(mark.tags)),
    )
    kind, text = max(choices, key=lambda choice: matcher.finds(choice[1]))
    lost = mark.state is AnchorState.LOST
    return Hit(kind, partial(matcher.within, text, start, end), start, mark.uid, lost=lost)
