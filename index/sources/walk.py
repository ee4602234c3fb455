"""Walks the sources in a stable order and says which files there are to read."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from index.messages import _
from index.settings import Settings
from index.sources.base import InputFile, Skip, SourceMissingError, Unread, printable, reason_of
from index.sources.names import is_passed_over, why_of_no_kind
from index.sources.registry import ending_of

_MAX_DEPTH = 100

_FileKey = tuple[int, int]


def list_inputs(paths: Sequence[str | Path], settings: Settings) -> Iterator[InputFile | Skip]:
    """Every file to read, in the order of ``paths`` and by name inside each folder.

    Hidden files, editors' backups, README files and the pictures, scripts and styles of saved pages are
    passed over without a word, and so is the index folder; a file of any other unknown kind is reported, and
    so is a link that leaves ``paths``, unless ``follow_links`` says to follow it. A file or folder named more
    than once counts once.

    :param paths: folders and files.
    :raises SourceMissingError: before anything is listed, if one of ``paths`` does not exist.
    """
    roots = [Path(path) for path in paths]
    for root in roots:
        if not os.path.lexists(root):
            raise SourceMissingError(
                _(
                    "{path}: tidak ada folder atau berkas dengan nama itu; sebutkan yang ada, "
                    "atau tulis di pengaturan `sources` (TELUSUR_SOURCES)",
                    path=printable(root),
                )
            )
    bounds = [os.sep] if settings.flag("follow_links") else map(os.path.realpath, roots)
    return _Walk(Path(settings.text("index")), bounds).roots(roots)


class _Walk:
    """One walk: remembers what it has seen.

    :param bounds: real paths that links may not leave.
    """

    def __init__(self, index: Path, bounds: Iterable[str]) -> None:
        self._bounds = tuple(os.path.join(bound, "") for bound in bounds)
        self._folders: dict[_FileKey, str] = {}
        with suppress(OSError):
            status = index.stat()
            self._folders[status.st_dev, status.st_ino] = printable(index)
        self._files: set[_FileKey] = set()
        self._labels: set[str] = set()

    def roots(self, roots: Sequence[Path]) -> Iterator[InputFile | Skip]:
        # Files named one by one are few; knowing them all beforehand keeps a folder from listing them again.
        for root in roots:
            label = self._label(root)
            try:
                status = root.stat()
            except OSError as error:
                yield Unread(label, _link_reason(error))
                continue
            if stat.S_ISDIR(status.st_mode):
                yield from self._folder(root, label, root, status, ())
            elif (status.st_dev, status.st_ino) not in self._files and not self._inside_seen_folder(root):
                self._files.add((status.st_dev, status.st_ino))
                yield _classify(root, label, root, status, named_by_owner=True)

    def _label(self, root: Path) -> str:
        """The name of a source, with as many parent names as tell it from the others."""
        absolute = Path(os.path.abspath(root))
        parts = [part for part in absolute.parts if part != absolute.anchor] or ["root"]
        for count in range(1, len(parts) + 1):
            label = printable("/".join(parts[-count:]))
            if label not in self._labels:
                break
        self._labels.add(label)
        return label

    def _inside_seen_folder(self, file: Path) -> bool:
        """Whether a folder that was listed already holds this file by its real path."""
        try:
            status = Path(os.path.realpath(file)).parent.stat()
        except OSError:
            return False
        return (status.st_dev, status.st_ino) in self._folders and not os.path.islink(file)

    def _folder(
        self, folder: Path, label: str, root: Path, status: os.stat_result, above: tuple[_FileKey, ...]
    ) -> Iterator[InputFile | Skip]:
        key = (status.st_dev, status.st_ino)
        if key in above:
            yield Skip(label, _("tautan simbolik berputar: kembali ke {path}", path=self._folders[key]))
            return
        if key in self._folders:
            if folder.is_symlink():
                same = self._folders[key]
                yield Skip(label, _("folder yang sama dengan {path}, yang sudah dibaca", path=same))
            return
        if len(above) >= _MAX_DEPTH:
            yield Skip(label, _("folder bersarang lebih dari {limit} tingkat", limit=_MAX_DEPTH))
            return
        self._folders[key] = label
        try:
            names = sorted(os.listdir(folder), key=os.fsencode)
        except OSError as error:
            yield Unread(label, reason_of(error))
            return
        for name in names:
            if name.startswith("."):
                continue
            path, inner = folder / name, f"{label}/{printable(name)}"
            try:
                inner_status = path.lstat()
                if stat.S_ISLNK(inner_status.st_mode):
                    if outside := self._outside(path):
                        if not is_passed_over(name):
                            yield Skip(inner, outside)
                        continue
                    inner_status = path.stat()
            except OSError as error:
                if not is_passed_over(name):
                    kind = Unread if os.path.lexists(path) else Skip
                    yield kind(inner, _link_reason(error))
                continue
            if stat.S_ISDIR(inner_status.st_mode):
                yield from self._folder(path, inner, root, inner_status, (*above, key))
            elif not is_passed_over(name) and (
                not self._files or (inner_status.st_dev, inner_status.st_ino) not in self._files
            ):
                yield _classify(path, inner, root, inner_status)

    def _outside(self, link: Path) -> str | None:
        """Why a link is not followed, ``None`` if it is."""
        target = os.path.realpath(link)
        if os.path.join(target, "").startswith(self._bounds):
            return None
        target = printable(target)
        return _("tautan ke luar sumber ({target}) tidak diikuti (pengaturan follow_links)", target=target)


def _classify(
    path: Path, label: str, root: Path, status: os.stat_result, named_by_owner: bool = False
) -> InputFile | Skip:
    if not stat.S_ISREG(status.st_mode):
        return Skip(label, _("berupa {kind}, bukan berkas", kind=_kind(status.st_mode)))
    if ending_of(path.name) is None:
        return Skip(label, why_of_no_kind(path.name))
    return InputFile(path, label, root)


def _kind(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return _("pipa bernama")
    if stat.S_ISSOCK(mode):
        return _("soket")
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        return _("perangkat")
    return _("sesuatu yang lain")


def _link_reason(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return _("tautan simbolik berputar: menuju dirinya sendiri")
    if isinstance(error, FileNotFoundError):
        return _("hilang, atau tautan yang tidak menuju apa pun")
    return reason_of(error)
