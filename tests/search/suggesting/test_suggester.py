"""What is offered to somebody who types: it finds something, and the numbers are those of the search."""

from __future__ import annotations

import gc
import random
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from search.answer import Question
from search.answering.service import SearchService
from search.suggesting.completion import Completion, Kind

FIRST = ["Wulan", "Arif", "Dewi", "Bagas", "Sari", "Budi", "Rini", "Joko"]
LAST = ["Santoso", "Pratama", "Lestari", "Wijaya", "Hidayat"]
TOPICS = {
    "banjir": "Sungai meluap dan banjir merendam rumah warga di pesisir; banjirnya surut sore hari.",
    "netralitas": "Netralitas aparatur sipil negara (ASN) diawasi Badan Pengawas Pemilu (Bawaslu) di daerah.",
    "pilkada": "Kemarin Komisi Pemilihan Umum (KPU) menyiapkan pilkada serentak; pemilih didata petugas.",
    "panen": "Petani memanen padi; harga beras turun. Undang-undang pangan dibahas gubernur.",
    "jalan": "Perbaikan jalan provinsi dimulai gubernur; anggaran perbaikan disetujui.",
}


def archive_of() -> Iterator[dict[str, Any]]:
    rng = random.Random(7)
    for number in range(150):
        topic = rng.choice(list(TOPICS))
        name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        yield {
            "id": f"n{number}",
            "title": f"{topic.capitalize()} di {rng.choice(('Demak', 'Kudus', 'Pati'))} bagian {number}",
            "body": f"{TOPICS[topic]} Demikian kata {name} kepada wartawan. {rng.choice(list(TOPICS))} juga.",
            "author": rng.choice(("Rahmat Hidayat", "Tim")),
            "place": rng.choice(("Kota Demak", "Kudus", "")),
            "source": rng.choice(("warta.example", "harian.example")),
            "date": f"2024-0{1 + number % 9}-1{number % 10}",
        }
    yield {
        "id": "salah",
        "title": "Kabar gubenur",
        "body": "Kata gubenur, jalannya rusak.",
        "date": "2020-01-01",
    }


def offered(service: SearchService, text: str, limit: int = 8) -> list[Completion]:
    with service.searcher.use() as snapshot:
        return list(snapshot.suggester.suggest(text, limit, seconds=60.0).suggestions)


def queries(service: SearchService, text: str) -> dict[str, Kind]:
    return {each.text: each.kind for each in offered(service, text) if each.kind is not Kind.TITLE}


def test_a_word_is_completed(service: SearchService) -> None:
    assert queries(service, "netr")["netralitas"] is Kind.WORD
    assert next(iter(queries(service, "BANJ"))) == "banjir"


def test_words_that_weigh_nothing_are_not_offered(service: SearchService) -> None:
    assert "dan" not in queries(service, "da")
    assert "kata" in queries(service, "kat")


def test_inflections_that_find_the_same_are_left_out(service: SearchService) -> None:
    assert "banjirnya" not in queries(service, "banj")
    assert "banjirnya" in queries(service, "banjirn")


def test_reduplicated_words_are_words(service: SearchService) -> None:
    assert "undang-undang" in queries(service, "undang-u")
    assert "undang-undang" in queries(service, "unda")


def test_the_words_before_decide(service: SearchService) -> None:
    assert "harga beras" in queries(service, "harga b")
    assert "banjir beras" not in queries(service, "banjir b")
    assert "banjir pesisir" in queries(service, "banjir ")


def test_names_and_publishers_are_completed_as_they_are_written(service: SearchService) -> None:
    assert queries(service, "rahmat h")["Rahmat Hidayat"] is Kind.NAME
    assert queries(service, "warta.ex")["warta.example"] is Kind.NAME
    assert "banjir Kota Demak" in queries(service, "banjir kota d")


def test_a_slip_in_the_word_being_typed_is_corrected(service: SearchService) -> None:
    for slip in ("netarl", "netrlit", "netrralit", "nwtrali", "metrali"):
        assert queries(service, slip)["netralitas"] is Kind.CORRECTION, slip


def test_a_slip_that_the_archive_holds_itself_is_corrected_too(service: SearchService) -> None:
    found = queries(service, "gubenu")
    assert list(found) == ["gubernur", "gubenur"]
    assert found["gubernur"] is Kind.CORRECTION


def test_slips_before_the_word_being_typed_are_corrected(service: SearchService) -> None:
    assert queries(service, "gubenur perb")["gubernur perbaikan"] is Kind.CORRECTION
    assert queries(service, "netralitsa apar")["netralitas aparatur"] is Kind.CORRECTION


def test_acronyms_are_spelt_out_and_long_forms_shortened(service: SearchService) -> None:
    assert "Komisi Pemilihan Umum" in queries(service, "kpu")
    assert "kpu" in queries(service, "komisi pemilihan umum")
    assert any(text.lower() == "banjir aparatur sipil negara" for text in queries(service, "banjir asn"))


