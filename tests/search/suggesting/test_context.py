"""The words before the one being typed decide what completes it: what is usual, and nothing odd."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from search.answering.service import SearchService

MANY = 160


def archive_of() -> Iterator[dict[str, Any]]:
    for number in range(MANY):
        yield {
            "id": f"beras{number}",
            "title": f"Kabar pasar ke-{number}",
            "body": f"Di pasar ke-{number} kemarin harga beras naik lagi, kata gubernur. Pedagang mengeluh "
            f"dan meminta agar pemerintah segera turun tangan. Mereka berasal dari desa ke-{number}.",
        }
    for number in range(3):
        yield {"id": f"benny{number}", "title": "Harga, benny", "body": "Harga, harga benny, kata gub."}
    for number in range(12):
        place = "Jakarta" if number % 2 else "Jambi"
        yield {
            "id": f"banjir{number}",
            "title": f"Hujan {number}",
            "body": f"Kata warga, banjir di {place} jadi surut. "
            "Terjadi kecelakaan lalu lintas. Ia lakukan itu.",
        }
    yield {
        "id": "blank",
        "title": "Kabar",
        "body": "Kemarin berasnya dan berasmahal dijual, kata gubernurjakarta.",
    }


def queries(service: SearchService, text: str, seconds: float = 60.0) -> dict[str, int | None]:
    with service.searcher.use() as snapshot:
        found = snapshot.suggester.suggest(text, 8, seconds).suggestions
    return {each.text: each.count for each in found if not each.id}


def test_what_stands_next_to_the_word_before_comes_first(service: SearchService) -> None:
    assert next(iter(queries(service, "harga be").items())) == ("harga beras", MANY)


def test_it_comes_first_also_before_anything_was_counted(service: SearchService) -> None:
    assert next(iter(queries(service, "harga be", 0.0))) == "harga beras"


def test_what_hardly_any_article_holds_is_left_out(service: SearchService) -> None:
    assert "harga benny" not in queries(service, "harga be")
    assert queries(service, "harga ben")["harga benny"] == 3
    assert "gub" not in queries(service, "gub")


def test_behind_a_word_that_is_whole_there_is_no_merely_longer_one(service: SearchService) -> None:
    assert queries(service, "harga beras") == {"harga beras": MANY}
    assert "harga berasal" in queries(service, "harga berasa")
    assert "gubernurjakarta" not in queries(service, "gubernur")


def test_places_come_before_other_words(service: SearchService) -> None:
    assert list(queries(service, "banjir ja"))[:2] == ["banjir jakarta", "banjir jambi"]


def test_a_word_that_weighs_nothing_is_not_misspelt(service: SearchService) -> None:
    assert "kecelakaan lakukan" not in queries(service, "kecelakaan lalu")
    assert "kecelakaan lalu lintas" in queries(service, "kecelakaan lalu l")
