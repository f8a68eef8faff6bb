"""Formulas: MathML as a line of text that can be read out, "x^2 + (a + b)/c"."""

from collections.abc import Callable

from reader.formats.html.events import Attributes, Event

_SPACED = frozenset("=<>+−±×÷·≤≥≠≈≡→←↔⇒⇔∈∉⊂⊆∪∩∧∨∼≅∝")
# Signs that are not seen: a function is applied, a product meant, a list separated, a sum meant.
_UNSEEN = str.maketrans("", "", "\u2061\u2062\u2063\u2064")
_SKIPPED = frozenset({"annotation", "annotation-xml", "script", "style"})


def readable(attributes: Attributes, events: list[Event]) -> str:
    """The text of a formula: what its author says that it is, else what its elements spell."""
    said = " ".join((attributes.get("alttext") or "").split())
    return said or " ".join(_spelled(events).split())


def _spelled(events: list[Event]) -> str:
    """The parts of each element are put together when it ends, so that depth costs no stack."""
    open_tags = ["math"]
    parts: list[list[str]] = [[]]
    for event in events:
        if isinstance(event, str):
            if event.strip():
                parts[-1].append(event.strip().translate(_UNSEEN))
        elif event is None:
            written = _joined(open_tags.pop(), parts.pop())
            parts[-1].append(written)
        else:
            open_tags.append(event[0])
            parts.append([])
    return "".join(parts[0])


def _joined(tag: str, parts: list[str]) -> str:
    if tag in _SKIPPED:
        return ""
    if tag == "mo":
        sign = "".join(parts)
        return f" {sign} " if sign in _SPACED else sign
    wanted, write = _SHAPES.get(tag, (0, None))
    if write is not None and len(parts) >= wanted:
        return write(parts)
    return "".join(parts)


def _grouped(part: str) -> str:
    """A part that is more than one sign, in brackets."""
    shown = part.strip()
    return shown if len(shown) < 2 or shown.isalnum() or _is_bracketed(shown) else f"({shown})"


def _is_bracketed(shown: str) -> bool:
    return shown[0] == "(" and shown.find(")") == len(shown) - 1


def _under_over(parts: list[str]) -> str:
    return f"{parts[0]}_{_grouped(parts[1])}^{_grouped(parts[2])} "


_SHAPES: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "mfrac": (2, lambda p: f"{_grouped(p[0])}/{_grouped(p[1])}"),
    "msup": (2, lambda p: f"{_grouped(p[0])}^{_grouped(p[1])}"),
    "msub": (2, lambda p: f"{_grouped(p[0])}_{_grouped(p[1])}"),
    "mover": (2, lambda p: f"{_grouped(p[0])}^{_grouped(p[1])}"),
    "munder": (2, lambda p: f"{p[0]}_{_grouped(p[1])} "),
    "msubsup": (3, _under_over),
    "munderover": (3, _under_over),
    "msqrt": (1, lambda p: f"√{_grouped(''.join(p))}"),
    "mroot": (2, lambda p: f"{p[1].strip()}√{_grouped(p[0])}"),
    "mfenced": (1, lambda p: f"({', '.join(part.strip() for part in p)})"),
    "mtable": (1, "; ".join),
    "mtr": (1, ", ".join),
    "mspace": (0, lambda _: " "),
    "mtext": (1, lambda p: f" {''.join(p)} "),
}
