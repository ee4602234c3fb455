"""The query language as the help page tells it: what to write, what it does, an example to try."""

from __future__ import annotations

from dataclasses import dataclass

from index.messages import N_


@dataclass(frozen=True)
class Line:
    """One way to write a query.

    :param examples: queries to try.
    :param meaning: what they find (a message to translate).
    """

    examples: tuple[str, ...]
    meaning: str


@dataclass(frozen=True)
class Topic:
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
                ("netralitas asn", "mengawasi"),
                N_(
                    "Artikel yang memuat semua kata, dalam bentuk apa pun: mengawasi juga menemukan pengawas "
                    "dan pengawasan. Bila tidak ada, artikel yang memuat sebagian besar kata."
                ),
            ),
            Line(
                ('"bilik suara"',),
                N_("Frasa persis: kata-kata itu, seperti tertulis, dalam urutan itu."),
            ),
            Line(
                ("netral*", "p?la"),
                N_(
                    "Awal kata, atau pola: tanda bintang mewakili huruf berapa pun, "
                    "tanda tanya tepat satu huruf."
                ),
            ),
            Line(
                ("gubenur~",),
                N_("Kata dengan ejaan yang mirip, bila ejaannya ragu atau banyak salah ketik."),
            ),
        ),
    ),
    Topic(
        "gabungan",
        N_("Gabungan"),
        (
            Line(("+sanksi pilkada",), N_("Kata sesudah tanda tambah wajib ada.")),
            Line(("netralitas -sanksi",), N_("Kata sesudah tanda kurang tidak boleh ada.")),
            Line(
                ("gempa ATAU banjir", "sanksi DAN asn", "pilkada TIDAK kampanye"),
                N_("DAN, ATAU, TIDAK ditulis dengan huruf besar. AND, OR, NOT juga dikenal."),
            ),
            Line(
                ("(gempa ATAU banjir) DAN warga",),
                N_("Tanda kurung mengelompokkan."),
            ),
        ),
    ),
    Topic(
        "bagian",
        N_("Bagian artikel"),
        (
            Line(("judul:tanggul",), N_("Hanya dalam judul.")),
            Line(("isi:tanggul",), N_("Hanya dalam isi.")),
            Line(("tempat:lebak", "tempat:lebak ATAU tempat:kapuas"), N_("Tempat pada awal berita.")),
            Line(("sumber:metro7.co.id",), N_("Penerbit.")),
            Line(("penulis:nurabidin",), N_("Wartawan atau penyunting.")),
        ),
    ),
    Topic(
        "waktu",
        N_("Waktu terbit"),
        (
            Line(("pilkada tahun:2024", "tahun:2019..2021"), N_("Tahun, atau dari tahun sampai tahun.")),
            Line(
                ("tanggal:2024-01..2024-06", "tanggal:2024-02-06", "tanggal:2024-11.."),
                N_(
                    "Bulan atau hari, dari sampai. Salah satu ujungnya boleh kosong: "
                    "tanggal:2024-11.. berarti sejak November 2024."
                ),
            ),
        ),
    ),
)
