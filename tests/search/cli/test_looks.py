"""Templates of the owner that a page cannot be made with are found before a visitor asks for the page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.settings import SettingError, Settings
from search.cli.checking import Check, run_checks
from search.cli.looks import read_looks

Write = Callable[..., Settings]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """The settings of a site with templates of its own, given by name, and no index."""

    def write(**templates: str) -> Settings:
        folder = tmp_path / "situs" / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in templates.items():
            (folder / f"{name}.html").write_text(content, encoding="utf-8")
        about = "Tentang kami"
        return Settings(
            {"site_dir": str(tmp_path / "situs"), "index": str(tmp_path / "index"), "about": about}
        )

    return write


def looks(settings: Settings) -> list[Check]:
    return [check for check in run_checks(settings) if check.name == "tampilan"]


FRAME = '{% extends "bawaan/base.html" %}\n{% block footer %}\n'
BROKEN = {
    "syntax": ("home", "\n{% if %}", 2, "Expected an expression"),
    "file": ("base", FRAME + "{{ asset('peta.png') }}{% endblock %}", 3, "tidak ada berkas static/peta.png"),
    "variable": ("base", FRAME + "{{ pemilik.nama }}{% endblock %}", 3, "'pemilik' is undefined"),
    "parent": ("help", '{% extends "bawaan/bantuan.html" %}', 1, "tidak ada templat bawaan/bantuan.html"),
    "included": (
        "about",
        'Kami.\n{% include "telusur/peta.html" %}',
        2,
        "tidak ada templat telusur/peta.html",
    ),
    "home": ("home", "{{ tiada.nama }}", 1, "'tiada' is undefined"),
    "results": ("results", "{% if not results %}{{ tiada.nama }}{% endif %}", 1, "'tiada' is undefined"),
    "article": ("article", "{% if not article.source %}{{ 1 / 0 }}{% endif %}", 1, "ZeroDivisionError"),
    "values": ("values", "{{ tiada() }}", 1, "'tiada' is undefined"),
    "problem": ("problem", "{{ problem.status + 'a' }}", 1, "TypeError"),
    "language": ("help", "{% if language == 'en' %}{{ tiada() }}{% endif %}", 1, "'tiada' is undefined"),
    "part": ("_meta", "{{ tiada() }}", 1, "'tiada' is undefined"),
}


@pytest.mark.parametrize(("name", "source", "line", "why"), BROKEN.values(), ids=BROKEN)
def test_a_template_that_a_page_cannot_be_made_with_is_refused_with_its_line(
    write: Write, tmp_path: Path, name: str, source: str, line: int, why: str
) -> None:
    settings = write(**{name: source})
    place = f"{tmp_path}/situs/templates/{name}.html baris {line}: "

    with pytest.raises(SettingError) as refused:
        read_looks(settings)

    assert str(refused.value).startswith(place)
    assert why in str(refused.value)
    assert "search/web" not in str(refused.value)


def test_the_check_names_every_fault_once(write: Write) -> None:
    checks = looks(write(home="{{ asset('peta.png') }}", problem="\n{{ tiada.nama }}"))

    assert [check.ok for check in checks] == [False, False]
    assert "home.html baris 1: tidak ada berkas static/peta.png" in checks[0].detail
    assert "problem.html baris 2: UndefinedError" in checks[1].detail


def test_templates_that_every_page_can_be_made_with_are_kept_as_they_were_read(write: Write) -> None:
    source = FRAME + "Arsip sejak 2009 {{ asset('telusur.css') }}{% endblock %}"
    settings = write(base=source)
    assert read_looks(settings).sources == {"base.html": source}
    (check,) = looks(settings)
    assert (check.ok, check.warning) == (True, False)


def test_names_that_no_page_uses_are_warned_of(write: Write) -> None:
    child = '{% extends "bawaan/home.html" %}{% block boddy %}{% endblock %}{% block qqq %}{% endblock %}'
    own = '{% extends "telusur/base.html" %}{% block tambahan %}{% endblock %}{% block kop %}{% endblock %}'
    frame = FRAME + '{% block tambahan %}{% include "telusur/peta.html" %}{% endblock %}{% endblock %}'
    checks = looks(write(home=child, xyz="", hlep="", base=frame, help=own, peta="Peta"))

    assert [check.detail for check in checks if check.warning] == [
        "blok kop pada help.html tidak dipakai",
        "templat hlep.html tidak dipakai halaman mana pun; maksud Anda `help.html`?",
        "blok boddy pada home.html tidak dipakai; maksud Anda `body`?",
        "blok qqq pada home.html tidak dipakai",
        "templat xyz.html tidak dipakai halaman mana pun",
    ]
    assert all(check.ok for check in checks)
