"""Datelines in the many shapes of the Indonesian press; ordinary openings are left alone."""

from __future__ import annotations

import pytest

from index.sources.dateline import find_dateline

SENTENCE = "Pemerintah daerah membuka pasar baru pekan ini."


@pytest.mark.parametrize(
    ("opening", "source", "place"),
    [
        ("JAKARTA, KOMPAS.com - ", "kompas.com", "Jakarta"),
        ("JAKARTA, KOMPAS.com -- ", "kompas.com", "Jakarta"),
        ("JAKARTA, KOMPAS.com -", "kompas.com", "Jakarta"),
        ("JAKARTA, KOMPAS.com\n- ", "kompas.com", "Jakarta"),
        ("KOMPAS.com – ", "kompas.com", ""),
        ("Jakarta (ANTARA) - ", "antaranews.com", "Jakarta"),
        ("Malang, Jawa Timur (ANTARA) - ", "antaranews.com", "Malang"),
        ("TEMPO.CO, Jakarta - ", "tempo.co", "Jakarta"),
        ("TEMPO.CO,Jakarta- ", "tempo.co", "Jakarta"),
        ("Liputan6.com, Jakarta - ", "liputan6.com", "Jakarta"),
        ("Liputan6.com, Washington D.C -", "liputan6.com", "Washington D.C"),
        ("KABARUJUNG.CO.ID, HULU SUNGAI UTARA - ", "kabarujung.co.id", "Hulu Sungai Utara"),
        ("KABARUJUNG.CO.ID, DKI JAKARTA - ", "kabarujung.co.id", "DKI Jakarta"),
        ("CIAMIS,KABARUJUNG.CO.ID- ", "kabarujung.co.id", "Ciamis"),
        ("CIAMIS, kabarujung.co.id – ", "kabarujung.co.id", "Ciamis"),
        ("KABAR-UJUNG.COM, CIAMIS - ", "kabar-ujung.com", "Ciamis"),
        ("KABAR-UJUNG.COM - ", "kabar-ujung.com", ""),
        ("www.kabarujung.id | CIAMIS - ", "kabarujung.id", "Ciamis"),
        ("KABARUJUNG.CO.ID - CIAMIS. ", "kabarujung.co.id", "Ciamis"),
        ("CIAMIS, KABARUJUNG.ID (6/2) - ", "kabarujung.id", "Ciamis"),
        ("Ciamis – ", "", "Ciamis"),
        ("CIAMIS- ", "", "Ciamis"),
        ("Ciamis\n-\n", "", "Ciamis"),
        ("SAINT-DENIS - ", "", "Saint-Denis"),
        ("CIAMIS, KABARUJUNG.com ", "kabarujung.com", "Ciamis"),
        ("Kabarujung.com, Desa Terpencil – ", "kabarujung.com", "Desa Terpencil"),
    ],
)
def test_publisher_and_place_are_read_and_the_report_starts_after_them(
    opening: str, source: str, place: str
) -> None:
    text = opening + SENTENCE

    found = find_dateline(text)

    assert found is not None
    assert (found.source, found.place) == (source, place)
    assert text[found.end :] == SENTENCE


def test_a_small_place_counts_when_the_text_speaks_of_it() -> None:
    known = find_dateline("Sukamekar – Warga bergotong royong. Acara di Sukamekar itu ramai.")
    unknown = find_dateline("Sukamekar – Warga bergotong royong. Acara itu ramai.")

    assert known is not None
    assert known.place == "Sukamekar"
    assert unknown is None


@pytest.mark.parametrize(
    ("report", "place"),
    [
        ("Wali Kota Sukamaju Jaya hadir.", "Sukamaju Jaya"),
        ("Warga di SUKAMAJU JAYA hadir.", "Sukamaju Jaya"),
        ("Polisi İlham di Sukamaju Jaya hadir.", "Sukamaju Jaya"),
        ("Ia abdi Sukamaju Jaya.", ""),
        ("Ia tinggal di Sukamaju Jayapura.", ""),
        ("Sukamaju Jaya ramai, kata warga di sana.", ""),
    ],
)
def test_a_text_speaks_of_a_place_as_a_place(report: str, place: str) -> None:
    dateline = find_dateline(f"Sukamaju Jaya - {report}")

    assert (dateline.place if dateline else "") == place


def test_a_place_that_is_an_ordinary_word_counts_when_the_text_speaks_of_it() -> None:
    found = find_dateline("NEGARA - Warga bergotong royong membersihkan pasar di Negara.")

    assert found is not None
    assert found.place == "Negara"


def test_the_reporter_before_a_dateline_is_its_author() -> None:
    found = find_dateline(f"Laporan Wartawan Kabarujung.com, Sari Melati KABARUJUNG.COM, CIAMIS - {SENTENCE}")

    assert found is not None
    assert (found.author, found.source, found.place) == ("Sari Melati", "kabarujung.com", "Ciamis")


