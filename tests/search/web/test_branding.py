"""The site is its owner's: logo, accent, texts and files of its own, or a clear reason why not."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.config.values import parse_colour
from index.settings import SettingError, Settings
from search.app import create_app, register
from search.http.site import Site
from search.web.branding import LARGEST_LOGO
from search.web.colours import accent_rules

WIDE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><script>alert(1)</script></svg>'
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"/>'

Open = Callable[..., FlaskClient]


@pytest.fixture
def visit(site_settings: Settings) -> Open:
    """Opens the site with further settings."""
    return lambda **settings: create_app(site_settings.replace(**settings)).test_client()


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    path = tmp_path / "logo.svg"
    path.write_bytes(WIDE)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of the site with files of its own."""
    static = tmp_path / "situs" / "static"
    static.mkdir(parents=True)
    return static


def address(html: str, pattern: str) -> str:
    found = re.search(pattern, html)
    assert found, pattern
    return unescape(found[1])


IMAGE = r'<img class="logo" src="([^"]*)" width="1536" height="512" alt=""><span>'


@pytest.mark.parametrize("path", ["/", "/?q=banjir", "/dokumen/banjir-01", "/bantuan", "/nonesuch"])
def test_the_logo_stands_beside_the_name_with_its_size(visit: Open, logo: Path, path: str) -> None:
    html = visit(logo=str(logo), site_name="Arsip & Kami").get(path).text

    assert address(html, IMAGE)
    assert "<span>Arsip &amp; Kami</span></a>" in html


def test_the_logo_may_stand_instead_of_the_name_and_then_says_it(visit: Open, logo: Path) -> None:
    html = visit(logo=str(logo), logo_only=True, site_name='Arsip "Kami"').get("/?q=banjir").text

    assert 'alt="Arsip &#34;Kami&#34;"></a>' in html


