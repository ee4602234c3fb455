"""Signatures: whether a file is still what it was, and whether reading it would yield the same."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from importlib import metadata

from msgspec import Struct

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile
from index.sources.beside import state_beside
from index.sources.databases.buckets import digest_of_part, size_of_part
from index.sources.version import parsers_fingerprint

_BLOCK = 1 << 20
_LIBRARIES = ("ftfy", "lxml", "mammoth", "pypdfium2", "trafilatura", "warcio")
_NUMBERS = ("max_input_mb", "max_archive_mb", "max_article_kb", "future_days")


class Signature(Struct, frozen=True):
    """A file's content and state at the moment it was hashed.

    :param key: digest of its bytes, its name, and everything else that decides what reading it yields.
    :param state: device, inode, size and times, to notice a change while it is being read.
    :param size: in bytes.
    """

    key: bytes
    state: tuple[int, ...]
    size: int


class Signer:
    """Makes signatures under one set of parsers and settings."""

    def __init__(self, settings: Settings) -> None:
        context = [
            parsers_fingerprint(),
            *(metadata.version(library) for library in _LIBRARIES),
            *(str(settings.number(name)) for name in _NUMBERS),
            json.dumps(
                {name: described["fields"] for name, described in settings.tables("databases").items()}
            ),
            json.dumps(settings.tables("fields")),
            settings.text("language"),  # of the reasons why something is skipped
        ]
        self._context = "\0".join(context).encode()

    def sign(self, input: InputFile) -> Signature:
        """Hash a file.

        :raises OSError: if it cannot be read.
        """
        digest = hashlib.blake2b(self._context, digest_size=16)
        digest.update(b"\0" + input.origin.encode("utf-8", "surrogateescape") + b"\0")
        if input.part is not None:
            digest.update(digest_of_part(input.path, input.part))
            return Signature(digest.digest(), _state(os.stat(input.path)), size_of(input))
        digest.update(state_beside(input))
        # Not blocking: a named pipe put in the file's place would be waited for.
        descriptor = os.open(input.path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
        with open(descriptor, "rb", buffering=0) as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.EINVAL, _("bukan berkas biasa"))
            state = _state(status)
            while block := file.read(_BLOCK):
                digest.update(block)
        return Signature(digest.digest(), state, state[2])


def size_of(input: InputFile) -> int:
    """Bytes that an input takes.

    :raises OSError: if it cannot be looked at.
    """
    if input.part is not None:
        return size_of_part(input.path, input.part)
    return os.stat(input.path).st_size


def is_unchanged(input: InputFile, signature: Signature) -> bool:
    """Whether the file is still as it was when it was hashed."""
    try:
        return _state(os.stat(input.path)) == signature.state
    except OSError:
        return False


def _state(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
