"""What values say, and what says nothing."""

from __future__ import annotations

import math
from typing import Any

import pytest

from index.settings import Settings
from index.sources.base import UnreadableError
from index.sources.fields.cells import list_in_cell
from index.sources.fields.values import decoded, is_missing, name_of, text_of, title_of, url_of
from index.sources.records import document_from_record

BODY = "Kebun teh di lereng dibuka lagi pekan ini. Pemetik senang."
MARKS = r"- -- — … nan NaN NULL null None \N N/A n.a. #N/A NA <NA> NaT undefined (null) [] {} '' 0000-00-00"


def made(**record: Any) -> Any:
    return document_from_record({"isi": BODY, **record}, "a.csv:2", Settings())


@pytest.mark.parametrize("mark", MARKS.split())
def test_a_mark_of_what_is_missing_is_no_value(mark: str) -> None:
    document = made(
        author=mark, source=mark, place=mark, editor=mark, id=mark, lang=mark, tanggal=mark, url=mark
    )

    assert (document.author, document.source, document.place, document.editor) == ("", "", "", "")
    assert (document.lang, document.published, document.url) == ("id", None, "")
    assert document.id == made().id


def test_semicolons_part_names_where_commas_do_not() -> None:
    assert made(penulis="Rini Wijaya; Joko Santoso").author == "Rini Wijaya, Joko Santoso"
    assert made(penulis="Wijaya, Rini; Santoso, Joko").author == "Wijaya, Rini; Santoso, Joko"


def test_entities_escaped_twice_are_no_text_but_tags_may_be() -> None:
    body = made(isi="&amp;ldquo;Kami&amp;nbsp;siap,&amp;rdquo; kata Rini &amp;lt;b&amp;gt;").body
    assert body == "“Kami siap,” kata Rini &lt;b&gt;"


def test_the_source_of_an_article_may_be_its_address() -> None:
    document = made(source="https://kebun.example/baca/1")
    assert (document.url, document.source) == ("https://kebun.example/baca/1", "kebun.example")
    assert made(source="https://kebun.example/").url == ""
    assert (
        made(source="https://kebun.example/baca/1", url="https://kebun.example/2").url
        == "https://kebun.example/2"
    )


def test_the_whole_text_of_a_feed_comes_before_its_beginning() -> None:
    record = {"content": "Awal kebun teh di lereng itu", "content:encoded": f"<p>{BODY}</p>"}
    assert document_from_record(record, "a.json:1", Settings()).body == BODY


@pytest.mark.parametrize("said", ["tidak ada", "Tidak diketahui", "KOSONG", "Unknown"])
def test_so_is_what_people_write_for_it_but_in_a_title(said: str) -> None:
    document = made(penulis=said, judul=said)

    assert (document.author, document.title) == ("", said)


def test_people_and_titles_that_look_like_marks_stay() -> None:
    assert made(penulis="Nan").author == "Nan"
    assert made(penulis="Nan Hidayat").author == "Nan Hidayat"
    assert made(judul="Null").title == "Null"
    assert made(judul="1984").title == "1984"
    assert made(sumber="24 Jam").source == "24 Jam"
    assert not is_missing(0)
    assert is_missing(math.nan)


def test_the_next_column_is_read_where_the_best_is_missing() -> None:
    document = made(
        published_at="NULL", created_at="2024-03-05", judul="-", headline="Teh", penulis="nan", byline="Ani"
    )

    assert (str(document.published), document.title, document.author) == ("2024-03-05", "Teh", "Ani")
    assert made(date="Selasa", tanggal_input="5 Maret 2024").published.day == 5


@pytest.mark.parametrize(
    "text", ["---", "NULL", "***\n...", "12.345", "&nbsp;&hellip;", "[]", "<p>&nbsp;</p>"]
)
def test_a_text_without_a_word_is_no_article(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"no words|empty"):
        document_from_record({"judul": "Teh", "isi": text}, "a.csv:2", Settings())


def test_entities_without_tags_are_characters_once() -> None:
    document = made(
        judul="&#8216;Teh&#8217; &amp; Kopi",
        penulis="D&#39;Massiv",
        isi="Teh&nbsp;hijau &ldquo;laku&rdquo; &mdash; tulis &amp;lt;b&amp;gt; saja.",
    )

    assert (document.title, document.author) == ("‘Teh’ & Kopi", "D'Massiv")
    assert document.body == "Teh hijau “laku” — tulis &lt;b&gt; saja."
    assert decoded("?a=1&copy=2&para") == "?a=1&copy=2&para"
    assert url_of("https://contoh.id/?a=1&amp;b=2") == "https://contoh.id/?a=1&b=2"


def test_html_that_was_escaped_as_a_whole_is_html() -> None:
    assert (
        made(isi="&lt;p&gt;Teh hijau.&lt;/p&gt;&lt;p&gt;Teh hitam.&lt;/p&gt;").body
        == "Teh hijau.\n\nTeh hitam."
    )


