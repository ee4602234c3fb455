"""watch: runs again whenever the sources have changed and come to rest."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from index.config.databases import PREFIX
from index.settings import Settings
from index.sources.base import Skip, SourceMissingError
from index.sources.walk import list_inputs

PAUSE = 1.0
"""Seconds between two looks at the sources, and for which they must be at rest before a run."""
LONGEST_PAUSE = 60.0
DATABASE_PAUSE = 300.0
"""Seconds after which databases among the sources are asked again."""
_SHARE = 20


def watch(
    settings: Settings,
    sources: Sequence[str],
    run: Callable[[], bool],
    *,
    pause: float = PAUSE,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Run now, and then after every change of the sources or the lexicon, until interrupted.

    The sources are looked at file by file (size and time of change), because notices of the kernel do not
    reach network folders and miss what happens while nobody listens. A failed run is tried again, at growing
    intervals or at the next change.

    :param run: one run; returns whether it succeeded, and does not raise for what may pass.
    :param pause: seconds between two looks.
    :param sleep: waits; whatever it raises ends the watch.
    """
    done: str | None = None
    retry_at, retry_pause = 0.0, pause
    seen = _snapshot(settings, sources)
    while True:
        looked = time.monotonic()
        now = _snapshot(settings, sources)
        cost = time.monotonic() - looked
        settled, seen = now == seen, now
        if settled and now != done and looked >= retry_at:
            succeeded = run()
            done = now if succeeded else None
            retry_pause = pause if succeeded else min(2 * retry_pause, LONGEST_PAUSE)
            retry_at = 0.0 if succeeded else time.monotonic() + retry_pause
        elif not settled:
            retry_at = 0.0
        # A large archive is not looked at so often that looking becomes the work.
        sleep(max(pause, _SHARE * cost))


def _snapshot(settings: Settings, sources: Sequence[str]) -> str:
    """A digest of names, sizes and times of everything that a run would read."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        paths = [source for source in sources if not source.startswith(PREFIX)]
        if len(paths) < len(sources):
            # Databases tell nobody that they have changed; they are asked again and again.
            digest.update(str(int(time.time() // DATABASE_PAUSE)).encode())
        for listed in list_inputs(paths, settings):
            if isinstance(listed, Skip):
                digest.update(f"{listed.source}\0{listed.reason}\n".encode("utf-8", "surrogateescape"))
            else:
                digest.update(f"{listed.origin}\0{_state(listed.path)}\n".encode("utf-8", "surrogateescape"))
    except SourceMissingError as error:
        digest.update(str(error).encode("utf-8", "surrogateescape"))
    if own := settings.text("lexicon"):
        digest.update(_state(Path(own)).encode())
    return digest.hexdigest()


def _state(path: Path) -> str:
    try:
        status = os.stat(path)
    except OSError as error:
        return str(error.errno)
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ino}"