def test_the_logo_is_served_as_what_it_is_and_can_do_nothing(visit: Open, logo: Path) -> None:
    client = visit(logo=str(logo))
    response = client.get(address(client.get("/").text, IMAGE))

    assert response.data == WIDE
    assert response.mimetype == "image/svg+xml"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "max-age=31536000" in response.headers["Cache-Control"]
    again = client.get(response.request.path, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_logo_that_changes_or_vanishes_later_leaves_the_running_site_as_it_is(
    visit: Open, logo: Path
) -> None:
    client = visit(logo=str(logo))
    logo.unlink()

    assert client.get(address(client.get("/").text, IMAGE)).data == WIDE


def test_a_square_logo_is_the_icon_of_the_tab(visit: Open, logo: Path) -> None:
    def icon(client: FlaskClient) -> str:
        return address(client.get("/").text, r'<link rel="icon" href="([^"]*)" type="image/svg\+xml">')

    assert icon(visit(logo=str(logo))).startswith("/aset/icon.svg?")
    logo.write_bytes(SQUARE)
    client = visit(logo=str(logo))
    assert client.get(icon(client)).data == SQUARE
    assert icon(client) in client.get("/opensearch.xml").text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "tidak dapat dibaca"),
        (b"<html></html>", "bukan gambar"),
        (b" " * (LARGEST_LOGO + 1), "lebih besar dari 256 KiB"),
    ],
)
def test_a_logo_that_cannot_be_used_is_refused_by_its_name(
    visit: Open, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    path = tmp_path / "merek.png"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(SettingError, match=reason) as refused:
        visit(logo=str(path))

    assert str(path) in str(refused.value)


def test_the_accent_reaches_the_style_sheet_under_an_address_of_its_own(visit: Open) -> None:
    def sheet(client: FlaskClient) -> tuple[str, str]:
        href = address(client.get("/").text, r'<link rel="stylesheet" href="([^"]*)">')
        with client.get(href) as response:
            return href, response.text

    plain_address, plain = sheet(visit())
    own_address, own = sheet(visit(accent="#8a1538"))
    colour = parse_colour("#8a1538")

    assert colour is not None
    assert own == plain + accent_rules(colour)
    assert own_address != plain_address


def test_the_icon_takes_the_accent(visit: Open) -> None:
    assert 'fill="#8a1538"' in visit(accent="#8a1538").get("/aset/icon.svg").text
    yellow = visit(accent="#ffd400").get("/aset/icon.svg").text
    assert 'fill="#ffd400"' in yellow
    assert 'stroke="#000"' in yellow
    assert "#ffd866" not in yellow


@pytest.mark.parametrize("text", ["merah", "#12", "#0d5f58;} body{display:none"])
def test_an_accent_that_is_no_colour_is_refused(visit: Open, text: str) -> None:
    with pytest.raises(SettingError, match="isilah dengan warna") as refused:
        visit(accent=text)

    assert "#0d5f58" in str(refused.value)


def test_the_footer_is_text_with_links_on_every_page(visit: Open) -> None:
    text = (
        "Kontak: redaksi@arsip.example\nhttps://arsip.example/hak?a=1&b=2.\n\n<b>Dua</b> javascript:alert(1)"
    )
    client = visit(footer=text)

    for path in ("/", "/?q=banjir", "/dokumen/banjir-01", "/bantuan", "/nonesuch"):
        html = client.get(path).text
        assert (
            '<p>Kontak: <a href="mailto:redaksi@arsip.example" rel="noopener" target="_top">'
            "redaksi@arsip.example</a><br>"
            '<a href="https://arsip.example/hak?a=1&amp;b=2" rel="noopener" target="_top">'
            "https://arsip.example/hak?a=1&amp;b=2</a>.</p>" in html
        )
        assert "<p>&lt;b&gt;Dua&lt;/b&gt; javascript:alert(1)</p>" in html
        assert '<div class="foot-text" lang="id">' in html
    assert "foot-text" not in visit().get("/").text


def test_the_page_about_the_site_is_there_when_it_says_something(visit: Open) -> None:
    client = visit(about="Satu <i>alinea</i>.\n\nDua.", site_name="Arsip Kami")
    html = client.get("/tentang").text

    assert "<h1>Tentang Arsip Kami</h1>" in html
    assert '<div lang="id">\n<p>Satu &lt;i&gt;alinea&lt;/i&gt;.</p>\n<p>Dua.</p>' in html
    assert '<a href="/tentang">Tentang</a>' in client.get("/").text
    assert '<a href="/tentang?lang=en">About</a>' in client.get("/?lang=en").text
    without = visit(about=" \n")
    assert without.get("/tentang").status_code == 404
    assert "/tentang" not in without.get("/").text


@pytest.mark.parametrize(
    ("path", "mimetype"),
    [("/favicon.ico", "image/"), ("/apple-touch-icon.png", "image/png"), ("/robots.txt", "text/plain")],
)
def test_what_browsers_ask_for_is_there_and_an_owners_own_wins(
    visit: Open, folder: Path, path: str, mimetype: str
) -> None:
    with visit().get(path) as ours:
        assert ours.status_code == 200
        assert ours.mimetype.startswith(mimetype)
        assert ours.data
    (folder / path.strip("/")).write_bytes(b"milik situs")

    with visit(site_dir=str(folder.parent)).get(path) as own:
        assert own.data == b"milik situs"


def test_a_page_names_the_icons(visit: Open) -> None:
    html = visit().get("/").text

    assert '<link rel="icon" href="/favicon.ico" sizes="32x32">' in html
    assert '<link rel="apple-touch-icon" href="/apple-touch-icon.png">' in html


def test_a_style_sheet_of_the_owner_is_loaded_behind_ours(visit: Open, folder: Path) -> None:
    (folder / "situs.css").write_text("body { color: red }")
    client = visit(site_dir=str(folder.parent))

    ours, own = re.findall(r'<link rel="stylesheet" href="([^"]*)">', client.get("/?q=banjir").text)

    assert ours.startswith("/aset/telusur.css?v=")
    with client.get(own) as response:
        assert response.text == "body { color: red }"


def test_files_of_the_folder_win_and_nothing_outside_of_it_is_served(visit: Open, folder: Path) -> None:
    (folder / "telusur.js").write_text("// milik situs")
    (folder.parent / "rahasia").write_text("rahasia")
    client = visit(site_dir=str(folder.parent), accent="#8a1538")

    with client.get("/aset/telusur.js") as response:
        assert response.text == "// milik situs"
    with client.get("/aset/telusur.css") as response:
        assert "--accent" in response.text
    for path in ("/aset/../rahasia", "/aset/%2e%2e/rahasia", "/aset/..%2frahasia", "/aset/tiada.css"):
        with client.get(path) as response:
            assert response.status_code == 404


def test_a_folder_that_is_not_there_is_refused(visit: Open, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="tidak ada folder"):
        visit(site_dir=str(tmp_path / "tiada"))


def test_every_page_names_the_feed_of_the_newest_articles(visit: Open) -> None:
    client = visit(site_name="Arsip Kami")
    feed = (
        '<link rel="alternate" type="application/atom+xml" title="Artikel terbaru · Arsip Kami" '
        'href="/feed.atom">'
    )

    for path in ("/", "/dokumen/banjir-01", "/bantuan", "/?q=banjir"):
        assert feed in client.get(path).text
    results = client.get("/?q=banjir").text
    assert results.index('href="/feed.atom?q=banjir"') < results.index(feed)  # readers take the first


def test_all_of_it_moves_into_another_application(site_settings: Settings, logo: Path) -> None:
    host = Flask("host")
    settings = site_settings.replace(logo=str(logo), about="Tentang kami", accent="#8a1538")
    register(host, Site.of(settings), url_prefix="/arsip")
    client = host.test_client()
    html = client.get("/arsip/").text

    assert client.get(address(html, IMAGE)).data == WIDE
    assert '<a href="/arsip/tentang">' in html
    for found in re.findall(r'(?:href|src)="([^"]*)"', html):
        assert found.startswith(("/arsip/", "#"))
    wrong: Any = site_settings.replace(logo="tiada.svg")
    with pytest.raises(SettingError):
        register(Flask("other"), Site.of(wrong))
