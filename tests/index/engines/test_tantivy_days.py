"""Days of publication are counted exactly where Tantivy hands over no more of them at once."""

from __future__ import annotations

from datetime import date

import pytest

from index.analysis.types import Stream
from index.documents import Document
from index.engines.base import AnalyzedDocument, Location
from index.engines.registry import get_engine
from index.query import Everything, Facet, Published, SearchRequest

pytest.importorskip("tantivy")

DAYS = 45_000
"""More than are asked for at once, lest the 65,000 values that Tantivy may give in one answer be too few."""


def article(number, day):
    empty = Stream("", "")
    document = Document(f"d{number}", "Judul", "", place=f"p{number % 3}", published=day)
    return AnalyzedDocument(document, empty, empty, empty, empty, empty)


@pytest.mark.long
def test_more_days_than_one_answer_may_hold_are_all_counted(tmp_path):
    engine, location = get_engine("tantivy"), Location(tmp_path / "index", "test")
    engine.create(location)
    writer = engine.open_writer(location)
    # The first and the last day of the calendar, a day that several share, and some without any.
    days = [date.min, *(date.fromordinal(650_000 + number) for number in range(DAYS)), date.max]
    given = [*days, days[5], days[5], None, None, None]
    writer.add(engine.prepare(article(number, day)) for number, day in enumerate(given))
    writer.commit()
    reader = engine.open_reader(location)

    page = reader.search(SearchRequest(Everything(), facets=(Facet.PLACE,), days=True))
    recent = reader.search(
        SearchRequest(Everything(), published=Published(date.fromordinal(650_000), None), days=True)
    )
    reader.close()

    assert page.days == {0: 3, **{day.toordinal(): 1 for day in days}, days[5].toordinal(): 3}
    assert list(page.days) == sorted(page.days)
    assert sum(page.days.values()) == page.total == len(given)
    assert recent.days == {day: count for day, count in page.days.items() if day >= 650_000}
