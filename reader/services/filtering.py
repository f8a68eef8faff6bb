"""From a filter as a person writes it to rows: names looked up, words folded, slips put right."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from reader.model.annotation import Color
from reader.model.errors import ReaderError
from reader.model.filters import Condition, Filter, Key, Words
from reader.services.matching import Matcher
from reader.store import annotations, categories, filtering, masks
from reader.store.database import Store
from reader.store.filtering import Column, Field, Term, Wanted
from reader.store.ids import short_id
from reader.store.tags import clean_name, key_of
from reader.text.folding import fold, query_terms
from reader.text.masks import merged, visible_quote
from reader.text.terms import is_paired


@dataclass(frozen=True, slots=True)
class AboutDocument:
    """What a filter can ask of a document; texts are folded."""

    row_id: int
    uid: str
    title: str
    authors: tuple[str, ...]
    source: str


_FILLED: dict[str, Field] = {"note": "note", "tag": "tag", "quote": "quote"}


def resolved(store: Store, wanted: Filter) -> Wanted:
    """The filter as rows. ReaderError when it names a category that there is not."""
    rows = Wanted(
        documents=_documents(store, wanted),
        columns=tuple(_columns(store, wanted)),
        tags=tuple(
            (key_of(clean_name(value)), negated)
            for negated in (False, True)
            for value in wanted.values(Key.TAG, negated=negated)
        ),
        since=max(wanted.values(Key.SINCE), default=""),
        until=_earliest(wanted.values(Key.UNTIL)),
        filled=tuple((_FILLED[value], key is Key.HAS) for key in (Key.HAS, Key.NO) for value in wanted.values(key)),
        terms=tuple(_terms(store, wanted.words)),
    )
    hidden = _found_in_hidden_words(store, rows) if any(not term.negated for term in rows.terms) else ()
    return replace(rows, excluded=hidden)


def _earliest(dates: Iterable[str]) -> str:
    """Of the ends of years, months and days the first: a month ends no later than its year."""
    return min(dates, key=lambda text: text + "~", default="")


def _columns(store: Store, wanted: Filter) -> Iterable[tuple[Column, tuple[str, ...], bool]]:
    for negated in (False, True):
        if names := wanted.values(Key.CATEGORY, negated=negated):
            yield "color", tuple(_colors(store, names)), negated
        single: tuple[tuple[Key, Column], ...] = (
            (Key.COLOR, "color"), (Key.STATE, "state"), (Key.STYLE, "style"),
        )  # fmt: skip
        for key, column in single:
            if values := wanted.values(key, negated=negated):
                yield column, values, negated


def _colors(store: Store, names: Iterable[str]) -> Iterable[str]:
    known = categories.names(store)
    for name in names:
        folded = fold(name)
        found = [color.value for color, given in known.items() if folded in (fold(given), color.value)]
        if not found:
            raise ReaderError(
                f"There is no category “{name}”; there are {', '.join(known.values())}, and their colours "
                f"{', '.join(Color)}."
            )
        yield from found


def _documents(store: Store, wanted: Filter) -> tuple[int, ...] | None:
    """The row ids of the documents asked for; None when any will do."""
    asked = [part for part in wanted.parts if isinstance(part, Condition) and part.key in _OF_DOCUMENTS]
    if not asked:
        return None
    here = about_documents(store)
    found = {about.row_id for about in here}
    for key, choose in _OF_DOCUMENTS.items():
        wished = [part for part in asked if part.key is key and not part.negated]
        if wished:
            found &= {row for part in wished for row in choose(here, part.value)}
        for part in asked:
            if part.key is key and part.negated:
                found -= set(choose(here, part.value))
    return tuple(sorted(found))


def about_documents(store: Store) -> list[AboutDocument]:
    """The documents outside the bin, folded for being looked up."""
    return [
        AboutDocument(row_id, uid, fold(title), tuple(map(fold, authors.split("\n"))), fold(source))
        for row_id, uid, title, authors, source, _ in filtering.about_documents(store)
    ]


def _by_document(here: list[AboutDocument], value: str) -> list[int]:
    """By id, else by whole title, else by a part of the title."""
    lowered = value.lower()
    by_id = [about.row_id for about in here if lowered in (about.uid, short_id(about.uid))]
    return by_id or _by_text(here, value, lambda about: (about.title,))


def _by_text(here: list[AboutDocument], value: str, texts: Callable[[AboutDocument], tuple[str, ...]]) -> list[int]:
    """Those that have the very text, else those that have it as a part."""
    folded = fold(value)
    if not folded:  # nothing but what folding drops: it would be a part of everything
        return []
    whole = [about.row_id for about in here if folded in texts(about)]
    return whole or [about.row_id for about in here if any(folded in text for text in texts(about))]


_OF_DOCUMENTS: dict[Key, Callable[[list[AboutDocument], str], list[int]]] = {
    Key.DOCUMENT: _by_document,
    Key.SOURCE: lambda here, value: _by_text(here, value, lambda about: (about.source,)),
    Key.AUTHOR: lambda here, value: _by_text(here, value, lambda about: about.authors),
}


def index_tokens(words: Words) -> list[tuple[str, ...]]:
    """The words as the index holds them; none where there is no letter or digit in them."""
    return [term.tokens for term in query_terms(f'"{words.text.replace(chr(34), " ")}"')]


def _terms(store: Store, words: Iterable[Words]) -> Iterable[Term]:
    for each in words:
        for tokens in index_tokens(each):
            # One letter as the beginning of words says nothing, and asks for everything; an ideograph begins a pair.
            letter = len(tokens) == 1 and len(tokens[0]) == 1
            prefix = is_paired(tokens[0]) if letter else not each.whole
            yield Term(tokens, prefix, each.negated, filtering.titled(store, tokens, prefix))


def _found_in_hidden_words(store: Store, rows: Wanted) -> tuple[int, ...]:
    """Those that hold some of the words in hidden parts of their quotes only."""
    suspects = annotations.by_id(store, filtering.masked(store, rows))
    if not suspects:
        return ()
    terms = [term for term in rows.terms if not term.negated]
    owners = {about.uid: about for about in about_documents(store)}
    hidden = masks.hidden_in(store, {owners[mark.document_uid].row_id for mark in suspects.values()})
    left_out: list[int] = []
    for row_id, mark in suspects.items():
        owner = owners[mark.document_uid]
        asked = [(term.tokens, term.prefix) for term in terms if owner.row_id not in term.documents]
        quote = visible_quote(mark, merged(hidden.get(owner.row_id, ())))
        if not Matcher(asked).finds_all(mark.note, quote, *mark.tags):
            left_out.append(row_id)
    return tuple(left_out)
