"""LessonFile: what an archive's texts taught, kept with the index so that they need not teach it again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from index.analysis.analyzer import VERSION
from index.analysis.learning import Learner
from index.settings import Settings
from index.sources.base import Skip
from index.sources.signatures import Signer
from index.sources.walk import list_inputs

LESSONS = "lessons.json"


class LessonFile:
    """One file of what a learner counted.

    Nothing depends on it but time: one that is lost, damaged or of another archive counts as none.

    :param path: the file.
    :param key: of the archive that taught it, see :func:`archive_key`; with ``None`` nothing is kept.
    """

    def __init__(self, path: Path, key: str | None) -> None:
        self._path = path
        self._key = key

    def read(self) -> Learner | None:
        """What was counted, ``None`` if it is not known."""
        if self._key is None:
            return None
        try:
            key, _, content = self._path.read_bytes().partition(b"\n")
            return Learner.from_json(content) if key == self._key.encode() else None
        except (OSError, ValueError):
            return None

    def write(self, learner: Learner) -> None:
        """Keep what was counted.

        :raises OSError: if the file cannot be written.
        """
        if self._key is not None:
            self._path.write_bytes(self._key.encode() + b"\n" + learner.to_json())


def archive_key(settings: Settings, sources: Sequence[str]) -> str | None:
    """Changes whenever the texts of an archive may change, or how they are learned from.

    Every input is read once for it, which takes a hundredth of the time that learning does.

    :returns: ``None`` if some input cannot be read now, so that what is learned may not be all.
    :raises SourceMissingError: if a source does not exist.
    """
    digest = hashlib.blake2b(str(VERSION).encode(), digest_size=16)
    signer = Signer(settings)
    for listed in list_inputs(sources, settings):
        if isinstance(listed, Skip):
            return None
        try:
            digest.update(signer.sign(listed).key)
        except OSError:
            return None
    return digest.hexdigest()
