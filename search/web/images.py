"""Pictures of a page: which kind a file is, and how wide and high, so that nothing moves when it comes."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree  # expat of Python 3.11 on bounds what entities may grow to

from msgspec import Struct

SVG = "image/svg+xml"


class Picture(Struct, frozen=True):
    """One picture.

    :param content: the file.
    :param mimetype: its media type, by its content.
    :param width: pixels; likewise ``height``. Of an SVG only their ratio counts.
    """

    content: bytes
    mimetype: str
    width: int
    height: int

    @property
    def is_square(self) -> bool:
        """Whether it may stand for the site in a tab."""
        return self.width == self.height

    @property
    def ending(self) -> str:
        """What the name of such a file ends in."""
        return self.mimetype.removeprefix("image/").removesuffix("+xml")


def picture_of(content: bytes) -> Picture | None:
    """The picture that a file holds: SVG, PNG, WebP or JPEG; ``None`` if it is none of them, or broken."""
    for mimetype, measure in _MEASURES.items():
        try:
            size = measure(content)
        except (IndexError, ValueError, ArithmeticError, ElementTree.ParseError):
            return None
        if size:
            return Picture(content, mimetype, *size) if min(size) > 0 else None
    return None


_Size = tuple[int, int]


def _png(content: bytes) -> _Size | None:
    """Portable Network Graphics, 11.2.1: the header chunk comes first."""
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR" or len(content) < 24:
        return None
    return int.from_bytes(content[16:20]), int.from_bytes(content[20:24])


def _webp(content: bytes) -> _Size | None:
    """WebP container (RFC 9649, 2.5 to 2.7) and the frame headers of its two codecs."""
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or len(content) < 30:
        return None
    kind = content[12:16]
    if kind == b"VP8X":
        return int.from_bytes(content[24:27], "little") + 1, int.from_bytes(content[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(content[26:28], "little") & 0x3FFF, int.from_bytes(
        content[28:30], "little"
    ) & 0x3FFF


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of the frame header (ITU-T T.81, table B.1)."""


def _jpeg(content: bytes) -> _Size | None:
    """The first frame header behind the other segments (ITU-T T.81, B.2)."""
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    place = 2
    while content[place] == 0xFF:
        marker = content[place + 1]
        if marker in _FRAMES:
            height, width = content[place + 5 : place + 7], content[place + 7 : place + 9]
            return int.from_bytes(width), int.from_bytes(height)
        place += 2 + int.from_bytes(content[place + 2 : place + 4])
    return 0, 0


_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def _svg(content: bytes) -> _Size | None:
    """The view box, else width and height in pixels (SVG 2, 8)."""
    if b"<svg" not in content:
        return None
    root = ElementTree.fromstring(content)  # noqa: S314 - the owner's own file
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        return None
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    if len(box) == 4:
        return _scaled(float(box[2]), float(box[3]))
    lengths = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
    return _scaled(*(float(length[1]) for length in lengths if length)) if all(lengths) else (0, 0)


def _scaled(width: float, height: float) -> _Size:
    """Whole numbers in about the same ratio."""
    return round(width / height * 512) or 1, 512


_MEASURES: dict[str, Callable[[bytes], _Size | None]] = {
    "image/png": _png,
    "image/webp": _webp,
    "image/jpeg": _jpeg,
    SVG: _svg,
}
