"""Reasons are Indonesian, and English where the owner asks for it."""

from __future__ import annotations

import ast
import string
from collections.abc import Callable
from pathlib import Path

import pytest

import index.sources
from index.sources.base import Skip
from index.sources.reasons import ENGLISH


def said() -> set[str]:
    """Every text that the code of the package marks for translation."""
    return {
        node.args[0].value
        for path in Path(index.sources.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "N_")
        and isinstance(node.args[0], ast.Constant)
    }


def values(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name)


def test_every_reason_has_an_english_translation_with_the_same_values() -> None:
    assert said() == set(ENGLISH)
    for message, english in ENGLISH.items():
        assert values(message) == values(english), message


def test_reasons_are_indonesian_unless_the_owner_chooses_otherwise(
    skip: Callable[..., Skip], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TELUSUR_LANGUAGE")

    assert skip("a.txt", "") == Skip("arsip/a.txt", "kosong")
    assert skip("b.csv", "judul\nx\n").reason.startswith("tidak ada kolom teks; ada: judul; diharapkan")
