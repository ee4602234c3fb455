"""Checksums: what the engine's files have to be, so that damage shows before anybody is answered with it.

::

    <generation>/checksums.json     size and CRC-32 of each file below data/, as the last run left it

A run opens the list before it changes a file and seals it behind its commit. What lies in between was written
by a run that is at work or was killed; the engine knows what of it counts, and the next run seals it. Files
that a remote engine keeps are its own to verify.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from index.engines.base import IndexBrokenError
from index.messages import _, system_reason
from index.store.durable import read_checked, replace_checked
from index.store.generation import Generation
from index.store.names import DATA, FURNITURE, LANGUAGE, META, NAMES

CHECKSUMS = "checksums.json"
CHECKED = (META, LANGUAGE, FURNITURE, NAMES)
"""Files of a generation that hold a checksum of their own."""

_BLOCK = 1 << 20

_State = tuple[int, int, int]
FileStates = dict[str, _State]
"""Path below ``data/`` -> what changes with the file: its inode, size and time of change."""


class Checksums(Struct, frozen=True):
    """A list of files.

    :param files: path below ``data/`` -> (bytes, CRC-32).
    :param opened: since when a run may have changed them (nanoseconds since 1970, by the clock of files);
        ``None`` if they are at rest.
    """

    files: Mapping[str, tuple[int, int]]
    opened: int | None = None


class UnverifiableError(IndexBrokenError):
    """Nothing says what the files have to be. They may be whole."""


def open_checksums(directory: Path) -> FileStates:
    """Note that the files of a generation are about to be changed.

    :param directory: of the generation. Its files were verified just now.
    :returns: how they are now, for :func:`seal_checksums`.
    :raises UnverifiableError: if the list cannot be read.
    :raises OSError: if it cannot be written.
    """
    states = dict(_states(directory))
    newest = max([changed for _, _, changed in states.values()], default=0)
    _write(directory, Checksums(_read(directory).files, newest))
    return states


def seal_checksums(directory: Path, before: FileStates | None = None) -> None:
    """Note what the files of a generation are now that nobody changes them.

    :param before: what :func:`open_checksums` gave: what has not changed since is not read again.
    :raises OSError: if a file cannot be read or the list cannot be written.
    """
    known = _read(directory).files if before else {}
    files = {}
    for name, state in _states(directory):
        same = name in known and before is not None and before.get(name) == state
        files[name] = known[name] if same else _sum(directory / DATA / name)
    _write(directory, Checksums(files))


def note_checksums(directory: Path, before: FileStates | None = None) -> FileStates:
    """Note what the files of a generation are while a run is at work on it: what it changes from now on is
    passed over by :func:`verify`.

    :param before: what this gave the last time: what has not changed since is not read again.
    :returns: how they are now.
    :raises OSError: if a file cannot be read or the list cannot be written.
    """
    seal_checksums(directory, before)
    return open_checksums(directory)


def is_sealed(directory: Path) -> bool:
    """Whether the list says what every file has to be.

    :raises UnverifiableError: if it cannot be read.
    """
    return _read(directory).opened is None


def verify(directory: Path, verified: FileStates | None = None) -> None:
    """Read every file that can change an answer of a generation, and compare it with what it has to be.

    Files that change, come or go meanwhile, because a run is at work, are passed over.

    :param verified: files to be read again only if they have changed; those that were read are added.
    :raises IndexBrokenError: if one is damaged; it is named.
    :raises UnverifiableError: if the list cannot be read.
    """
    for name in CHECKED:
        try:
            read_checked(directory / name)
        except FileNotFoundError:
            continue  # who needs it will miss it
        except (OSError, ValueError) as error:
            raise _damaged(directory, name, str(error)) from error
    listed = _read(directory)
    verified = {} if verified is None else verified
    for name, expected in listed.files.items():
        found = _found_wrong(directory / DATA, name, expected, listed.opened, verified)
        if found and _read(directory) == listed:
            raise _damaged(directory, f"{DATA}/{name}", found)


def verify_generation(generation: Generation, verified: FileStates | None = None) -> None:
    """Like :func:`verify`, of a generation wherever it is kept."""
    if not generation.is_remote:
        verify(generation.directory, verified)


@contextmanager
def changing(generation: Generation) -> Iterator[None]:
    """Keep the list as the block changes files of a generation, of which all were verified just now.

    :raises UnverifiableError: if the list cannot be read.
    :raises OSError: if a file cannot be read or the list cannot be written.
    """
    if generation.is_remote:
        yield
        return
    before = open_checksums(generation.directory)
    yield
    seal_checksums(generation.directory, before)


def seal_if_open(generation: Generation) -> None:
    """Seal what a run that was killed has left open. Errors are those of :func:`changing`."""
    if not generation.is_remote and not is_sealed(generation.directory):
        seal_checksums(generation.directory)


def _damaged(directory: Path, name: str, found: str) -> IndexBrokenError:
    path = f"{directory.name}/{name}"
    return IndexBrokenError(_("{path}: {found}; jalankan `reindex`", path=path, found=found))


def _found_wrong(
    data: Path, name: str, expected: tuple[int, int], opened: int | None, verified: FileStates
) -> str | None:
    """What is wrong with a file, ``None`` if nothing is."""
    path, (size, checksum) = data / name, expected
    try:
        state = _state(path)
        if verified.get(name) == state or (opened is not None and state[2] >= opened):
            return None
        found = _sum(path)
    except FileNotFoundError:
        return _("hilang") if opened is None else None
    except OSError as error:
        return _("tidak dapat dibaca ({error})", error=system_reason(error))
    if found[0] != size:
        return _("panjangnya {found} bita, seharusnya {size}", found=found[0], size=size)
    if found[1] != checksum:
        return _("isinya berubah (jumlah periksanya salah)")
    verified[name] = state
    return None


def _state(path: Path) -> _State:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _states(directory: Path) -> Iterator[tuple[str, _State]]:
    """Every file below ``data/`` that holds anything, but locks and lists of temporary files."""
    data = directory / DATA
    for folder, _folders, names in os.walk(data):
        for name in sorted(names):
            path = Path(folder) / name
            state = _state(path)
            if state[1] and not name.startswith("."):
                yield str(path.relative_to(data)), state


def _sum(path: Path) -> tuple[int, int]:
    size = checksum = 0
    with open(path, "rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            size += len(block)
            checksum = zlib.crc32(block, checksum)
    return size, checksum


def _read(directory: Path) -> Checksums:
    path = directory / CHECKSUMS
    try:
        record = json.loads(read_checked(path))
        files = {str(name): (int(size), int(checksum)) for name, (size, checksum) in record["files"].items()}
        outside = [name for name in files if Path(name).is_absolute() or ".." in Path(name).parts]
        if outside:  # some of what the system keeps elsewhere never ends
            raise ValueError(f"{outside[0]!r} is outside of {DATA}")
        return Checksums(files, None if record["opened"] is None else int(record["opened"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnverifiableError(
            _("{path} tidak dapat dibaca ({error}); jalankan `reindex`", path=path, error=error)
        ) from error


def _write(directory: Path, checksums: Checksums) -> None:
    record = {"opened": checksums.opened, "files": checksums.files}
    replace_checked(directory / CHECKSUMS, json.dumps(record, indent=1) + "\n")
