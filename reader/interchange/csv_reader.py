"""Any table with a column of quotes: which column is what is guessed by its name, or said by the user.

The table that this program writes is read with the uids and the positions that stand in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from reader.interchange import checks
from reader.interchange.checks import Malformed
from reader.interchange.colors import nearest
from reader.interchange.foreign import marked, tag_names
from reader.interchange.gathering import Gathering
from reader.interchange.given import Given
from reader.interchange.json_file import InterchangeError
from reader.interchange.records import NOWHERE, Parsed, TextFacts
from reader.interchange.rows import FORMULA
from reader.interchange.table_dates import Dates
from reader.interchange.table_facts import Facts
from reader.interchange.table_rows import head
from reader.interchange.tables import Table, looks_like_table, table
from reader.interchange.watching import Watch
from reader.model.annotation import Anchor, Annotation
from reader.model.document import Metadata
from reader.text.variants import fold

FIELDS: Mapping[str, str] = {
    "quote": "Quote",
    "note": "Note",
    "tags": "Tags",
    "title": "Title of the document",
    "authors": "Authors",
    "url": "Address",
    "color": "Colour",
    "created": "Created",
    "modified": "Changed",
    "before": "Words before the quote",
    "after": "Words after the quote",
    "annotation": "Id of the record",
    "document": "Id of the document",
}
"""What a column may be: its name in `columns`, and what a person reads."""

_KNOWN: Mapping[str, str] = {
    "quote": "quote highlight text selection passage exact excerpt content highlighted_text annotated_text body "
    "zitat markierung textstelle stelle citation surlignage cita subrayado citazione citaat trecho quote/description "
    "destaque citat cytat цитата 原文 引用 标注 划线 引文 ハイライト 인용 نقل_قول اقتباس",
    "note": "note notes comment comments annotation_text my_note remark notiz kommentar anmerkung bemerkung "
    "commentaire nota comentario commento notitie opmerking anteckning notatka komentarz poznamka заметка комментарии "
    "примечание 笔记 批注 筆記 メモ コメント 메모 یادداشت توضیح ملاحظة",
    "tags": "tags tag labels label keywords keyword category_tags schlagworte stichworte etiquetas mots-cles",
    "title": "title document_title book book_title source_title article name titel dokument titre titulo titolo buch "
    "werk livre libro livro boek tytul ksiazka название книга 书名 标题 書名 タイトル 제목 عنوان کتاب",
    "authors": "authors author book_author creator writer autor autoren auteur auteurs autore",
    "url": "url uri link address source_url web_address source adresse",
    "color": "color colour highlight_color farbe couleur colore kleur",
    "created": "created created_at date highlighted_at timestamp time added datum erstellt fecha data",
    "modified": "modified updated updated_at changed last_modified geandert",
    "before": "before prefix quote_before",
    "after": "after suffix quote_after",
    "annotation": "annotation id uid uuid annotation_id highlight_id",
    "document": "document document_id book_id",
}
_LISTED = (";", ",")


def recognises(given: Given) -> bool:
    """Whether the file is a table; which of its columns holds the quotes may have to be said."""
    return looks_like_table(given) or _is_list(given)


def _is_list(given: Given) -> bool:
    """Whether it is a table of one column, which is named as quotes are."""
    names = head(given)
    return len(names) == 1 and "quote" in guessed(names) and "\n" in (given.text or "").strip()


def read(given: Given) -> Parsed:
    """The rows as annotations. `InterchangeError` when the table is broken or nobody knows where its quotes are."""
    found = table(given)
    return parsed(found, guessed(found.names) if given.columns is None else given.columns, given.watch)


def guessed(names: Sequence[str]) -> dict[str, str]:
    """For the fields that can be told by the names of a table's columns, those names."""
    plain = {"_".join(fold(name).replace("_", " ").split()): name for name in reversed(names)}
    chosen: dict[str, str] = {}
    for field, words in _KNOWN.items():
        name = next((plain[word] for word in words.split() if word in plain), "")
        if name and name not in chosen.values():
            chosen[field] = name
    return chosen


def parsed(source: Table, columns: Mapping[str, str], watch: Watch) -> Parsed:
    """The rows of a table as annotations; `columns` are names of its columns by `FIELDS`."""
    places = _places(source, columns)
    if "quote" not in places and "note" not in places:
        raise InterchangeError(
            f"The table does not tell which column holds the quotes; choose among {_listed(source.names)}."
        )
    dates = {
        field: Dates(cells[places[field]] for _, cells in source.rows if places[field] < len(cells))
        for field in ("created", "modified")
        if field in places
    }
    rows = _Rows(places, dates, watch, Facts.of(source))
    for line, cells in source.rows:
        rows.take(cells, f"line {line}")
    found = rows.parsed()
    return replace(found, problems=(*_missing(source), *found.problems))


def _missing(source: Table) -> list[str]:
    """Where a table of ours has fewer rows than each of them says, or more."""
    column, here = source.column("total"), len(source.rows)
    said = {cells[column] for _, cells in source.rows if column < len(cells)} if column >= 0 else set[str]()
    if "offset_unit" not in source.names or said in (set(), {str(here)}):
        return []
    return [f"total: the table says that it has {', '.join(sorted(said))} rows and has {here:,}; some were taken out"]


