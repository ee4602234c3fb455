"""Making: a new generation beside the live one, which a run that is killed may leave to the next one."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import sys
from collections.abc import Iterator
from importlib import metadata

from index.analysis.furniture import Furniture
from index.analysis.learned import LearnedWords
from index.analysis.sound import Names
from index.engines.base import EngineError, Location, Writer
from index.engines.registry import is_remote
from index.messages import _, number
from index.reindex.articles import Article
from index.reindex.job import Job
from index.reindex.ledger import Ledger
from index.reindex.workers import WorkerDiedError
from index.store.checksums import FileStates, note_checksums, verify
from index.store.fingerprint import current_fingerprint

KEPT_EVERY = 20_000
"""Articles after which what was written is kept: about as many as stand in one segment anyway."""

_log = logging.getLogger(__name__)


class Making:
    """A generation that is being made.

    :param key: changes with everything that it is made of; ``None`` if nothing is to outlast a killed run.
    :param written: (id, content hash) of what an earlier run has written of it.
    """

    def __init__(self, job: Job, location: Location, key: str | None, written: Ledger) -> None:
        self._job = job
        self.location = location
        self._key = key
        self._written = written
        self._states: FileStates | None = None
        self._lately = 0

    def has(self, article: Article) -> bool:
        """Whether an earlier run has written an article."""
        known = self._written.known(article.id)
        return known is not None and known.indexed == article.content_hash

    def wrote(self, articles: int, writer: Writer) -> None:
        """Articles were written. Now and then they are made to outlast this run.

        :raises EngineError, OSError: if that fails.
        """
        self._lately += articles
        if self._key is None or self._lately < KEPT_EVERY:
            return
        self._lately = 0
        if writer.keep():  # first the engine's files, then what they have to be, then of what they are made
            self._states = note_checksums(self.location.directory.parent, self._states)
            self._job.unfinished.note(self.location.name, self._key)


@contextlib.contextmanager
def making(job: Job, key: str | None) -> Iterator[Making]:
    """A generation that is not served yet: that of a killed run, if it has the key, or a new one.

    It is removed again if the block raises before it is published, unless another run can go on with it.
    """
    made, written = _taken_over(job, key) if key is not None else (None, Ledger())
    with contextlib.closing(written):
        if made is None and (left := job.unfinished.generation()) and job.generations.unfinished(left):
            job.generations.remove(left)
        location = made or job.generations.create(job.engine.name)
        try:
            if made is None:
                job.engine.create(location)
            yield Making(job, location, key, written)
        except (KeyboardInterrupt, WorkerDiedError):
            if job.unfinished.generation(key or "") != location.name:
                job.generations.discard(location)
            raise
        except BaseException:
            job.generations.discard(location)
            raise


def _taken_over(job: Job, key: str) -> tuple[Location | None, Ledger]:
    """What a killed run has made, if it is whole and of the same, and what stands in it."""
    location = job.generations.unfinished(job.unfinished.generation(key))
    if location is None:
        return None, Ledger()
    try:
        verify(location.directory.parent)
        with contextlib.closing(job.engine.open_reader(location)) as reader:
            count, written = reader.count(), Ledger(reader.hashes())
    except (EngineError, OSError) as error:
        _log.warning("%s is made from the beginning: %s", location.name, error)
        return None, Ledger()
    job.progress.note(
        _("Melanjutkan reindex yang terputus: {articles} artikel sudah ditulis", articles=number(count))
    )
    return location, written


def parts_key(job: Job, archive: str | None) -> str | None:
    """Changes with everything that decides what is read and learned, whatever the engine.

    :param archive: changes with the archive; ``None`` if it cannot be told.
    """
    if archive is None:
        return None
    fingerprint = current_fingerprint(job.engine, job.base, job.settings)
    del fingerprint["engine"]
    return _digest(metadata.version("telusur"), sys.version, archive, sorted(fingerprint.items()))


def making_key(
    job: Job,
    live: str,
    archive: str | None,
    learned: LearnedWords,
    furniture: Furniture,
    names: Names,
) -> str | None:
    """Changes with everything that a generation is made of, and with what it takes the place of.

    :param live: identity of the generation that it takes the place of, if there is one.
    :param archive: see :func:`parts_key`.
    :returns: ``None`` if nothing of it is to outlast a killed run: a remote engine keeps nothing.
    """
    parts = parts_key(job, archive)
    if parts is None or is_remote(job.engine.name):
        return None
    engine = current_fingerprint(job.engine, job.base, job.settings)["engine"]
    return _digest(parts, live, engine, learned.to_json(), furniture.to_json(), names.text)


def _digest(*made_of: object) -> str:
    return hashlib.blake2b(repr(made_of).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