@pytest.mark.parametrize(
    "cell",
    [
        "['Teh hijau.', \"Jum'at ramai.\"]",
        '["Teh hijau.", "Jum\'at ramai."]',
        "['Teh hijau.'\n \"Jum'at ramai.\"]",
        "('Teh hijau.', \"Jum'at ramai.\")",
        "array(['Teh hijau.', \"Jum'at ramai.\"], dtype=object)",
        "['Teh hijau.', nan, None, \"Jum'at ramai.\"]",
        '{"Teh hijau.","Jum\'at ramai."}',
        "[{'type': 'p', 'text': 'Teh hijau.'}, {'src': 'a.jpg'}, {'text': \"Jum'at ramai.\"}]",
    ],
)
def test_paragraphs_listed_in_a_cell_are_paragraphs(cell: str) -> None:
    assert made(isi=cell).body == "Teh hijau.\n\nJum'at ramai."


@pytest.mark.parametrize(
    "text", ["[Foto: Ani] Teh hijau laku.", "(Ani/Budi)", "{nama} laku", "[lihat] dan [baca]"]
)
def test_text_in_brackets_stays_text(text: str) -> None:
    assert text_of(text) == text
    assert list_in_cell(text) is None or text.startswith("{")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        (["Ani", {"name": "Budi"}, "Ani"], "Ani, Budi"),
        ("['Ani', 'Budi']", "Ani, Budi"),
        ('[{"id": 3, "nama": "Ani"}]', "Ani"),
        ("{'name': 'Ani', 'slug': 'ani'}", "Ani"),
        ('{Ani,"Budi S"}', "Ani, Budi S"),
        ({"first_name": "Ani", "last_name": "Budi"}, "Ani Budi"),
        ({"@type": "Person", "name": ["Ani", "Budi"]}, "Ani, Budi"),
        ({"rendered": "Ani &amp; Budi"}, "Ani & Budi"),
        (12, ""),
        ("12", ""),
        ("12.0", ""),
        ([12, 13], ""),
        ({"id": 12}, ""),
        ('<a href="/ani" rel="author">Ani</a>', "Ani"),
        (False, ""),
    ],
)
def test_names_are_found_in_what_wraps_them_and_numbers_are_accounts(value: Any, names: str) -> None:
    assert name_of(value) == names


def test_objects_of_databases_and_programs_are_unwrapped() -> None:
    document = document_from_record(
        {
            "_id": {"$oid": "65c9"},
            "title": {"rendered": "Teh &#8211; Kopi"},
            "content": {"rendered": f"<p>{BODY}</p>", "protected": False},
            "link": {"href": "https://contoh.id/teh"},
            "source": {"id": None, "name": "Radar Teh"},
        },
        "x",
        Settings(),
    )

    assert (document.id, document.title, document.body) == ("65c9", "Teh – Kopi", BODY)
    assert (document.url, document.source) == ("https://contoh.id/teh", "Radar Teh")
    assert title_of({"main": "Teh", "print": "x"}) == "Teh"
    assert made(id=71.0).id == "71"


def test_an_identifier_that_is_an_address_leads_to_the_article() -> None:
    assert made(guid={"rendered": "https://contoh.id/?p=71"}).url == "https://contoh.id/?p=71"
    assert made(guid="https://contoh.id/?p=71", link="https://contoh.id/teh").url == "https://contoh.id/teh"


def test_the_address_of_a_site_is_not_that_of_its_articles() -> None:
    document = made(source_url="https://www.contoh.id/")

    assert (document.url, document.source) == ("", "contoh.id")
    assert made(source_url="https://contoh.id/teh/1").url == "https://contoh.id/teh/1"


def test_a_long_address_stays_whole() -> None:
    address = "https://contoh.id/" + "teh-" * 200

    assert made(url=address).url == address


def test_a_summary_stands_in_for_a_text_that_is_missing_beside_a_title() -> None:
    summary = "Pemetik teh kembali bekerja setelah hujan reda."

    assert document_from_record({"judul": "Teh", "ringkasan": summary}, "x", Settings()).body == summary
    assert made(ringkasan=summary, judul="Teh").body == BODY
    with pytest.raises(UnreadableError):
        document_from_record({"ringkasan": summary}, "x", Settings())
    with pytest.raises(UnreadableError):
        document_from_record({"judul": "Teh", "ringkasan": "Teh."}, "x", Settings())


@pytest.mark.parametrize(
    "cell",
    ["[" * 50_000 + "]", "[" + "-" * 9_000 + "1]", "['" + "\\" * 100_000 + "]", "[1" + "+1" * 9_000 + "]"],
)
def test_what_would_overwhelm_a_parser_stays_text(cell: str) -> None:
    assert list_in_cell(cell) is None