def test_titles_that_begin_so_come_before_newer_ones(service: SearchService) -> None:
    titles = [each for each in offered(service, "kabar gub") if each.kind is Kind.TITLE]
    assert [(each.text, each.id) for each in titles] == [("Kabar gubenur", "salah")]

    days = [each.published for each in offered(service, "banjir") if each.kind is Kind.TITLE]
    assert len(days) > 2
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize(
    "text", ["", " ", "?!", '"bilik su', "judul:ban", "-ban", "+ban", "ban*", "(ban", "a ATAU b", "x" * 500]
)
def test_nothing_is_offered_for_what_is_no_row_of_plain_words(service: SearchService, text: str) -> None:
    assert offered(service, text) == []


def test_no_more_is_offered_than_was_asked_for(service: SearchService) -> None:
    for limit in (1, 2, 5, 20):
        assert 0 < len(offered(service, "ban", limit)) <= limit


def typed_texts(service: SearchService) -> Iterator[str]:
    """Texts as they grow under somebody's fingers, some with slips."""
    rng = random.Random(11)
    words = [word for body in TOPICS.values() for word in body.replace(",", "").split()] + FIRST + LAST
    words += ["KPU", "ASN", "komisi pemilihan umum", "badan pengawas pemilu", "yang", "di", "TNI-Polri"]
    for _ in range(120):
        text = " ".join(rng.choices(words, k=rng.randint(1, 4)))
        text = text[: rng.randint(1, len(text))]
        if len(text) > 5 and rng.random() < 0.3:
            place = rng.randrange(1, len(text) - 1)
            text = text[:place] + rng.choice("aeiouxs") + text[place + 1 :]
        yield text


def test_whatever_is_offered_finds_what_its_number_says(service: SearchService) -> None:
    checked = 0
    for text in typed_texts(service):
        for each in offered(service, text):
            if each.kind is Kind.TITLE:
                assert service.document(each.id), each
                continue
            answer = service.search(Question(each.text, per_page=1))
            assert answer.total_all == (each.count or -1), (text, each)
            assert answer.corrected is None, (text, each)
            if len(each.text.split()) == 1 and each.text.isalpha():
                assert answer.total == each.count, (text, each)
            checked += 1
    assert checked > 100


def test_what_there_was_no_time_to_count_is_offered_without_a_number(
    make_archive: Callable[..., Any],
) -> None:
    archive = make_archive()
    archive.write(*archive_of())
    with archive.searcher.use() as snapshot:
        snapshot.suggester.read()
        hurried = snapshot.suggester.suggest("harga b", 8, seconds=0.0)
        at_ease = snapshot.suggester.suggest("harga b", 8, seconds=60.0)

    assert not hurried.complete
    assert None in [each.count for each in hurried.suggestions if each.kind is not Kind.TITLE]
    assert at_ease.complete
    for each in hurried.suggestions:
        if each.kind is not Kind.TITLE:
            assert archive.service.search(Question(each.text)).total_all > 0


def test_a_machine_that_never_has_the_time_has_counted_everything_at_last(
    make_archive: Callable[..., Any],
) -> None:
    archive = make_archive()
    archive.write(*archive_of())
    with archive.searcher.use() as snapshot:
        snapshot.suggester.read()
        hurried = [snapshot.suggester.suggest("harga b", 8, seconds=0.0) for _ in range(20)]
        at_ease = snapshot.suggester.suggest("harga b", 8, seconds=60.0)

    assert not hurried[0].complete
    assert hurried[-1] == at_ease


def test_until_the_archive_was_read_there_is_less(make_archive: Callable[..., Any]) -> None:
    archive = make_archive()
    archive.write(*archive_of())
    with archive.searcher.use() as snapshot:
        early = snapshot.suggester.suggest("kpu", 8, 60.0)
        snapshot.suggester.read()
        late = snapshot.suggester.suggest("kpu", 8, 60.0)

    assert not early.complete
    assert [each.text for each in early.suggestions] == ["komisi pemilihan umum"]
    assert late.complete
    assert [each.text for each in late.suggestions] == ["kpu", "Komisi Pemilihan Umum"]


def test_an_index_that_is_let_go_takes_its_suggestions_along(make_archive: Callable[..., Any]) -> None:

    archive = make_archive()
    archive.write(*archive_of())
    gc.collect()
    gc.disable()
    try:
        with archive.searcher.use() as snapshot:
            snapshot.suggester.read()
            snapshot.suggester.suggest("banjir k", 8)
            gone = weakref.ref(snapshot.suggester)
        del snapshot
        archive.searcher.close()
        assert gone() is None
    finally:
        gc.enable()