def _places(source: Table, columns: Mapping[str, str]) -> dict[str, int]:
    """The numbers of the columns by field."""
    places: dict[str, int] = {}
    for field, name in columns.items():
        if field not in FIELDS:
            raise InterchangeError(f"“{field}” is nothing that a column may be; choose among {_listed(tuple(FIELDS))}.")
        places[field] = source.column(name)
        if places[field] < 0:
            raise InterchangeError(f"The table has no column “{name}”; choose among {_listed(source.names)}.")
    return places


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


class _Rows:
    """Takes row after row. With `facts` this program wrote the table, with a guard before what looks like a formula."""

    def __init__(
        self, places: Mapping[str, int], dates: Mapping[str, Dates], watch: Watch, facts: Facts | None
    ) -> None:
        self._places, self._dates, self._facts = places, dates, facts
        self._gathering = Gathering("csv", watch)
        self._uids: dict[str, str] = {}
        self._twins: dict[str, int] = {}
        self._texts: dict[str, TextFacts] = {}

    def take(self, cells: Sequence[str], place: str) -> None:
        row = {field: self._cell(cells, at) for field, at in self._places.items()}
        if (
            self._facts
            and self._facts.is_area(cells)
            and not any(row.get(field) for field in ("quote", "note", "tags"))
        ):
            self._gathering.pass_over("area", "no words, so that a table has no place of it")
            return
        try:
            made = self._mark(row)
        except Malformed as fault:
            self._gathering.problem(fault.within(place))
            return
        known = row.get("annotation", "").strip()
        said = [row.get(field, "") for field in ("title", "url", "document", "quote", "note")]
        # Without an id or a time, a note that was edited cannot be told from a second one on the same words: both stay.
        is_dated = made.created and row.get("quote", "").strip()
        identity = known or repr([*said[:4], made.created] if is_dated else said)
        # The same words may be marked twice; in the same file they come in the same order again.
        turn = 0 if known else self._twins.get(repr(said), 0)
        self._twins[repr(said)] = turn + 1
        own = _is_uuid(known)
        where = self._facts.where(cells) if self._facts else NOWHERE
        uid = self._gathering.add(place, f"{identity}:{turn}" if turn else identity, made, own_id=own, where=where)
        self._own(uid, known)
        if self._facts and (text := self._facts.text(cells)):
            self._texts.setdefault(made.document_uid, text)

    def parsed(self) -> Parsed:
        """All of it, with the uids that the table has, where they are uids."""
        found = self._gathering.parsed()
        own = self._uids
        marks = tuple(
            replace(mark, uid=own.get(mark.uid, mark.uid), document_uid=own.get(mark.document_uid, mark.document_uid))
            for mark in found.annotations
        )
        texts = self._texts
        told = (replace(record, text=texts.get(record.uid)) for record in found.documents)
        documents = {own.get(record.uid, record.uid): record for record in told}
        return replace(
            found,
            annotations=marks,
            documents=tuple(replace(record, uid=uid) for uid, record in sorted(documents.items())),
            placeless=frozenset(own.get(uid, uid) for uid in found.placeless),
            where={own.get(uid, uid): where for uid, where in found.where.items()},
        )

    def _mark(self, row: Mapping[str, str]) -> Annotation:
        title, url = (" ".join(row.get(field, "").split()) for field in ("title", "url"))
        known = row.get("document", "").strip()
        metadata = Metadata(title=title, authors=_parts(row.get("authors", ""), (";",)), url=url)
        document = self._gathering.document(known or url or title, metadata)
        self._own(document, known)
        made = marked(
            document,
            row.get("quote", ""),
            note=row.get("note", ""),
            tags=_parts(row.get("tags", ""), _LISTED),
            color=nearest(row.get("color", "")),
            created=self._instant(row, "created"),
            modified=self._instant(row, "modified"),
        )
        if made.anchor is None:
            return made
        around = row.get("before", ""), row.get("after", "")
        return replace(made, anchor=Anchor(0, len(made.anchor.exact), made.anchor.exact, *around))

    def _instant(self, row: Mapping[str, str], field: str) -> str:
        return self._dates[field].instant(row[field]) if field in self._dates else ""

    def _own(self, made: str, known: str) -> None:
        """Remember the uid that the table itself gives."""
        if _is_uuid(known):
            self._uids[made] = str(UUID(known))

    def _cell(self, cells: Sequence[str], at: int) -> str:
        cell = checks.clean(cells[at] if at < len(cells) else "", "cell")
        guarded = self._facts and cell[:1] == "'" and cell[1:2] in FORMULA
        return cell[1:] if guarded else cell


def _is_uuid(words: str) -> bool:
    try:
        UUID(words)
    except ValueError:
        return False
    return True


def _parts(cell: str, separators: Sequence[str]) -> tuple[str, ...]:
    """The names in a cell, cut at the first of the separators that it has."""
    separator = next((one for one in separators if one in cell), separators[-1])
    return tag_names(cell.split(separator))
