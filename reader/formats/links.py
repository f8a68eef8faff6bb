"""What a link in a document may lead to."""

import re
from urllib.parse import unquote, urljoin, urlsplit

_CONTROLS = re.compile(r"[\x00-\x20\x7f]+")
_ALLOWED = frozenset({"http", "https", "mailto", "ftp", "tel", "doi"})
_LONGEST = 4000


def clean_link(href: str, base: str = "") -> str:
    """The target to keep: "#name" inside the document, an address outside, or empty for anything else.

    A script, a local file or data is no target. A relative address is resolved when `base`, the
    document's own address, is known, and dropped otherwise: it led to a place that is not here.
    """
    # As browsers do, so that "java\nscript:" does not slip past the check.
    target = _CONTROLS.sub("", href)
    if not target or len(target) > _LONGEST:
        return ""
    if target.startswith("#"):
        return "#" + unquote(target[1:]) if len(target) > 1 else ""
    try:
        absolute = urljoin(base, target) if base else target
        scheme = urlsplit(absolute).scheme.lower()
    except ValueError:
        return ""
    if scheme not in _ALLOWED:
        return ""
    here, mark, name = absolute.partition("#")
    if mark and name and base and here == base.partition("#")[0]:
        return "#" + unquote(name)
    return absolute


def web_address(value: str) -> str:
    """`value` when it is an http(s) address with a host, else empty."""
    address = value.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc and len(address) <= _LONGEST else ""


def site_of(address: str) -> str:
    """The host of an address without "www.", or empty."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")
