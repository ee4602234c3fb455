"""What a site puts between and behind the sentences of an article is not the article."""

from __future__ import annotations

import pytest

from index.sources.news import read_article

HEAD = "Pompa baru dipasang di muara sungai. Warga membersihkan lumpur sejak subuh."
TAIL = "Pasar kembali ramai pada sore hari. Harga cabai belum turun."


def body_of(*paragraphs: str) -> str:
    return read_article("\n\n".join(paragraphs), "Pompa muara").body


@pytest.mark.parametrize(
    "line",
    [
        "ADVERTISEMENT",
        "Advertisement Scroll to continue with content",
        "SCROLL TO RESUME CONTENT",
        "Scroll kebawah untuk lihat konten",
        "Lanjutkan membaca artikel di bawah iklan",
        "Jangan lewatkan berita menarik lainnya di Kabarmuara.com",
        "Konten promosi pada widget ini bukan konten yang dibuat oleh redaksi",
        "Gambas: Instagram",
        "Baca artikel ini tanpa iklan. Gabung Kabar Plus sekarang di aplikasi kami",
        "Artikel berlanjut setelah iklan berikut",
        "Halaman 3",
        "Halaman: 1 2 3 Selanjutnya",
        "Hal. 2/4",
        "Selanjutnya »",
        "Show All",
        "1 2 3 4",
        "Waktu baca 3 menit",
        "Copy Link",
        "Iklan - Gulir untuk melanjutkan membaca",
        "Geser ke bawah untuk lanjut membaca",
        "Lihat artikel asli",
        "Bergabunglah dengan saluran WhatsApp Kabar Muara",
        "Baca artikel menarik lainnya di sini",
        "Baca selengkapnya di halaman selanjutnya",
        "Dapatkan berita terbaru setiap pagi dari kabarmuara.com.",
        "Yuk gabung di kanal Telegram Kabar Muara!",
        'Mari bergabung di Grup Telegram "Kabar Muara", caranya klik link https://t.me/m, lalu gabung.',
        "Dilarang mengutip isi berita ini tanpa seizin redaksi",
        "Gabung ke grup Telegram Kabar Muara untuk update berita terbaru",
        "Yuk, ikuti saluran WhatsApp kabarmuara.com agar tidak ketinggalan berita terkini!",
        "Dapatkan informasi terbaru dari Kabar Muara lewat WhatsApp: di sini",
        "Download aplikasi Kabar Muara di Play Store sekarang juga",
        "Baca berita KABAR MUARA lainnya di Google News",
        "Artikel ini telah tayang di kabarmuara.com dengan judul Pompa Baru untuk Muara",
        "Berita ini pertama kali terbit di Kabar Muara edisi cetak.",
        "Dilarang mengutip sebagian atau seluruh isi tanpa izin redaksi.",
        "A post shared by Pompa Muara (@pompamuara)",
        "[Gambas:Instagram]",
        "!!! Selamat membaca",
    ],
)
def test_a_line_that_a_site_says_for_itself_goes(line: str) -> None:
    assert body_of(HEAD, line, TAIL) == f"{HEAD}\n\n{TAIL}"
    assert body_of(HEAD, TAIL, line) == f"{HEAD}\n\n{TAIL}"


@pytest.mark.parametrize(
    "line",
    [
        "Iklan rokok dilarang dipasang di halaman sekolah, kata kepala dinas.",
        "Halaman rumah warga di RT 2 tergenang lumpur setinggi betis.",
        "Selanjutnya petugas memeriksa pompa satu per satu.",
        "Sebelumnya,",
        "Ikuti arahan petugas di lapangan dan jangan mendekati tanggul.",
        "Cek Fakta Kabar Muara mendapati klaim itu beredar di grup WhatsApp dan akun Facebook gratis.",
        "“Ikuti akun Instagram kami untuk informasi terbaru,” kata Rini kepada pelanggannya.",
        "Artikel ini menjadi bahan diskusi para pegiat sungai di kampus.",
        "Dilarang membuang sampah di muara, kata papan itu.",
        "Baca puisi menjadi acara penutup di balai desa.",
        "Pilih pompa yang hemat, saran Rini.",
        "Jangan lewatkan jalan di tepi muara sebelum tanggul selesai.",
        "2 dari 3 pompa menyala.",
        "12 warga mengungsi",
    ],
)
def test_a_line_that_only_begins_alike_stays(line: str) -> None:
    assert line.rstrip(",") in body_of(HEAD, line, TAIL)


@pytest.mark.parametrize(
    "inside",
    [
        "ADVERTISEMENT",
        "ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT",
        "Advertisement Scroll to resume content",
        "[Gambas:Video Muara]",
        "[Video: Pompa menyala]",
        "(Baca juga: Pompa Lama Dijual)",
        "(LIHAT JUGA Foto-foto Muara)",
        "(Baca: Pompa Lama Dijual Murah)",
        "(baca: Rini: Pompa Lama Akan Dijual)",
        "(Gambas:Audio Muara)",
    ],
)
def test_labels_within_a_line_go_and_what_is_around_stays(inside: str) -> None:
    assert body_of(f"{HEAD} {inside} {TAIL}") == f"{HEAD} {TAIL}"


@pytest.mark.parametrize(
    "line",
    [
        "“Dilarang keras mengambil pasir tanpa izin,” kata kepala desa.",
        "Dilarang mengambil pasir di muara tanpa izin tertulis bupati.",
        "Bergabung dengan grup WhatsApp warga, Rini mengetahui kabar banjir lebih dulu.",
        "Unduh aplikasi layanan air di Play Store atau App Store.",
        "Dapatkan pompa terbaru dari pemerintah, warga harus mendaftar dahulu.",
        "Ikuti kata ibu, “Mari bergabung di grup WhatsApp kami,” kata Rini.",
    ],
)
def test_what_somebody_says_or_forbids_is_the_articles_own(line: str) -> None:
    assert line in body_of(HEAD, line, TAIL)


def test_brackets_that_are_the_articles_own_stay() -> None:
    text = "Acara (baca puisi) dan [video] dibuka Rini (45), lihat jadwalnya (baca: besok)."
    assert body_of(HEAD, text) == f"{HEAD}\n\n{text}"


@pytest.mark.parametrize(
    "last",
    [
        "Artikel ini sudah tayang di kabarmuara.com.",
        "Ikuti saluran WhatsApp Kabar Muara untuk berita terbaru.",
        "Artikel ini telah tayang di Kabar Muara. Baca berita lainnya di Google News.",
    ],
)
def test_the_last_sentences_of_an_article_go_too(last: str) -> None:
    assert body_of(HEAD, f"{TAIL} {last}") == f"{HEAD}\n\n{TAIL}"
    assert last in body_of(f"{HEAD} {last}", TAIL)


def test_who_edited_is_read_before_the_line_goes() -> None:
    line = "Artikel ini pertama kali terbit dalam bahasa Inggris. Editor: Rini Muara"
    article = read_article(f"{HEAD}\n\n{TAIL}\n\n{line}", "Pompa muara")
    assert article.editor == "Rini Muara"
    assert article.body == f"{HEAD}\n\n{TAIL}"
