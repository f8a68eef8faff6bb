"""Files damaged at random, from a seed: as bytes, as archives with other parts, as markup that is broken."""

import re
import zipfile
import zlib
from collections.abc import Callable
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from io import BytesIO
from pathlib import Path
from random import Random

_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb'="([^"]*)"')
_VALUES = (
    b"",
    b"-1",
    b"0",
    b"999999999999999999999",
    b"\xff\xfe",
    b"#",
    b"../../x",
    b"rId1",
    b"&x;",
    b"1e9",
    b"x" * 5000,
    b"%00",
)
_PIECES = (
    b"\r\n\r\n--", b"\0", b"\x80", b"<", b"</p>", b"<p>", b"&", b"&nope;", b"&#0;", b"&#xD800;", b"]]>", b"<!--",
    b"<![CDATA[", b"<?x", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<table><tr><td>", b"<svg>", b"<a href='#",
    "\u202e\u2028\ufeff".encode(),
)  # fmt: skip


def archive_parts(data: bytes) -> dict[str, bytes]:
    """The files in an archive."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def packed(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def mhtml_of(page: bytes, picture: bytes) -> bytes:
    """A page with a picture as browsers save both in one file."""
    whole = MIMEMultipart("related", type="text/html", boundary="----part")
    whole["From"], whole["Subject"], whole["Snapshot-Content-Location"] = "<Saved>", "A page", "https://a.example/b"
    text = MIMEText(page.decode(), "html", "utf-8")
    text["Content-Location"] = "https://a.example/b"
    image = MIMEImage(picture, "png")
    image["Content-Location"] = "https://a.example/c.png"
    whole.attach(text)
    whole.attach(image)
    return whole.as_bytes()


def mutant(data: bytes, seed: int) -> bytes:
    """The file, damaged in one to three ways; the same for the same seed."""
    random = Random(seed)
    for _ in range(random.choice((1, 1, 2, 3))):
        if data.startswith(b"PK") and random.random() < 0.8:
            try:
                data = _archive_changed(data, random)
            except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError, NotImplementedError, RuntimeError):
                data = _bytes_changed(data, random)
        else:
            data = random.choice((_bytes_changed, _markup_changed))(data, random)
    return data


def _archive_changed(data: bytes, random: Random) -> bytes:
    parts = archive_parts(data)
    if not parts:
        return data
    one, other = random.choice(list(parts)), random.choice(list(parts))
    way = random.randrange(8)
    if way == 0:
        parts[one], parts[other] = parts[other], parts[one]
    elif way == 1:
        del parts[one]
    elif way == 2:
        parts[random.choice((one.upper(), one.replace("/", "\\"), "x/" + one, one + "\0"))] = parts.pop(one)
    elif way == 3:
        parts[one] = _bytes_changed(parts[one], random)
    else:
        marked = [name for name, content in parts.items() if content.lstrip()[:1] == b"<"] or [one]
        name = random.choice(marked)
        parts[name] = _markup_changed(parts[name], random)
    return packed(parts)


def _bytes_changed(data: bytes, random: Random) -> bytes:
    if not data:
        return random.choice(_PIECES)
    at, length = random.randrange(len(data)), random.choice((1, 4, 40, 4000))
    changed = bytearray(data)
    way = random.randrange(6)
    if way == 0:
        for _ in range(random.choice((1, 5, 50))):
            changed[random.randrange(len(changed))] = random.randrange(256)
    elif way == 1:
        del changed[at:]
    elif way == 2:
        del changed[at : at + length]
    elif way == 3:
        changed[at:at] = random.choice(_PIECES)
    elif way == 4:
        changed[at:at] = changed[at : at + length]
    else:
        other = random.randrange(len(changed))
        one = changed[at : at + length]
        changed[at : at + length] = changed[other : other + length]
        changed[other : other + length] = one
    return bytes(changed)


def _markup_changed(data: bytes, random: Random) -> bytes:
    tags = list(_TAG.finditer(data))
    if not tags:
        return _bytes_changed(data, random)
    return random.choice(_MARKUP)(data, tags, random)


def _without_tag(data: bytes, tags: list[re.Match[bytes]], random: Random) -> bytes:
    tag = random.choice(tags)
    return data[: tag.start()] + data[tag.end() :]


def _repeated_tag(data: bytes, tags: list[re.Match[bytes]], random: Random) -> bytes:
    tag = random.choice(tags)
    return data[: tag.start()] + tag[0] * random.choice((2, 30, 500)) + data[tag.end() :]


def _swapped_tags(data: bytes, tags: list[re.Match[bytes]], random: Random) -> bytes:
    first, last = sorted(random.sample(tags, 2), key=lambda tag: tag.start()) if len(tags) > 1 else (tags[0], tags[0])
    if first is last:
        return data
    return data[: first.start()] + last[0] + data[first.end() : last.start()] + first[0] + data[last.end() :]


def _moved_element(data: bytes, tags: list[re.Match[bytes]], random: Random) -> bytes:
    first, last = sorted((random.choice(tags), random.choice(tags)), key=lambda tag: tag.start())
    piece, at = data[first.start() : last.end()][:20_000], random.choice(tags).start()
    return data[:at] + piece + data[at:]


def _other_value(data: bytes, tags: list[re.Match[bytes]], random: Random) -> bytes:
    values = list(_VALUE.finditer(data))
    if not values:
        return _without_tag(data, tags, random)
    found = random.choice(values)
    new = random.choice((*_VALUES, random.choice(values)[1]))
    return data[: found.start(1)] + new + data[found.end(1) :]


def _inserted(data: bytes, tags: list[re.Match[bytes]], random: Random) -> bytes:
    at = random.choice(tags).end()
    return data[:at] + random.choice(_PIECES) + data[at:]


_MARKUP: tuple[Callable[[bytes, list[re.Match[bytes]], Random], bytes], ...] = (
    _without_tag, _repeated_tag, _swapped_tags, _moved_element, _other_value, _other_value, _inserted,
)  # fmt: skip


def originals(samples: Path) -> dict[str, bytes]:
    """Our own files, by the names that they go by; small ones."""
    page = (samples / "nobody-cut-a-ribbon.html").read_bytes()
    picture = next((samples / "nobody-cut-a-ribbon_files").glob("*.png"), None)
    return {
        "a.epub": (samples / "up-the-lenn-on-foot.epub").read_bytes(),
        "a.docx": (samples / "note-on-the-east-bank.docx").read_bytes(),
        "a.html": page,
        "a.mhtml": mhtml_of(page, picture.read_bytes() if picture else b"\x89PNG\r\n\x1a\n"),
    }
