"""Report: what one run of ``reindex`` did, as an object and as a summary to read."""

from __future__ import annotations

from collections import Counter
from typing import Any, Protocol

from msgspec import Struct, field

from index.analysis.furniture import NO_FURNITURE, Furniture
from index.documents import DAY_FROM
from index.engines.registry import DEFAULT_ENGINE
from index.messages import _, number
from index.reindex.articles import Article
from index.settings import Settings
from index.sources.base import Skip
from index.sources.fields.tables import Survey

SHOWN_SKIPS = 20
SHOWN_DAYS = 5
SHOWN_FURNITURE = 1000
"""Lines that ``reindex --json`` lists; ``telusur check --cut`` lists all."""


class Days:
    """Where the days of publication of a run's articles were found, and which were not taken.

    Articles of files that did not change are not read again, and not counted.
    """

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        """By :data:`index.documents.DAY_FROM`."""
        self.refused = 0
        """Values that stand for a day and were not taken."""
        self.examples: list[Skip] = []
        """The first of them."""

    def count(self, article: Article) -> None:
        """An article was found."""
        if article.day_from:
            self.counts[article.day_from] += 1
        if article.day_note:
            self.refused += 1
            if len(self.examples) < SHOWN_DAYS:
                self.examples.append(Skip(article.origin, article.day_note))

    def discount(self, article: Article) -> None:
        """An article that was counted was skipped after all."""
        if article.day_from:
            self.counts[article.day_from] -= 1

    def to_dict(self) -> dict[str, Any]:
        """A part of what ``reindex --json`` prints."""
        return {
            **{place: self.counts[place] for place in DAY_FROM},
            "refused": self.refused,
            "examples": [{"source": shown.source, "reason": shown.reason} for shown in self.examples],
        }

    def lines(self) -> list[str]:
        """A part of the summary for the owner; nothing if nothing was read."""
        if not self.counts.total():
            return []
        found = _(
            "Tanggal terbit: {field} dari ruas tanggal, {address} dari alamat, {text} dari teks, "
            "{none} tidak ditemukan",
            **{place: number(self.counts[place]) for place in DAY_FROM},
        )
        if not self.refused:
            return [found]
        refused = _("{count} tanggal tidak dipakai, misalnya:", count=number(self.refused))
        return [found, refused, *(f"  {shown.source}: {shown.reason}" for shown in self.examples)]


