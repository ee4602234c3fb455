"""Mixed shapes: every row is an article or a skip, in every layout and dialect."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.shapes import trial


def test_every_row_is_an_article_or_a_skip(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert trial(2400, tmp_path) == []
