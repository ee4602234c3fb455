"""Templates of an owner win over ours; one that is broken says where, and takes nothing else down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.settings import Settings
from search.app import create_app
from search.web.branding import broken_templates

Write = Callable[..., FlaskClient]

FOOTER = """{% extends "bawaan/base.html" %}
{% block footer %}<footer class="foot">Arsip milik {{ site_name }}</footer>{% endblock %}
"""


@pytest.fixture
def write(site_settings: Settings, tmp_path: Path) -> Write:
    """Opens the site with templates of its own, given by name."""

    def write(**templates: str) -> FlaskClient:
        folder = tmp_path / "templates"
        folder.mkdir(exist_ok=True)
        for name, content in templates.items():
            (folder / f"{name}.html").write_text(content, encoding="utf-8")
        return create_app(site_settings.replace(site_dir=str(tmp_path), site_name="<Kami>")).test_client()

    return write


@pytest.mark.parametrize("path", ["/", "/?q=banjir", "/dokumen/banjir-01", "/bantuan", "/nonesuch"])
def test_a_block_of_the_frame_changes_on_every_page(write: Write, path: str) -> None:
    html = write(base=FOOTER).get(path).text

    assert '<footer class="foot">Arsip milik &lt;Kami&gt;</footer>' in html
    assert "Cara mencari</a>" not in html
    assert 'role="search"' in html


BLOCKS = [
    ("base", "site_head", "/?q=banjir"),
    ("base", "site_head", "/nonesuch"),
    ("base", "header", "/"),
    ("base", "search", "/bantuan"),
    ("base", "footer", "/"),
    ("home", "title", "/"),
    ("home", "body", "/"),
    ("results", "head", "/?q=banjir"),
    ("results", "body", "/?q=banjir"),
    ("article", "main", "/dokumen/banjir-01"),
    ("help", "main", "/bantuan"),
    ("about", "heading", "/tentang"),
    ("about", "about", "/tentang"),
    ("problem", "main", "/nonesuch"),
]


@pytest.mark.parametrize(("name", "block", "path"), BLOCKS)
def test_every_block_that_the_documentation_promises_can_be_changed(
    site_settings: Settings, tmp_path: Path, name: str, block: str, path: str
) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    words = "Ini milik situs"
    source = f'{{% extends "bawaan/{name}.html" %}}{{% block {block} %}}{words}{{% endblock %}}'
    (folder / f"{name}.html").write_text(source)
    told = (Path(__file__).parents[3] / "docs" / "tampilan.md").read_text(encoding="utf-8")

    response = create_app(site_settings.replace(site_dir=str(tmp_path), about="Kami")).test_client().get(path)

    assert words in response.text
    (row,) = [line for line in told.splitlines() if line.startswith(f"| `{name}.html`")]
    assert f"`{block}`" in row


def test_a_template_without_an_override_stays_ours(write: Write) -> None:
    client = write(about="Milik situs")

    assert "artikel untuk" in client.get("/?q=banjir").text


MAP = '{% extends "telusur/base.html" %}{% block main %}{% include "telusur/peta.html" %}{% endblock %}'


def test_templates_of_the_owner_may_use_each_other(write: Write) -> None:
    html = write(help=MAP, peta="Peta {{ site_name }}", base=FOOTER).get("/bantuan").text

    assert "Peta &lt;Kami&gt;" in html
    assert "Arsip milik" in html


BROKEN = {
    "syntax": ("<p>\n{% if %}\n", 2, "Expected an expression"),
    "value": ("<p>\n\n{{ tiada.nama }}", 3, "UndefinedError"),
    "include": ('<p>{% include "telusur/tiada.html" %}', 1, "tidak ada templat telusur/tiada.html"),
    "file": ("{{ asset('peta.png') }}", 1, "tidak ada berkas static/peta.png di folder site_dir"),
    "arithmetic": ("{{ 1 / 0 }}", 1, "ZeroDivisionError"),
}


@pytest.mark.parametrize(("source", "line", "why"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize(("name", "path"), [("home", "/"), ("base", "/"), ("base", "/nonesuch")])
def test_a_broken_template_is_named_with_its_line_and_the_api_goes_on(
    write: Write, caplog: pytest.LogCaptureFixture, name: str, path: str, source: str, line: int, why: str
) -> None:
    client = write(**{name: source})

    response = client.get(path)

    assert response.status_code == 500
    assert f"Templat {name}.html baris {line} tidak dapat dipakai" in response.text
    assert why in response.text
    assert str(Path(__file__).parents[3]) not in response.text
    assert 'role="search"' in response.text  # of our own templates
    assert "Content-Security-Policy" in response.headers
    logged = [record for record in caplog.records if record.name == "search.http.hooks"]
    assert f"{name}.html" in (logged[-1].exc_text or str(logged[-1].exc_info))
    assert client.get("/api/v1/search?q=banjir").json["total"] == 35


def test_other_pages_go_on_beside_a_broken_one(write: Write) -> None:
    client = write(help="{% if %}")

    assert client.get("/bantuan").status_code == 500
    assert client.get("/?q=banjir").status_code == 200


def test_a_frame_that_extends_itself_is_told_too(write: Write) -> None:
    response = write(base='{% extends "telusur/base.html" %}').get("/")

    assert response.status_code == 500
    assert "Templat base.html baris 1" in response.text


def test_an_error_that_is_ours_is_no_fault_of_a_template(write: Write) -> None:
    response = write(base=FOOTER).get("/dokumen/tidak-ada")

    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.text


def test_what_cannot_be_read_as_a_template_is_found_before(tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text(FOOTER)
    (tmp_path / "home.html").write_text("\n\n{% endif %}")
    (tmp_path / "help.html").write_bytes(b"\xff")

    help_, home = broken_templates(tmp_path)

    assert "help.html: tidak dapat dibaca" in help_
    assert "home.html baris 3" in home
