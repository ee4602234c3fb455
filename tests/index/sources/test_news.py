"""A raw article taken apart: headline, dateline, date, byline, text."""

from __future__ import annotations

from datetime import date

import pytest

from index.sources.news import TITLE_LENGTH, read_article, title_from

FIRST = "Dinas Perdagangan membuka pasar baru di alun-alun, Selasa (6/2/2024)."
SECOND = "Ratusan pedagang menempati kios sejak pagi, kata kepala dinas."


def test_a_scraped_page_comes_apart_into_its_parts() -> None:
    text = (
        "Pasar Baru Ciamis Resmi Dibuka\n\n"
        f"CIAMIS, kabarujung.co.id – {FIRST}\n"
        "BACA JUGA:Harga Cabai Naik\n"
        f"{SECOND}[Red]\n"
        "Reporter: sari melati\nEditor: Budi S Wibowo\n"
        "Tinggalkan Balasan\nAlamat email Anda tidak akan dipublikasikan. *"
    )

    article = read_article(text)

    assert article.title == "Pasar Baru Ciamis Resmi Dibuka"
    assert article.body == f"{FIRST}\n\n{SECOND}"
    assert (article.source, article.place) == ("kabarujung.co.id", "Ciamis")
    assert (article.author, article.editor) == ("sari melati", "Budi S Wibowo")
    assert article.published == date(2024, 2, 6)


def test_without_a_headline_the_title_is_the_first_sentence_after_the_dateline() -> None:
    article = read_article(f"CIAMIS, kabarujung.co.id – {FIRST} {SECOND}")

    assert article.title == FIRST.removesuffix(".")


def test_a_long_first_sentence_is_cut_at_a_word() -> None:
    sentence = "Dinas Perdagangan " + "dan pedagang kecil " * 20 + "bertemu."

    title = title_from(sentence)

    assert len(title) <= TITLE_LENGTH + 1
    assert title.endswith("…")
    assert sentence.startswith(title.removesuffix("…") + " ")


def test_an_abbreviation_does_not_end_the_first_sentence() -> None:
    assert title_from("Kepala dinas Dr. Sari Melati, M.Si. membuka pasar. Warga senang.") == (
        "Kepala dinas Dr. Sari Melati, M.Si. membuka pasar"
    )


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_a_short_line_above_a_dateline_is_the_headline(between: str) -> None:
    article = read_article(f"Pasar Baru Dibuka{between}Ciamis – {FIRST}")

    assert (article.title, article.body) == ("Pasar Baru Dibuka", FIRST)


def test_a_dateline_torn_into_lines_is_put_together() -> None:
    article = read_article(f"Ciamis\n-\n{FIRST}\n{SECOND}", title="Pasar Baru Dibuka")

    assert (article.place, article.body) == ("Ciamis", f"{FIRST}\n\n{SECOND}")


def test_day_and_reporter_between_headline_and_text_are_read() -> None:
    article = read_article(
        f"Pasar Baru Dibuka\n\nOleh: Sari Melati\nRabu, 7 Februari 2024 | 08:15 WIB\n\n{SECOND}\n\n{SECOND}"
    )

    assert (article.title, article.author) == ("Pasar Baru Dibuka", "Sari Melati")
    assert article.published == date(2024, 2, 7)
    assert article.body == f"{SECOND}\n\n{SECOND}"


def test_the_site_in_a_headline_is_the_publisher() -> None:
    article = read_article(f"Pasar Baru Dibuka - Kabarujung.com\n\n{FIRST}")

    assert (article.title, article.source) == ("Pasar Baru Dibuka", "kabarujung.com")


def test_a_first_paragraph_is_not_mistaken_for_a_headline() -> None:
    article = read_article(f"{FIRST}\n\n{SECOND}")

    assert article.body == f"{FIRST}\n\n{SECOND}"


def test_a_known_title_is_not_repeated_in_the_body() -> None:
    article = read_article(f"PASAR BARU DIBUKA\n{SECOND}", title="Pasar Baru Dibuka")

    assert (article.title, article.body) == ("Pasar Baru Dibuka", SECOND)


def test_a_known_day_is_not_looked_for_in_the_text() -> None:
    assert read_article(FIRST, published=date(2024, 2, 7)).published == date(2024, 2, 7)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "*", "BACA JUGA: Harga Cabai Naik", "Editor: Budi Wibowo", "[Red]"]
)
def test_nothing_is_left_of_a_text_without_an_article(text: str) -> None:
    assert read_article(text).body == ""


def test_a_single_word_is_an_article() -> None:
    article = read_article("Halo")

    assert (article.title, article.body) == ("Halo", "Halo")


def test_a_text_of_a_lone_full_stop_has_a_title_too() -> None:
    assert read_article(".").title == "."


def test_an_opening_that_only_leads_elsewhere_leaves_a_title() -> None:
    article = read_article("CIAMIS, A.COM - Baca juga: kabar lain\nKata terakhir.")

    assert (article.title, article.body) == ("Kata terakhir", "Kata terakhir.")
