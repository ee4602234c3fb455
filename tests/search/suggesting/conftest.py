"""A service that has read everything it can offer, on each engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from index.engines.registry import embedded_names
from search.answering.service import SearchService


@pytest.fixture(scope="module", params=embedded_names())
def service(request: pytest.FixtureRequest, make_archive: Callable[..., Any]) -> SearchService:
    """Over what the ``archive_of`` of the module gives."""
    archive = make_archive(request.param)
    archive.write(*request.module.archive_of())
    with archive.searcher.use() as snapshot:
        snapshot.suggester.read()
    return archive.service  # type: ignore[no-any-return]  # of the fixture's own class
