"""Damage of an index is tried on a few places here, on hundreds by ``python -m bench.damage``."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.damage import Damage, Expected, archive, main, survive
from index.engines.registry import embedded_names
from index.store.generations import Generations


@pytest.mark.parametrize("engine", embedded_names())
def test_damage_is_found_and_mended(engine: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--engine", engine, "--flips", "3", "--truncations", "2", "--seed", "5"])
    told = capsys.readouterr().out
    assert code == 0, told
    assert told.startswith(f"{engine}: 5 damages (")


def test_what_is_wrong_and_not_mended_is_told(tmp_path: Path) -> None:
    settings = archive(tmp_path, "whoosh")
    right = Expected.of(settings)
    live = Generations.of(settings).current()
    assert live is not None
    name = str((live.directory / "stems.json").relative_to(settings.text("index")))

    found = survive(settings, Expected(right.before, right.before, right.before), Damage(name, 0, 0))

    assert any(line.startswith("wrong after it was verified: /api/v1/search?q=") for line in found)
    assert "telusur check finds nothing" in found
    assert any("does not mend it" in line for line in found)
