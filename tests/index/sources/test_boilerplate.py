"""What of a scraped page is not the article, and what is although it looks like it."""

from __future__ import annotations

import pytest

from index.sources.boilerplate import cut_end_marks, keep_article
from index.sources.news import read_article

TEXT = "Pasar baru itu dibuka untuk umum pekan ini."


@pytest.mark.parametrize(
    "line",
    [
        "BACA JUGA:Harga Cabai Naik, Pedagang Mengeluh",
        "Baca Juga : Artikel : Harga cabai naik",
        "Baca juga: Harga cabai naik.",
        "[Baca juga: Harga cabai naik]",
        ">> Baca Juga Harga Cabai Naik",
        "Simak juga Video: Harga Cabai Naik",
        'Tonton juga video "Harga Cabai Naik" di sini:',
        "Lihat Juga :",
        "Halaman Selanjutnya",
        "Alamat email Anda tidak akan dipublikasikan.",
        "Alamat surel Anda tidak akan dipublikasikan. Ruas yang wajib ditandai *",
        "Klik untuk membagikan di WhatsApp(Membuka di jendela yang baru)",
        "Facebook Twitter WhatsApp",
        "Bagikan:",
        "ADVERTISEMENT",
        "SCROLL TO CONTINUE WITH CONTENT",
        "[Gambas:Video 20detik]",
        "Post Views: 1,204",
        "Tags: pasar, cabai",
        "Copyright © 2024 Kabar Ujung. All rights reserved.",
        "*",
        "***",
        "=====",
    ],
)
def test_page_furniture_between_paragraphs_is_dropped(line: str) -> None:
    assert keep_article([TEXT, line, TEXT]) == [TEXT, TEXT]


@pytest.mark.parametrize("mark", ["", "- ", ">> ", "👉", "➡️ ", "“", "[", "• "])
@pytest.mark.parametrize(
    "line",
    [
        "Dengarkan juga: Siaran",
        "Saksikan live",
        "also read",
        "Read more: prices",
        "See also: prices",
        "Berita terkait",
        "Konten pilihan:",
        "PILIHAN EDITOR: Harga cabai",
        "Rekomendasi untuk Anda",
        "Related posts",
        "Selanjutnya: Harga cabai",
        "Next article",
        "Your email address will not be published.",
        "Kolom yang wajib ditandai *",
        "Required fields are marked *",
        "Simpan nama, email, dan situs web saya",
        "Save my name, email, and website",
        "Name *",
        "e-mail *",
        "Situs web *",
        "Comment *",
        "Click to share on X",
        "Sebarkan",
        "share this",
        "X",
        "Pin",
        "Salin tautan",
        "Suka ini:",
        "Menyukai Memuat...",
        "Loading...",
        "Ikuti kami di Google News sekarang",
        "Cek kabar di saluran WhatsApp kami",
        "Dibaca 1.204 kali",
        "View: 12",
        "Iklan",
        "advertorial",
        "Lanjut scroll untuk melanjutkan",
        "caption: pasar]",
        "Video: pasar itu terbakar",
        "Foto: Istimewa",
        "tag: pasar",
        "Kata kunci: pasar",
        "Hak cipta Kabar Ujung",
        "© 2024 Kabar Ujung",
        "All rights reserved",
        "Dilarang keras mengambil dan menyalin",
        "Daftar isi",
        "Previous post",
        "Navigasi pos",
    ],
)
def test_marks_in_front_of_page_furniture_make_no_difference(line: str, mark: str) -> None:
    assert keep_article([TEXT, mark + line, TEXT]) == [TEXT, TEXT]


@pytest.mark.parametrize(
    "line",
    [
        "TINGGALKAN KOMENTAR",
        "Leave a reply",
        "Discussion about this post",
        "Beri komentar",
        "Tulis komentar:",
        "Batalkan balasan",
        "Cancel reply",
        "Post a comment",
        "Kirim komentar",
    ],
)
def test_every_name_of_a_comment_form_ends_the_article(line: str) -> None:
    assert keep_article([TEXT, line, TEXT]) == [TEXT]


