"""What an owner writes is shown as paragraphs: one by one, or as a whole."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from index.settings import Settings
from search.app import create_app
from search.web.prose import paragraphs

TEXT = "Satu\nbaris & <b>.\n\nhttps://arsip.example"
SHOWN = '<p>Satu<br>baris &amp; &lt;b&gt;.</p>\n<p><a href="https://arsip.example" rel="noopener" target="_top">https://arsip.example</a></p>'


def test_paragraphs_are_told_one_by_one() -> None:
    assert list(paragraphs("Satu.\n\n\nDua.")) == [Markup("Satu."), Markup("Dua.")]
    assert not paragraphs("  \n")


def test_a_template_may_show_the_whole() -> None:
    environment = Environment(autoescape=True)
    for source in ("{{ text }}", "{{ text | safe }}", '{{ "" ~ text }}'):
        assert environment.from_string(source).render(text=paragraphs(TEXT)) == SHOWN


def test_an_owner_may_show_the_footer_in_a_template(site_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    source = (
        '{% extends "bawaan/base.html" %}{% block footer %}<footer>{{ footer_text }}</footer>{% endblock %}'
    )
    (tmp_path / "templates" / "base.html").write_text(source)
    settings = site_settings.replace(site_dir=str(tmp_path), footer=TEXT)

    assert f"<footer>{SHOWN}</footer>" in create_app(settings).test_client().get("/").text
