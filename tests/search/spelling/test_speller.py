"""Words typed wrongly find what was meant, and words typed right are left alone."""

from __future__ import annotations

from typing import Any

import pytest

from search.answer import Answer, Question
from search.answering.service import SearchService
from search.spelling.vocabulary import typing_cost

ARTICLES: list[dict[str, Any]] = [
    {"id": "pegadaian", "title": "Harga Emas Pegadaian", "body": "Harga emas batangan stabil di galeri."},
    {"id": "pengadaan", "title": "Pengadaan Barang", "body": "Pengadaan kapal laut dilelang secara terbuka."},
    {
        "id": "gizi",
        "title": "Makan Bergizi",
        "body": "Anak sekolah makan bergizi di Balangan.",
        "author": "Nurabidin",
    },
    {
        "id": "asn",
        "title": "Netralitas ASN",
        "body": "Aparatur menjaga netralitas. BKPSDM hadir.",
        "place": "Kuala Kapuas",
    },
    *(
        {"id": f"pemilu{n}", "title": "Pemilihan umum", "body": f"Pemilihan gubernur {n} serentak."}
        for n in range(30)
    ),
    {"id": "cetak", "title": "Salah cetak", "body": "Di sini tertulis gubenrur oleh koran."},
]


@pytest.fixture(scope="module")
def service(service_of: Any) -> SearchService:
    return service_of(*ARTICLES)


def ask(service: SearchService, text: str, **asked: Any) -> Answer:
    return service.search(Question(text, **asked))


def corrected(service: SearchService, text: str) -> str | None:
    suggestion = ask(service, text).corrected
    return suggestion.query if suggestion else None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("netralitsa", "netralitas"),
        ("netrlitas", "netralitas"),
        ("netrallitas", "netralitas"),
        ("metralitas", "netralitas"),
        ("Netralits ASN", "Netralitas ASN"),
        ("NETRALITS ASN", "NETRALITAS ASN"),
        ("bergisi", "bergizi"),
        ("nurabidn", "nurabidin"),
        ("penulis:nurabdin", "penulis:nurabidin"),
        ("tempat:kapuass", "tempat:kapuas"),
        ("+netralits, ATAU (galri)", "+netralitas, ATAU (galeri)"),
        ("netralits-aparatur", "netralitas-aparatur"),
        ("balangna bergiszi", "balangan bergizi"),
        ("pemilihangubernur", "pemilihan gubernur"),
    ],
)
def test_an_unknown_word_is_read_as_the_closest_known_one(
    service: SearchService, typed: str, meant: str
) -> None:
    assert corrected(service, typed) == meant
    assert ask(service, typed).results


def test_the_other_words_decide_between_neighbours(service: SearchService) -> None:
    assert corrected(service, "emas pegadaan") == "emas pegadaian"
    assert corrected(service, "kapal pegadaan") == "kapal pengadaan"


def test_a_word_by_itself_is_never_read_as_one_that_weighs_nothing(service_of: Any) -> None:
    several = service_of(*["Saya tahu itu, kata warga."] * 9, "Satya datang.")
    assert corrected(several, "saqya") == "satya"
    assert corrected(service_of(*["Saya tahu itu."] * 9), "saqya") is None


def test_the_answer_says_what_was_typed_and_what_was_searched(service: SearchService) -> None:
    answer = ask(service, "<b> netralits ASN")
    assert answer.query == "<b> netralits ASN"
    assert answer.corrected is not None
    assert answer.corrected.html == "&lt;b&gt; <mark>netralitas</mark> ASN"
    assert answer.did_you_mean is None
    assert [result.id for result in answer.results] == ["asn"]


def test_the_reader_can_insist(service: SearchService) -> None:
    answer = ask(service, "netralits", correct=False)
    assert answer.corrected is None
    assert answer.total == 0


