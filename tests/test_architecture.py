"""The house keeps its shape: data flows one way, and the project speaks of itself alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("index", "search")


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported_names(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", modules("index"), ids=lambda path: str(path.relative_to(ROOT)))
def test_index_never_imports_search_or_flask(path: Path) -> None:
    roots = {name.split(".")[0] for name in imported_names(path)}
    assert not roots & {"search", "flask", "wsgi"}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_says_its_one_reason(package: str) -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in modules(package)
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent


def test_only_the_registry_and_the_engines_know_an_engine_by_name() -> None:
    offenders = [
        str(path.relative_to(ROOT))
        for package in PACKAGES
        for path in modules(package)
        if "engines" not in path.parts
        and {name.split(".")[0] for name in imported_names(path)} & {"whoosh", "tantivy"}
    ]
    assert not offenders
