"""Which elements and styles give a meaning to the words in them, and in which language and direction they stand."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reader.formats.builder import Builder
from reader.formats.html.events import Attributes
from reader.model.document import SpanKind

INLINE: dict[str, SpanKind] = {
    "b": SpanKind.BOLD,
    "strong": SpanKind.BOLD,
    "i": SpanKind.ITALIC,
    "em": SpanKind.ITALIC,
    "cite": SpanKind.ITALIC,
    "dfn": SpanKind.ITALIC,
    "var": SpanKind.ITALIC,
    "u": SpanKind.UNDERLINE,
    "ins": SpanKind.UNDERLINE,
    "s": SpanKind.STRIKE,
    "strike": SpanKind.STRIKE,
    "del": SpanKind.STRIKE,
    "code": SpanKind.CODE,
    "kbd": SpanKind.CODE,
    "samp": SpanKind.CODE,
    "tt": SpanKind.CODE,
    "mark": SpanKind.MARK,
    "small": SpanKind.SMALL,
    "sup": SpanKind.SUPERSCRIPT,
    "sub": SpanKind.SUBSCRIPT,
}

_STYLES: tuple[tuple[re.Pattern[str], SpanKind], ...] = (
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I), SpanKind.BOLD),
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I), SpanKind.ITALIC),
    (re.compile(r"text-decoration[a-z-]*\s*:[^;]*underline", re.I), SpanKind.UNDERLINE),
    (re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.I), SpanKind.STRIKE),
    (re.compile(r"vertical-align\s*:\s*super", re.I), SpanKind.SUPERSCRIPT),
    (re.compile(r"vertical-align\s*:\s*sub\b", re.I), SpanKind.SUBSCRIPT),
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def styled(style: str) -> tuple[SpanKind, ...]:
    """The meanings that a `style` attribute gives."""
    return tuple(kind for pattern, kind in _STYLES if pattern.search(style)) if style else ()


def meanings(tag: str, attributes: Attributes, styles: Mapping[str, tuple[SpanKind, ...]]) -> tuple[SpanKind, ...]:
    """The meanings that an element gives to its words: by its name, its style, and what `styles` say of its classes."""
    kind = SpanKind.BOLD if tag == "dt" else INLINE.get(tag)
    kinds = (kind,) if kind else ()
    if not attributes or tag in _HEADINGS:
        return kinds
    if style := attributes.get("style"):
        kinds += styled(style)
    if styles and (classes := attributes.get("class")):
        for name in classes.split():
            kinds += styles.get(name, ()) + styles.get(f"{tag}.{name}", ())
    return tuple(dict.fromkeys(kinds)) if len(kinds) > 1 else kinds


@dataclass(frozen=True, slots=True)
class Around:
    """What was so outside an element: the direction of lines, and the language."""

    direction: str
    language: str


@dataclass(slots=True)
class Surroundings:
    """Direction and language as the elements around a place set them; `native` is the document's own language."""

    builder: Builder
    native: str
    language: str = ""

    def enter(self, attributes: Attributes, *, is_block: bool) -> Around | None:
        """Take account of an element’s own language and, of a block, direction; what was before, if it has any."""
        if "dir" not in attributes and "lang" not in attributes and "xml:lang" not in attributes:
            return None
        before = Around(self.builder.direction, self.language)
        direction = (attributes.get("dir") or "").strip().lower()
        if direction and is_block:
            self.builder.direction = direction if direction in ("ltr", "rtl") else ""
        language = (attributes.get("xml:lang") or attributes.get("lang") or "").strip().replace("_", "-")
        if _LANGUAGE.fullmatch(language):
            self._speak(language)
        return before

    def leave(self, before: Around) -> None:
        """An element that set one of them ends."""
        self.builder.direction = before.direction
        self._speak(before.language)

    def _speak(self, language: str) -> None:
        if language == self.language:
            return
        if self._is_foreign(self.language):
            self.builder.pop(SpanKind.LANGUAGE)
        if self._is_foreign(language):
            self.builder.push(SpanKind.LANGUAGE, language)
        self.language = language

    def _is_foreign(self, language: str) -> bool:
        """Whether a language is another than the document's: "en" and "en-GB" are the same."""
        if not language:
            return False
        one, other = f"{language.lower()}-", f"{self.native.lower()}-"
        return not (one.startswith(other) or other.startswith(one))