class Report(Struct, frozen=True):
    """Counts of one run, compared with the index that was live before it.

    :param added: documents that were not in the index; ``changed``, ``removed`` and ``unchanged`` likewise.
    :param skipped: every input, or part of one, that did not become a document, with its reason.
    :param days: where the days of publication of the articles that were read were found.
    :param documents: documents in the index afterwards.
    :param seconds: how long the run took.
    :param generation: name of the generation that is live afterwards.
    :param rebuilt: why the whole index was made anew, ``None`` if it was brought up to date.
    :param dry_run: nothing was written; the counts say what would happen.
    :param columns: of a dry run, what the columns of each table were taken for.
    :param furniture: lines that a rebuild has found to be no text of their articles.
    :param suggestion: what would suit the archive better, ``None`` if it is well served.
    """

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: list[Skip] = field(default_factory=list)
    days: Days = field(default_factory=Days)
    documents: int = 0
    seconds: float = 0.0
    engine: str = ""
    generation: str = ""
    rebuilt: str | None = None
    dry_run: bool = False
    furniture: Furniture = NO_FURNITURE
    suggestion: str | None = None
    columns: Survey | None = None

    def to_dict(self) -> dict[str, Any]:
        """The object that ``reindex --json`` prints; ``furniture`` and ``suggestion`` are there only if there
        is any."""
        return {
            "dry_run": self.dry_run,
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "unchanged": self.unchanged,
            "skipped": [{"source": skip.source, "reason": skip.reason} for skip in self.skipped],
            "documents": self.documents,
            "seconds": round(self.seconds, 3),
            "engine": self.engine,
            "generation": self.generation,
            "days": self.days.to_dict(),
            **({"tables": self.columns.to_dict()} if self.columns is not None else {}),
            **({"furniture": self.furniture.rows()[:SHOWN_FURNITURE]} if self.furniture else {}),
            **({"suggestion": self.suggestion} if self.suggestion else {}),
        }

    def _counts(self) -> str:
        told: dict[str, object] = {
            "added": number(self.added),
            "changed": number(self.changed),
            "removed": number(self.removed),
            "unchanged": number(self.unchanged),
            "skipped": number(len(self.skipped)),
        }
        if self.dry_run:
            return _(
                "Hanya percobaan, tidak ada yang ditulis: {added} akan ditambahkan, {changed} diubah, "
                "{removed} dihapus, {unchanged} tetap, {skipped} dilewati",
                **told,
            )
        return _(
            "{added} ditambahkan, {changed} diubah, {removed} dihapus, {unchanged} tetap, {skipped} dilewati",
            **told,
        )

    def _furniture(self) -> str:
        return _(
            "{lines} baris berulang dari {publishers} penerbit dikeluarkan; lihat: telusur check --cut",
            lines=number(len(self.furniture.rows())),
            publishers=number(len(self.furniture.publishers)),
        )

    def lines(self, shown_skips: int = SHOWN_SKIPS) -> list[str]:
        """The summary for the owner.

        :param shown_skips: most skips to list one by one.
        """
        lines = [self._counts()]
        lines += [f"  {skip.source}: {skip.reason}" for skip in self.skipped[:shown_skips]]
        if (hidden := len(self.skipped) - shown_skips) > 0:
            lines.append(
                "  " + _("... dan {count} lagi; semuanya tampil dengan --json", count=number(hidden))
            )
        told: dict[str, object] = {
            "generation": self.generation,
            "documents": number(self.documents),
            "seconds": number(self.seconds, 1),
        }
        lines.append(
            _("Indeks {generation} akan berisi {documents} artikel (diperiksa {seconds} detik)", **told)
            if self.dry_run
            else _("Indeks {generation}: {documents} artikel ({seconds} detik)", **told)
        )
        lines += self.days.lines()
        lines += self.columns.lines() if self.columns is not None else []
        if self.furniture:
            lines.append(self._furniture())
        if self.suggestion:
            lines.append(self.suggestion)
        return lines


def larger_engine(report: Report, settings: Settings) -> str | None:
    """The advice to change to Tantivy, ``None`` if the archive is well served.

    The reason was measured by ``python -m bench.speed --only 100000``: p50 of every kind of query, and the
    memory of a process that searches.

    :param report: what the run left.
    """
    least = settings.whole("suggest_tantivy_from")
    if report.engine != DEFAULT_ENGINE or not least or report.documents < least:
        return None
    return _(
        "Saran: untuk {documents} artikel mesin tantivy lebih cocok; pada 100.000 artikel ia menjawab sampai "
        "dua kali lebih cepat dengan seperempat memori. Pasang dengan pip install 'telusur[tantivy]', lalu "
        "jalankan reindex --engine tantivy",
        documents=number(report.documents),
    )


class Progress(Protocol):
    """Hears how a run is getting on."""

    def note(self, message: str) -> None:
        """Something that the owner should know, once."""

    @property
    def measures(self) -> bool:
        """Whether it wants to know how much there is in all, which costs a look at every file."""

    def begin(self, share: float) -> None:
        """Work begins of which an earlier run has done a part, 0 to 1."""

    def step(self, inputs: int, seen: int, written: int, share: float) -> None:
        """Totals so far; called often.

        :param inputs: files looked at.
        :param seen: documents found in them.
        :param written: documents handed to the engine.
        :param share: which part of the reading is done, 0 to 1; after it, of the writing.
        """


class Silence:
    """Progress that nobody hears."""

    def note(self, message: str) -> None:
        """Say nothing."""

    measures = False

    def begin(self, share: float) -> None:
        """Show nothing."""

    def step(self, inputs: int, seen: int, written: int, share: float) -> None:
        """Show nothing."""
