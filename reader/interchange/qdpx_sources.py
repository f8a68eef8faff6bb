"""The sources of a REFI-QDA project with their texts, and where in these what was selected stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from reader.interchange.qdpx_archive import Package
from reader.interchange.qdpx_codes import coded_with
from reader.interchange.qdpx_counting import Counting, Span
from reader.interchange.qdpx_xml import child, children, key, key_of, local, name_of, targets, whole_number, words
from reader.text.normalise import normalise

_TEXTS = {"TextSource": "", "PDFSource": "Representation", "AudioSource": "Transcript", "VideoSource": "Transcript"}
"""The element in a source that has its text; none where the source is a text itself."""
_WORDLESS = {
    "PDFSelection": "areas of pages",
    "PictureSelection": "areas of pictures",
    "AudioSelection": "stretches of sound",
    "VideoSelection": "stretches of film",
}
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True)
class Selection:
    """What was marked: from where to where in the text (code points), or the words of which only that is known."""

    element: Element
    place: tuple[int, int] | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A source: `text` is its canonical text, empty where none is in the project. `notes` are the keys of those on the
    whole of it, `coded` those of its codes. `problems` say what of it cannot be used."""

    key: str
    name: str
    text: str
    selections: tuple[Selection, ...]
    coded: tuple[str, ...]
    notes: tuple[str, ...]
    variables: Mapping[str, str]
    problems: tuple[str, ...]


def sources(root: Element, package: Package) -> Iterator[Source]:
    """The sources of a project in their order, each read when it is asked for."""
    named = {key(one): name_of(one) for one in children(child(root, "Variables"), "Variable")}
    for element in child(root, "Sources") or ():
        yield _Reading(element, package, named).source()


class _Reading:
    """One source being read."""

    def __init__(self, element: Element, package: Package, variables: Mapping[str, str]) -> None:
        self._element, self._package, self._named = element, package, variables
        self._name = name_of(element) or "A source without a name"
        self._problems: list[str] = []
        inner = _TEXTS.get(local(element), "TextDescription")
        self._holders = list(children(element, inner)) if inner else [element]

    def source(self) -> Source:
        """All that can be used of it."""
        raw = self._raw_text()
        text, selections = self._selected(raw or "")
        selections += self._wordless()
        element = self._element
        return Source(
            key(element) or f"{local(element)} {self._name}",
            self._name,
            text,
            tuple(selections),
            tuple(coded_with(element)),
            tuple(known for holder in self._around() for known in targets(holder, "NoteRef")),
            dict(self._variables()),
            tuple(self._problems),
        )

    def _around(self) -> list[Element]:
        """The source and what has its text, each once."""
        return [self._element, *(holder for holder in self._holders if holder is not self._element)]

    def _raw_text(self) -> str | None:
        """The text as it stands in the project; None where there is none."""
        for holder in self._holders:
            path = holder.get("plainTextPath", "")
            content = child(holder, "PlainTextContent")
            if content is not None and (content.text or not path):
                return content.text or ""
            if path:
                data = self._package.file(path)
                if data is not None:
                    return decoded(data)
                self._problem(f"its text {path} is not in the archive; export the project with its sources")
        return None

    def _selected(self, raw: str) -> tuple[str, list[Selection]]:
        found = [one for holder in self._around() for one in children(holder, "PlainTextSelection")]
        spans = [(one, _span(one)) for one in found] + list(self._transcribed())
        counting = Counting(raw, [span for _, span in spans if span])
        selections: list[Selection] = []
        for element, span in spans:
            place = counting.place(span) if span else None
            if place:
                selections.append(Selection(element, place))
            else:
                self._problem(f"the selection {key(element)} is not within its text")
        return counting.text, selections

    def _transcribed(self) -> Iterator[tuple[Element, Span | None]]:
        """Selections of a transcript, which stand between points that are told apart from them."""
        for holder in self._holders:
            points = {key(one): whole_number(one, "position") for one in children(holder, "SyncPoint")}
            for one in children(holder, "TranscriptSelection"):
                ends = [points.get(key_of(one.get(name, ""))) for name in ("fromSyncPoint", "toSyncPoint")]
                start, end = ends
                yield one, None if start is None or end is None else Span(start, end, name_of(one))

    def _wordless(self) -> list[Selection]:
        """Selections that are not of a text: those of which the words are told, and the others counted."""
        found: list[Selection] = []
        for name, what in _WORDLESS.items():
            without = 0
            for one in children(self._element, name):
                quote = normalise(words(child(one, "Representation"), "PlainTextContent")).strip()
                if quote:
                    found.append(Selection(one, None, quote))
                without += not quote
            if without:
                self._problem(f"{without:,} {what} left out: they mark no words")
        return found

    def _variables(self) -> Iterator[tuple[str, str]]:
        for value in children(self._element, "VariableValue"):
            name = self._named.get(next(targets(value, "VariableRef"), ""), "")
            for part in value:
                if name and local(part) != "VariableRef":
                    yield name, part.text or ""

    def _problem(self, fault: str) -> None:
        self._problems.append(f"“{self._name}”: {fault}")


def _span(element: Element) -> Span | None:
    start, end = whole_number(element, "startPosition"), whole_number(element, "endPosition")
    return None if start is None or end is None else Span(start, end, element.get("name", ""))


def decoded(data: bytes) -> str:
    """The text of a file of the project, its byte order mark and line ends as they are."""
    encoding = next((encoding for bom, encoding in _BOMS if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
