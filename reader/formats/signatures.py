"""What a file's own bytes say that it is."""

_SAMPLE = 64 * 1024
_HEAD = 4096
_READ_ZIPPED: tuple[tuple[tuple[bytes, ...], str], ...] = (
    ((b"mimetypeapplication/epub+zip",), "epub"),
    ((b"mimetypeapplication/vnd.oasis.opendocument.text",), "odt"),
    ((b"word/document.xml",), "docx"),
    ((b"META-INF/container.xml",), "epub"),
    ((b"[Content_Types].xml", b"word/"), "docx"),
)
_HTML_STARTS = (b"<!doctype html", b"<html", b"<head", b"<body")
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_PDF = b"%PDF-"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "save it as one of these and add that"
_NO_TEXT = "there is no text in it to read"

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a picture", _NO_TEXT),
    (b"\xff\xd8\xff", "a picture", _NO_TEXT),
    (b"GIF87a", "a picture", _NO_TEXT),
    (b"GIF89a", "a picture", _NO_TEXT),
    (b"SQLite format 3\x00", "a database", "export what is in it as one of these and add that"),
    (b"\x1f\x8b", "a compressed file", "unpack it and add what is in it"),
    (b"BZh", "a compressed file", "unpack it and add what is in it"),
    (b"\xfd7zXZ\x00", "a compressed file", "unpack it and add what is in it"),
    (b"7z\xbc\xaf\x27\x1c", "an archive", "unpack it and add what is in it"),
    (b"Rar!\x1a\x07", "an archive", "unpack it and add what is in it"),
    (b"\x7fELF", "a program", _NO_TEXT),
    (b"MZ\x90\x00", "a program", _NO_TEXT),
    (b"%!PS", "a PostScript document", "save its text as one of these and add that"),
    (b"AT&TFORM", "a DjVu document", "save its text as one of these and add that"),
    (b"ITSF", "a Windows help file", "convert it to EPUB and add that"),
    (b"ITOLITLS", "a Microsoft Reader book", "convert it to EPUB and add that"),
    (b"\xeaDRMION\xee", "a Kindle book that is locked to a device", "read it there, or get it without the lock"),
)
_ZIPPED: tuple[tuple[tuple[bytes, ...], str, str], ...] = (
    ((b"xl/workbook",), "a spreadsheet", _SAVE_AS),
    ((b"opendocument.spreadsheet",), "a spreadsheet", _SAVE_AS),
    ((b"ppt/presentation",), "a presentation", _SAVE_AS),
    ((b"opendocument.presentation",), "a presentation", _SAVE_AS),
    ((b".fb2",), "a zipped FictionBook", "unpack it and add the .fb2 file"),
    ((b"[Content_Types].xml",), "an Office document", _SAVE_AS),
)
_OLD_OFFICE: tuple[tuple[str, str, str], ...] = (
    ("EncryptedPackage", "an Office document locked with a password", "save it without the password and add that"),
    (
        "WordDocument",
        "a Word document of the old kind",
        "open it in Word or LibreOffice, save it as .docx and add that",
    ),
    ("Workbook", "a spreadsheet", _SAVE_AS),
    ("PowerPoint Document", "a presentation", _SAVE_AS),
)


def format_in(data: bytes) -> str:
    """The format of `reader.model.document.FORMATS` that the bytes are without doubt; empty when they may be others."""
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_PDF):
        return "pdf"
    if data.startswith(_ZIP_STARTS):
        names = _names_of(data)
        return next((kind for marks, kind in _READ_ZIPPED if all(mark in names for mark in marks)), "")
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return "fb2" if head.startswith((b"<?xml", b"<FictionBook")) and b"<FictionBook" in head else ""


def begins_as_page(data: bytes) -> bool:
    """Whether the bytes begin as a web page does."""
    return data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HTML_STARTS)


def is_pdf(data: bytes) -> bool:
    """Whether the bytes are a PDF, which may have something else before its head."""
    return _PDF in data[:1024]


def is_zip(data: bytes) -> bool:
    """Whether the bytes are an archive of the kind that books and office documents are packed in."""
    return data.startswith(_ZIP_STARTS)


def foreign(data: bytes) -> tuple[str, str]:
    """What a file that cannot be read here is ("a PDF"), and what to do with it; empty when the bytes say nothing."""
    for signature, kind, advice in _SIGNATURES:
        if data.startswith(signature):
            return kind, advice
    if data.startswith(_OLE):
        named = ((kind, advice) for name, kind, advice in _OLD_OFFICE if name.encode("utf-16-le") in data)
        return next(named, ("an old Office document", "save it in a newer format and add that"))
    if data.startswith(_ZIP_STARTS):
        names = _names_of(data)
        listed = ((kind, advice) for marks, kind, advice in _ZIPPED if all(mark in names for mark in marks))
        return next(listed, ("a ZIP archive", "unpack it and add the documents in it"))
    if data[4:12] in (b"ftypavif", b"ftypheic", b"ftypmp42", b"ftypisom"):
        return "a picture or film", _NO_TEXT
    if data[:4] == b"RIFF" and data[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "a picture, sound or film", _NO_TEXT
    if data[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        return "a Kindle or Palm book", "convert it to EPUB, with Calibre for example, and add that"
    return "", ""


def _names_of(data: bytes) -> bytes:
    """The part of an archive in which the first and the last of its names stand."""
    return data[:_HEAD] + data[-_SAMPLE:]
