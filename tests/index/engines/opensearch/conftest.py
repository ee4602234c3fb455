"""A client of the one node of a test run, with names of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.nodes import own_names


@pytest.fixture(scope="module")
def options(opensearch: str) -> Iterator[Mapping[str, Any]]:
    """Options of a location on that node."""
    with own_names(opensearch) as prefix:
        yield {
            "opensearch_urls": (opensearch,),
            "opensearch_index": prefix.rstrip("-"),
            "opensearch_timeout": 20.0,  # these machines do other things meanwhile
            "opensearch_replicas": 1,
        }
