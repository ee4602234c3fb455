"""Lease: one run at a time writes to an archive, over all machines, and one that was killed holds nobody up.

A document says who writes; who holds it writes it again every few seconds. Whoever wants it and sees it stay
as it is for the whole of a lease takes it over: no clock is compared with another machine's.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Iterator, Mapping
from threading import Event, Thread
from typing import Any, NamedTuple

from index.engines.base import EngineError, EngineUnavailableError, HeldError
from index.engines.opensearch.client import Client
from index.engines.opensearch.errors import RefusedError
from index.engines.opensearch.files import LOCK, Files
from index.messages import _

LEASE_SECONDS = 30.0
"""How long the document of a run that was killed still keeps others out."""

_RENEWALS = 6
"""How often the document is written again while a lease lasts."""
_LOOKS = 60
"""How often one who waits looks at it meanwhile."""
_CONFLICT = 409

_log = logging.getLogger(__name__)


class _Seen(NamedTuple):
    """The document as it was at some moment."""

    seq_no: int
    term: int
    holder: dict[str, Any]

    @property
    def place(self) -> tuple[int, int]:
        return self.seq_no, self.term


class Lease:
    """The right to write.

    :param files: of the archive; the document lies among them.
    :param seconds: how long it lasts; the same for all.
    """

    def __init__(self, client: Client, files: Files, seconds: float = LEASE_SECONDS) -> None:
        self._client = client
        self._files = files
        self._seconds = seconds
        self._seen: _Seen | None = None
        self.lost = False
        """Whether another run has it by now, while this one thought to hold it."""

    @contextlib.contextmanager
    def held(self, holder: Mapping[str, Any], ended: str | None) -> Iterator[None]:
        """See :meth:`index.engines.base.Home.lock`."""
        self._files.make()
        self.lost = False
        self._take(dict(holder), ended)
        stop = Event()
        renewing = Thread(target=self._renew_until, args=(stop,), name="telusur-lease", daemon=True)
        renewing.start()
        try:
            yield
        finally:
            stop.set()
            renewing.join()
            self._give_back()

    def check(self) -> None:
        """Check that nobody has taken the lease over.

        :raises HeldError: if somebody has.
        """
        if self.lost:
            raise HeldError(
                _(
                    "proses ini terlalu lama tidak terhubung ke OpenSearch, dan proses lain sudah mulai "
                    "menulis; tidak ada yang diubah"
                )
            )

    def _take(self, holder: dict[str, Any], ended: str | None) -> None:
        while not self._write(holder, None):
            seen = self._look()
            if seen is None:
                continue
            theirs = seen.holder.get("token")
            if theirs not in (holder["token"], ended):
                self._watch(seen)
            # A token of our own: the answer to our request was lost.
            if self._write(holder, seen):
                if theirs != holder["token"]:
                    _log.warning("took over the lock of a run that has ended: %s", seen.holder)
                return

    def _watch(self, seen: _Seen) -> None:
        """Wait as long as a lease lasts.

        :raises HeldError: if its holder shows a sign of life meanwhile.
        """
        until = time.monotonic() + self._seconds
        while time.monotonic() < until:
            time.sleep(self._seconds / _LOOKS)
            now = self._look()
            if now is None:
                return
            if now.place != seen.place:
                raise _held(now.holder)

    def _renew_until(self, stop: Event) -> None:
        while not stop.wait(self._seconds / _RENEWALS):
            seen = self._seen
            assert seen is not None
            try:
                if self._write(seen.holder, seen):
                    continue
                found = self._look()
                if found is None or found.holder.get("token") != seen.holder["token"]:
                    self.lost = True
                    _log.error("another run writes by now: %s", found.holder if found else None)
                    return
                self._seen = found  # the answer to a request of ours was lost
            except EngineError as error:  # for as long as the lease lasts there is time to try again
                _log.warning("the lock could not be renewed: %s", error)

    def _give_back(self) -> None:
        seen, self._seen = self._seen, None
        if seen is None or self.lost:
            return
        try:
            self._client.ask(
                "DELETE", f"/{self._files.index}/_doc/{LOCK}", params=_only_if(seen), or_none=True
            )
        except EngineError as error:  # the next run waits until it has run out
            _log.warning("the lock could not be given back: %s", error)

    def _look(self) -> _Seen | None:
        found = self._client.ask("GET", f"/{self._files.index}/_doc/{LOCK}", or_none=True)
        return _Seen(found["_seq_no"], found["_primary_term"], found["_source"]["holder"]) if found else None

    def _write(self, holder: dict[str, Any], before: _Seen | None) -> bool:
        """Write the document.

        :param before: what it has to be still; ``None`` if there may be none.
        :returns: false if it was another.
        """
        path = f"/{self._files.index}/_{'doc' if before else 'create'}/{LOCK}"
        try:
            told = self._client.ask(
                "PUT", path, {"holder": holder}, params=_only_if(before) if before else None, again=False
            )
        except RefusedError as error:
            if error.status == _CONFLICT:
                return False
            raise
        except EngineUnavailableError:
            found = self._look()  # perhaps only the answer was lost
            if found is None or found.holder.get("token") != holder["token"]:
                raise
            self._seen = found
            return True
        self._seen = _Seen(told["_seq_no"], told["_primary_term"], holder)
        return True


def _only_if(seen: _Seen) -> dict[str, str | int | bool]:
    return {"if_seq_no": seen.seq_no, "if_primary_term": seen.term}


def _held(holder: Mapping[str, Any]) -> HeldError:
    told = {name: str(holder.get(name, "?")) for name in ("pid", "host", "started", "command")}
    return HeldError(
        _(
            "indeks sedang ditulis oleh proses {pid} di {host} sejak {started} ({command}); "
            "tunggu sampai selesai",
            **told,
        )
    )
