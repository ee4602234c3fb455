"""Durable files: after a crash there is the old content or the new one, and damage is taken for neither."""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from pathlib import Path

from index.messages import _

_MARK = "#crc32 "


def replace_file(path: Path, text: str, secret: bool = False) -> None:
    """Write a file in one step that lasts.

    :param secret: whether it is for its owner alone; who may read one that is there already stays as it is.
    :raises OSError: if it cannot be written; the old content stands.
    """
    replace_bytes(path, text.encode(), secret)


def replace_bytes(path: Path, content: bytes, secret: bool = False) -> None:
    """Like :func:`replace_file`, of any content."""
    beside = path.with_name(path.name + ".new")
    with open(beside, "wb", opener=_open_secret if secret else None) as file:
        if secret:
            _keep_readers(path, file.fileno())
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)
    _sync(path.parent)


def _open_secret(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _keep_readers(path: Path, descriptor: int) -> None:
    """Give a new file the group and the permissions of the one that it replaces."""
    os.fchmod(descriptor, 0o600)  # also where a killed run left it with others
    with suppress(OSError):
        before = path.stat()
        os.fchown(descriptor, -1, before.st_gid)
        os.fchmod(descriptor, before.st_mode & 0o777)


def replace_checked(path: Path, text: str, secret: bool = False) -> None:
    """Like :func:`replace_file`, with a last line that :func:`read_checked` compares with the text.

    :param text: ends with a line break.
    """
    replace_bytes(path, checked(text), secret)


def read_checked(path: Path) -> str:
    """The text that :func:`replace_checked` wrote.

    :raises OSError: if it cannot be read.
    :raises ValueError: if anything of it has changed since.
    """
    return unchecked(path.read_bytes())


def checked(text: str) -> bytes:
    """A text with the last line that :func:`unchecked` compares with it.

    :param text: ends with a line break.
    """
    content = text.encode()
    return b"%s%s%08x\n" % (content, _MARK.encode(), zlib.crc32(content))


def unchecked(content: bytes) -> str:
    """The text that :func:`checked` was given.

    :raises ValueError: if anything of it has changed since.
    """
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
