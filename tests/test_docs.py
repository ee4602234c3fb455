"""Documentation is true: every setting, command, option and endpoint is described."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import click
import pytest

from index.cli import reindex
from index.config.table import SETTINGS, Setting
from index.settings import WEIGHTS, Settings
from search.app import create_app
from search.cli.commands import telusur

ROOT = Path(__file__).parent.parent


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def written_docs() -> str:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)


@pytest.mark.parametrize("name", ["pengaturan.md", "bobot.md", "perintah.md", "arsip.md"])
def test_a_generated_page_matches_the_code(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TELUSUR_LANGUAGE", raising=False)
    generated = load_generator().PAGES[name]()
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == generated, "run: python docs/generate.py"


@pytest.mark.parametrize("setting", [*SETTINGS, *WEIGHTS], ids=lambda setting: setting.name)
def test_every_setting_is_documented_by_name_and_variable(setting: Setting) -> None:
    name = "bobot.md" if setting in WEIGHTS else "pengaturan.md"
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert f"`{setting.name}`" in page
    assert f"`{setting.variable}`" in page


def all_commands() -> list[tuple[str, click.Command]]:
    return [
        ("reindex", reindex),
        *((f"telusur {name}", command) for name, command in telusur.all_commands().items()),
        *(
            (f"telusur {name} {inner}", each)
            for name, command in telusur.all_commands().items()
            if isinstance(command, click.Group)
            for inner, each in command.commands.items()
        ),
    ]


@pytest.mark.parametrize(("name", "command"), all_commands(), ids=lambda value: str(value))
def test_every_command_and_option_has_help(name: str, command: click.Command) -> None:
    assert command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


def test_every_endpoint_is_documented(tmp_path: Path) -> None:
    app = create_app(Settings({"index": str(tmp_path / "index")}))
    docs = written_docs()
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static" or rule.endpoint.endswith(".static"):
            continue
        path = rule.rule.replace("<path:", "<").replace("<string:", "<")
        assert f"`{path}`" in docs or f" {path}`" in docs, (
            f"{path} is described nowhere in README.md or docs/"
        )


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_a_file_that_developers_are_sent_to_is_there(page: str) -> None:
    named = re.findall(
        r"`((?:index|search|tests|docs|bench)/[\w/.]+)`", (ROOT / page).read_text(encoding="utf-8")
    )
    assert named
    assert not [path for path in named if not (ROOT / path).exists()]
