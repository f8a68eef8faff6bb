"""Which document of the library a record of a file speaks of: by what it is, by what it is called, by its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from reader.model.annotation import AnchorState, Annotation
from reader.model.errors import Cancelled
from reader.store import exchange as rows
from reader.store import search, texts
from reader.store.exchange import KnownDocument
from reader.text.same_work import address_key, file_name, may_be_same_people, numbers, title_keys, words_key
from reader.text.terms import query_terms

if TYPE_CHECKING:
    from reader.interchange.records import DocumentRecord
    from reader.model.annotation import Anchor
    from reader.model.document import Metadata
    from reader.store.database import Store

ENOUGH_FOUND = 0.5
"""The part of a document's quotes that must be in a text that may be another one for it to count as the same."""

_TRIED = 30
_ASKED = 8
# Code points of a quote that tells a text by itself; shorter ones stand in many.
_TELLING = 30
_PHRASE = 7
_LEAST_PHRASE = 3
_HITS = 20


class How(StrEnum):
    """By what a document was recognised, the surest first; or that somebody chose it, or that it is not here."""

    ID = "id"
    FILE = "file"
    ADDRESS = "address"
    NUMBER = "number"
    TITLE = "title"
    NAME = "file name"
    QUOTES = "quotes"
    MARKS = "annotations"
    CHOSEN = "chosen"
    NOT_HERE = "not here"


@dataclass(frozen=True, slots=True)
class _Names:
    """What the documents of a library are called: row numbers in a list of them, by each sort of key."""

    addresses: Mapping[str, list[int]]
    numbers: Mapping[str, list[int]]
    titles: Mapping[str, list[int]]
    files: Mapping[str, list[int]]


class Recognition:
    """Looks for documents of other programs, which know neither our ids nor our hashes, in one library as it is now."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(
        self, record: DocumentRecord, marks: Sequence[Annotation], cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[KnownDocument | None, How]:
        """The document that a record speaks of, and how that was told; what is only called so must hold the quotes.

        Cancelled when it is given up.
        """
        anchors = _spread([mark.anchor for mark in marks if mark.anchor and mark.anchor.exact.strip()], _TRIED)
        for how, found, enough in self._ways(record):
            if cancelled():
                raise Cancelled
            if found and (best := best_of(self._store, found, anchors, enough)):
                return best, how
        by_quotes = self._by_quotes(anchors)
        return by_quotes, How.QUOTES if by_quotes else How.NOT_HERE

    def _ways(self, record: DocumentRecord) -> Iterable[tuple[How, list[KnownDocument], float]]:
        """Candidates sort by sort, the surest first, with the part of the quotes that must be in one."""
        about, names = record.metadata, self._names
        yield How.ADDRESS, self._at(names.addresses, _addresses(about)), 0.0
        yield How.NUMBER, self._at(names.numbers, _numbers(about)), 0.0
        titles = title_keys(about.title)
        called = self._at(names.titles, titles)
        people = [one for one in called if may_be_same_people(about.authors, one.metadata.authors)]
        yield How.TITLE, people or called, ENOUGH_FOUND
        stems = {words_key(file_name(about.url).rpartition(".")[0]), *titles} - {""}
        yield How.NAME, self._at(names.files, stems), ENOUGH_FOUND

    def _at(self, index: Mapping[str, list[int]], keys: Iterable[str]) -> list[KnownDocument]:
        wanted = dict.fromkeys(number for key in sorted(keys) for number in index.get(key, ()))
        return [self._documents[number] for number in wanted]

    def _by_quotes(self, anchors: Sequence[Anchor]) -> KnownDocument | None:
        """The document that the index finds the most quotes in, if they are enough."""
        telling = [anchor for anchor in anchors if len(anchor.exact) >= _TELLING]
        longest = sorted({anchor.exact for anchor in telling}, key=lambda exact: (-len(exact), exact))[:_ASKED]
        phrases = [phrase for words in longest if (phrase := _phrase(words))]
        hits = Counter[int]()
        for phrase in phrases:
            found, _ = search.passages(self._store, phrase, _HITS)
            hits.update({row[1] for row in found})
        likely = [self._by_row[row] for row, _ in hits.most_common(3) if row in self._by_row]
        return best_of(self._store, likely, telling, ENOUGH_FOUND)

    @cached_property
    def _documents(self) -> list[KnownDocument]:
        return rows.known_with_text(self._store)

    @cached_property
    def _by_row(self) -> dict[int, KnownDocument]:
        return {document.row_id: document for document in self._documents}

    @cached_property
    def _names(self) -> _Names:
        return _Names(
            _index(self._documents, lambda one: _addresses(one.metadata, one.path)),
            _index(self._documents, lambda one: _numbers(one.metadata)),
            _index(self._documents, lambda one: title_keys(one.metadata.title)),
            _index(self._documents, lambda one: {words_key(file_name(one.path).rpartition(".")[0])}),
        )


def best_of(
    store: Store, candidates: Sequence[KnownDocument], anchors: Sequence[Anchor], enough: float
) -> KnownDocument | None:
    """The candidate in which the most quotes are found, if these are `enough` of them (0 to 1); the first of equals.

    Without quotes to ask, the only candidate is the one.
    """
    from reader.text.anchoring import Resolver

    if len(candidates) == 1 and (not enough or not anchors):
        return candidates[0]
    best, most = None, -1
    for candidate in candidates if anchors or not enough else ():
        text = texts.text_of(store, candidate.text_version_id)
        resolver = Resolver(text)
        # Words that stand there repeatedly have no place, but tell of the text all the same.
        found = sum(one.exact in text or resolver.resolve(one).state is not AnchorState.LOST for one in anchors)
        if found > most and found >= len(anchors) * enough:
            best, most = candidate, found
    return best


def _addresses(about: Metadata, path: str = "") -> frozenset[str]:
    """Where a document comes from, on the web or as a file of this computer, as keys."""
    given = (about.url, path, *(one for one in about.identifiers if "://" in one))
    return frozenset(address_key(one) for one in given if one)


def _numbers(about: Metadata) -> frozenset[str]:
    """What a document is numbered by, as keys: DOI, ISBN, and whatever else its file says, to the letter."""
    told = (one.strip().lower() for one in about.identifiers)
    return numbers((about.url, *about.identifiers)) | frozenset(one for one in told if ":" in one)


def _index(
    documents: Sequence[KnownDocument], keys_of: Callable[[KnownDocument], Collection[str]]
) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for number, document in enumerate(documents):
        for key in keys_of(document):
            index.setdefault(key, []).append(number)
    return index


def _phrase(words: str) -> str:
    """What the index is asked for a quote: some words from its middle that follow each other; empty for too few."""
    bare = [word for word in words.replace('"', " ").split() if any(map(str.isalnum, word))]
    if len(bare) < _LEAST_PHRASE:
        return ""
    first = max(0, (len(bare) - _PHRASE) // 2)
    terms = query_terms('"' + " ".join(bare[first : first + _PHRASE]) + '"')
    return search.match_expression((term.tokens, term.prefix) for term in terms)


def _spread(anchors: Sequence[Anchor], count: int) -> Sequence[Anchor]:
    """About `count` of them, evenly taken."""
    if len(anchors) <= count:
        return anchors
    return [anchors[at * len(anchors) // count] for at in range(count)]
