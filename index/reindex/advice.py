"""When an archive has outgrown the default engine, and what its owner is told then."""

from __future__ import annotations

from index.engines.registry import DEFAULT_ENGINE
from index.messages import _, number
from index.reindex.report import Report
from index.settings import Settings


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
