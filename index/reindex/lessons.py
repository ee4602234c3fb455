"""Lessons: what an archive's texts taught, kept with the index so that they need not teach it again."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.analysis.analyzer import VERSION
from index.analysis.learning import Learner
from index.reindex.job import Job
from index.sources.base import Skip
from index.sources.signatures import Signer
from index.sources.walk import list_inputs
from index.store.kept import KeptFile


def lesson_file(folder: Path, key: str) -> KeptFile[Learner]:
    """What a learner counted over a whole archive.

    :param folder: of the generation that was made of it.
    :param key: see :func:`archive_key`.
    """
    return KeptFile(folder / "lessons.json", key, Learner.to_json, Learner.from_json)


def archive_key(job: Job) -> str | None:
    """Changes whenever the texts of an archive may change, or how they are learned from.

    Every input is read once for it, which takes a hundredth of the time that learning does.

    :returns: ``None`` if some input cannot be read now, so that what is learned may not be all.
    :raises SourceMissingError: if a source does not exist.
    """
    digest = hashlib.blake2b(str(VERSION).encode(), digest_size=16)
    signer = Signer(job.settings)
    for listed in list_inputs(job.sources.paths, job.settings):
        if isinstance(listed, Skip):
            return None
        try:
            digest.update(signer.sign(listed).key)
        except OSError:
            return None
    return digest.hexdigest()
