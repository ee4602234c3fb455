"""The texts of the component: the keys that embed.js knows them by, and their messages in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from index.messages import N_, Translator
from index.query import Facet


def _n(one: str, many: str) -> tuple[str, str]:
    """Mark a text with a number for translation."""
    return one, many


TEXTS: Mapping[str, str | tuple[str, str]] = {
    "label": N_("Pencarian artikel"),
    "box": N_("Cari artikel"),
    "placeholder": N_("Cari dalam arsip"),
    "submit": N_("Cari"),
    "close": N_("Tutup"),
    "suggestions": N_("Saran pencarian"),
    "offered": N_("Saran: {num}"),
    "article": N_("Artikel"),
    "spelling": N_("Ejaan lain"),
    "articles": _n("{num} artikel", "{num} artikel"),
    "found_for": _n("{num} artikel untuk {query}", "{num} artikel untuk {query}"),
    "all_words": _n("{num} memuat semua kata", "{num} memuat semua kata"),
    "some_words": N_("Memuat sebagian kata"),
    "whole": N_("memuat semua kata"),
    "searching": N_("Mencari…"),
    "unreachable": N_("Arsip tidak dapat dihubungi. Periksa sambungan Anda, lalu coba lagi."),
    "slow": N_("Arsip terlalu lama menjawab."),
    "refused": N_("Arsip tidak dapat menjawab (kesalahan {status})."),
    "again": N_("Coba lagi"),
    "nothing": N_("Tidak ada artikel yang cocok"),
    "some": N_("Tidak ada artikel yang memuat semua kata; ini yang memuat sebagian."),
    "corrected": N_("Menampilkan hasil untuk {query}."),
    "uncorrected": N_("Telusuri “{query}” saja"),
    "meant": N_("Mungkin maksud Anda:"),
    "offer": N_("Terbit {period}?"),
    "applied": N_("Tidak ada artikel yang memuat semua kata {query}; ini yang terbit {period}."),
    "exactly": N_("Cari persis yang diketik"),
    "no_address": N_("Artikel dengan alamat itu tidak ada di arsip ini. Yang dicari kata-katanya: {words}."),
    "ignored": N_("Sebagian pertanyaan tidak dipakai seperti tertulis:"),
    "outside": N_("Halaman ini di luar hasil"),
    "last": N_("Buka halaman terakhir"),
    "pages": N_("Halaman hasil"),
    "page": N_("halaman {page} dari {last}"),
    "previous": N_("Sebelumnya"),
    "next": N_("Berikutnya"),
    "sort": N_("Urutkan"),
    "relevance": N_("Relevansi"),
    "newest": N_("Terbaru"),
    "oldest": N_("Terlama"),
    "filters": N_("Saring hasil"),
    "in_force": _n("{num} saringan dipakai", "{num} saringan dipakai"),
    "skip": N_("Langsung ke hasil"),
    "clear": N_("Hapus semua saringan"),
    "more": N_("Lainnya ({num})"),
    "published": N_("Tanggal terbit"),
    "from": N_("Dari"),
    "to": N_("Sampai"),
    Facet.SOURCE.value: N_("Penerbit"),
    Facet.PLACE.value: N_("Tempat"),
    Facet.AUTHOR.value: N_("Penulis"),
    Facet.TOPIC.value: N_("Topik"),
    Facet.YEAR.value: N_("Tahun"),
    "without_source": N_("Tanpa penerbit {values}"),
    "without_place": N_("Tanpa tempat {values}"),
    "without_author": N_("Tanpa penulis {values}"),
    "without_topic": N_("Tanpa topik {values}"),
    "without_year": N_("Tanpa tahun {values}"),
    "without_date": N_("Tanpa batas tanggal"),
    "without_quotes": N_("Tanpa tanda kutip"),
}
"""Key -> the text, or that for one and that for any other number."""


def told(translator: Translator) -> dict[str, str | list[str]]:
    """The texts in one language, what is filled in left open; for a number, that for one and for many."""
    return {
        key: translator.form(text)
        if isinstance(text, str)
        else [translator.form(*text, number=1), translator.form(*text, number=2)]
        for key, text in TEXTS.items()
    }
