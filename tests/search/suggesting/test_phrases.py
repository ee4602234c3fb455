"""Names and expressions of several words are learned from the articles that use them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from search.answering.service import SearchService
from search.suggesting.completion import Kind
from search.suggesting.phrases import Phrases, key_of, learn

Build = Callable[..., SearchService]


def learned(service: SearchService) -> Phrases:
    with service.searcher.use() as snapshot:
        weightless = snapshot.analyzer.lexicon.weightless
        return Phrases(Phrases.of(learn(snapshot.reader, weightless, lambda: True)))


def articles(count: int, **fields: str) -> list[dict[str, Any]]:
    return [{"body": f"Isi ke-{number}.", **fields} for number in range(count)]


def test_a_name_is_capitalised_words_inside_sentences(service_of: Build) -> None:
    phrases = learned(
        service_of(
            *articles(3, body="Kemarin Bupati Sari Wulan tiba. Rapat Dengar dimulai, kata Sari Wulan.")
        )
    )

    assert phrases.best("bupati", 5) == [("Bupati Sari Wulan", Kind.NAME)]
    assert phrases.best("sari w", 5) == [("Sari Wulan", Kind.NAME)]
    assert phrases.best("rapat", 5) == []  # capitalised because it begins a sentence


def test_what_two_articles_say_is_no_name_yet(service_of: Build) -> None:
    assert learned(service_of(*articles(2, body="kata Sari Wulan."))).best("sari", 5) == []


def test_words_that_would_be_operators_are_in_no_name(service_of: Build) -> None:
    assert learned(service_of(*articles(3, body="oleh TNI DAN POLRI."))).best("tni", 5) == []


def test_an_expression_stands_together_in_titles_more_often_than_chance(service_of: Build) -> None:
    titles = [f"Harga cabai rawit naik {word}" for word in ("lagi", "terus", "pesat", "pelan")]
    titles += [f"Upah minimum provinsi {word}" for word in ("baru", "lama", "sedang")]
    titles += [f"Harga {word} naik" for word in ("beras", "gula", "telur", "bawang", "garam")]
    titles += [f"Kabar {number}" for number in range(40)]
    phrases = learned(service_of(*({"title": title} for title in titles)))

    assert phrases.best("cabai", 5) == [("cabai rawit", Kind.PHRASE)]
    assert phrases.best("rawit", 5) == []  # as often as chance has it: much goes up
    assert phrases.best("upah", 5) == [("upah minimum provinsi", Kind.PHRASE)]
    assert phrases.best("minimum", 5) == []  # never without the word before it


def test_a_dash_stays_in_an_expression(service_of: Build) -> None:
    titles = ["Vaksin covid-19 tiba", "Gejala covid-19 berat", "Kasus covid-19 turun"]
    titles += [f"Kabar {number}" for number in range(40)]
    phrases = learned(service_of(*({"title": title} for title in titles)))

    assert phrases.best("covid 1", 5) == [("covid-19", Kind.PHRASE)]


def test_publishers_places_and_authors_are_names(service_of: Build) -> None:
    phrases = learned(
        service_of({"source": "kabarlebak.example", "place": "Kota Baru", "author": "Sari Wulan"})
    )

    for key, written in (("kabarl", "kabarlebak.example"), ("kota", "Kota Baru"), ("sari", "Sari Wulan")):
        assert phrases.best(key, 5) == [(written, Kind.NAME)]


def test_one_way_to_write_a_name_is_kept(service_of: Build) -> None:
    body = "oleh Komisi Pemilihan Umum hari ini."
    titles = articles(8, body=body, title="komisi pemilihan umum di sini") + articles(80, title="Kabar lain")
    phrases = learned(service_of(*titles))

    assert [written for written, _ in phrases.best("komisi", 5)] == ["Komisi Pemilihan Umum"]
    assert phrases.written("komisi pemilihan umum") == "Komisi Pemilihan Umum"


def test_a_snapshot_nobody_uses_is_not_read_to_its_end(service_of: Build) -> None:
    service = service_of(*articles(3, body="kata Sari Wulan."))
    with service.searcher.use() as snapshot:
        assert learn(snapshot.reader, frozenset(), lambda: False).keys() == set()


def test_a_key_is_the_forms_of_the_words() -> None:
    assert key_of("TNI-Polri, Jum'at") == "tni polri jumat"
