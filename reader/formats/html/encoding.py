"""The encoding of an HTML file, as the HTML standard finds it: mark, declaration, then the content."""

import codecs
import re
from collections.abc import Iterator

from reader.formats.encodings import is_utf8, legacy, sample_of

_PRESCAN = 1024
_SPACE = b"\t\n\f\r "
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]+)[\"']")
_CONTENT_CHARSET = re.compile(r"charset\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s;\"']+))", re.I)

_META_ENDS = (b"\t", b"\n", b"\f", b"\r", b" ", b"/")
_ATTRIBUTE = re.compile(
    rb"[\s/]*(?:(>)|([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)|))?)", re.S
)

# Labels whose meaning on the web is wider than Python's codec of that name.
_LABELS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "l1": "cp1252",
    "iso-8859-9": "cp1254",
    "latin5": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "dos-874": "cp874",
    "iso-8859-8-i": "iso8859_8",
    "logical": "iso8859_8",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "gbk": "gb18030",
    "chinese": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cn-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "windows-31j": "cp932",
    "x-euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "korean": "cp949",
    "ks_c_5601-1987": "cp949",
    "windows-949": "cp949",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "unicode-1-1-utf-8": "utf-8",
    # A declaration that could be read as ASCII cannot be true of UTF-16.
    "utf-16": "utf-8",
    "utf-16le": "utf-8",
    "utf-16be": "utf-8",
    "utf-7": "cp1252",
    "x-user-defined": "cp1252",
}


def encoding_of(data: bytes) -> str:
    """The Python codec name for the bytes of a page; always one that exists.

    A byte order mark wins, then a declaration in the first 1,024 bytes. Without either the standard lets a
    program look at the content, which finds the UTF-8 that pages forget to declare; windows-1252 is last.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if data.startswith(b"<\0?\0"):
        return "utf-16-le"
    if data.startswith(b"\0<\0?"):
        return "utf-16-be"
    declared = declared_encoding(data[:_PRESCAN])
    if declared:
        return declared
    return "utf-8" if is_utf8(data) else legacy(sample_of(data)) or "cp1252"


def declared_encoding(head: bytes) -> str:
    """The codec that a `<meta>` or an XML declaration in `head` names, or empty."""
    for attributes in _metas(head):
        label = attributes.get("charset", "")
        if not label and attributes.get("http-equiv", "").lower() == "content-type":
            found = _CONTENT_CHARSET.search(attributes.get("content", ""))
            label = next((part for part in found.groups() if part), "") if found else ""
        if codec := codec_of(label):
            return codec
    xml = _XML.match(head.lstrip(_SPACE))
    return codec_of(xml[1].decode("ascii")) if xml else ""


def codec_of(label: str) -> str:
    """The Python codec that a label of the web means, or empty for an unknown one."""
    name = label.strip().lower()
    if name in _LABELS:
        return _LABELS[name]
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    # Python also counts base64, rot13 and the like as codecs.
    return info.name if getattr(info, "_is_text_encoding", True) and not info.name.startswith("utf-16") else ""


def _metas(head: bytes) -> Iterator[dict[str, str]]:
    """The attributes of each `<meta>` tag, comments and other tags passed over."""
    position = 0
    while (position := head.find(b"<", position)) >= 0:
        if head.startswith(b"<!--", position):
            # "<!-->" is a whole comment, so the search begins inside the opening.
            close = head.find(b"-->", position + 2)
            if close < 0:
                return
            position = close + 3
        elif head[position : position + 5].lower() == b"<meta" and head[position + 5 : position + 6] in _META_ENDS:
            attributes, position = _attributes(head, position + 5)
            yield attributes
        elif re.match(rb"</?[a-zA-Z]", head[position : position + 3]):
            name_end = re.compile(rb"[\s/>]").search(head, position + 1)
            _, position = _attributes(head, name_end.start() if name_end else len(head))
        elif head[position + 1 : position + 2] in (b"!", b"/", b"?"):
            close = head.find(b">", position)
            if close < 0:
                return
            position = close + 1
        else:
            position += 1


def _attributes(head: bytes, position: int) -> tuple[dict[str, str], int]:
    """The attributes from `position` to the tag's end, first of a name first, and where the tag ends."""
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(head, position):
        position = match.end()
        if match[1] or match.end() == match.start():
            break
        name = match[2].decode("latin-1").lower()
        value = next((group for group in match.groups()[2:] if group is not None), b"")
        found.setdefault(name, value.decode("latin-1"))
    return found, max(position, 1)
