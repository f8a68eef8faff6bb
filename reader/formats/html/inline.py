"""Which elements and styles give a meaning to the words in them."""

import re

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


def styled(style: str) -> tuple[SpanKind, ...]:
    """The meanings that a `style` attribute gives."""
    return tuple(kind for pattern, kind in _STYLES if pattern.search(style)) if style else ()
