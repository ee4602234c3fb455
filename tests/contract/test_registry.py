"""Which engines of the registry this run covers."""

from __future__ import annotations

import pytest

from index.engines.base import EngineUnavailableError
from index.engines.registry import DEFAULT_ENGINE, engine_names, get_engine


@pytest.mark.parametrize("name", engine_names())
def test_an_engine_of_the_registry_goes_by_its_name(name, missing):
    try:
        engine = get_engine(name)
    except EngineUnavailableError as error:
        missing(f"the contract suite does not cover {name}: {error}")

    assert engine.name == name


def test_the_default_engine_is_always_installed():
    assert get_engine(DEFAULT_ENGINE).name == DEFAULT_ENGINE


def test_an_unknown_engine_is_refused_with_the_known_ones():
    with pytest.raises(EngineUnavailableError, match=DEFAULT_ENGINE):
        get_engine("lucene")
