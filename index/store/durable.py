"""Durable files: after a crash there is the old content or the new one, and damage is taken for neither."""

from __future__ import annotations

import os
import zlib
from pathlib import Path

from index.messages import _

_MARK = "#crc32 "


def replace_file(path: Path, text: str) -> None:
    """Write a file in one step that lasts.

    :raises OSError: if it cannot be written; the old content stands.
    """
    beside = path.with_name(path.name + ".new")
    with open(beside, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    _sync(path.parent)


def replace_checked(path: Path, text: str) -> None:
    """Like :func:`replace_file`, with a last line that :func:`read_checked` compares with the text.

    :param text: ends with a line break.
    """
    replace_file(path, f"{text}{_MARK}{zlib.crc32(text.encode()):08x}\n")


def read_checked(path: Path) -> str:
    """The text that :func:`replace_checked` wrote.

    :raises OSError: if it cannot be read.
    :raises ValueError: if anything of it has changed since.
    """
    content = path.read_bytes()
    end = content.rfind(_MARK.encode())
    if end < 0 or content[end:] != b"%s%08x\n" % (_MARK.encode(), zlib.crc32(content[:end])):
        raise ValueError(_("jumlah periksanya tidak ada atau salah"))
    return content[:end].decode()


def sync_tree(directory: Path) -> None:
    """Make everything below a folder, and its own name, last."""
    for folder, _folders, files in os.walk(directory):
        for name in files:
            _sync(Path(folder) / name)
        _sync(Path(folder))
    _sync(directory.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
