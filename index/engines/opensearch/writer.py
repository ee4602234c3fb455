"""The writer: one transaction, which writes the next version of an index and puts it in force."""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from index.engines.base import EngineError, Location, Refused
from index.engines.opensearch.bulk import Bulk, Change
from index.engines.opensearch.cached import NAME, statistics_of
from index.engines.opensearch.files import Files
from index.engines.opensearch.prepare import PreparedDocument
from index.engines.opensearch.schema import key_of, similarities
from index.engines.opensearch.statistics import Counting
from index.engines.opensearch.versions import SECONDS, Version, Versions
from index.engines.seen import SeenIds
from index.messages import _

_LOCK = "writing.lock"
_MERGE_SECONDS = 6 * 3600.0
_log = logging.getLogger(__name__)


class OpenSearchWriter:
    """See :class:`index.engines.base.Writer`.

    Writers of one machine exclude each other by a lock on a file of the location, which ends with the
    process; those of several do by the lock of the archive.
    """

    def __init__(self, location: Location) -> None:
        self._versions = versions = Versions(location)
        self._files = Files(versions.client, versions.replicas)
        base = versions.committed()
        self._lock: int | None = _locked(location.directory, versions.alias)
        try:
            self._base = base = versions.committed()
            # What a run that was killed has left; older ones go with the commit.
            for leftover in versions.every():
                if leftover.number > base.number:
                    self._drop(leftover)
            before = statistics_of(base, self._files, location.directory)
            self._counting = Counting(before)
            self._version: Version | None = versions.next(base)
            self._bulk = Bulk(versions.client, versions.writing, self._counting, not base.number)
            self._added = SeenIds()
        except BaseException:
            self._unlock()
            raise

    @property
    def refused(self) -> Sequence[Refused]:
        """Documents that OpenSearch did not take."""
        return self._bulk.refused

    def add(self, prepared: Iterable[PreparedDocument]) -> None:
        """Add documents, replacing those with the same ids."""
        self._open_version()
        for key, json, counted in prepared:
            self._put(key, Change(json, counted))

    def delete(self, ids: Iterable[str]) -> None:
        """Remove documents."""
        self._open_version()
        for key in map(key_of, ids):
            self._put(key, Change(None, b""))

    def commit(self, *, merge: bool = False) -> None:
        """Publish.

        :param merge: into one segment for each shard.
        """
        version = self._open_version()
        versions = self._versions
        try:
            self._bulk.finish()
            if merge:
                versions.client.insist(
                    "POST",
                    f"/{version.name}/_forcemerge",
                    params={"max_num_segments": 1},
                    seconds=_MERGE_SECONDS,
                )
            with ThreadPoolExecutor(1) as beside:
                # The cluster takes a second or more to have it searched; the statistics take us as long.
                served = beside.submit(versions.serve, version, similarities(self._counting.averages()))
                statistics = self._counting.statistics()
                self._files.write(version.owner, {NAME: b"".join(statistics.dump())})
                served.result()
            self._compare(version, statistics.documents)
        except BaseException:
            self.rollback()
            raise
        self._version = None
        try:
            versions.publish(self._base, version)
        except BaseException:
            self._end()  # it may be in force, whatever was answered; if not, the next transaction removes it
            raise
        try:
            for old in versions.outdated(version):
                self._drop(old)
        except EngineError as error:  # the commit stands; the next one removes them
            _log.warning("old versions of %s were not removed: %s", versions.alias, error)
        self._end()

    def keep(self) -> bool:
        """Nothing is kept: what a run that was killed has sent is removed by the next one."""
        return False

    def rollback(self) -> None:
        """Drop everything."""
        version, self._version = self._version, None
        try:
            if version is not None:
                self._bulk.close()
                self._drop(version)
        except EngineError as error:  # the next transaction removes it; what went wrong before is to be told
            _log.warning("%s was not removed: %s", version, error)
        finally:
            self._end()

    def _put(self, key: str, change: Change) -> None:
        self._bulk.put(key, change, key in self._added)
        self._added.add(key)

    def _compare(self, version: Version, documents: int) -> None:
        found = self._versions.client.insist("GET", f"/{version.name}/_count", seconds=SECONDS)
        if found["count"] != documents or found["_shards"]["successful"] != found["_shards"]["total"]:
            raise EngineError(
                _(
                    "indeks baru di OpenSearch memuat {found} artikel, bukan {expected}; sebuah simpul "
                    "mungkin mati sewaktu ditulis. Indeks lama tetap dipakai; jalankan `reindex` lagi",
                    found=found["count"],
                    expected=documents,
                )
            )

    def _drop(self, version: Version) -> None:
        self._versions.drop(version)
        self._files.remove(version.owner)

    def _open_version(self) -> Version:
        if self._version is None:
            raise EngineError(_("transaksi ini sudah berakhir; buka penulis yang baru"))
        return self._version

    def _end(self) -> None:
        self._bulk.close()
        self._unlock()

    def _unlock(self) -> None:
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock)


def _locked(directory: Path, name: str) -> int:
    """An open file with a lock.

    :raises EngineError: if another writer has it.
    """
    directory.mkdir(parents=True, exist_ok=True)
    lock = os.open(directory / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(lock)
        raise EngineError(
            _("indeks {name} di OpenSearch sedang ditulis oleh proses lain; tunggu sampai selesai", name=name)
        ) from error
    except OSError as error:  # some network file systems have no locks; the archive has its own
        _log.warning("%s cannot be locked: %s", directory / _LOCK, error)
    return lock
