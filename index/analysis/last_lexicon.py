"""The lexicon as it could last be read, for a server that goes on while its owner edits the file."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from index.analysis.lexicon import Lexicon, LexiconError
from index.analysis.lexicon_files import load_lexicon
from index.settings import Settings

_Signature = tuple[int, ...] | None


class LastLexicon:
    """Ours with the owner's over it. While the owner's file cannot be read, as it was before.

    A process that is forked goes on with what its parent could read.

    :param settings: name the owner's file.
    """

    def __init__(self, settings: Settings) -> None:
        self.problem = ""
        """Why the file cannot be read; ``""`` if it can, as far as :meth:`look` knows."""
        self._lexicon: Lexicon | None = None
        self._seen: _Signature = None
        self._error: LexiconError | None = None
        self.follow(settings)

    def follow(self, settings: Settings) -> None:
        """From now on read the file that these settings name."""
        name = settings.text("lexicon")
        self._path = Path(name) if name else None
        self._seen = None

    def look(self) -> None:
        """Read the file, unless it is as it was when it was last read."""
        seen = _signature(self._path)
        if seen is not None and seen == self._seen:
            return
        self._seen = seen
        try:
            self._lexicon, self._error = load_lexicon(self._path), None
        except LexiconError as error:
            self._error = error
        self.problem = str(self._error or "")

    def get(self) -> Lexicon:
        """The lexicon in force.

        :raises LexiconError: if the owner's file cannot be read and never could.
        """
        self.look()
        if self._lexicon is None:
            assert self._error is not None
            raise self._error
        return self._lexicon


def _signature(path: Path | None) -> _Signature:
    """What changes when somebody writes to a file; ``None`` if that cannot be told."""
    if path is None:
        return ()
    with suppress(OSError):
        status = path.stat()
        return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns
    return None
