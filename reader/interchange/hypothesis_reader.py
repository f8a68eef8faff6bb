"""Hypothesis: the export of its client, rows of its API, and its table. A reply goes under the note that it answers."""

from dataclasses import replace
from typing import Any

from reader.interchange import checks
from reader.interchange.checks import Malformed
from reader.interchange.foreign import (
    Json,
    first_of,
    instant,
    listed,
    marked,
    not_one,
    objects,
    paragraphs,
    said,
    tag_names,
)
from reader.interchange.gathering import Gathering
from reader.interchange.given import Given
from reader.interchange.records import Parsed
from reader.interchange.table_dates import Dates
from reader.interchange.table_rows import Row, head, rows
from reader.interchange.w3c_bodies import many, mapping
from reader.model.annotation import Anchor
from reader.model.document import Metadata

_COLUMNS = {"created at", "author", "url", "group", "type", "comment", "tags"}
_LOOKED_AT = 20
"""How many records are looked at to know what a file is."""


def recognises(given: Given) -> bool:
    """Whether its records have an address, targets and a text, as only those of Hypothesis do, or such columns."""
    return _is_json(given) or set(head(given)) >= _COLUMNS


def read(given: Given) -> Parsed:
    """The annotations, highlights and page notes of the file, with replies in the notes that they answer."""
    gathering = Gathering("hypothesis", given.watch)
    if set(head(given)) >= _COLUMNS:
        _read_table(gathering, given)
    elif _is_json(given):
        _Thread(gathering).take(_records(given.json))
    else:
        raise not_one("Hypothesis’ exports")
    return gathering.parsed()


def _is_json(given: Given) -> bool:
    found = list(objects(_records(given.json)))[:_LOOKED_AT]
    return any({"uri", "target"} <= one.keys() for one in found) or "export_userid" in mapping(given.json)


def _records(top: Any) -> Any:
    """The records of the export's envelope, of an answer of the API, or of a list; None where there are none."""
    held = mapping(top)
    return held.get("annotations", held.get("rows", top))


class _Thread:
    """Takes the annotations, then the replies, oldest first, wherever they stand in the file."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._uids: dict[str, str] = {}
        self._replies: list[tuple[str, str, Json]] = []

    def take(self, found: Any) -> None:
        self._gathering.each(found, "annotations", self._one)
        for _, place, record in sorted(self._replies, key=lambda reply: reply[:2]):
            self._reply(place, record)

    def _one(self, record: Json, place: str) -> None:
        if many(record.get("references")):
            self._replies.append((instant(record.get("created")), place, record))
            return
        target = first_of(record.get("target"))
        document = _document(self._gathering, record, said(target, "source"))
        anchor, placed = _anchor(target)
        note = _note_of(record, target, anchor)
        mark = marked(
            document,
            anchor.exact if anchor else "",
            note=note,
            tags=tag_names(record.get("tags")),
            created=instant(record.get("created")),
            modified=instant(record.get("updated")),
        )
        if anchor:
            mark = replace(mark, anchor=anchor)
        known = _id(record)
        identity = known or repr((record.get("uri"), anchor, note, record.get("created")))
        self._uids[known or identity] = self._gathering.add(place, identity, mark, own_id=bool(known), placed=placed)

    def _reply(self, place: str, record: Json) -> None:
        above = (self._uids.get(one) for one in many(record.get("references")) if isinstance(one, str))
        uid = next(filter(None, above), "")
        if not uid:
            self._gathering.problem(f"{place}.references: the annotation that it answers is not in the file")
            return
        words = f"{_author(record)}: {said(record, 'text').strip()}".removeprefix(": ")
        self._gathering.reword(uid, words, instant(record.get("updated")) or instant(record.get("created")))


def _id(record: Json) -> str:
    """The id that it had when it was made, if an import gave it another one since."""
    return said(mapping(record.get("extra")), "original_id") or said(record, "id")


def _document(gathering: Gathering, record: Json, source: str) -> str:
    address = said(record, "uri") or source
    if not address:
        raise Malformed("uri", "names no document")
    about = mapping(record.get("document")).get("title")
    title = next((one for one in many(about) if isinstance(one, str) and one.strip()), "")
    return gathering.document(address, Metadata(title=checks.clean(title, "title").strip(), url=address))


def _anchor(target: Json) -> tuple[Anchor | None, bool]:
    """The passage, and whether it has a position; None for what is on the whole page."""
    quote = first_of(target.get("selector"), "TextQuoteSelector")
    if not quote:
        return None, False
    exact = checks.filled(quote, "exact")
    around = said(quote, "prefix"), said(quote, "suffix")
    position = first_of(target.get("selector"), "TextPositionSelector")
    try:
        start, end = checks.whole(position, "start"), checks.whole(position, "end")
    except Malformed:
        return Anchor(0, len(exact), exact, *around), False
    return Anchor(start, max(end, start + 1), exact, *around), True


def _note_of(record: Json, target: Json, anchor: Anchor | None) -> str:
    """The text; of a drawn shape, which has no words, its page and what it was said to show stand before it."""
    text = said(record, "text")
    if anchor:
        return text
    label, shown = said(first_of(target.get("selector"), "PageSelector"), "label"), said(target, "description")
    return paragraphs(f"Page {label}" if label else "", shown, text) if text or shown else ""


def _author(record: Json) -> str:
    """Who wrote a reply: the name that is shown, else the user's."""
    shown = said(mapping(record.get("user_info")), "display_name")
    return shown or said(record, "user").removeprefix("acct:").partition("@")[0]


def _read_table(gathering: Gathering, given: Given) -> None:
    found = rows(given)
    dates = Dates(row.get("created at", "") for _, row in found)
    for place, row in found:
        try:
            _take_row(gathering, place, row, dates)
        except Malformed as fault:
            gathering.problem(fault.within(place))


def _take_row(gathering: Gathering, place: str, row: Row, dates: Dates) -> None:
    if row.get("type", "").strip().lower() == "reply":
        raise Malformed("", "is a reply, and a table does not say to what; import the JSON instead")
    address = said(row, "url")
    if not address:
        raise Malformed("URL", "is empty")
    words, created = said(row, "quote", "quote/description"), dates.instant(row.get("created at", ""))
    mark = marked(
        gathering.document(address, Metadata(url=address)),
        words,
        note=said(row, "comment"),
        tags=listed(row.get("tags", "")),
        created=created,
    )
    gathering.add(place, f"{address}\n{row.get('created at')}\n{words or mark.note}", mark)
