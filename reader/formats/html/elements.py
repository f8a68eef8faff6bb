"""What each element of a page means for the text."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reader.formats.flow import Flow
from reader.formats.html.drawings import stand_alone, title_of_drawing, wrapped_image
from reader.formats.html.events import Attributes, Event, rest_of_element, short_words, words_of
from reader.formats.html.figures import Figures, is_icon, source_of
from reader.formats.html.inline import INLINE, Around, Surroundings, meanings
from reader.formats.html.lines import may_be_plain, read_line
from reader.formats.html.lists import integer, list_of
from reader.formats.html.mathml import readable
from reader.formats.html.mutual import NOTES, is_list_of_ways_back, note_label, refer
from reader.formats.html.notes import (
    Opening,
    bare_label,
    holds_notes,
    is_classed_note,
    is_note,
    is_reference,
    is_special,
    is_way_back,
    page_label,
    page_name,
)
from reader.formats.html.table_flow import PARTS, TableFlow
from reader.formats.structure import CHECKED, UNCHECKED
from reader.model.document import BlockKind, SpanKind

_BLOCKS = frozenset(
    "address article aside body caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hgroup hr legend li listing main menu nav ol p pre section summary table tbody td tfoot th thead"
    " tr ul xmp blockquote".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "dir", "menu", "dl"})
# Blocks that only end what is before them: most of a book.
_BORDERS = _BLOCKS - PARTS - _LISTS - set(_HEADINGS) - set("li blockquote figure pre listing xmp hr figcaption".split())
_DRAWN = frozenset({"math", "svg"})
_MARKS = frozenset({"br", "img", "input", "rt", "q"})
_SPACE = " \t\n\r\f"
_LONGEST_PAGE_LABEL = 24
_NO_ATTRIBUTES: Attributes = {}

_Left = tuple[str, Attributes, tuple[SpanKind, ...], Around | None]
# What to do at the end of an element without attributes.
_PLAIN: dict[str, _Left] = {}
_PLAIN.update({tag: (tag, _NO_ATTRIBUTES, (), None) for tag in (_BORDERS - {"dt"}) | {"span"}})
_PLAIN.update({tag: (tag, _NO_ATTRIBUTES, (kind,), None) for tag, kind in INLINE.items()})


@dataclass(slots=True)
class HtmlFlow:
    """Turns the events of a page into blocks, spans and pictures.

    `layout` says of each table in turn whether it only places parts of the page.
    """

    flow: Flow
    layout: list[bool]
    figures: Figures = field(init=False)
    tables: TableFlow = field(init=False)
    surroundings: Surroundings = field(init=False)
    _open: list[_Left] = field(default_factory=list)
    _notes: int = 0
    _note_level: int = -1
    _list_level: int = -1
    _opening: Opening | None = None
    _deferred: list[list[Event]] = field(default_factory=list)
    _at_end: bool = False
    _in_reference: bool = False
    _in_page: bool = False

    def __post_init__(self) -> None:
        self.figures = Figures(self.flow)
        self.tables = TableFlow(self.flow, self.layout)
        self.surroundings = Surroundings(self.flow.builder, self.flow.language)

    def run(self, events: Iterable[Event]) -> None:
        """Go through the page; afterwards no block and no span is left open.

        Notes that stand between the paragraphs come after everything else.
        """
        self._read(list(events))
        self._at_end = True
        for note in self._deferred:
            self._read(note)
        self.flow.builder.end()
        self.flow.builder.pop_all()
        self.flow.place_pictures()

    def _read(self, events: list[Event]) -> None:
        builder = self.flow.builder
        at = 0
        while at < len(events):
            event = events[at]
            at += 1
            if event is None:
                self._leave()
            elif isinstance(event, str):
                if builder.shape is not None:
                    builder.text(event)
                elif event.strip(_SPACE):
                    self._first_words(event)
            else:
                at = self._start(*event, events, at)

    def _start(self, tag: str, attributes: Attributes, events: list[Event], at: int) -> int:
        """An element begins; what comes after it, or after all of it when it is dealt with as a whole."""
        if tag in NOTES and self.flow.references and (label := self._label_by_links(tag, attributes, events, at)):
            return self._enter(tag, attributes, events, at, label)
        if may_be_plain(tag, attributes, self.flow) and (after := self._line(events, at)):
            return after
        plain = _PLAIN.get(tag) if not attributes else None
        if plain is None:
            return self._enter(tag, attributes, events, at)
        self._open.append(plain)
        if plain[2]:
            self.flow.builder.push(plain[2][0])
        elif tag != "span":
            self._block_border()
        return at

    def _line(self, events: list[Event], at: int) -> int:
        """Write a plain paragraph in one go; what comes after it, or 0 if it is not plain."""
        return 0 if self.tables.in_cell or self._opening is not None else read_line(events, at, self.flow)

    def _first_words(self, written: str) -> None:
        """Text with which a block begins."""
        if self._opening is not None:
            written, over = self._opening.words(written)
            if over:
                self.flow.structure.pending = self._opening.label
                self._opening = None
            if not written.strip(_SPACE):
                return
        self.flow.words(written)

    def _label_by_links(self, tag: str, attributes: Attributes, events: list[Event], at: int) -> str:
        """The label of an element that is a note by what leads to it and back; empty for all others."""
        if self._note_level >= 0 or self.tables.in_cell or (tag == "li" and self._notes):
            return ""
        lists = self.flow.structure.lists
        marker = lists[-1].coming.rstrip(".") if tag == "li" and lists else ""
        return note_label(self.flow, attributes, events, at, marker)

    def _enter(self, tag: str, attributes: Attributes, events: list[Event], at: int, label: str = "") -> int:
        if tag in _DRAWN or (("epub:type" in attributes or "role" in attributes) and is_special(attributes)):
            end = rest_of_element(events, at)
            if self._takes_whole(tag, attributes, events[at:end]):
                return end + 1
        elif self._note_level >= 0 and (after := self._way_back(tag, attributes, events, at)):
            return after
        if tag in _BLOCKS:
            self._block_border()
            if label:
                self._begin_note(tag, attributes, label, begins=True)
            self._begin_block(tag, attributes)
        elif tag in _MARKS:
            self._mark(tag, attributes)
        name = attributes.get("id") or (attributes.get("name") if tag == "a" else None)
        if name:
            self.flow.target(name)
        kinds = self._push(tag, attributes, events, at)
        around = self.surroundings.enter(attributes, is_block=tag in _BLOCKS or tag == "html") if attributes else None
        self._open.append((tag, attributes, kinds, around))
        return at

    def _leave(self) -> None:
        tag, attributes, kinds, around = self._open.pop()
        for kind in kinds:
            self.flow.builder.pop(kind)
        if around is not None:
            self.surroundings.leave(around)
        if tag in _BLOCKS:
            self._block_border()
            if attributes or tag not in _BORDERS or len(self._open) == self._note_level:
                self._end_block(tag, attributes)
        elif tag == "rt":
            self.flow.words(")")
        elif tag == "q":
            self.flow.words("”")

    def _takes_whole(self, tag: str, attributes: Attributes, inside: list[Event]) -> bool:
        """Deal with an element for which all that is in it must be known at once; False for all others."""
        if tag == "math":
            self._first_words(readable(attributes, inside) + " ")
        elif tag == "svg":
            self._drawing(attributes)
        elif (label := page_label(attributes)) is not None:
            self._page(label, attributes, inside)
        elif tag == "a" and not self._in_reference and is_reference(attributes):
            self._reference(attributes, inside)
        elif is_note(tag, attributes) and tag != "li" and not self._notes and not self._at_end:
            self._deferred.append([(tag, attributes), *inside, None])
        else:
            return False
        return True

    def _page(self, label: str, attributes: Attributes, inside: list[Event]) -> None:
        """A page of the printed book begins; its number is no part of the text."""
        written = words_of(inside)
        if attributes.get("id"):
            self.flow.target(attributes["id"] or "")
        self.flow.builder.page(label or page_name(written[:_LONGEST_PAGE_LABEL]))
        if len(written) > _LONGEST_PAGE_LABEL and not self._in_page:
            self._in_page = True
            self._read(inside)
            self._in_page = False

    def _reference(self, attributes: Attributes, inside: list[Event]) -> None:
        """A link to a note: the note will be known by the same label."""
        target = self.flow.link(attributes.get("href") or "")
        if target.startswith("#"):
            self.flow.labels.setdefault(target[1:], bare_label(words_of(inside)))
        self._in_reference = True
        self._read([("a", attributes), *inside, None])
        self._in_reference = False

    def _way_back(self, tag: str, attributes: Attributes, events: list[Event], at: int) -> int:
        """What comes after an element that only leads from a note back to the text; 0 for any other."""
        if tag == "span" and is_list_of_ways_back(attributes):
            return rest_of_element(events, at) + 1
        if tag != "a":
            return 0
        words, end = short_words(events, at)
        is_back = end and is_way_back(attributes, words, is_over=self._opening is None)
        return end + 1 if is_back and self.flow.link(attributes.get("href") or "").startswith("#") else 0

    def _push(self, tag: str, attributes: Attributes, events: list[Event], at: int) -> tuple[SpanKind, ...]:
        """Begin the spans that an element gives to the words in it."""
        builder = self.flow.builder
        kinds = meanings(tag, attributes, self.flow.styles)
        for kind in kinds:
            builder.push(kind)
        if tag == "a" and (href := self.flow.link(attributes.get("href") or "")):
            if self._note_level < 0:
                refer(self.flow, href, events, at)
            builder.push(SpanKind.LINK, href)
            kinds = (*kinds, SpanKind.LINK)
        return kinds

    def _block_border(self) -> None:
        if self.tables.in_cell:
            self.flow.builder.new_line()
        elif self.flow.builder.shape is not None:
            self.flow.builder.end()

    def _begin_block(self, tag: str, attributes: Attributes) -> None:
        structure = self.flow.structure
        if attributes and not self._begin_note(tag, attributes) and holds_notes(attributes):
            self._notes += 1
        if tag in _BORDERS:
            return
        if tag in _LISTS:
            structure.pending = ""
            self._turn_to_many(tag)
            structure.lists.append(list_of(tag, attributes))
        elif tag == "li":
            self._begin_item(attributes)
        elif tag == "blockquote":
            structure.quote_depth += 1
        elif tag in PARTS:
            self.tables.begin(tag, attributes)
        elif tag == "figure":
            self.figures.begin()
        elif self.tables.in_cell:
            return
        elif tag in _HEADINGS:
            self.flow.begin(BlockKind.HEADING, level=_HEADINGS[tag])
        elif tag == "hr":
            self.flow.rule()
        elif tag == "figcaption":
            self.figures.begin_caption()
        else:
            self.flow.begin(BlockKind.CODE, preformatted=True)

    def _end_block(self, tag: str, attributes: Attributes) -> None:
        structure = self.flow.structure
        if len(self._open) == self._note_level:
            if self._opening is not None and self._opening.held:
                structure.pending = self._opening.label
                self.flow.words(self._opening.held)
                self._block_border()
            structure.in_notes, self._opening, self._note_level = False, None, -1
            structure.pending = ""
        elif attributes and not _is_note(tag, attributes) and holds_notes(attributes):
            self._notes -= 1
        if tag in _LISTS:
            structure.lists.pop()
            if len(self._open) == self._list_level:
                self._notes, self._list_level = self._notes - 1, -1
        elif tag == "li":
            structure.pending = ""
        elif tag == "blockquote":
            structure.quote_depth -= 1
        elif tag in PARTS:
            self.tables.end(tag)
        elif tag == "figure":
            self.figures.end()
        elif tag == "figcaption" and not self.tables.in_cell:
            self.figures.end_caption()
        if not self.tables.is_open:
            self.flow.place_pictures()

    def _begin_note(self, tag: str, attributes: Attributes, marker: str = "", *, begins: bool = False) -> bool:
        """Begin a note if the element is one, or must be by its place; whether it is one."""
        if not marker and not _is_note(tag, attributes):
            return False
        if self._note_level < 0 and not self.tables.in_cell:
            label = self.flow.labels.get(self.flow.scope + (attributes.get("id") or ""), "") or marker
            self.flow.structure.in_notes = True
            self._opening, self._note_level = Opening(label, begins=begins), len(self._open)
        return True

    def _turn_to_many(self, tag: str) -> None:
        """What seemed one note by its class holds a list of notes after all."""
        if tag == "ol" and self._opening is not None and self._opening.is_fresh and self._list_level < 0:
            self.flow.structure.in_notes, self._opening, self._note_level = False, None, -1
            self._notes, self._list_level = self._notes + 1, len(self._open)

    def _begin_item(self, attributes: Attributes) -> None:
        structure = self.flow.structure
        if not structure.lists:
            structure.pending = "" if self.tables.in_cell else "•"
            return
        current = structure.lists[-1]
        value = integer(attributes.get("value"))
        if current.number is not None and value is not None:
            current.number = value
        marker = current.next_marker()
        if self.tables.in_cell:
            self.flow.words(marker + " ")
        elif self._opening is not None and self._note_level == len(self._open):
            self._opening.label = self._opening.label or marker.rstrip(".")
        elif structure.in_notes:
            self._first_words(marker + " ")
        elif self._notes and len(structure.lists) == 1:
            self._begin_note("li", attributes, marker.rstrip("."))
        else:
            structure.pending = marker

    def _mark(self, tag: str, attributes: Attributes) -> None:
        """An element that stands in a line."""
        if tag == "br":
            self.flow.break_line()
        elif tag == "img":
            self._image(attributes)
        elif tag == "input":
            self._checkbox(attributes)
        else:
            self.flow.words("(" if tag == "rt" else "“")

    def _checkbox(self, attributes: Attributes) -> None:
        """A task in a list: its box takes the place of the bullet."""
        if self.flow.structure.pending and (attributes.get("type") or "").lower() == "checkbox":
            self.flow.structure.pending = CHECKED if "checked" in attributes else UNCHECKED

    def _image(self, attributes: Attributes) -> None:
        alt = " ".join((attributes.get("alt") or "").split())
        source = source_of(attributes)
        if self.tables.in_cell and (source is None or is_icon(attributes)):
            self.flow.builder.text(alt)
        elif self.tables.in_cell:
            self.flow.picture(source or "", alt)
        elif source is None:
            if alt:
                self.flow.words(alt)
        else:
            self.figures.image(source, alt, attributes)

    def _drawing(self, attributes: Attributes) -> None:
        """A drawing in the page: the picture that it wraps, or itself."""
        markup = attributes.get("markup") or ""
        title = title_of_drawing(markup)
        source = wrapped_image(markup)
        if source:
            self._image({"src": source, "alt": title})
        elif self.tables.in_cell and not is_icon(attributes):
            if asset := self.flow.images.drawing(stand_alone(markup), title):
                self.flow.put_by(asset, title)
        elif is_icon(attributes) or self.flow.builder.shape is not None:
            self.flow.words(title)
        elif asset := self.flow.images.drawing(stand_alone(markup), title):
            self.flow.figure(asset, title)


def _is_note(tag: str, attributes: Attributes) -> bool:
    return is_note(tag, attributes) or is_classed_note(tag, attributes)
