"""Raw text to canonical text: the one place that decides which code points a document consists of."""

NORMALISER_VERSION = 1

_BOM = "\ufeff"
_REPLACEMENT = "\ufffd"


def normalise(raw: str) -> str:
    """The canonical form of `raw`: line ends as `\\n`, no leading byte order mark, no NUL, no lone surrogate.

    CRLF and lone CR become `\\n`; NUL and lone surrogates become U+FFFD; a surrogate pair written as two
    code points becomes the one it stands for. Everything else stays as it is: no-break spaces, tabs,
    U+2028, soft hyphens, ligatures. Applying it twice changes nothing.
    """
    text = raw.lstrip(_BOM) if raw.startswith(_BOM) else raw
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = text.replace("\0", _REPLACEMENT)
    return text if text.isascii() or not _has_surrogates(text) else _without_surrogates(text)


def _has_surrogates(text: str) -> bool:
    """Whether a strict encoder refuses the text, asked piece by piece: 50 MB are never copied whole."""
    step = 1 << 20
    try:
        for at in range(0, len(text), step):
            text[at : at + step].encode("utf-16-le")
    except UnicodeEncodeError:
        return True
    return False


def _without_surrogates(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
