"""Questions to a real index, and what comes back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from index.messages import translator
from index.query import Facet, Sort
from search.answer import Answer, Question
from search.answering.service import SearchService

ARTICLES: list[dict[str, Any]] = [
    {
        "id": "balangan",
        "title": "Kesbangpol Minta ASN Netral",
        "body": "Komisi Aparatur Sipil Negara mencatat pelanggaran netralitas. ASN dan TNI-Polri diawasi.",
        "source": "balanganpos.example",
        "place": "Balangan",
        "author": "Mizwar Hamdani",
        "date": "2024-02-06",
    },
    {
        "id": "manggar",
        "title": "Pengawas Pemilu Ingatkan CPNS",
        "body": "Netralitas aparatur sipil negara dijaga. Ada sanksi bagi ASN. Komisi hadir pada sipil itu.",
        "source": "belitongwarta.example",
        "place": "Manggar",
        "author": "Rina",
        "date": "2022-07-07",
    },
    {
        "id": "lebak",
        "title": "Pilkada Serentak di Banten",
        "body": "ASN harus netral. Sanksi berat menanti, kata pengawas di Aula Multatuli. Covid-19 mereda.",
        "source": "kabarbanten.example",
        "place": "Lebak",
        "author": "Nurabidin",
        "editor": "Agung Pambudi",
        "date": "2024-11-12",
    },
    {
        "id": "panen",
        "title": "Panen Raya Padi",
        "body": "Petani memanen padi di sawah seluas 14 hektare dan mengawasi harga.",
        "source": "kabarbanten.example",
        "place": "Kapuas",
        "date": "2023-11-21",
    },
]


@pytest.fixture(scope="module")
def service(service_of: Any) -> SearchService:
    return service_of(*ARTICLES)


def ask(service: SearchService, text: str, **asked: Any) -> Answer:
    return service.search(Question(text, **asked))


def ids(answer: Answer) -> list[str]:
    return [result.id for result in answer.results]


def marks(answer: Answer) -> set[str]:
    html = " ".join(result.title_html + result.snippet_html for result in answer.results)
    return set(re.findall("<mark>(.*?)</mark>", html))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("multatuli", {"lebak"}),
        ("awas", {"balangan", "manggar", "lebak", "panen"}),
        ('"komisi aparatur sipil negara"', {"balangan"}),
        ('"netralitas aparatur"', {"manggar"}),
        ('+"aparatur netralitas"', set()),
        ("netral* -sanksi tahun:2024", {"balangan"}),
        ("tempat:lebak OR tempat:kapuas", {"lebak", "panen"}),
        ("tempat:(lebak ATAU kapuas) padi", {"panen"}),
        ("sumber:kabarbanten", {"lebak", "panen"}),
        ("sumber:kabarbanten.example -padi", {"lebak"}),
        ("penulis:nurabidin", {"lebak"}),
        ('penulis:"agung pambudi"', {"lebak"}),
        ("nurabidin", {"lebak"}),
        ("belitongwarta.example", {"manggar"}),
        ("judul:netral", {"balangan"}),
        ("isi:netral", {"balangan", "manggar", "lebak"}),
        ("judul:(panen ATAU pilkada)", {"panen", "lebak"}),
        ("p?lkada", {"lebak"}),
        ("*katan", set()),
        ("*tuli", {"lebak"}),
        ("multatulli~", {"lebak"}),
        ("tanggal:2022-01..2023-12", {"manggar", "panen"}),
        ("tahun:2024 sanksi", {"lebak"}),
        ("sanksi DAN NOT multatuli", {"manggar"}),
        ("(padi ATAU multatuli) DAN sawah", {"panen"}),
        ("+sanksi netralitas", {"manggar", "lebak"}),
        ("TNI-Polri", {"balangan"}),
        ("covid-19", {"lebak"}),
        ("-covid-19 tahun:2024", {"balangan"}),
        ("-asn", {"panen"}),
        ("-asn -padi", set()),
        ("TIDAK (asn ATAU padi)", set()),
        ("perselingkuhan", set()),
        ("yang", set()),
        ("di", {"lebak", "panen"}),
        ("apa di", {"lebak", "panen"}),
        ("padi di mana?", {"panen"}),
    ],
)
def test_the_query_language_finds_what_it_says(
    service: SearchService, query: str, expected: set[str]
) -> None:
    answer = ask(service, query)
    assert set(ids(answer)) == expected
    assert answer.total == len(expected)


@pytest.mark.parametrize("query", ["", "   ", "?!", "()", '""', "*"])
def test_nothing_asked_gives_everything_newest_first(service: SearchService, query: str) -> None:
    answer = ask(service, query)
    assert ids(answer) == ["lebak", "balangan", "panen", "manggar"]
    assert {reason for reason, _ in answer.ignored} <= {"no_words"}
    assert bool(answer.ignored) == bool(query.strip())


def test_filters_alone_are_sorted_by_date(service: SearchService) -> None:
    assert ids(ask(service, "tahun:2022..2024 -padi")) == ["lebak", "balangan", "manggar"]


def test_articles_with_all_words_come_first_then_those_with_most(service: SearchService) -> None:
    answer = ask(service, "netral sanksi multatuli")
    assert ids(answer)[0] == "lebak"
    assert answer.matched == "all"
    assert set(ids(answer)) > {"lebak", "manggar"}


def test_a_page_is_never_empty_when_something_fits(service: SearchService) -> None:
    answer = ask(service, "multatuli zebra kuda jerapah gajah")
    assert ids(answer) == ["lebak"]
    assert answer.matched == "some"


def test_by_date_articles_with_all_words_do_not_drown(service: SearchService) -> None:
    answer = ask(service, "netralitas sanksi komisi", sort=Sort.NEWEST)
    assert ids(answer) == ["manggar", "lebak", "balangan"]
    assert (answer.total, answer.total_all) == (3, 1)
    assert ids(ask(service, "netralitas zebra", sort=Sort.OLDEST)) == ["manggar", "balangan", "lebak"]


def test_match_all_and_any(service: SearchService) -> None:
    assert set(ids(ask(service, "sanksi padi", match="all"))) == set()
    assert set(ids(ask(service, "sanksi padi", match="any"))) == {"manggar", "lebak", "panen"}
    assert set(ids(ask(service, 'sanksi "sawah seluas"', match="any"))) == {"manggar", "lebak", "panen"}
    assert set(ids(ask(service, "sanksi padi tempat:lebak", match="any"))) == {"lebak"}
    assert set(ids(ask(service, "sanksi padi yang", match="all"))) == set()


def test_a_phrase_that_nothing_has_is_read_as_words_and_the_reader_is_told(service: SearchService) -> None:
    answer = ask(service, '"aparatur netralitas" -zebra')
    assert "manggar" in ids(answer)
    assert answer.ignored == (("no_phrase", "aparatur netralitas"),)
    strict = ask(service, '"aparatur netralitas" -zebra', match="all")
    assert strict.ignored == answer.ignored
    assert (strict.total, answer.total_all) == (2, 2)


def test_a_question_whose_words_no_article_has_together_says_so(service_of: Any) -> None:
    service = service_of("Bendungan itu besar.", "Penduduk desa itu ramah.")
    assert ask(service, "Berapa penduduk bendungan?").matched == "some"
    assert ask(service, "Berapa penduduk desa?").matched == "all"


def test_every_weight_can_be_set(service_of: Any, with_weights: Any) -> None:
    service = service_of(
        {"title": "Kabar sore", "body": "Ada tanggul."}, {"title": "Ada tanggul", "body": "Kabar sore."}
    )
    bodies_first = with_weights(service, title=0, title_exact=0)
    assert ids(ask(service, "tanggul")) == ["a1", "a0"]
    assert ids(ask(bodies_first, "tanggul"))[0] == "a0"


def test_fresh_articles_come_first_where_the_owner_wants_it(service_of: Any, with_weights: Any) -> None:
    today = date.today()
    service = service_of(
        {"body": "Tanggul jebol, tanggul retak.", "date": "2019-01-01"},
        {"body": "Tanggul jebol kemarin malam di sana.", "date": today.isoformat()},
    )
    fresh = with_weights(service, fresh=5)
    assert ids(ask(service, "tanggul")) == ["a0", "a1"]
    assert ids(ask(fresh, "tanggul")) == ["a1", "a0"]
    assert "fresh" in {part.why for part in ask(fresh, "tanggul", explain=True).results[0].parts}


def test_a_stand_in_title_counts_no_more_than_the_body_it_repeats(service_of: Any) -> None:
    repeated = "Tanggul jebol lagi. Warga mengungsi ke balai desa."
    service = service_of(
        {"title": "Tanggul jebol lagi.", "body": repeated}, {"title": "Balai", "body": repeated}
    )
    first, second = ask(service, "tanggul").results
    assert first.score == second.score


def test_the_groups_of_a_number_are_found_however_it_is_written(service_of: Any) -> None:
    service = service_of(
        "Harganya Rp1.918.000 per gram.", "Ada 918 rumah dan 1 masjid.", "Nilainya 1.918 poin."
    )
    assert ids(ask(service, "Rp1,918 juta"))[0] == "a0"
    assert set(ids(ask(service, "1.918"))) == {"a0", "a1", "a2"}
    assert ids(ask(service, "1.918"))[-1] == "a1"


def test_half_of_a_number_is_not_the_number(service_of: Any) -> None:
    service = service_of("Suku bunga turun menjadi 4,75 persen.", "Suku bunga naik menjadi 5,75 persen.")
    told = {result.id: result.all_words for result in ask(service, "suku bunga 5,75 persen").results}
    assert told == {"a0": False, "a1": True}


def test_a_question_weighs_what_it_asks_about_more_than_how_it_asks(service_of: Any) -> None:
    service = service_of("Jumlah dan jumlah, jumlah lagi.", "Penduduk Demak bertambah.", "Cuaca cerah.")
    assert ids(ask(service, "Berapa jumlah penduduk?"))[0] == "a1"


def test_the_form_typed_ranks_above_its_inflections(service_of: Any) -> None:
    service = service_of("Mereka diawasi kemarin di sana.", "Mereka mengawasi kemarin di sana.")
    assert ids(ask(service, "mengawasi")) == ["a1", "a0"]
    assert ids(ask(service, "diawasi")) == ["a0", "a1"]


def test_the_title_ranks_above_the_body(service_of: Any) -> None:
    service = service_of(
        {"title": "Kabar sore", "body": "Ada tanggul."}, {"title": "Ada tanggul", "body": "Kabar sore."}
    )
    assert ids(ask(service, "tanggul")) == ["a1", "a0"]


def test_words_side_by_side_as_typed_rank_above_words_far_apart(service_of: Any) -> None:
    far = "Rumah itu besar dan tua sekali menurut cerita orang banyak tentang sakit."
    beside = "Cerita orang banyak tentang rumah sakit itu besar dan tua sekali menurut."
    assert ids(ask(service_of(far, beside), "rumah sakit")) == ["a1", "a0"]


def test_filters_and_facets(service: SearchService) -> None:
    answer = ask(service, "asn", filters={Facet.YEAR: ("2024",)})
    assert set(ids(answer)) == {"balangan", "lebak"}
    assert {(count.value, count.count) for count in answer.facets[Facet.YEAR]} == {("2024", 2), ("2022", 1)}
    assert {count.value for count in answer.facets[Facet.PLACE]} == {"Balangan", "Lebak"}
    assert set(answer.facets) == {Facet.SOURCE, Facet.PLACE, Facet.AUTHOR, Facet.TOPIC, Facet.YEAR}


def test_days_restrict(service: SearchService) -> None:
    assert ids(ask(service, "", first=date(2023, 1, 1), last=date(2024, 2, 6))) == ["balangan", "panen"]


def test_pages_follow_one_another(service: SearchService) -> None:
    pages = [ids(ask(service, "awas", page=page, per_page=3)) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [3, 1, 0]
    assert len({found for page in pages for found in page}) == 4
    assert ask(service, "awas", page=2, per_page=3).pages == 2


def test_words_are_marked_as_written(service: SearchService) -> None:
    assert marks(ask(service, "mengawasi")) == {"diawasi", "Pengawas", "pengawas", "mengawasi"}


def test_markup_in_an_article_stays_inert(service_of: Any) -> None:
    attack = "<script>alert('netral')</script><img src=x onerror=alert(1)>"
    service = service_of({"id": "x", "title": f"Judul {attack}", "body": f"Isi {attack} netral."})
    (result,) = ask(service, "netral script").results
    page = service.document("x", "netral script")
    assert page is not None
    for html in (
        result.title_html,
        result.snippet_html,
        page.title_html,
        page.body_html,
        page.content_html("Gambar", "Tabel").removeprefix("<p>").removesuffix("</p>"),
    ):
        assert "<mark>netral</mark>" in html
        assert "<" not in re.sub("</?mark>", "", html)


def test_an_article_is_shown_whole_with_its_words_marked(service_of: Any) -> None:
    service = service_of(
        {"id": "x", "title": "Sanksi", "body": "Satu sanksi.\n\nDua baris.", "date": "2024-01-02"}
    )
    page = service.document("x", "sanksi")
    assert page is not None
    assert page.title_html == "<mark>Sanksi</mark>"
    assert page.content_html("", "") == "<p>Satu <mark>sanksi</mark>.</p>\n<p>Dua baris.</p>"
    record = page.to_dict()
    assert record["published"] == "2024-01-02"
    assert record["body_html"] == "Satu <mark>sanksi</mark>.\n\nDua baris."
    assert "origin" not in record
    assert service.document("tidak-ada") is None


def test_an_article_has_the_marks_that_its_results_have(service_of: Any) -> None:
    service = service_of(
        *({"id": f"g{number}", "body": "Gubernur hadir."} for number in range(6)),
        {
            "id": "x",
            "title": "Rapat",
            "body": "Gubernur hadir di kantor KPU, komisi pemilihan umum. Sanksi itu berat.",
        },
    )

    def marked(query: str, **options: bool) -> list[str]:
        page = service.document("x", query, **options)
        return re.findall("<mark>(.*?)</mark>", page.body_html)

    assert marked("gubenur") == ["Gubernur"]
    assert marked("gubenur", correct=False) == []
    assert marked('"sanksi berat"') == ["Sanksi", "berat"]
    assert marked("kpu") == ["KPU", "komisi pemilihan umum"]
    assert marked("kpu", expand=False) == ["KPU"]


def test_a_phrase_across_paragraphs_is_marked_where_they_are_one_text(service_of: Any) -> None:
    service = service_of({"id": "x", "title": "Rapat", "body": "Soal sanksi\n\nberat.\n\nSanksi berat."})
    page = service.document("x", '"sanksi berat"')
    assert page is not None
    assert page.body_html.count("<mark>") == 2
    shown = page.content_html("", "")
    assert shown == "<p>Soal sanksi</p>\n<p>berat.</p>\n<p><mark>Sanksi berat</mark>.</p>"


def test_score_parts_add_up_to_the_score(service: SearchService) -> None:
    for query in ("netral sanksi", 'komisi "aparatur sipil"', "tempat:lebak netral", "netral* asn"):
        answer = ask(service, query, explain=True)
        assert answer.results
        for result in answer.results:
            total = sum(part.score for part in result.parts)
            assert total == pytest.approx(result.score, rel=1e-4), (query, result)
    assert ask(service, "netral").results[0].parts == ()


@pytest.mark.parametrize(
    "query",
    [
        "https://balanganpos.example/a?b=1#c",
        "redaksi@balanganpos.example",
        "Rp1,5 triliun",
        "14/2/2024",
        "UU No. 20 Tahun 2023",
        "dan/atau",
        "C++ :) 😀 ﷽ ꦧꦱ",
        '"" "?" -"" +() judul:? tahun:2024..2020 tanggal:..',
        "\x00\x01 netral\u202e",
        "a* b* c* d* e* f* g* h* i* j* k* l*",
        "*a*s*n*s*a*n*k*s*i*",
        "asn " * 3000,
        "(" * 200 + "asn" + ")" * 200,
        "(asn OR " * 200 + "x" + ")" * 200,
        "x~2 y~2 " * 100,
    ],
)
@pytest.mark.parametrize("match", ["auto", "all", "any"])
def test_nothing_that_people_type_breaks(service: SearchService, query: str, match: Any) -> None:
    answer = ask(service, query, match=match, explain=True)
    assert answer.total >= len(answer.results)
    assert answer.to_dict(translator("id"))["query"] == query


def test_stats_say_what_is_served(service: SearchService) -> None:
    stats = service.stats()
    assert stats.documents == 4
    assert stats.engine == "whoosh"
    assert stats.stale is None
    assert stats.problem is None
    assert stats.facets == {"source": 3, "place": 4, "author": 3, "topic": 0, "year": 3}


def test_matched_describes_the_query_and_not_the_page(service_of: Any) -> None:
    bodies = ["padi jagung kedelai", *["padi jagung padi jagung"] * 9, "padi kedelai"]
    several = service_of(*bodies)

    pages = [several.search(Question("padi jagung kedelai", page=page, per_page=4)) for page in (1, 2, 3)]
    dated = several.search(Question("padi jagung kedelai", match="any", sort=Sort.OLDEST, per_page=2, page=2))

    assert [answer.matched for answer in pages] == ["all"] * 3
    assert dated.matched == "all"
    assert several.search(Question("padi singkong kacang", correct=False, page=2)).matched == "some"


@pytest.mark.parametrize("query", ["14/2/2024", "14/02/2024", "14-2-2024", "(14/2/2024)"])
def test_a_day_written_in_numbers_is_not_its_numbers(service_of: Any, query: str) -> None:
    apart = {"title": "Nomor 2024, 14 dan 2", "body": "Angka 14 dan 2 pada tahun 2024; 2, 14, 2024 lagi."}
    day = "Warga panen raya di balai desa pada Rabu (14/2/2024) pagi."
    service = service_of(*[apart] * 3, day, *[apart] * 3, *["Warga desa panen raya."] * 20)
    assert [result.id for result in service.search(Question(query)).results] == ["a3"]
