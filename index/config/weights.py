"""The table of ranking weights: for those who measure them (docs/relevance.md)."""

from __future__ import annotations

ROWS: tuple[tuple[str, float, str], ...] = (
    ("body", 1.0, "akar kata dalam isi"),
    ("body_exact", 0.5, "kata persis seperti diketik dalam isi, sebagai tambahan"),
    ("presence", 1.0, "adanya kata dalam isi, dikalikan kelangkaannya"),
    ("lead", 0.6, "akar kata di antara 40 kata pertama isi, sebagai tambahan"),
    ("opening", 0.3, "akar kata di antara 10 kata pertama isi, sebagai tambahan"),
    ("title", 3.0, "akar kata dalam judul"),
    ("title_exact", 1.0, "kata persis seperti diketik dalam judul, sebagai tambahan"),
    ("author", 0.5, "kata dalam nama penulis"),
    ("place", 0.5, "kata dalam nama tempat"),
    ("source", 0.5, "kata dalam nama penerbit"),
    (
        "phrase",
        8.0,
        "pertanyaan pendek yang ada utuh, persis seperti diketik; dikali kelangkaan katanya",
    ),
    ("expansion", 0.9, "bentuk lain (akronim, sinonim) dibandingkan kata yang diketik"),
    ("variant", 0.9, "tulisan lain kata yang sama (walikota, wali kota) dibandingkan kata yang diketik"),
    (
        "reading",
        0.25,
        "kata yang lebih mungkin dari akar lain (mengurus: urus, kurus) dibandingkan kata akar yang diketik",
    ),
    ("alike", 0.5, "nama yang bunyinya sama (Achmad, Ahmad) dibandingkan nama yang diketik"),
    ("pattern", 1.0, "kata yang cocok dengan pola atau mirip"),
    (
        "all_words",
        1.0,
        "jarak nilai artikel yang memuat semua kata, yang tampil dahulu, dari yang lain",
    ),
    ("few_words", 3, "panjang pertanyaan (kata) yang mendahulukan artikel dengan semua kata"),
    (
        "frame",
        0.3,
        "kata yang hanya membingkai pertanyaan (jumlah, pengertian), dibandingkan kata lain",
    ),
    (
        "overlap",
        0.6,
        "berkurangnya kata yang selalu bersama kata di dekatnya (nama); 0 berarti tidak berkurang",
    ),
    (
        "answer",
        10.0,
        "adanya tanggal atau angka yang ditanyakan (kapan, berapa), pada dua puluh hasil pertama",
    ),
    (
        "passage",
        0.6,
        "kata pertanyaan dalam kalimat yang memuat paling banyak, dikali kelangkaannya; hasil yang sama",
    ),
    (
        "beside",
        0.75,
        "kata pertanyaan yang hanya ada dalam artikel lain tentang nama yang sama; hasil yang sama",
    ),
    ("fresh", 0.0, "terbit sepekan, sebulan, setahun terakhir, masing-masing; 0 berarti tidak ada"),
)
"""Name, default, and what counts so much."""
