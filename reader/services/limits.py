"""The limits within which files are read and drawn, as the user has set them."""

from collections.abc import Mapping
from typing import Any

from reader.formats.request import Limits

LIMITS_KEY = "reading_limits"
"""The setting: memory_mb, seconds, unpacked_mb, ratio, parts, depth; what is missing is as `Limits` has it."""

_MEGABYTE = 1 << 20
_LEAST_MEMORY = 128


def limits_of(setting: Mapping[str, Any]) -> Limits:
    """The limits that the user has set. What is no number that could be meant is left as it is."""
    usual = Limits()

    def number(name: str, least: int, otherwise: int) -> int:
        value = setting.get(name)
        return max(int(value), least) if isinstance(value, int | float) and value > 0 else otherwise

    return Limits(
        memory=number("memory_mb", _LEAST_MEMORY, usual.memory // _MEGABYTE) * _MEGABYTE,
        seconds=number("seconds", 1, int(usual.seconds)),
        unpacked=number("unpacked_mb", 1, usual.unpacked // _MEGABYTE) * _MEGABYTE,
        ratio=number("ratio", 1, usual.ratio),
        parts=number("parts", 1, usual.parts),
        depth=number("depth", 1, usual.depth),
    )
