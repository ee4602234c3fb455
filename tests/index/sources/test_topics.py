"""Topics: names of sections, categories and tags, however a record or a page writes them."""

from __future__ import annotations

from typing import Any

import pytest

from index.settings import Settings
from index.sources.records import document_from_record
from index.sources.topics import LONGEST_TOPIC, MOST_TOPICS, topics_of, topics_of_page

BODY = "Jembatan gantung di hulu selesai dibangun."


@pytest.mark.parametrize(
    ("value", "topics"),
    [
        ("Olahraga", ["Olahraga"]),
        ("Olahraga, Bulu Tangkis", ["Olahraga", "Bulu Tangkis"]),
        ("Olahraga;Bulu Tangkis; olahraga", ["Olahraga", "Bulu Tangkis"]),
        ("Hukum | Korupsi", ["Hukum", "Korupsi"]),
        ("Nasional > Politik", ["Nasional", "Politik"]),
        ("Daerah » Jawa Tengah", ["Daerah", "Jawa Tengah"]),
        ("#banjir #demak", ["banjir", "demak"]),
        ("#mudik", ["mudik"]),
        ("Seni &amp; Budaya, Jum'at Berkah", ["Seni & Budaya", "Jum'at Berkah"]),
        ("Badan Pengawas Pemilu (Bawaslu)", ["Badan Pengawas Pemilu (Bawaslu)"]),
        ('["Olahraga", "Bulu Tangkis, Ganda"]', ["Olahraga", "Bulu Tangkis, Ganda"]),
        ("['Olahraga', \"Jum'at\"]", ["Olahraga", "Jum'at"]),
        ("[{'id': 7, 'name': 'Kesehatan'}]", ["Kesehatan"]),
        ('{"id": 7, "nama": "Kesehatan"}', ["Kesehatan"]),
        ('{Olahraga,"Bulu Tangkis"}', ["Olahraga", "Bulu Tangkis"]),
        (["Hukum, Politik, dan Keamanan", "Hukum"], ["Hukum, Politik, dan Keamanan", "Hukum"]),
        (["hukum, politik"], ["hukum", "politik"]),
        ([{"id": 3, "name": "Ekonomi", "slug": "uang"}, {"id": 4, "title": "UMKM"}], ["Ekonomi", "UMKM"]),
        ({"id": 3, "name": "Ekonomi"}, ["Ekonomi"]),
        ({"0": "Ekonomi", "1": {"label": "UMKM"}}, ["Ekonomi", "UMKM"]),
        ({"category": [{"name": "Ekonomi"}], "post_tag": [{"name": "UMKM"}]}, ["Ekonomi", "UMKM"]),
        ("<a href='/x' rel='tag'>Wisata</a>", ["Wisata"]),
        (["<b>Seni</b>", "(Opini)", "(Papua) PON (Aceh)"], ["Seni", "Opini", "(Papua) PON (Aceh)"]),
        ('"Air", “Hujan”, \'Desa\', Kasus "Lada", "Rob', ["Air", "Hujan", "Desa", 'Kasus "Lada"', "Rob"]),
        ("PON 2024", ["PON 2024"]),
    ],
)  # fmt: skip
def test_names_are_read_from_whatever_holds_them(value: Any, topics: list[str]) -> None:
    assert topics_of([value]) == tuple(topics)


@pytest.mark.parametrize(
    "value",
    [
        *(7, "7", "12,15", [3, 9], 3.5, True, None, "", "-", "nan", "NULL", "None", "\\N", "N/A", "[]", "{}"),
        *("Uncategorized", "Tak Berkategori", "https://contoh.example/rubrik/olahraga", "...", "#"),
        *('a:2:{i:0;s:8:"Olahraga";i:1;s:3:"PON";}', "Sebuah kalimat panjang yang bukan nama apa pun " * 4),
        [[[[[["terlalu dalam", "sekali"]]]]]],
    ],
)
def test_what_names_nothing_is_no_topic(value: Any) -> None:
    assert topics_of([value]) == ()


def test_what_is_written_strangely_is_no_topic_and_no_trouble() -> None:
    for start in ("[", "(", "['", "{'a': ", '"', "{", "[{", "[-", '["\\d'):
        for value in (start * 5000, start * 90 + "1"):
            assert topics_of([value]) == (), value[:20]


def test_all_that_a_record_names_counts_once() -> None:
    document = document_from_record(
        {
            "body": BODY,
            "kategori": "Infrastruktur",
            "tags": ["jembatan", "INFRASTRUKTUR"],
            "Rubrik": "Daerah",
        },
        "x",
        Settings(),
    )

    assert document.topics == ("Infrastruktur", "Daerah", "jembatan")


def test_there_are_only_so_many_and_each_is_only_so_long() -> None:
    many = topics_of([", ".join(f"topik {number}" for number in range(3000))])
    longest = "x" * LONGEST_TOPIC

    assert many == tuple(f"topik {number}" for number in range(MOST_TOPICS))
    assert topics_of([[longest, longest + "y", "y" * 10_000_000]]) == (longest,)


def test_a_page_names_them_for_machines() -> None:
    page = """<html><head><meta property="article:section" content="Daerah"/>
    <meta content="Jembatan &amp; Jalan" property='article:tag'>
    <meta name="keywords" content="berita, terkini">
    <meta name="news_keywords" content="jembatan gantung, daerah">
    <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
      {"@type": "WebSite", "keywords": "portal, berita"},
      {"@type": ["NewsArticle"], "articleSection": ["Infrastruktur"], "keywords": "Kalimantan, hulu",
       "about": {"@type": "Thing"}}]}</script></head><body><p>Isi.</p></body></html>"""

    assert topics_of_page(page) == (
        *("Daerah", "Jembatan & Jalan", "jembatan gantung", "Infrastruktur", "Kalimantan", "hulu"),
    )


def test_links_to_tags_count_where_a_page_says_nothing_else() -> None:
    links = """<a href="/tag/air" rel="tag">Air
    Bersih</a>, <a rel='tag nofollow' href=/t><span>Desa</span></a>
    <a rel="category tag" href="/k">Kartu Lain</a> <a href="/x" data-tag="tag">Bukan</a>"""

    assert topics_of_page(links) == ("Air Bersih", "Desa")
    assert topics_of_page(f'<meta property="article:tag" content="Sungai">{links}') == ("Sungai",)


def test_a_strange_page_names_none() -> None:
    script = '<script type="application/ld+json">'
    for page in (
        "<script type=application/ld+json>" * 20_000,
        "<meta " * 100_000,
        '<meta property="article:tag" content="' * 20_000,
        script + '{"@type": "NewsArticle", "keywords": </script>',
        script + "[" * 100_000 + "</script>",
        "<a rel=tag>" * 20_000,
        "<a " * 100_000,
        script + '{"@type": "NewsArticle", "keywords": 7, "articleSection": null}</script>',
    ):
        assert topics_of_page(page) == ()