def test_a_dateline_whose_dash_was_lost_is_still_one() -> None:
    found = find_dateline("Kabarujung.com, JakartaPemerintah membuka pasar.")

    assert found is not None
    assert (found.source, found.place, found.end) == ("kabarujung.com", "Jakarta", 23)


@pytest.mark.parametrize("start", ["Lebak: ", "KBRN, Lebak : ", "Lebak (kabarmuara.com) – "])
def test_a_place_before_a_colon_or_a_domain_in_brackets_is_one(start: str) -> None:
    report = "Pompa baru dipasang di muara sungai setelah warga menunggu dua tahun lebih sejak banjir itu."
    dateline = find_dateline(start + report)
    assert dateline is not None
    assert (dateline.place, dateline.end) == ("Lebak", len(start))


def test_a_headline_with_a_colon_is_no_dateline() -> None:
    assert find_dateline("Lebak: Kota Tanpa Pompa\n\nPompa baru dipasang di muara.") is None


def test_a_quote_pulled_in_front_of_a_dateline_stays_text() -> None:
    text = "Pasar ini untuk wargaJakarta (ANTARA) - Pemerintah membuka pasar."

    found = find_dateline(text)

    assert found is not None
    assert (text[: found.start], text[found.end :]) == (
        "Pasar ini untuk warga",
        "Pemerintah membuka pasar.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Wali Kota - yang baru dilantik - membuka pasar.",
        "Pertandingan Persik - Arema ditunda karena hujan.",
        "Jakarta dan Bandung - dua kota besar - bersaing.",
        "Info Bisnis - Bank daerah membuka cabang.",
        "Berita Terkini - Harga beras turun lagi.",
        "Pedagang Pasar Baru - Mereka menunggu kepastian.",
        "KPK - Lembaga itu memanggil dua saksi.",
        "Ia berkata: Solo - Kota budaya itu ramai.",
        "Harga cabai naik 20-30 persen di Jakarta - Kenaikan itu merata.",
        "Jakarta kembali macet.",
        "Negara - Begitu ia menyebut desanya.",
        "Sumber - Kantor berita setempat.",
        "Jakarta",
        "-",
        "",
    ],
)
def test_an_ordinary_opening_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


def test_a_dateline_counts_only_at_the_start() -> None:
    assert find_dateline(f"{SENTENCE}\nCIAMIS, KABARUJUNG.CO.ID - {SENTENCE}") is None


def test_reports_that_begin_alike_are_told_apart_by_their_text() -> None:
    first = find_dateline("KONTAN.CO.ID - JAKARTA. Warga hadir.")
    second = find_dateline("KONTAN.CO.ID - Warga hadir.")

    assert first is not None
    assert second is not None
    assert (first.source, first.place) == ("kontan.co.id", "Jakarta")
    assert (second.source, second.place) == ("kontan.co.id", "")


@pytest.mark.parametrize(
    ("opening", "source", "when"),
    [
        ("CIAMIS, Selasa (6/2/2024) - ", "", "Selasa (6/2/2024)"),
        ("CIAMIS (6/2/2024) – ", "", "(6/2/2024)"),
        ("CIAMIS (Selasa, 6/2/2024) — ", "", "(Selasa, 6/2/2024)"),
        ("CIAMIS, 6/2 - ", "", "6/2"),
        ("CIAMIS (6/2) -- ", "", "(6/2)"),
        ("CIAMIS, 06-02-2024 - ", "", "06-02-2024"),
        ("CIAMIS, 6/2/24 − ", "", "6/2/24"),
        ("Ciamis, Selasa 6 Februari 2024 - ", "", "Selasa 6 Februari 2024"),
        ("Ciamis, February 6, 2024 - ", "", "February 6, 2024"),
        ("CIAMIS - 6/2/2024 - ", "", "6/2/2024"),
        ("CIAMIS, KABARUJUNG.com (6/2/2024) - ", "kabarujung.com", "(6/2/2024)"),
        ("CIAMIS (6/2/2024), KABARUJUNG.com - ", "kabarujung.com", "(6/2/2024)"),
        ("Selasa (6/2/2024), CIAMIS - ", "", "Selasa (6/2/2024)"),
        ("Ciamis, 6/2 (ANTARA) - ", "antaranews.com", "6/2"),
        ("Ciamis (6/2) (ANTARA) - ", "antaranews.com", "(6/2)"),
        ("KABARUJUNG.com, Ciamis, 6 Feb 2024 - ", "kabarujung.com", "6 Feb 2024"),
        ("kabarujung.id | CIAMIS, 6/2 - ", "kabarujung.id", "6/2"),
    ],
)
def test_its_day_is_told_beside_the_place(opening: str, source: str, when: str) -> None:
    text = opening + SENTENCE

    found = find_dateline(text)

    assert found is not None
    assert (found.source, found.place, found.when) == (source, "Ciamis", when)
    assert text[found.end :] == SENTENCE


def test_a_sentence_with_a_day_and_an_agency_is_no_dateline() -> None:
    assert find_dateline(f"Rapat digelar pada hari Selasa (6/2)Ciamis (ANTARA) - {SENTENCE}") is None
