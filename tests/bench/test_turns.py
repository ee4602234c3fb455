"""Two builds beside each other: a checkout that is not set up is told, medians are compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.data import DataMissingError
from bench.turns import Build, main, told


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that looks like a checkout that was set up."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "telusur").touch()
    return tmp_path


def test_medians_are_compared_and_what_was_not_measured_is_left_out(checkout: Path) -> None:
    one, other = Build("this", checkout), Build("that", checkout)
    one.figures["rate"] = [90.0, 300.0, 300.0]
    other.figures["rate"] = [200.0, 100.0, 900.0]
    one.figures["p99"] = [5.0]
    table = told(one, other)
    assert "| distinct queries/s, 16 connections | 300.00 | 200.00 | 1.50 | more |" in table
    assert "p99" not in table


def test_a_checkout_that_is_not_set_up_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(DataMissingError, match="not set up"):
        Build("that", tmp_path)
    assert main([str(tmp_path), "--no-serving"]) == 2
    assert capsys.readouterr().err
