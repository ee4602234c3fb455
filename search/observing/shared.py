"""What the processes that serve one site share, made before they part."""

from __future__ import annotations

import logging

from msgspec import Struct, field

from search.access.counters import SharedCounters
from search.observing.folder import Folder

logger = logging.getLogger(__name__)


def _folder() -> Folder | None:
    try:
        return Folder.make()
    except OSError as error:
        logger.warning(
            "figures of /metrics are those of one worker: no folder for temporary files: %s", error
        )
        return None


class Shared(Struct, frozen=True):
    """For the process that minds workers, and for these.

    :param counters: of requests.
    :param folder: of figures; ``None`` where there is no place for one.
    """

    counters: SharedCounters = field(default_factory=SharedCounters)
    folder: Folder | None = field(default_factory=_folder)

    def remove(self) -> None:
        """Leave nothing behind."""
        if self.folder:
            self.folder.remove()
