"""An article with its structure: from a record on to what the page and the API give."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from index.documents import Document, Span
from search.answering.results import document_page
from search.answering.service import SearchService
from search.budget import Budget
from search.query.parsing import parse

MARKUP = (
    '<p>Rapat membahas <a href="/sanksi">sanksi berat</a>.</p><h3>Latar sanksi</h3>'
    "<ul><li>satu sanksi</li><li>dua</li></ul>"
    '<figure><img src="/a.jpg" alt="Ruang rapat"></figure><p>Selesai.</p>'
)
ARTICLE = {"id": "x", "title": "Rapat", "body": MARKUP, "url": "https://kabar.example/a"}
RECORD = {
    "h": {"kind": "h", "start": 30, "end": 42, "level": 2},
    "a": {"kind": "a", "start": 15, "end": 27, "url": "https://kabar.example/sanksi"},
    "img": {
        "kind": "img",
        "start": 60,
        "end": 60,
        "url": "https://kabar.example/a.jpg",
        "text": "Ruang rapat",
    },
}


def test_the_page_of_an_article_has_its_structure_and_the_words_marked_in_it(service_of: Any) -> None:
    page = service_of(ARTICLE).document("x", '"sanksi berat" sanksi')

    link = '<a href="https://kabar.example/{}" target="_top" rel="noopener nofollow ugc">{}</a>'
    assert page.content_html("Gambar", "Tabel").splitlines() == [
        f"<p>Rapat membahas {link.format('sanksi', '<mark>sanksi berat</mark>')}.</p>",
        "<h2>Latar <mark>sanksi</mark></h2>",
        "<ul>",
        "<li>satu <mark>sanksi</mark></li>",
        "<li>dua</li>",
        "</ul>",
        f'<p class="picture">{link.format("a.jpg", "Gambar: Ruang rapat")}</p>',
        "<p>Selesai.</p>",
    ]


def test_the_api_gives_the_structure_as_places_of_the_body(service_of: Any) -> None:
    record = service_of(ARTICLE).document("x", "sanksi").to_dict()

    assert {kind: RECORD[kind] for kind in RECORD} == {
        each["kind"]: each for each in record["layout"] if each["kind"] in RECORD
    }
    assert record["body"][30:42] == "Latar sanksi"
    assert "<a" not in record["body_html"]
    assert service_of("Isi.").document("a0").to_dict()["layout"] == []


def test_a_layout_that_does_not_fit_is_not_shown(service_of: Any) -> None:
    service: SearchService = service_of(ARTICLE)
    document = Document("x", "Judul", "Satu.\n\nDua.", layout=(Span("h", 0, 5, 2),))
    damaged = [
        (Span("h", 0, 400, 2),),
        (Span("a", 0, 4, 0, "javascript:alert(1)"),),
        (Span("script", 0, 4),),
        (Span("ul", 0, 11), Span("li", 0, 5)),
    ]
    with service.searcher.use() as snapshot:
        plan = snapshot.planner.plan(parse("dua"))

        def shown(layout: tuple[Span, ...]) -> str:
            page = document_page(snapshot, plan, replace(document, layout=layout), Budget(1000))
            return page.content_html("", "")

        assert shown(document.layout) == "<h2>Satu.</h2>\n<p><mark>Dua</mark>.</p>"
        for layout in damaged:
            assert shown(layout) == "<p>Satu.</p>\n<p><mark>Dua</mark>.</p>"