@pytest.mark.parametrize(
    "text",
    [
        "netralitas",
        "menetralkan",
        "pemilihan di mana",
        '"netralits asn"',
        "netralits*",
        "netralits~",
        "asn -netralits",
        "xyzzyqwerty",
        "k2pmsd",
        "ans",
        "2o24",
        "😀😀😀😀",
    ],
)
def test_known_quoted_excluded_and_hopeless_words_are_left_alone(service: SearchService, text: str) -> None:
    assert corrected(service, text) is None


def test_an_unknown_acronym_is_only_a_proposal(service: SearchService) -> None:
    answer = ask(service, "BPKSD netralitas".replace("BPKSD", "GALRI"))
    assert answer.corrected is None
    assert answer.did_you_mean is not None
    assert answer.did_you_mean.query == "GALERI netralitas"


def test_a_rare_word_with_a_far_more_frequent_neighbour_is_a_proposal(service: SearchService) -> None:
    answer = ask(service, "gubenrur")
    assert [result.id for result in answer.results] == ["cetak"]
    assert answer.corrected is None
    assert answer.did_you_mean is not None
    assert answer.did_you_mean.query == "gubernur"
    assert answer.did_you_mean.html == "<mark>gubernur</mark>"


def test_a_rare_word_that_agrees_with_the_others_is_right(service: SearchService) -> None:
    assert ask(service, "gubenrur koran").did_you_mean is None
    proposal = ask(service, "gubenrur serentak").did_you_mean
    assert proposal is not None
    assert proposal.query == "gubernur serentak"


def test_a_slip_that_fingers_make_costs_less_than_any_other() -> None:
    ordinary = typing_cost("nexralitas", "netralitas")
    for slip in ("netarlitas", "nettralitas", "netralitqs", "netralidas"):
        assert typing_cost(slip, "netralitas") < ordinary
    assert typing_cost("xetralitas", "netralitas") > ordinary
    assert typing_cost("netralitas", "netralitas") == 0


def test_a_slip_that_the_archive_itself_holds_is_offered_in_its_better_form(service_of: Any) -> None:
    service = service_of(
        *["Gubernur meninjau Jakarta."] * 60, "Gubenur datang ke Jakarta.", "Gubenur pulang dari Jakarta."
    )
    corrected = service.search(Question("gubenur jakrata")).corrected
    assert corrected
    assert corrected.query == "gubernur jakarta"
    assert corrected.html == "<mark>gubernur</mark> <mark>jakarta</mark>"
    proposed = service.search(Question("gubenur jakarta")).did_you_mean
    assert proposed
    assert proposed.query == "gubernur jakarta"
    assert service.search(Question("gubernur jakarta")).did_you_mean is None


def test_an_indonesian_word_that_the_archive_lacks_is_no_slip(service_of: Any) -> None:
    near = [f"Rapat kali ini di kota {n}." for n in range(30)]
    apart, joined = service_of(*near), service_of("Pak walikota hadir.", *near)
    for service in (apart, joined):
        for typed in ("wali kota", "perwalian kota"):
            answer = service.search(Question(typed))
            assert (answer.corrected, answer.did_you_mean) == (None, None)
    assert joined.search(Question("wali kota")).results[0].id == "a0"


@pytest.mark.parametrize("typed", ["Soeharto", "suharto", "SUHARTO tadi"])
def test_a_name_that_the_lexicon_knows_in_two_spellings_is_no_slip_of_another(
    service_of: Any, typed: str
) -> None:
    service = service_of(*(f"Kata Sukarno tadi di rapat {n}, ujar Soekarno." for n in range(9)))
    answer = service.search(Question(typed))
    assert answer.corrected is None
    assert service.search(Question("Soekarmo")).corrected is not None


def test_another_spelling_of_a_name_is_weighed_against_a_slip(service_of: Any) -> None:
    service = service_of("Kata Sudarno tadi.", *(f"Kata Soeharto di rapat {n}." for n in range(9)))
    answer = service.search(Question("suharto"))
    assert answer.corrected is None
    assert len(answer.results) == 9
    slips = service_of("Kata Caangan tadi.", *(f"Ada cadangan beras {n}." for n in range(30)))
    assert slips.search(Question("caaangan beras")).corrected.query == "cadangan beras"
