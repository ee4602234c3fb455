"""Sitemaps beside saved pages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from index.documents import Document
from index.settings import Settings
from index.sources.base import InputFile, Skip
from index.sources.signatures import Signer
from index.sources.sitemaps import listed_page

ReadAll = Callable[[Path], Iterator[Document | Skip]]

PAGE = (
    "<html><body><p>Pedagang senang sekali hari itu karena pasar ramai pembeli.</p>"
    "<p>Warga datang sejak pagi untuk membeli sayur segar.</p></body></html>"
)


def sitemap(*paths: str, day: str = "2024-02-06") -> str:
    urls = "".join(
        f"<url><loc>https://kabar.example/{path}</loc><lastmod>2025-01-01</lastmod><news:news>"
        f"<news:publication_date>{day}T10:00:00+07:00</news:publication_date>"
        f"<news:title>Pasar &amp; Warung</news:title></news:news></url>"
        for path in paths
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{urls}</urlset>'
    )


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.mark.parametrize(
    "saved", ["2024/pasar/index.html", "2024/pasar.html", "2024/pasar/index.htm", "pasar.html"]
)
def test_a_page_gets_what_it_lacks_from_a_sitemap_by_its_place(
    tmp_path: Path, read_all: ReadAll, saved: str
) -> None:
    write(tmp_path, {"sitemap-news.xml": sitemap("2024/pasar/", "2024/lain/"), saved: PAGE})
    (page,) = read_all(tmp_path)

    assert isinstance(page, Document)
    assert (page.url, page.source) == ("https://kabar.example/2024/pasar/", "kabar.example")
    assert (page.title, page.published) == ("Pasar & Warung", date(2024, 2, 6))


def test_what_a_page_says_of_itself_comes_first(tmp_path: Path, read_all: ReadAll) -> None:
    own = PAGE.replace(
        "<html>",
        '<html><head><title>Judul halaman</title><link rel="canonical" href="https://kabar.example/2024/pasar">'
        '<meta property="article:published_time" content="2024-01-05"></head>',
    )
    write(tmp_path, {"sitemap.xml": sitemap("2024/pasar/"), "x.html": own})
    (page,) = read_all(tmp_path)

    assert isinstance(page, Document)
    assert (page.title, page.published) == ("Judul halaman", date(2024, 1, 5))


def test_a_page_that_it_does_not_name_stays_as_it_is(tmp_path: Path, read_all: ReadAll) -> None:
    write(tmp_path, {"a/sitemap.xml": sitemap("2024/pasar/"), "b/pasar.html": PAGE, "a/lain.html": PAGE})
    for page in read_all(tmp_path):
        assert isinstance(page, Document)
        assert (page.url, page.published) == ("", None)


def test_a_page_that_was_named_itself_is_not_searched_for_around(tmp_path: Path) -> None:
    write(tmp_path, {"sitemap.xml": sitemap("2024/pasar/"), "a/pasar.html": PAGE})
    for root in (tmp_path / "a/pasar.html", tmp_path / "lain"):
        assert listed_page(InputFile(tmp_path / "a/pasar.html", "pasar.html", root)) is None


def test_a_sitemap_alone_says_what_it_is(tmp_path: Path, read_all: ReadAll) -> None:
    write(tmp_path, {"sitemap.xml": sitemap("a/", "b/"), "c.txt": "Pasar baru dibuka pekan ini."})
    skips = [found for found in read_all(tmp_path) if isinstance(found, Skip)]
    assert len(skips) == 1
    assert "a list of 2 addresses" in skips[0].reason


def test_a_page_is_read_anew_when_its_sitemap_changes(tmp_path: Path) -> None:
    write(tmp_path, {"sitemap.xml": sitemap("2024/pasar/"), "pasar.html": PAGE})
    page = InputFile(tmp_path / "pasar.html", "a/pasar.html", tmp_path)
    before = Signer(Settings()).sign(page).key
    assert Signer(Settings()).sign(page).key == before

    (tmp_path / "sitemap.xml").write_text(sitemap("2024/pasar/", day="2024-02-07"))
    os.utime(tmp_path / "sitemap.xml", (1, 1))
    assert Signer(Settings()).sign(page).key != before
