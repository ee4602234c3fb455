"""KeptFile: what took time to work out, kept beside an index so that the next run starts with it.

Stems, which searching uses too, and pieces of text are kept column by column, because so they are read
without looking at each.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

import orjson

STEMS = "stems.json"

_V = TypeVar("_V")
_Words = tuple[str, str] | None
"""Forms and stems of a piece of text, ``None`` if there are none."""


class KeptFile(Generic[_V]):
    """One value in a file. Pickles.

    Nothing depends on it but time: one that is lost, damaged or worked out from something else is none. Its
    first line is the key and the CRC-32 of the rest.

    :param path: the file.
    :param key: changes with everything that the value was worked out from.
    :param encode: value -> bytes.
    :param decode: its inverse; may raise :class:`ValueError`.
    """

    def __init__(
        self, path: Path, key: str, encode: Callable[[_V], bytes], decode: Callable[[bytes], _V]
    ) -> None:
        self.path = path
        self._key = key.encode()
        self._encode = encode
        self._decode = decode

    def read(self) -> _V | None:
        """The value, ``None`` if it is not known."""
        try:
            head, _, content = self.path.read_bytes().partition(b"\n")
            return self._decode(content) if head == self._head(content) else None
        except (OSError, ValueError):
            return None

    def write(self, value: _V) -> None:
        """Keep a value.

        :raises OSError: if it cannot be written.
        """
        unfinished = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        content = self._encode(value)
        unfinished.write_bytes(self._head(content) + b"\n" + content)
        unfinished.replace(self.path)

    def _head(self, content: bytes) -> bytes:
        return b"%s %08x" % (self._key, zlib.crc32(content))

    def at(self, path: Path) -> KeptFile[_V]:
        """The same in another file."""
        return KeptFile(path, self._key.decode(), self._encode, self._decode)


def stem_file(folder: Path, key: str) -> KeptFile[dict[str, str]]:
    """Form -> stem, of all words of a generation.

    :param folder: of the generation.
    :param key: see :func:`index.store.fingerprint.stem_key`.
    """
    return KeptFile(folder / STEMS, key, _encode_stems, _decode_stems)


def piece_file(folder: Path, key: str) -> KeptFile[dict[str, _Words]]:
    """Piece of text -> its forms and stems; like :func:`stem_file`, but more, and for rebuilding alone."""
    return KeptFile(folder / "pieces.json", key, _encode_pieces, _decode_pieces)


def _encode_stems(stems: dict[str, str]) -> bytes:
    return _encode(stems, stems.values())


def _decode_stems(content: bytes) -> dict[str, str]:
    forms, stems = _decode(content)
    if "" in stems:
        raise ValueError("a stem is empty")
    return dict(zip(forms, stems, strict=True))


def _encode_pieces(pieces: dict[str, _Words]) -> bytes:
    words = [found or ("", "") for found in pieces.values()]
    return _encode(pieces, (forms for forms, _ in words), (stems for _, stems in words))


def _decode_pieces(content: bytes) -> dict[str, _Words]:
    pieces, forms, stems = _decode(content)
    # Equal words share one string: most of the time is spent waiting for memory.
    words = zip(map(sys.intern, forms), map(sys.intern, stems), strict=True)
    return dict(zip(pieces, [found if found[0] else None for found in words], strict=True))


def _encode(*columns: Iterable[str]) -> bytes:
    return orjson.dumps(["\n".join(column) for column in columns])


def _decode(content: bytes) -> list[list[str]]:
    texts = orjson.loads(content)
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ValueError("not columns of text")
    return [text.split("\n") if text else [] for text in texts]
