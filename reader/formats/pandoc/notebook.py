"""Jupyter notebooks for pandoc, and the pictures in them."""

import base64
import binascii
import json
from collections.abc import Iterator
from hashlib import sha1
from typing import Any, cast

from reader.formats.encodings import decode
from reader.formats.errors import FormatError
from reader.formats.pandoc.source import Source
from reader.formats.request import Request

_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml")


def source_of(request: Request) -> Source:
    """The notebook, and its attached and computed pictures. Raises `FormatError`."""
    try:
        notebook: Any = json.loads(decode(request.data, request.name))
    except (ValueError, RecursionError):
        notebook = None
    if not isinstance(notebook, dict):
        raise FormatError(f"“{request.name}” is no notebook: open it in Jupyter, save it again and add that.")
    pictures = dict(_pictures(cast(dict[str, Any], notebook)))

    def fetch(address: str) -> bytes:
        # pandoc calls a computed picture by the hash of its bytes, an attached one by its name.
        return pictures.get(address.partition(".")[0]) or pictures.get(address) or b""

    return Source(json.dumps(notebook).encode(), fetch)


def _pictures(notebook: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    for cell in _dicts(notebook.get("cells")):
        attachments = cell.get("attachments")
        for name, bundle in cast(dict[str, Any], attachments).items() if isinstance(attachments, dict) else ():
            for data in _data(bundle):
                yield name, data
        for output in _dicts(cell.get("outputs")):
            for data in _data(output.get("data")):
                yield sha1(data, usedforsecurity=False).hexdigest(), data


def _data(bundle: Any) -> Iterator[bytes]:
    """The bytes of the pictures among the forms in which an output is given."""
    for kind in _PICTURES:
        written = cast(dict[str, Any], bundle).get(kind) if isinstance(bundle, dict) else None
        text = "".join(map(str, cast(list[Any], written))) if isinstance(written, list) else written
        if not isinstance(text, str):
            continue
        try:
            yield text.encode() if kind == "image/svg+xml" else base64.b64decode(text)
        except (binascii.Error, ValueError):
            continue


def _dicts(value: Any) -> list[dict[str, Any]]:
    found = cast(list[Any], value) if isinstance(value, list) else []
    return [cast(dict[str, Any], each) for each in found if isinstance(each, dict)]
