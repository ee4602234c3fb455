"""Metadata: what a record says under names that stand for no field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from index.documents import Document
from index.settings import Settings
from index.sources.metadata import LONGEST_NAME, LONGEST_VALUE, MOST_CHARACTERS, MOST_ENTRIES, metadata_of
from index.sources.records import document_from_record

BODY = "Sumur bor warga kering sejak kemarau."


def of(**record: Any) -> dict[str, str]:
    return dict(metadata_of(record.items()))


def test_unknown_names_keep_their_values_in_their_order() -> None:
    record = {
        "Nomor Edisi": 12,
        "isi": BODY,
        "judul": "Sumur Kering",
        "Fotografer": "Tari",
        "kategori": "Air",
    }

    document = document_from_record(record, "x", Settings())

    assert document.metadata == (("Nomor Edisi", "12"), ("Fotografer", "Tari"))
    assert Document.from_dict(document.to_dict()) == document


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("  dua\n baris ", "dua baris"),
        (0, "0"),
        (2.5, "2.5"),
        (True, "true"),
        (date(2024, 2, 6), "2024-02-06"),
        (["Sari", 7, None, "Budi"], "Sari, 7, Budi"),
        ([{"id": 1, "name": "Sari"}, {"nama": "Budi"}], "Sari, Budi"),
        ("<p>Foto: <b>Tari</b></p>", "Foto: Tari"),
        ("<script>alert(1)</script> & co", "<script>alert(1)</script> & co"),
    ],
)
def test_values_become_text(value: Any, text: str) -> None:
    assert of(catatan=value) == {"catatan": text}


@pytest.mark.parametrize(
    "value", [None, "", "-", "nan", "NULL", "\\N", [], {}, [[1, 2]], [{"id": 3}], b"x", object()]
)
def test_what_says_nothing_is_left_out(value: Any) -> None:
    assert of(catatan=value) == {}


def test_a_number_of_too_many_digits_is_left_out() -> None:
    assert of(catatan=10**5000) == {}


def test_objects_are_told_one_level_deep() -> None:
    seo = {"title": "Sumur", "skor": 3, "og": {"image": "a.jpg"}, "kata": ["a", "b"], "_id": 1}

    assert of(seo=seo) == {"seo.title": "Sumur", "seo.skor": "3", "seo.kata": "a, b"}


@pytest.mark.parametrize("name", ["", " ", "Unnamed: 0", "index", "level_0", "_edit_lock", "No", "#"])
def test_numbers_of_rows_and_names_for_machines_are_left_out(name: str) -> None:
    assert of(**{name: "3", "edisi": "pagi"}) == {"edisi": "pagi"}


@pytest.mark.parametrize(
    "name",
    [
        "email",
        "author_email",
        "authorEmail",
        "IP",
        "post.ip",
        "Nomor HP",
        "user_password",
        "csrfToken",
        "NIK",
    ],
)
def test_what_is_private_by_its_name_is_left_out(name: str) -> None:
    assert of(**{name: "sari@contoh.example", "edisi": "pagi"}) == {"edisi": "pagi"}


@pytest.mark.parametrize("name", ["tipe", "shipping", "Strip", "Kilip", "mailing", "unik"])
def test_a_name_that_only_holds_such_letters_is_kept(name: str) -> None:
    assert of(**{name: "x"}) == {name: "x"}


def test_an_object_of_metadata_is_what_it_holds() -> None:
    assert of(metadata={"edisi": "pagi", "halaman": 3}) == {"edisi": "pagi", "halaman": "3"}


def test_it_is_bounded() -> None:
    entries = of(**{f"kolom {number}": "isi" for number in range(500)})
    long = of(**{"n" * 5000: "kata " * 1_000_000})
    much = of(**{f"kolom {number}": "x" * 900 for number in range(40)}, pendek="y")

    assert len(entries) == MOST_ENTRIES
    [(name, value)] = long.items()
    assert (len(name), len(value), value[-1]) == (LONGEST_NAME, LONGEST_VALUE, "…")
    assert sum(len(name) + len(value) for name, value in much.items()) <= MOST_CHARACTERS
    assert much["pendek"] == "y"