@pytest.mark.parametrize(
    "line",
    [
        "Baca tulis menjadi pelajaran utama di sekolah itu.",
        "Lihat saja hasilnya tahun depan, kata dia.",
        "Iklan itu menyesatkan, kata pengamat.",
        "Bagikan beras kepada warga, perintah bupati kepada stafnya hari itu.",
        "Kategori: Konten yang Menyesatkan",
        "Video tersebut berbunyi:",
        "Komentar warga beragam.",
        "- Beras 5 kg",
        "Simak penjelasan berikut ini.",
        "Facebook menutup akun itu.",
        "X menutup akun itu.",
        "“Berita itu benar,” kata dia.",
        "2. Gula 1 kg",
    ],
)
def test_lines_of_the_article_stay(line: str) -> None:
    assert keep_article([TEXT, line, TEXT]) == [TEXT, line, TEXT]


def test_everything_below_the_comment_form_is_dropped() -> None:
    lines = [TEXT, "", "Tinggalkan Balasan", "", "Nama", "Situs Web", "Kirim"]

    assert keep_article(lines) == [TEXT, ""]


def test_a_comment_form_in_mid_page_does_not_take_a_long_article_with_it() -> None:
    after = [TEXT] * 100

    assert keep_article([TEXT, "Tinggalkan Balasan", *after])[-100:] == after


def test_the_line_under_a_bare_teaser_label_is_the_teaser() -> None:
    lines = [TEXT, "Baca juga:", "Harga Cabai Naik, Pedagang Mengeluh", TEXT]

    assert keep_article(lines) == [TEXT, TEXT]


@pytest.mark.parametrize("mark", [" *", "*", " [Red]", "[Red]", " (*)", " (red)", " ***", " [Red] *", "==="])
def test_marks_after_the_last_word_are_cut(mark: str) -> None:
    assert cut_end_marks(TEXT + mark) == TEXT


def test_a_teaser_glued_to_the_end_is_cut() -> None:
    assert cut_end_marks(f"{TEXT} Baca juga: Harga cabai naikBaca juga: Harga beras turun") == TEXT


@pytest.mark.parametrize(
    "slogan",
    [
        "(*)!!!Membaca Membuka Jendela Dunia!!!",
        " (***) !! Salam satu aspal !!",
        "(*) Selamat membaca",
        " (*)Simak berita terbaru Warta.example di Google News",
        "(**) 🙏🙏",
    ],
)
def test_what_a_site_says_behind_the_mark_of_the_end_is_cut(slogan: str) -> None:
    assert cut_end_marks(TEXT + slogan) == TEXT


@pytest.mark.parametrize(
    "note",
    [" (*) Harga belum termasuk pajak.", " (*) Penulis adalah guru di Ciamis.", " Nilai (*) itu naik!!!"],
)
def test_a_note_behind_such_a_mark_stays(note: str) -> None:
    assert cut_end_marks(TEXT + note) == TEXT + note


@pytest.mark.parametrize("told", ["… [+1234 chars]", "... [1234 chars]", " [+9 chars]"])
def test_what_an_interface_cut_is_not_told_in_its_words(told: str) -> None:
    body = read_article(f"Pasar baru dibuka pekan ini. Pedagang{told}", "Pasar").body

    assert body.endswith("Pedagang")


def test_a_mark_behind_a_glued_teaser_goes_with_it() -> None:
    assert cut_end_marks(f"{TEXT} Baca Juga : Harga cabai naik [Red]") == TEXT
    assert cut_end_marks(f"{TEXT} [Red] BACA JUGA: Harga cabai naik") == TEXT


def test_a_long_rule_after_the_last_word_is_cut_whole() -> None:
    assert cut_end_marks(TEXT + "=" * 100) == TEXT


def test_a_teaser_in_mid_paragraph_stays_because_its_end_is_unknown() -> None:
    text = f"{TEXT} Baca juga: Harga cabai naik. {TEXT}"

    assert cut_end_marks(text) == text
