"""The codebook: tags with what they are for, into files that others read and out of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reader.model.change import Change
from reader.model.codebook import Code, color_value
from reader.model.errors import ReaderError
from reader.model.library import Tag
from reader.services.targets import checked_target
from reader.services.whole_file import unwritten, write_whole
from reader.services.writing import Writer, counted
from reader.store import tags as rows
from reader.store.ids import clean
from reader.store.journal import action

Form = Literal["csv", "qdc"]
LARGEST_FILE = 16 << 20
"""Bytes of a file that are still read: a codebook is a few pages."""


@dataclass(frozen=True, slots=True)
class CodebookReport:
    """What an import did, or would do: names of the tags that came, of those that were changed, and how many stayed.

    `kept` names tags that have another colour or description here than in the file, and kept it.
    """

    change: Change
    added: tuple[str, ...]
    changed: tuple[str, ...]
    same: int
    kept: tuple[str, ...] = ()


class Codebook(Writer):
    """Export and import of the tags themselves; what they mark is not in it."""

    def codes(self) -> list[Code]:
        """Every tag, by name."""
        return [Code(tag.name, color_value(tag.color), tag.description, tag.uid) for tag in rows.all_tags(self._store)]

    def data(self, form: Form) -> bytes:
        """The codebook as a file of this form holds it."""
        if form == "csv":
            from reader.interchange.codebook_csv import written as as_csv

            return as_csv(self.codes()).encode()
        from reader.interchange.codebook_qdc import written as as_qdc

        return as_qdc(self.codes())

    def export(self, target: Path, form: Form) -> int:
        """Write the codebook to a file, which appears whole or not at all; the number of tags."""
        real = checked_target(target, self._store.path)
        try:
            write_whole(real, self.data(form))
        except OSError as error:
            raise unwritten("The codebook", target, error) from error
        return len(rows.all_tags(self._store))

    def import_data(self, data: bytes, *, replace: bool = False, dry_run: bool = False) -> CodebookReport:
        """Take the tags of a codebook (CSV or QDC), as one action; no tag goes, and what they mark stays.

        A tag that is here gets the colour and the description that it lacks, with `replace` those of the file.
        ReaderError when the file is no codebook; nothing has changed then. With `dry_run` nothing changes at all.
        """
        plan = self._plan(_codes_of(data), replace=replace)
        change = Change()
        if not dry_run and (plan.new or plan.changed):
            with action(self._store, f"Codebook imported: {counted(len(plan.new), 'tag', 'tags')} added") as step:
                for code in plan.new:
                    rows.insert_again(step.connection, self._row(code))
                for tag_id, code in plan.changed:
                    rows.set_look(step.connection, tag_id, code.color or None, code.description or None)
            change = self._bus.publish(Change(step.label, tags=True, everything=True))
        return CodebookReport(
            change,
            tuple(code.name for code in plan.new),
            tuple(code.name for _, code in plan.changed),
            plan.same,
            tuple(plan.kept),
        )

    def _plan(self, codes: Sequence[Code], *, replace: bool) -> "_Plan":
        here = {rows.key_of(tag.name): tag for tag in rows.all_tags(self._store)}
        taken = {tag.uid for tag in here.values()}
        plan = _Plan([], [], 0, [])
        for code in _merged(codes):
            tag = here.get(rows.key_of(code.name))
            if tag is None:
                uid = "" if code.uid in taken else code.uid
                taken.add(uid)
                plan.new.append(Code(code.name, code.color, code.description, uid))
            else:
                self._plan_known(plan, tag, code, replace=replace)
        return plan

    def _plan_known(self, plan: "_Plan", tag: Tag, code: Code, *, replace: bool) -> None:
        color, description = (
            new if new and new != old and (replace or not old) else ""
            for new, old in ((code.color, tag.color), (code.description, tag.description))
        )
        found = rows.find(self._store, tag.name)
        if found and (color or description):
            plan.changed.append((found[0], Code(tag.name, color, description)))
        elif (code.color or tag.color, code.description or tag.description) == (tag.color, tag.description):
            plan.same += 1
        else:
            plan.kept.append(tag.name)

    def _row(self, code: Code) -> dict[str, str]:
        return {
            "uid": code.uid or self._store.new_uid(),
            "name": code.name,
            "key": rows.key_of(code.name),
            "color": code.color,
            "description": code.description,
        }


@dataclass(slots=True)
class _Plan:
    new: list[Code]
    changed: list[tuple[int, Code]]
    same: int
    kept: list[str]


def _codes_of(data: bytes) -> list[Code]:
    if len(data) > LARGEST_FILE:
        raise ReaderError(f"The file is larger than {LARGEST_FILE >> 20} MB, which no codebook is; choose another one.")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        from reader.interchange.codebook_qdc import read as read_qdc

        return read_qdc(data)
    from reader.interchange.codebook_csv import read as read_csv

    try:
        return read_csv(data.decode())
    except UnicodeDecodeError as error:
        raise ReaderError("The file is neither XML nor text in UTF-8; save the codebook as CSV (UTF-8).") from error


def _merged(codes: Sequence[Code]) -> list[Code]:
    """Names as tags have them, each tag once; what only holds others is a tag where something is said of it."""
    found: dict[str, Code] = {}
    for code in codes:
        name, description = rows.clean_name(code.name), clean(code.description)
        if not name or not (code.codable or code.description or code.color):
            continue
        known = found.get(rows.key_of(name), Code(name))
        found[rows.key_of(name)] = Code(
            known.name,
            known.color or color_value(code.color),
            known.description or description,
            known.uid or code.uid,
        )
    return list(found.values())
