"""Sends changes of documents to the cluster, several requests at a time, and counts those that were made."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from index.engines.base import EngineUnavailableError, Refused
from index.engines.opensearch.client import WAITS, Client
from index.engines.opensearch.errors import reason_of, refused
from index.engines.opensearch.prepare import counted_of, counts_of
from index.engines.opensearch.schema import COUNTED
from index.engines.opensearch.statistics import Counting
from index.engines.opensearch.versions import SECONDS
from index.messages import _

_AT_ONCE = 2  # requests under way; as many again are ready to follow
_BYTES = 4 << 20  # of one request
_DOCUMENTS = 2000  # likewise


class Change(NamedTuple):
    """What becomes of a document.

    :param json: its fields; ``None`` if it goes.
    :param counted: what it adds to the statistics.
    """

    json: bytes | None
    counted: bytes


class Outcome(NamedTuple):
    """What became of the changes of one request.

    :param come: what new documents add to the statistics.
    :param gone: what those added that they replace, or that were removed.
    :param refused: documents that were not taken.
    """

    come: list[bytes]
    gone: list[bytes]
    refused: list[Refused]


class Bulk:
    """The changes of one transaction, on their way.

    A request is sent once it is large enough, while others are being gathered. An id is never in two requests
    that are under way: of changes of the same document, the last one holds.

    :param index: name of the alias that is written to; nothing is made where it does not exist.
    :param counting: gets what was changed.
    :param is_new: whether the index had no documents before the transaction.
    """

    def __init__(self, client: Client, index: str, counting: Counting, is_new: bool) -> None:
        self._client = client
        self._index = index
        self._counting = counting
        self._looked_up = not is_new
        self._batch: dict[str, Change] = {}
        self._known: set[str] = set()  # ids of the batch that may be there already
        self._bytes = 0
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="telusur-bulk")
        self._flying: deque[tuple[Mapping[str, Change], Future[Outcome]]] = deque()
        self.refused: list[Refused] = []

    def put(self, key: str, change: Change, is_known: bool) -> None:
        """Change a document.

        :param is_known: whether this transaction may have written it before.
        :raises EngineError: if an earlier request failed.
        """
        if is_known and any(key in changes for changes, _ in self._flying):
            self._settle(0)
        if is_known and key not in self._batch:
            self._known.add(key)
        before = self._batch.get(key)
        self._bytes += len(change.json or b"") - (len(before.json or b"") if before else 0)
        self._batch[key] = change
        if self._bytes >= _BYTES or len(self._batch) >= _DOCUMENTS:
            self._send()

    def finish(self) -> None:
        """Wait until all was changed.

        :raises EngineError: if it was not.
        """
        self._send()
        self._settle(0)

    def close(self) -> None:
        """Let go of the threads; what was not sent is not."""
        self._batch = {}
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._flying.clear()

    def _send(self) -> None:
        if not self._batch:
            return
        changes, known = self._batch, list(self._batch) if self._looked_up else list(self._known)
        self._batch, self._known, self._bytes = {}, set(), 0
        self._settle(2 * _AT_ONCE - 1)
        self._flying.append((changes, self._threads.submit(self._write, changes, known)))

    def _settle(self, left: int) -> None:
        """Take in what came of the oldest requests, until so few are under way."""
        while len(self._flying) > left:
            outcome = self._flying[0][1].result()
            self._flying.popleft()
            self._counting.count(list(map(counts_of, outcome.gone)), -1)
            self._counting.count(list(map(counts_of, outcome.come)), 1)
            self.refused += outcome.refused

    # In threads of their own

    def _write(self, changes: Mapping[str, Change], known: list[str]) -> Outcome:
        before = self._counted(known)
        outcome = Outcome([], [], [])
        waiting = dict(changes)
        for wait in (*WAITS, None):
            try:
                busy = self._try(waiting, before, outcome)
            except EngineUnavailableError:
                if wait is None:
                    raise
                busy = waiting
            if not busy:
                return outcome
            waiting = busy
            if wait is not None:
                time.sleep(wait)
        raise EngineUnavailableError(
            _(
                "OpenSearch terlalu sibuk untuk menerima artikel selama {seconds} detik; ulangi nanti",
                seconds=f"{sum(WAITS):g}",
            )
        )

    def _try(
        self, changes: dict[str, Change], before: Mapping[str, bytes], outcome: Outcome
    ) -> dict[str, Change]:
        """Send changes; gives back those that the cluster was too busy for."""
        lines: list[bytes] = []
        for key, change in changes.items():
            if change.json is None:
                lines.append(b'{"delete":{"_id":"%b"}}\n' % key.encode())
            else:
                lines += (b'{"index":{"_id":"%b"}}\n' % key.encode(), change.json, b"\n")
        answer = self._client.ask(
            "POST",
            f"/{self._index}/_bulk",
            b"".join(lines),
            params={"require_alias": True, "filter_path": "errors,items.*.status,items.*.error"},
            seconds=SECONDS,
        )
        busy: dict[str, Change] = {}
        items = answer.get("items") or ()
        for (key, change), item in zip(changes.items(), items, strict=True):
            (told,) = item.values()
            status = told["status"]
            if status in (429, 503):
                busy[key] = change
            elif status < 300 or (status == 404 and change.json is None and "error" not in told):
                if key in before:
                    outcome.gone.append(before[key])
                if change.json is not None:
                    outcome.come.append(change.counted)
            else:
                if status in (401, 403, 404):  # none of them will be taken
                    raise refused(status, told)
                kind, reason = reason_of(told)
                outcome.refused.append(Refused(key, f"{kind}: {reason}", key in before))
        return busy

    def _counted(self, keys: list[str]) -> dict[str, bytes]:
        """What those of some documents that are there add to the statistics."""
        if not keys:
            return {}
        answer = self._client.ask(
            "POST",
            f"/{self._index}/_mget",
            {"ids": keys},
            params={"stored_fields": COUNTED, "filter_path": "docs._id,docs.fields,docs.error"},
            seconds=SECONDS,
        )
        return {
            document["_id"]: counted_of(document["fields"][COUNTED][0])
            for document in answer["docs"]
            if "fields" in document
        }
