"""Kindle: the `My Clippings.txt` of the device, to which it adds whatever is marked, in the language that it speaks.

It adds anew what is changed: of two highlights of which one lies in the other the later holds. A note stands alone, at
the place of what it is about.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from reader.interchange import kindle_dates
from reader.interchange.checks import Malformed, clean
from reader.interchange.foreign import marked, not_one, paragraphs
from reader.interchange.gathering import Gathering
from reader.interchange.given import Given
from reader.interchange.limits import MOST_RECORDS, check_count
from reader.interchange.records import Parsed, Where
from reader.interchange.tables import text_of
from reader.interchange.watching import Watch
from reader.model.document import Metadata

_LINE = "=========="
_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("bookmark", (
        "bookmark", "lesezeichen", "signet", "marcador", "segnalibro", "bladwijzer", "закладка", "书签", "書籤",
        "ブックマーク", "북마크", "zakład", "yer işareti", "yer imi", "bokmärke", "बुकमार्क", "إشارة",
    )),
    ("highlight", (
        "highlight", "markierung", "surlign", "subrayado", "destaque", "evidenziazione", "markering", "выделен", "标注",
        "標註", "ハイライト", "하이라이트", "clip", "ausschnitt", "extrait", "recorte",
        "ritaglio", "knipsel", "вырезка", "剪切", "剪辑", "クリップ", "클립",
        "zaznaczeni", "podświetleni", "vurgu", "हाइलाइट", "تمييز", "تظليل", "螢光", "荧光", "醒目",
    )),
    ("note", (
        "note", "notiz", "nota", "notitie", "замет", "笔记", "筆記", "メモ", "메모",
        "notat", "notun", "anteckning", "नोट", "ملاحظ", "注釋", "註記",
    )),
)  # fmt: skip
"""By which word a clipping says what it is; looked for in this order."""

_PLACE = re.compile(r"(\d{1,9})(?:\s*(?:-|–|—|t/m)\s*(\d{1,9}))?")
_AUTHOR = re.compile(r"\s*[(（]((?:[^()（）]|[(（][^()（）]*[)）])*)[)）]\s*")
_LINES_A_CLIPPING = 20
_LOOKED_AT = 64
"""How many highlights that begin before a note are asked whether it is about them."""


@dataclass(frozen=True, slots=True)
class _Clipping:
    """One of the file: `line` counts from 1; `start`, `end` are Kindle's own places, -1 where it says none, `page`
    the label of the printed page, if that is said too."""

    line: int
    title: str
    kind: str
    page: str
    start: int
    end: int
    when: str
    words: str

    @property
    def place(self) -> str:
        return f"line {self.line}"


def recognises(given: Given) -> bool:
    """Whether a line of ten equals signs ends what looks like a clipping."""
    text = _text(given)
    if _LINE not in text:
        return False
    entries = text.partition(_LINE)[0].strip("\ufeff \r\n").splitlines()
    return len(entries) >= 2 and _says_what(entries[1])


def read(given: Given) -> Parsed:
    """Highlights with their notes; bookmarks are passed over."""
    text = _text(given)
    if _LINE not in text:
        raise not_one("Kindle’s clippings")
    check_count(text.count("\n"), MOST_RECORDS * _LINES_A_CLIPPING)
    gathering = Gathering("kindle", given.watch)
    found = list(_clippings(gathering, text, given.watch))
    books: dict[str, list[_Clipping]] = {}
    for clipping in found:
        books.setdefault(clipping.title, []).append(clipping)
    for title, clippings in books.items():
        _take_book(gathering, title, clippings)
    return gathering.parsed()


def _text(given: Given) -> str:
    """The file as text: a device may have damaged a letter, and an editor may have saved it in another encoding."""
    if given.text is None and _LINE.encode() in given.data:
        return text_of(given)
    return given.text or ""


def _clippings(gathering: Gathering, text: str, watch: Watch) -> Iterator[_Clipping]:
    """The clippings that have words; the others are counted, and what is none is named."""
    for count, (line, lines, ended) in enumerate(_entries(text), 1):
        check_count(count)
        watch.step()
        try:
            if not ended:
                raise Malformed("", "the file ends in the middle of it; copy it from the device again")
            clipping = _clipping(line, lines)
        except Malformed as fault:
            gathering.problem(fault.within(f"line {line}"))
            continue
        if clipping.kind == "bookmark":
            gathering.pass_over("bookmark")
        elif not clipping.words:
            gathering.pass_over("clipping", "no words")
        elif clipping.kind == "highlight" and _is_excuse(clipping.words):
            gathering.pass_over("clipping", "no words: the publisher’s limit was reached")
        else:
            yield clipping


def _entries(text: str) -> Iterator[tuple[int, list[str], bool]]:
    """What stands before each line of equals signs, with the number of its first line, and whether there is one."""
    lines: list[str] = []
    begins = 1
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.rstrip("\r").strip("\ufeff")
        if bare.strip() == _LINE:
            if lines:
                yield begins, lines, True
            lines = []
        elif lines or bare.strip():
            begins = begins if lines else number
            lines.append(bare)
    if lines:
        yield begins, lines, False


def _says_what(line: str) -> bool:
    return line.lstrip()[:1] in ("-", "–", "—") and bool(_kind(line))


def _kind(line: str) -> str:
    about = _parts(line)[0].casefold()
    return next((kind for kind, words in _KINDS if any(word in about for word in words)), "")


def _parts(line: str) -> tuple[str, str]:
    """What it is and where, and when it was made: the day stands after the last bar."""
    about, _, when = line.rpartition("|")
    return (about, when) if about else (line, "")


def _clipping(line: int, lines: list[str]) -> _Clipping:
    title, about = " ".join(lines[0].split()), lines[1].strip() if len(lines) > 1 else ""
    if about[:1] not in ("-", "–", "—"):
        raise Malformed("", "is no clipping of a Kindle, whose second line begins with a dash")
    kind = _kind(about)
    if not kind:
        raise Malformed("", f"does not say in a language known here what it is: “{about}”")
    words = clean("\n".join(lines[2:]).strip(), "")
    where, when = _parts(about)
    page, start, end = _place(where)
    return _Clipping(line, title, kind, page, start, end, kindle_dates.instant(when), words)


def _is_excuse(words: str) -> bool:
    """Whether it is what the device writes instead of words once a publisher's limit is reached."""
    return words[:1] == "<" and words[-1:] == ">" and words.count("<") == 1 and " " in words


