"""Values from a file nobody vouches for: each function returns the value wanted or raises `Malformed`."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar, cast

from reader.model.document import Metadata

LARGEST = 2**53 - 1
"""The largest integer that every JSON program keeps exactly."""

_HEX = frozenset("0123456789abcdef")
_UUID_GROUPS = [8, 4, 4, 4, 12]

Kind = TypeVar("Kind", bound=StrEnum)


class Malformed(Exception):
    """A value that cannot be taken: `place` is its key within the record (empty for all of it), `fault` the reason."""

    def __init__(self, place: str, fault: str) -> None:
        super().__init__(f"{place}: {fault}")
        self.place = place
        self.fault = fault

    def within(self, record: str) -> str:
        """The sentence for the user, `record` being where the record stands, such as "annotations[12]"."""
        return f"{record}.{self.place}: {self.fault}" if self.place else f"{record}: {self.fault}"


def record(value: Any, place: str = "") -> Mapping[str, Any]:
    """`value` as an object."""
    if not isinstance(value, dict):
        raise Malformed(place, "is not an object")
    return cast("dict[str, Any]", value)


def text(source: Mapping[str, Any], key: str) -> str:
    """The text under `key`, empty when it is not there."""
    return clean(source.get(key, ""), key)


def clean(value: Any, place: str) -> str:
    """`value` as text; NUL and lone surrogates, which neither a file nor the library can hold, become U+FFFD."""
    if not isinstance(value, str):
        raise Malformed(place, "is not a text")
    if value.isascii():
        return value if "\0" not in value else value.replace("\0", "\ufffd")
    try:
        value.encode()
    except UnicodeEncodeError:
        value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value.replace("\0", "\ufffd")


def texts(source: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The list of texts under `key`, empty when it is not there."""
    value = source.get(key, [])
    if not isinstance(value, list):
        raise Malformed(key, "is not a list")
    return tuple(clean(item, f"{key}[{index}]") for index, item in enumerate(cast("list[Any]", value)))


def whole(source: Mapping[str, Any], key: str, default: int | None = None) -> int:
    """The whole number under `key`, from 0 to 2**53 - 1; `default` when it is not there, if one is given."""
    value = source.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        raise Malformed(key, "is not a whole number from 0")
    return value


def fraction(source: Mapping[str, Any], key: str, default: float | None = None) -> float:
    """The number from 0 to 1 under `key`; `default` when it is not there, if one is given."""
    value = source.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise Malformed(key, "is not a number from 0 to 1")
    return float(value)


def filled(source: Mapping[str, Any], key: str) -> str:
    """The text under `key`, which must hold more than white space."""
    value = text(source, key)
    if not value.strip():
        raise Malformed(key, "is empty" if key in source else "is missing")
    return value


def metadata(found: Mapping[str, Any], *, source: str = "source") -> Metadata:
    """The details of a document under the names they have here, but for its `source`."""
    return Metadata(
        title=text(found, "title"),
        authors=texts(found, "authors"),
        source=text(found, source),
        date=text(found, "date"),
        language=text(found, "language"),
        url=text(found, "url"),
        subtitle=text(found, "subtitle"),
        publisher=text(found, "publisher"),
        contributors=texts(found, "contributors"),
        identifiers=texts(found, "identifiers"),
    )


def choice(source: Mapping[str, Any], key: str, kind: type[Kind], default: Kind) -> Kind:
    """The member of the enumeration `kind` named under `key`; `default` when it is not there."""
    return member(text(source, key), key, kind) if key in source else default


def member(value: str, place: str, kind: type[Kind]) -> Kind:
    """The member of the enumeration `kind` called `value`."""
    try:
        return kind(value)
    except ValueError:
        raise Malformed(place, f"“{value}” is not one of {', '.join(kind)}") from None


def uuid(source: Mapping[str, Any], key: str) -> str:
    """The UUID under `key`, in lower case with its hyphens."""
    value = text(source, key).lower()
    groups = value.split("-")
    if [len(group) for group in groups] != _UUID_GROUPS or not _HEX.issuperset("".join(groups)):
        raise Malformed(key, f"“{value}” is not a UUID" if value else "is missing")
    return value


def instant(source: Mapping[str, Any], key: str) -> str:
    """The instant under `key` as UTC with milliseconds (2026-11-21T16:02:00.000Z); empty when it is not there."""
    value = text(source, key)
    if not value or _is_canonical(value):
        return value
    try:
        moment = datetime.fromisoformat(value)
        moment = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise Malformed(key, f"“{value}” is not a time") from None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _is_canonical(value: str) -> bool:
    if len(value) != len("2026-11-21T16:02:00.000Z") or value[-1] != "Z" or value[10] != "T":
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return value[19] == "."


def sha256(source: Mapping[str, Any], key: str) -> str:
    """The SHA-256 under `key` in lower-case hex."""
    value = text(source, key).lower()
    if len(value) != 64 or not _HEX.issuperset(value):
        raise Malformed(key, "is not a SHA-256 in hex")
    return value
