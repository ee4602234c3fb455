"""Reads tar archives, compressed or not: each file in them as if it lay in a folder of the archive's name."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO, cast

from index.documents import Document
from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Piece, Skip, UnreadableError
from index.sources.files import DamagedError, open_input, unpacked
from index.sources.members import ExhaustedError, Members, TooManyError
from index.sources.zips import MOST_MEMBERS

_METHODS = {".tgz": "gzip", "xz": "xz", "bz2": "bzip2"}  # .gz is known to open_input


def read_tar(input: InputFile, settings: Settings) -> Iterator[Document | Skip | Piece]:
    """What each member yields, in the order of the archive, which is read once from start to end."""
    members = Members(input, settings)
    with ExitStack() as stack:
        file = stack.enter_context(open_input(input.path))
        try:
            archive = stack.enter_context(
                tarfile.open(fileobj=_unpacked(input, file), mode="r|", tarinfo=_Entry)
            )
            count = 0
            while entry := archive.next():
                archive.members.clear()  # type: ignore[attr-defined]  # else it remembers every one
                count += 1
                if count > MOST_MEMBERS:
                    raise TooManyError
                yield from _read(archive, entry, members)
        except ExhaustedError as error:
            yield Skip(input.origin, str(error))
        except DamagedError as error:
            yield Skip(input.origin, _("{error}; sisa berkas tidak dibaca", error=error))
        except (tarfile.TarError, ValueError, OverflowError) as error:
            raise UnreadableError(_("bukan arsip tar yang utuh: {error}", error=error)) from error


class _Entry(tarfile.TarInfo):
    """One entry; the library takes a damaged or cut one behind the first for the end of the archive."""

    @classmethod
    def fromtarfile(cls, tarfile_: tarfile.TarFile) -> _Entry:
        try:
            return super().fromtarfile(tarfile_)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
            raise DamagedError(_("data tar rusak: {error}", error=error)) from error


def _read(
    archive: tarfile.TarFile, entry: tarfile.TarInfo, members: Members
) -> Iterator[Document | Skip | Piece]:
    if entry.issym() or entry.islnk():
        if not members.passes_over(entry.name):
            yield Skip(members.label(entry.name), _("berupa tautan di dalam arsip; tidak diikuti"))
        return
    content = archive.extractfile(entry) if entry.isreg() else None
    if content is not None:
        yield from members.read(entry.name, cast(BinaryIO, content), float(entry.mtime))


def _unpacked(input: InputFile, file: BinaryIO) -> BinaryIO:
    """The bytes of the archive itself."""
    name = input.path.name.lower()
    method = next((method for ends, method in _METHODS.items() if name.endswith(ends)), None)
    return unpacked(file, method) if method else file
