"""The query language as the help page tells it: what to write and what it does."""

from __future__ import annotations

from msgspec import Struct

from index.messages import N_


class Line(Struct, frozen=True):
    """One way to write a query.

    :param kind: of its examples, see :data:`search.web.examples.FIXED`.
    :param meaning: what they find (a message to translate); it may name some of their words.
    """

    kind: str
    meaning: str


class Topic(Struct, frozen=True):
    """Lines that belong together, under a heading."""

    id: str
    title: str
    lines: tuple[Line, ...]


TOPICS = (
    Topic(
        "kata",
        N_("Kata"),
        (
            Line(
                "words",
                N_(
                    "Artikel dengan semua kata, dalam bentuk apa pun, lalu yang memuat sebagian. Pertanyaan "
                    "yang lebih panjang mendahulukan yang terbaik dan menandai yang memuat semua kata."
                ),
            ),
            Line(
                "inflected",
                N_("Imbuhan tidak menjadi soal: {word} juga menemukan {other} dan {another}."),
            ),
            Line(
                "phrase",
                N_("Frasa persis: kata-kata itu, seperti tertulis, dalam urutan itu."),
            ),
            Line(
                "pattern",
                N_(
                    "Awal kata, atau pola: tanda bintang mewakili huruf berapa pun, "
                    "tanda tanya tepat satu huruf."
                ),
            ),
            Line(
                "similar",
                N_("Kata dengan ejaan yang mirip, bila ejaannya ragu atau banyak salah ketik."),
            ),
        ),
    ),
    Topic(
        "gabungan",
        N_("Gabungan"),
        (
            Line("wanted", N_("Kata sesudah tanda tambah wajib ada.")),
            Line("unwanted", N_("Kata sesudah tanda kurang tidak boleh ada.")),
            Line(
                "operators",
                N_("DAN, ATAU, TIDAK ditulis dengan huruf besar. AND, OR, NOT juga dikenal."),
            ),
            Line("grouped", N_("Tanda kurung mengelompokkan.")),
        ),
    ),
    Topic(
        "bagian",
        N_("Bagian artikel"),
        (
            Line("title", N_("Hanya dalam judul.")),
            Line("body", N_("Hanya dalam isi.")),
            Line("place", N_("Tempat pada awal berita.")),
            Line("source", N_("Penerbit.")),
            Line("author", N_("Wartawan atau penyunting.")),
        ),
    ),
    Topic(
        "waktu",
        N_("Waktu terbit"),
        (
            Line("year", N_("Tahun, atau dari tahun sampai tahun.")),
            Line(
                "day",
                N_(
                    "Bulan atau hari, dari sampai. Salah satu ujungnya boleh kosong: "
                    "{since} berarti sejak {month}."
                ),
            ),
        ),
    ),
)
