"""One run at a time writes to an archive, on whatever machine; one that was killed is not waited for long."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import pytest

from index.engines.base import HeldError
from index.engines.opensearch.client import client_of
from index.engines.opensearch.files import Files
from index.engines.opensearch.lease import Lease

SECONDS = 1.2


@pytest.fixture
def lease(options: Mapping[str, Any]) -> Lease:
    return new_lease(options)


@pytest.fixture
def other(options: Mapping[str, Any]) -> Lease:
    return new_lease(options)


def new_lease(options: Mapping[str, Any]) -> Lease:
    client = client_of(options)
    return Lease(client, Files(client), SECONDS)


def holder(token: str) -> dict[str, Any]:
    return {
        "pid": 4711,
        "host": f"mesin-{token}",
        "started": "2026-11-28T10:00:00+07:00",
        "command": "reindex arsip",
        "token": token,
    }


def kill(lease: Lease, token: str) -> None:
    """Leave a lease as a run does that is killed."""
    lease._files.make()
    lease._take(holder(token), None)


def test_a_second_run_is_told_who_writes_and_since_when(lease: Lease, other: Lease) -> None:
    with (
        lease.held(holder("a"), None),
        pytest.raises(HeldError, match=r"4711 di mesin-a sejak 2026-11-28T10.*reindex arsip"),
        other.held(holder("b"), None),
    ):
        pytest.fail("two write")
    lease.check()


def test_a_lease_is_given_back_at_once_also_when_the_run_fails(lease: Lease, other: Lease) -> None:
    with pytest.raises(ZeroDivisionError), lease.held(holder("a"), None):
        raise ZeroDivisionError
    began = time.monotonic()
    with other.held(holder("b"), None):
        assert time.monotonic() - began < SECONDS


def test_a_lease_outlasts_its_time_as_long_as_its_run_lives(lease: Lease, other: Lease) -> None:
    with lease.held(holder("a"), None):
        time.sleep(2 * SECONDS)
        with pytest.raises(HeldError), other.held(holder("b"), None):
            pytest.fail("two write")


def test_the_lease_of_a_killed_run_is_taken_over_when_it_has_run_out(lease: Lease, other: Lease) -> None:
    kill(lease, "a")
    began = time.monotonic()
    with other.held(holder("b"), None):
        assert time.monotonic() - began >= SECONDS


def test_the_lease_of_a_run_that_is_known_to_have_ended_is_taken_over_at_once(
    lease: Lease, other: Lease
) -> None:
    kill(lease, "a")
    began = time.monotonic()
    with other.held(holder("b"), "a"):
        assert time.monotonic() - began < SECONDS


def test_a_run_that_was_away_for_too_long_notices_that_another_writes(lease: Lease, other: Lease) -> None:
    with lease.held(holder("a"), None), other.held(holder("b"), "a"):  # thinks that the first has ended
        until = time.monotonic() + 30
        while not lease.lost and time.monotonic() < until:
            time.sleep(0.05)
        with pytest.raises(HeldError):
            lease.check()
        other.check()
