"""ZIP files that come out the same each time."""

import io
import zipfile
from collections.abc import Mapping

_WHEN = (2024, 4, 2, 12, 0, 0)


def packed(parts: Mapping[str, str | bytes], stored: tuple[str, ...] = ()) -> bytes:
    """The archive of these parts in this order, all of one date; `stored` names those left uncompressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _WHEN)
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
