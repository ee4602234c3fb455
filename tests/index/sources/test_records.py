"""Records with fields of many names and kinds."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from index.documents import Document, Span
from index.settings import Settings
from index.sources.base import UnreadableError
from index.sources.fields.names import known_field
from index.sources.fields.vocabulary import NAMES
from index.sources.records import document_from_record

BODY = "Pasar baru dibuka pekan ini. Pedagang senang."


def made(**record: Any) -> Any:
    return document_from_record({"body": BODY, **record}, "arsip.jsonl:1", Settings())


@pytest.mark.parametrize(
    ("field", "name"),
    [(field, name) for field, names in NAMES.items() if field != "topics" for name in names],
)
def test_every_documented_name_is_understood(field: str, name: str) -> None:
    value = {
        "published": "2024-02-06",
        "url": "https://contoh.id/pasar",
        "lang": "en",
        "body": "Warung lama ditutup.",
    }.get(field, "Nilai-1")
    others = {"id": "a", "title": "Judul", "body": BODY}
    record = {key: text for key, text in others.items() if key != field}

    document = document_from_record({**record, name: value}, "x", Settings())

    meant = {"published": date(2024, 2, 6), "topics": (value,)}.get(field, value)
    assert getattr(document, field) == meant


@pytest.mark.parametrize("name", ["Tanggal Terbit", "TANGGAL-TERBIT", "tanggal_terbit", " tanggalTerbit "])
def test_the_spelling_of_a_name_does_not_matter(name: str) -> None:
    assert made(**{name: "6 Februari 2024"}).published == date(2024, 2, 6)


def test_what_the_record_says_comes_before_what_the_text_says() -> None:
    text = "CIAMIS, KABARUJUNG.CO.ID - Pasar dibuka, Selasa (6/2/2024).\nEditor: Budi Wibowo"

    said = made(body=text, place="Banjar", source="Radio Kota", editor="Sari Melati", date="2024-02-09")
    unsaid = made(body=text)

    assert (said.place, said.source, said.editor) == ("Banjar", "Radio Kota", "Sari Melati")
    assert said.published == date(2024, 2, 9)
    assert (unsaid.place, unsaid.source, unsaid.editor) == ("Ciamis", "kabarujung.co.id", "Budi Wibowo")
    assert unsaid.published == date(2024, 2, 6)
    assert said.body == unsaid.body == "Pasar dibuka, Selasa (6/2/2024)."


def test_the_address_gives_publisher_and_day_when_nothing_else_does() -> None:
    document = made(url="https://www.contoh.id/2024/02/06/pasar")

    assert (document.source, document.published) == ("contoh.id", date(2024, 2, 6))


def test_a_publisher_that_is_a_domain_is_lower_case() -> None:
    assert made(source="WWW.KabarUjung.CO.ID").source == "kabarujung.co.id"
    assert made(source="https://www.kabarujung.co.id/nasional").source == "kabarujung.co.id"
    assert made(source="Kabar Ujung").source == "Kabar Ujung"


def test_an_address_that_is_not_of_the_web_is_dropped() -> None:
    assert made(url="javascript:alert(1)").url == ""
    assert made(url="data:text/html,x").url == ""
    assert made(url="https://[rusak/").source == ""


def test_numbers_lists_and_names_inside_objects_are_read() -> None:
    document = made(id=42, author=["Sari", {"name": "Budi"}], source={"id": None, "name": "Radio Kota"})

    assert (document.id, document.author, document.source) == ("42", "Sari, Budi", "Radio Kota")


def test_html_of_a_content_system_becomes_plain_text() -> None:
    document = made(
        title="<b>Pasar &amp; Warung</b>",
        body="<p>Satu &lt;b&gt; &amp; dua.</p><script>alert(1)</script><p>Tiga<br>empat.</p>",
    )

    assert document.title == "Pasar & Warung"
    assert document.body == "Satu <b> & dua.\n\nTiga\n\nempat."


def test_a_tag_inside_a_text_stays_text() -> None:
    document = made(title="<script>alert(1)</script>", body="Tag <script>alert(1)</script> dibahas.")

    assert document.title == "<script>alert(1)</script>"
    assert document.body == "Tag <script>alert(1)</script> dibahas."


def test_a_record_without_text_says_what_was_found_and_expected() -> None:
    with pytest.raises(UnreadableError, match=r"found: judul, ringkas; expected one of: body, text, isi"):
        document_from_record({"judul": "x", "ringkas": "y"}, "x", Settings())
    with pytest.raises(UnreadableError, match="empty"):
        document_from_record({"judul": "x", "isi": " \n"}, "x", Settings())


@pytest.mark.parametrize(
    "title",
    [
        "Pasar Baru : Okezone News", "Pasar Baru | Kabar Muara - Berita Banten Terkini",
        "Pasar Baru - kabarmuara.com Mobile",
        "Pasar Baru Halaman all - kabarmuara.com", "Pasar Baru - kabarmuara - Ekonomi - Halaman 2",
    ],
)  # fmt: skip
def test_what_a_site_says_of_itself_behind_a_title_goes(title: str) -> None:
    url = "https://kabarmuara.com/1" if "uara" in title else "https://news.okezone.com/1"
    assert made(title=title, url=url).title == "Pasar Baru"


@pytest.mark.parametrize(
    "title", ["Pasar : Wajah Baru Muara", "Pasar | Baru - Lama", "Hari Ini - Halaman Rumah"]
)
def test_a_title_with_signs_stays_whole(title: str) -> None:
    assert made(title=title, url="https://kabarmuara.com/1").title == title


def test_a_title_is_made_when_there_is_none() -> None:
    assert made().title == "Pasar baru dibuka pekan ini"
    assert made(title="  \x00 ").title == "Pasar baru dibuka pekan ini"


@pytest.mark.parametrize(
    ("said", "expected"),
    [("en", "en"), ("id_ID", "id-ID"), ("Indonesian", "id"), ("??", "id"), ("", "id"), (7, "id")],
)
def test_the_language_is_a_tag(said: Any, expected: str) -> None:
    assert made(lang=said).lang == expected


def test_control_characters_and_lone_surrogates_are_gone_from_every_field() -> None:
    document = made(id="a\ud800b", title="Ju\x00dul\ud800", body="Pa\x00sar\udfff baru.", author="Sa\x07ri")

    assert (document.title, document.body, document.author) == ("Judul", "Pasar baru.", "Sari")
    assert document.content_hash


def test_a_number_of_endless_digits_is_no_value() -> None:
    assert made(author=10**5000).author == ""


def test_every_field_of_a_document_is_in_its_record() -> None:
    values = ("1", "Judul", "Isi.", "https://a.id", "a.id", "Kota", "Ani", "Edi", date(2024, 5, 6))
    about = {"topics": ("Air", "Desa"), "metadata": (("edisi", "pagi"), ("Foto", "Tari"))}
    document = Document(*values, layout=(Span("h", 0, 4, 2), Span("a", 0, 3, 0, "https://b.id/")), **about)

    assert Document.from_dict(document.to_dict()) == document
    assert set(document.to_dict()) == {field.name for field in fields(Document) if field.compare}


def test_short_and_long_spellings_of_a_name_are_the_same_name() -> None:
    assert known_field("  Tanggal   Terbit ") == "published"
    assert known_field("tanggal" + " " * 100 + "terbit") == "published"
