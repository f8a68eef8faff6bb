"""Drawings that stand in a page as SVG: most only wrap a picture, so that it fills the screen."""

import re
from html import unescape

_IMAGE = re.compile(r"<(?:\w+:)?image\b([^<>]*)>", re.I)
_REFERENCE = re.compile(r"""(?:xlink:)?href\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_TITLE = re.compile(r"<(?:\w+:)?(?:title|desc)\b[^<>]*>([^<]*)<", re.I)
_LABEL = re.compile(r"""\baria-label\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_NAME = re.compile(r"<((?:\w+:)?svg)\b", re.I)
_NAMESPACES = (("xmlns", "http://www.w3.org/2000/svg"), ("xmlns:xlink", "http://www.w3.org/1999/xlink"))
_MAX_MARKUP = 4_000_000


def wrapped_image(markup: str) -> str:
    """The address of the picture that a drawing wraps; empty when it holds none or several."""
    images = _IMAGE.findall(markup[:_MAX_MARKUP])
    if len(images) != 1 or not (found := _REFERENCE.search(images[0])):
        return ""
    return unescape(found[1] or found[2] or "").strip()


def title_of_drawing(markup: str) -> str:
    """What a drawing calls itself, on one line."""
    head = markup[:_MAX_MARKUP]
    label = _LABEL.search(head[: head.find(">") + 1])
    if label:
        return " ".join(unescape(label[1] or label[2] or "").split())
    title = _TITLE.search(head)
    return " ".join(unescape(title[1]).split()) if title else ""


def stand_alone(markup: str) -> bytes:
    """The markup as a file of its own: the namespaces that the page has declared for it are told again."""
    found = _NAME.search(markup)
    if found is None:
        return b""
    head = markup[: markup.find(">") + 1]
    prefix = found[1].partition(":")[0] if ":" in found[1] else ""
    wanted = [*_NAMESPACES, (f"xmlns:{prefix}", _NAMESPACES[0][1])] if prefix else list(_NAMESPACES)
    added = "".join(f' {name}="{address}"' for name, address in wanted if f"{name}=" not in head.replace(" ", ""))
    return f"{markup[: found.end()]}{added}{markup[found.end() :]}".encode()
