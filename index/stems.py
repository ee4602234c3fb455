"""StemFile: the stems of an index's words, kept beside it so that the next rebuild need not work them out.

A file of the same kind keeps what the analyzer found in pieces of text, which is more and only of use to the
next rebuild.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import orjson

from index.analysis import Analyzer

STEMS = "stems.json"
PIECES = "pieces.json"


class StemFile:
    """One file of stems. Pickles.

    Nothing depends on it but time: one that is lost, damaged or of another language counts as empty.

    :param path: the file.
    :param key: of the analyzer whose stems they are, see :func:`stem_key`.
    """

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._key = key

    def read(self) -> dict[str, str]:
        """The stems by form."""
        try:
            key, stems = orjson.loads(self._path.read_bytes())
            if key == self._key:
                return {form: stem for form, stem in stems.items() if isinstance(stem, str) and stem}
        except (OSError, ValueError, TypeError, AttributeError):
            pass
        return {}

    def write(self, stems: dict[str, str]) -> None:
        """Write the stems whole.

        :raises OSError: if the file cannot be written.
        """
        unfinished = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        unfinished.write_bytes(orjson.dumps((self._key, stems)))
        unfinished.replace(self._path)

    def of_process(self) -> StemFile:
        """A file of this process alone beside this one, to be gathered by :meth:`gather`."""
        return StemFile(self._path.with_name(f"{self._path.name}-{os.getpid()}"), self._key)

    def gather(self) -> dict[str, str]:
        """The stems of every process, whose files are removed."""
        stems: dict[str, str] = {}
        for path in sorted(self._path.parent.glob(f"{self._path.name}-*")):
            stems.update(StemFile(path, self._key).read())
            path.unlink()
        return stems


def stem_key(base: Analyzer, analyzer: Analyzer) -> str:
    """Changes whenever a stem may change. Acronyms and synonyms of an archive change none, its names do.

    :param base: the analyzer before any archive.
    """
    names = json.dumps(sorted(analyzer.lexicon.names))
    return hashlib.blake2b(f"{base.fingerprint} {names}".encode(), digest_size=16).hexdigest()