def _place(where: str) -> tuple[str, int, int]:
    """The page and the last place named, which is more exact than that. An end may leave out its first digits."""
    found = [*_PLACE.finditer(where)]
    if not found:
        return "", -1, -1
    start, end = found[-1][1], found[-1][2] or found[-1][1]
    if len(end) < len(start):
        end = start[: len(start) - len(end)] + end
    return found[0][1] if len(found) > 1 else "", int(start), int(end)


def _take_book(gathering: Gathering, title: str, clippings: list[_Clipping]) -> None:
    found = _AUTHOR.search(title, _last_bracket(title))
    author = found[1] if found else ""
    about = Metadata(
        title=(title[: found.start()] if found else title).strip(),
        authors=tuple(name.strip() for name in re.split(r"[;；]", author) if name.strip()),
    )
    document = gathering.document(title, about)
    highlights = _latest([one for one in clippings if one.kind == "highlight"])
    notes = _latest([one for one in clippings if one.kind == "note"])
    about_mark: dict[int, list[_Clipping]] = {}
    for note in notes:
        about_mark.setdefault(_noted(note, highlights), []).append(note)
    for number, one in enumerate(highlights):
        with_notes = about_mark.get(number, [])
        _add(gathering, document, one, one.words, with_notes)
    for note in about_mark.get(-1, []):
        _add(gathering, document, note, "", [note])


def _last_bracket(title: str) -> int:
    """Where the last bracket of a title begins, inner ones left out."""
    depth = 0
    for at in range(len(title.rstrip()) - 1, -1, -1):
        depth += (title[at] in ")）") - (title[at] in "(（")
        if depth <= 0:
            return at
    return 0


def _add(gathering: Gathering, document: str, one: _Clipping, words: str, notes: list[_Clipping]) -> None:
    note = paragraphs(*(note.words for note in notes))
    changed = max((clipping.when for clipping in (one, *notes)), default="")
    mark = marked(document, words, note=note, created=one.when, modified=changed)
    where = Where((one.start,) if one.start >= 0 else (), one.page, unit="location" if one.page else "")
    gathering.add(one.place, f"{document}:{one.kind}:{one.start}:{one.words}", mark, where=where)


def _latest(clippings: list[_Clipping]) -> list[_Clipping]:
    """Without those that a later one of the same place says again, longer or shorter, in the order of their places."""
    kept: list[_Clipping] = []
    for one in sorted(clippings, key=lambda clipping: clipping.start):
        before = kept[-1] if kept else None
        if before and one.start <= before.end and (one.words in before.words or before.words in one.words):
            kept[-1] = max(before, one, key=lambda clipping: clipping.line)
        else:
            kept.append(one)
    return kept


def _noted(note: _Clipping, highlights: list[_Clipping]) -> int:
    """Which highlight a note is about: the one that ends where it stands, else the shortest round it; -1 for none."""
    if note.start < 0:
        return -1
    before = bisect_right(highlights, note.start, key=lambda one: one.start)
    near = range(max(before - _LOOKED_AT, 0), before)
    around = [number for number in near if note.start <= highlights[number].end]
    return min(around, key=lambda at: (highlights[at].end != note.start, _length(highlights[at])), default=-1)


def _length(one: _Clipping) -> int:
    return one.end - one.start
