"""Ids: safe in a URL, the same from run to run, unique."""

from __future__ import annotations

import re

import pytest

from index.sources.identity import id_from_content, id_from_file, id_from_record

SAFE = re.compile(r"[A-Za-z0-9._-]{1,120}")


@pytest.mark.parametrize("own", ["antara-3731553", "2024.01_a", "A" * 120])
def test_an_id_that_is_safe_in_a_url_stays(own: str) -> None:
    assert id_from_record(own) == own


@pytest.mark.parametrize("own", ["..", ".", "a b", "a/b?c", "é", "A" * 121, "[1, 14]", "日本", "../../etc"])
def test_any_other_id_becomes_safe_and_stays_unique(own: str) -> None:
    made = id_from_record(own)

    assert SAFE.fullmatch(made)
    assert made.strip(".")
    assert made == id_from_record(own) != id_from_record(own + "x")


def test_the_id_of_a_file_comes_from_its_name_and_its_place_in_the_archive() -> None:
    assert id_from_file("arsip/a/pasar baru.txt").startswith("pasar-baru-")
    assert id_from_file("arsip/a/x.txt") != id_from_file("arsip/b/x.txt")
    assert id_from_file("arsip/x.txt") != id_from_file("arsip/x.html")
    assert SAFE.fullmatch(id_from_file("arsip/" + "日本" * 200 + ".txt.gz"))


def test_the_id_of_a_record_comes_from_its_address_or_its_text() -> None:
    assert id_from_content("Judul", "http://a.id/1", "x") == id_from_content("Judul", "http://a.id/1", "y")
    assert id_from_content("Judul", "http://a.id/1", "x") != id_from_content("Judul", "http://a.id/2", "x")
    assert id_from_content("Judul", "", "x") != id_from_content("Judul", "", "y")
