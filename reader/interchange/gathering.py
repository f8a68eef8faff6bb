"""What another program's file holds, gathered record by record: its documents, its marks, and what cannot be used.

A mark has an id made of what its own program knows it by, the same each time, so that a second import adds nothing.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast
from uuid import NAMESPACE_URL, uuid5

from reader.interchange import checks
from reader.interchange.checks import Malformed
from reader.interchange.foreign import Json, paragraphs
from reader.interchange.limits import check_count
from reader.interchange.records import NOWHERE, DocumentRecord, FileFacts, Parsed, Where
from reader.interchange.watching import Watch
from reader.model.annotation import Annotation
from reader.model.document import Metadata


class Gathering:
    """Gathers the records of a file of the form `form`; documents are told apart by whatever key their program has.

    InterchangeError when there are more of them than one file may have. Each is a step of `watch`.
    """

    def __init__(self, form: str, watch: Watch) -> None:
        self._form, self._watch = form, watch
        watch.begin()
        self._documents: dict[str, DocumentRecord] = {}
        self._marks: dict[str, Annotation] = {}
        self._where: dict[str, Where] = {}
        self._placeless: set[str] = set()
        self._problems: list[str] = []
        self._passed_over: Counter[tuple[str, str]] = Counter()
        self._count = 0

    def document(
        self, key: str, metadata: Metadata, *, file: FileFacts | None = None, tags: tuple[str, ...] = ()
    ) -> str:
        """The uid by which marks name the document; what is first said of it holds."""
        uid = self._uid(f"document:{key}")
        self._documents.setdefault(uid, DocumentRecord(uid, "text", metadata, tags, file))
        return uid

    def each(self, records: Any, place: str, take: Callable[[Json, str], None]) -> None:
        """Hand each record of a list to `take` with its place; one that it finds malformed is named."""
        if not isinstance(records, list):
            self.problem(f"{place}: is not a list")
            return
        for index, value in enumerate(cast("list[Any]", records)):
            here = f"{place}[{index}]"
            try:
                take(checks.record(value), here)
            except Malformed as fault:
                self.problem(fault.within(here))

    def add(
        self,
        place: str,
        identity: str,
        mark: Annotation,
        *,
        own_id: bool = False,
        placed: bool = False,
        where: Where = NOWHERE,
    ) -> str:
        """Take a mark, whose uid is made of `identity`; `placed` when its position is worth something as a hint.

        Where `identity` is the `own_id` that its program gave it, no other mark can have it. Else several may, as those
        on one passage: the oldest has the uid of it, so that it keeps this when others join it.
        """
        self._another()
        uid = self._uid(identity)
        mark = replace(mark, uid=uid, created=mark.created or mark.modified, modified=mark.modified or mark.created)
        known = self._marks.get(uid, mark)
        if known == mark:
            return self._keep(mark, placed=placed, where=where)
        if own_id and mark.modified > known.modified:
            # Pages of an answer that were asked for one after the other may have both states of it.
            return self._keep(mark, placed=placed, where=where)
        if own_id:
            self.problem(f"{place}: has the id of another one in the file, and says something else")
            return uid
        if mark.created and mark.created < known.created:
            self._keep(
                self._twin(identity, known), placed=uid not in self._placeless, where=self._where.get(uid, NOWHERE)
            )
            self._placeless.discard(uid)
            return self._keep(mark, placed=placed, where=where)
        return self._keep(self._twin(identity, mark), placed=placed, where=where)

    def _keep(self, mark: Annotation, *, placed: bool, where: Where) -> str:
        self._marks[mark.uid] = mark
        if mark.anchor and not placed:
            self._placeless.add(mark.uid)
        if where != NOWHERE:
            self._where[mark.uid] = where
        return mark.uid

    def _twin(self, identity: str, mark: Annotation) -> Annotation:
        """The mark with an id of its own, which is made of what it says."""
        said = mark.created, mark.quote, mark.note, str(mark.color), str(mark.style), mark.tags
        return replace(mark, uid=self._uid(f"{identity}:{said!r}"))

    def _uid(self, identity: str) -> str:
        return str(uuid5(NAMESPACE_URL, checks.clean(f"{self._form}:{identity}", "id")))

    def reword(self, uid: str, words: str, modified: str) -> None:
        """Put further words under the note of a mark that was added."""
        mark = self._marks[uid]
        latest = max(mark.modified, modified)
        self._marks[uid] = replace(mark, note=paragraphs(mark.note, words), modified=latest)

    def problem(self, sentence: str) -> None:
        """Name a record that is left out."""
        self._another()
        self._problems.append(sentence)

    def pass_over(self, kind: str, why: str = "no place here") -> None:
        """Count a thing of that kind, which is no annotation because it has what `why` says; told at the end."""
        self._another()
        self._passed_over[kind, why] += 1

    def _another(self) -> None:
        self._count += 1
        self._watch.step()
        check_count(self._count)

    def parsed(self) -> Parsed:
        """All of it."""
        used = {mark.document_uid for mark in self._marks.values()}
        return Parsed(
            documents=tuple(record for uid, record in self._documents.items() if uid in used),
            annotations=tuple(self._marks.values()),
            problems=tuple(self._problems),
            notes=tuple(_told(kind, why, number) for (kind, why), number in self._passed_over.items()),
            form=self._form,
            foreign=True,
            placeless=frozenset(self._placeless),
            where=self._where,
        )


def _told(kind: str, why: str, number: int) -> str:
    return f"{number:,} {kind}s have {why}." if number > 1 else f"1 {kind} has {why}."
