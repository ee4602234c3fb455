"""Nothing scores more than its bound, so articles with all words come first whatever the others hold."""

from __future__ import annotations

from typing import Any

from index.query import SearchRequest, Sort
from search.answer import Question
from search.plan.bounds import most
from search.plan.recipe import idf
from search.query.parsing import parse

QUERIES = (
    "zebra kuda jerapah",
    "zebra kuda*",
    "kuda~ jerapah zebra",
    'zebra "kuda itu" jerapah',
    "KPU zebra kuda",
)


def test_no_score_exceeds_its_bound(service_of: Any) -> None:
    rare = {
        "title": "Zebra kuda zebra kuda",
        "body": "zebra kuda " * 200,
        "author": "Zebra Kuda",
        "place": "Kuda",
    }
    service = service_of(rare, *["Berita lain tentang hujan."] * 30, "zebra jerapah", "kuda itu")
    with service.searcher.use() as snapshot:
        rarest = idf(snapshot.reader.count(), 1)
        for text in QUERIES:
            plan = snapshot.planner.plan(parse(text))
            for tree in (plan.whole, *(attempt.query for attempt in plan.attempts)):
                hits = snapshot.reader.search(SearchRequest(tree)).hits
                assert all(hit.score <= most(tree, rarest) for hit in hits), text


def test_however_well_an_article_fits_all_words_win(service_of: Any) -> None:
    part = {"title": "Zebra kuda", "body": "Zebra kuda. " * 50, "author": "Zebra", "place": "Kuda"}
    whole = (
        "Berita panjang ini menyebut zebra. " + "Lalu hujan turun lagi. " * 300 + "Kuda dan jerapah datang."
    )
    service = service_of(*[part] * 12, whole, *["Berita lain tentang hujan."] * 200)
    answer = service.search(Question("zebra kuda jerapah"))
    assert answer.results[0].id == "a12"
    assert (answer.total, answer.total_all, answer.holding_all) == (13, 1, 1)
    assert service.search(Question("zebra kuda jerapah", sort=Sort.OLDEST)).total_all == 1
