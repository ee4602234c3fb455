"""A run that was away while another one took its place changes nothing any more."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from index.engines.base import EngineError, Location
from index.engines.opensearch.engine import engine
from tests.contract.conftest import article

NAME = "000001-opensearch"


def ids(location: Location) -> set[str]:
    with closing(engine.open_reader(location)) as reader:
        return {name for name, _hash in reader.hashes()}


def test_what_a_forgotten_run_writes_and_commits_reaches_no_index(
    options: Mapping[str, Any], tmp_path: Path
) -> None:
    one, other = (Location(tmp_path / each / "data", NAME, dict(options)) for each in ("satu", "dua"))
    engine.create(one)
    with_first = engine.open_writer(one)
    with_first.add([engine.prepare(article("lama", "banjir"))])
    with_first.commit()

    forgotten = engine.open_writer(one)
    forgotten.add([engine.prepare(article("terlupa", "banjir"))])
    current = engine.open_writer(other)  # on another machine, which has taken the lease over
    current.add([engine.prepare(article("baru", "banjir"))])
    with pytest.raises(EngineError):
        forgotten.commit()
    current.commit()
    assert ids(one) == ids(other) == {"lama", "baru"}

    forgotten = engine.open_writer(one)
    forgotten.add([engine.prepare(article("terlupa", "banjir"))])
    current = engine.open_writer(other)
    current.commit()
    with pytest.raises(EngineError):
        forgotten.commit()
    assert ids(one) == {"lama", "baru"}
