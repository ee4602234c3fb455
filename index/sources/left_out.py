"""What a file holds that is no article for readers: counted by reason, told in one line for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from index.messages import _
from index.settings import Settings
from index.sources.base import Skip


class LeftOut:
    """Counts of one file: an export of a site holds more pictures and drafts than anybody reads one by one.

    :param origin: the file.
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._counts: Counter[str] = Counter()

    def add(self, why: str) -> None:
        """Count one that is left out.

        :param why: what it is, in the owner's words.
        """
        self._counts[why] += 1

    def skips(self) -> Iterator[Skip]:
        """One for each reason, in the order in which they were met."""
        for why, count in self._counts.items():
            yield Skip(self._origin, _("{count} butir tidak dibaca: {why}", count=count, why=why))


def too_large(origin: str, settings: Settings) -> Skip:
    """For an item that is longer than any article may be."""
    limit = settings.number("max_article_kb")
    reason = _(
        "teksnya lebih panjang dari {limit} KiB; batas satu artikel adalah pengaturan max_article_kb",
        limit=f"{limit:g}",
    )
    return Skip(origin, reason)
