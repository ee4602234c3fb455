"""The index for Python programs: what they import, what they get, and what they are told."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, assert_type

import pytest

import search
from index.engines.base import IndexMissingError
from index.settings import Settings
from search import Archive, open_searcher
from search.params import ParameterError

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def archive(site_settings: Settings) -> Iterator[Archive]:
    with open_searcher(site_settings.text("index"), settings=site_settings) as archive:
        yield archive


def test_a_search_takes_what_the_api_takes(archive: Archive) -> None:
    found = archive.search(
        "banjir", source="warta.example", year=[2022, 2023], sort="newest", page=2, per_page=5
    )

    assert (found.page, found.per_page, found.pages) == (2, 5, -(-found.total // 5))
    days = [result.published for result in found.results if result.published]
    assert len(days) == 5
    assert days == sorted(days, reverse=True)
    assert {day.year for day in days} <= {2022, 2023}
    assert {result.source for result in found.results} == {"warta.example"}
    assert "<mark>Banjir</mark>" in found.results[0].title_html


def test_days_are_dates_or_texts(archive: Archive) -> None:
    by_text = archive.search("banjir", date_from="2022-03", date_to="2022-05")
    by_date = archive.search("banjir", date_from=date(2022, 3, 1), date_to=date(2022, 5, 31))

    assert 0 < by_text.total == by_date.total < 35


def test_all_that_is_there_can_be_asked(archive: Archive) -> None:
    assert archive.search().total == archive.stats().documents == 38
    assert archive.suggest("banj", limit=3).suggestions[0].text == "banjir"
    article = archive.document("netralitas-lebak", "netralitas")
    assert article is not None
    assert "<mark>netralitas</mark>" in article.body_html
    assert article.document.published == date(2024, 11, 12)
    similar = archive.similar("banjir-01")
    assert similar is not None
    assert similar.results or similar.versions
    values = archive.facet_values("place", "banjir", find="de", order="name").values
    assert [(each.value, each.chosen) for each in values] == [("Demak", False)]
    assert archive.document("tiada") is None
    assert archive.similar("tiada") is None


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"page": 0}, "page"),
        ({"page": 2.5}, "page"),
        ({"per_page": 5000}, "per_page"),
        ({"sort": "terbaik"}, "sort"),
        ({"match": "some"}, "match"),
        ({"year": ["2024", "24"]}, "year"),
        ({"lang": "bahasa Indonesia"}, "lang"),
        ({"source": [str(number) for number in range(101)]}, "source"),
        ({"date_from": "kemarin"}, "date_from"),
        ({"date_from": "2024", "date_to": date(2023, 1, 1)}, "date_to"),
        ({"correct": "barangkali"}, "correct"),
    ],
)
def test_a_wrong_value_is_told_by_the_name_of_its_argument(
    archive: Archive, arguments: dict[str, Any], name: str
) -> None:
    with pytest.raises(ParameterError, match=f"^{name}: ") as refused:
        archive.search("banjir", **arguments)

    assert refused.value.name == name
    assert isinstance(refused.value, ValueError)


def test_wrong_values_of_the_other_calls_are_told_too(archive: Archive) -> None:
    facet: Any = "editor"
    with pytest.raises(ParameterError, match=r"^facet: .*source, place, author, topic, year, lang"):
        archive.facet_values(facet)
    with pytest.raises(ParameterError, match=r"^limit: "):
        archive.suggest("banj", limit=21)
    with pytest.raises(ParameterError, match=r"^date_from: "):
        archive.facet_values("source", date_from="x")


def test_a_folder_without_an_index_is_told_when_it_is_opened(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="reindex"):
        open_searcher(tmp_path / "tiada", settings=Settings())


def test_the_settings_are_those_of_the_folder_when_none_are_given(
    site_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "telusur.toml").write_text(f'index = "{site_settings.text("index")}"\nper_page = 7')

    with open_searcher() as archive:
        assert len(archive.search("banjir").results) == 7


def test_the_package_has_the_names_and_loads_nothing_before_they_are_asked_for() -> None:
    code = (
        "import sys, search; assert 'flask' not in sys.modules; assert 'numpy' not in sys.modules;"
        "from search import Archive, Site, create_app, open_searcher, register"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
    with pytest.raises(AttributeError, match="no attribute 'tiada'"):
        getattr(search, "tiada")  # noqa: B009 - types know that it is not there


def test_the_examples_of_the_documentation_say_what_happens(
    site_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "index").symlink_to(site_settings.text("index"))
    page = (ROOT / "docs" / "flask.md").read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"```pycon\n(.*?)```", page, re.DOTALL))
    examples = doctest.DocTestParser().get_doctest(blocks, {}, "docs/flask.md", None, None)

    assert len(examples.examples) >= 6
    told: list[str] = []
    failed, _ = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(examples, out=told.append)
    assert not failed, "".join(told)


def test_types_of_the_results_are_known_to_a_type_checker(archive: Archive) -> None:
    """Lint looks at this as it would at a program of somebody else: it fails where a type is not as said."""
    (result, *_) = archive.search("banjir", sort="newest").results
    assert_type(result.published, date | None)
    with pytest.raises(ParameterError, match="sort"):
        archive.search("banjir", sort="terbaik")  # type: ignore[arg-type]  # no such order
