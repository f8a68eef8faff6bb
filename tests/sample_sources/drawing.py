"""Small pictures drawn by rule and written as PNG, so that the samples need no drawing program."""

import math
import struct
import zlib
from collections.abc import Callable

Colour = tuple[int, int, int]
Shade = Callable[[float, float], Colour]
PAPER: Colour = (250, 247, 240)
INK: Colour = (44, 48, 54)


def png(width: int, height: int, shade: Shade) -> bytes:
    """A picture whose colour at (x, y), both 0..1 from the top left, `shade` says; edges are smoothed 2 x 2."""
    rows = bytearray()
    for row in range(height):
        rows.append(0)
        for column in range(width):
            rows += bytes(_mean([shade((column + dx) / width, (row + dy) / height) for dx, dy in _CORNERS]))
    return png_of(width, height, zlib.compress(bytes(rows), 9))


def png_of(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG of rows of red, green and blue, each after its filter's byte, already compressed."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", head), (b"IDAT", pixels), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


_CORNERS = ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))


def _mean(colours: list[Colour]) -> Colour:
    red, green, blue = (sum(colour[part] for colour in colours) // len(colours) for part in range(3))
    return red, green, blue


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def cover(x: float, y: float) -> Colour:
    """The river between the green hill and the grey one, and the board that stands in it."""
    middle = 0.5 + 0.13 * math.sin(5.2 * y + 0.4)
    wide = 0.015 + 0.17 * max(0.0, y - 0.42)
    if 0.385 < x < 0.435 and 0.56 < y < 0.84:
        tick = int((y - 0.56) * 50) % 2 == 0 and x < 0.413
        return INK if tick else (252, 252, 250)
    if y > 0.42 and abs(x - middle) < wide:
        return (126, 168, 186) if math.sin(90 * y + 14 * x) > -0.55 else (176, 206, 216)
    west, east = 0.42 - 0.16 * math.cos(3.1 * x), 0.4 + 0.11 * math.sin(4.6 * x + 3.4)
    if y > west and x < middle:
        return (112, 140, 96) if y > west + 0.1 else (134, 160, 114)
    if y > east and x > middle - 0.02:
        return (150, 150, 148) if int((y - east) * 16) % 2 else (164, 164, 160)
    if (x - 0.72) ** 2 + (1.5 * (y - 0.21)) ** 2 < 0.007:
        return (240, 206, 140)
    return (236, 228, 210) if y > 0.2 else (226, 222, 212)


def staff(x: float, y: float) -> Colour:
    """The board at the ford: ten marks, and the water a little over the fourth of them."""
    water = 0.58 + 0.008 * math.sin(22 * x) + (0.02 if x < 0.42 else 0.0)
    if 0.42 < x < 0.58 and 0.06 < y < 0.94:
        from_foot = (0.9 - y) / 0.08
        near = abs(from_foot - round(from_foot)) < 0.09 and 0 <= round(from_foot) <= 10
        long = round(from_foot) % 5 == 0
        marked = near and x < (0.55 if long else 0.49)
        colour = INK if marked else (253, 253, 251)
        return colour if y < water else _under(colour)
    if y > water:
        return (120, 136, 140) if math.sin(160 * y + 9 * x) > 0 else (130, 146, 150)
    return (170, 166, 158) if (int(x * 7 + int(y * 9) % 2 * 0.5) + int(y * 9)) % 2 else (180, 176, 168)


def _under(colour: Colour) -> Colour:
    red, green, blue = colour
    return (red + 2 * 120) // 3, (green + 2 * 136) // 3, (blue + 2 * 140) // 3


def core(x: float, y: float) -> Colour:
    """A core of limestone in its box, with hollows; the hollows are where rings of a sine cross."""
    if not 0.05 < x < 0.95 or not 0.2 < y < 0.8:
        return (196, 170, 128) if 0.02 < x < 0.98 and 0.1 < y < 0.9 else PAPER
    hollow = math.sin(37 * x + 3 * math.sin(9 * y)) * math.sin(21 * y + 5 * x)
    if hollow > 0.72:
        return (58, 56, 52)
    return (206, 204, 196) if hollow > -0.4 else (188, 186, 178)


LOSSES = (33, 31, 28, 25, 22, 19, 17, 14, 13)


def losses(x: float, y: float) -> Colour:
    """Bars of what Asmere lost of each hundred litres, 2011 to 2019."""
    if y > 0.9:
        return INK if y < 0.908 else PAPER
    place = (x - 0.05) / 0.1
    bar = int(place)
    inside = 0 <= place < len(LOSSES) and 0.12 < place - bar < 0.88
    if inside and y > 0.9 - LOSSES[bar] / 40:
        return (86, 130, 150) if bar < len(LOSSES) - 1 else (196, 122, 66)
    return (222, 218, 208) if abs(y * 10 % 2.25 - 0.02) < 0.03 else PAPER


SECTION = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 320" width="640" height="320">
<rect width="640" height="320" fill="#faf7f0"/>
<path d="M0 60 L120 70 L210 150 L270 236 L300 244 L300 320 L0 320 Z" fill="#b08a5e"/>
<path d="M640 40 L540 64 L440 140 L360 232 L330 244 L330 320 L640 320 Z" fill="#b4b4ae"/>
<path d="M270 236 L300 244 L330 244 L360 232 L360 226 L270 226 Z" fill="#7ea8ba"/>
<path d="M300 244 L330 244 L330 320 L300 320 Z" fill="#8d8d86"/>
<g fill="#4a4a46"><ellipse cx="430" cy="230" rx="26" ry="9"/><ellipse cx="502" cy="196" rx="34" ry="10"/>
<ellipse cx="470" cy="270" rx="20" ry="7"/><ellipse cx="570" cy="240" rx="30" ry="9"/></g>
<path d="M150 98 L500 98" stroke="#2c3036" stroke-width="2" stroke-dasharray="9 6" fill="none"/>
<g font-family="sans-serif" font-size="17" fill="#2c3036"><text x="24" y="296">Gritstone</text>
<text x="540" y="296">Limestone</text><text x="264" y="88">top of the water</text></g>
</svg>
"""
