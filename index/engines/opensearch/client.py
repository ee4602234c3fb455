"""The client: asks the nodes of a cluster, one after the other, within one time; one for each process."""

from __future__ import annotations

import os
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson
from opensearchpy.exceptions import ConnectionTimeout, TransportError

from index.engines.base import EngineError
from index.engines.opensearch.connection import BrokenOffError, NodeConnection, NotSentError
from index.engines.opensearch.errors import BusyError, refused, unanswered
from index.engines.waiting import seconds_left
from index.messages import _

DEFAULT_URLS = ("http://127.0.0.1:9200",)
DEFAULT_PREFIX = "telusur"
DEFAULT_SECONDS = 5.0
SUPPORTED = 3
"""Major version of OpenSearch."""

WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Seconds between the tries of what a cluster was too busy for."""

_POOL = 32  # connections to a node that are kept open
_AVOIDED_SECONDS = 15.0  # how long a node that did not answer is asked last

_clients: dict[tuple[object, ...], Client] = {}
_lock = threading.Lock()


class Client:
    """Asks a cluster. Safe to share between threads, not between processes; see :func:`client_of`.

    :param urls: addresses of nodes.
    :param prefix: what the names of all indexes begin with.
    :param seconds: longest wait for an answer.
    :param ca: file of certificates, or ``""``.
    """

    def __init__(self, urls: tuple[str, ...], prefix: str, seconds: float, ca: str = "") -> None:
        self.prefix = prefix
        self.seconds = seconds
        context = _tls(ca) if any(url.startswith("https:") for url in urls) else None
        headers = _authorization(os.environ)
        self._nodes = [_node(url, seconds, context, headers) for url in urls]
        self._avoided = dict.fromkeys(range(len(urls)), 0.0)
        self._turn = 0
        self._is_known = False

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: Mapping[str, str | int | bool] | None = None,
        seconds: float | None = None,
        again: bool = True,
        or_none: bool = False,
    ) -> Any:
        """Send a request and give back what the cluster answers.

        :param body: bytes as they are, anything else as JSON.
        :param seconds: longest wait for the answer; by default what the setting leaves, see
            :mod:`index.engines.waiting`.
        :param again: whether it may be sent once more where the connection broke before an answer.
        :param or_none: whether 404 gives ``None`` instead of an error.
        :returns: the JSON of the answer.
        :raises EngineUnavailableError: if no node answers in time, or none can; another try may succeed.
        :raises IndexMissingError: if an index does not exist.
        :raises EngineError: if the cluster refuses; the message says why.
        """
        if not self._is_known:
            self._know(seconds)
        if params:
            path = f"{path}?{urlencode({name: _parameter(value) for name, value in params.items()})}"
        sent = body if body is None or isinstance(body, bytes) else orjson.dumps(body)
        status, answer = self._send(method, path, sent, self._seconds(seconds), again)
        if status == 404 and or_none:
            return None
        try:
            read = orjson.loads(answer) if answer else {}
        except ValueError:
            read = {"error": answer[:300].decode(errors="replace")}
            status = max(status, 502)  # something else answers there
        if status >= 400:
            raise refused(status, read if isinstance(read, dict) else {})
        return read

    def insist(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """Like :meth:`ask`, for those who write: where the cluster is too busy, it is asked again and again,
        for half a minute. A reader does not wait for that long."""
        for wait in WAITS:
            try:
                return self.ask(method, path, body, **options)
            except BusyError:
                time.sleep(wait)
        return self.ask(method, path, body, **options)

    def _seconds(self, seconds: float | None) -> float:
        return seconds_left(self.seconds) if seconds is None else seconds

    def _send(
        self, method: str, path: str, body: bytes | None, seconds: float, again: bool
    ) -> tuple[int, bytes]:
        if not seconds:  # it is no node's fault
            raise unanswered(ConnectionTimeout("TIMEOUT", "", None), self.seconds)
        deadline = time.monotonic() + seconds
        nodes = self._in_turn()
        failure: TransportError | None = None
        for place in (*nodes, nodes[0]):
            if len(nodes) == 1 and isinstance(failure, NotSentError):
                break
            try:
                answered = self._nodes[place].ask(method, path, body, deadline)
            except TransportError as error:
                self._avoided[place] = time.monotonic() + _AVOIDED_SECONDS
                failure = error
                # What was kept open may be closed by now; what took its time must not take it twice.
                if not (isinstance(error, NotSentError) or (again and isinstance(error, BrokenOffError))):
                    break
            else:
                self._avoided[place] = 0.0
                return answered
        assert failure is not None
        raise unanswered(failure, max(seconds, self.seconds)) from failure

    def _in_turn(self) -> list[int]:
        """The nodes, another one first each time, those last that did not answer lately."""
        count = len(self._nodes)
        self._turn = first = (self._turn + 1) % count
        now = time.monotonic()
        order = [(first + step) % count for step in range(count)]
        return sorted(order, key=lambda place: max(self._avoided[place] - now, 0.0))

    def _know(self, seconds: float | None) -> None:
        """Find out whether it is a cluster that we know how to ask."""
        status, answer = self._send("GET", "/", None, self._seconds(seconds), True)
        try:
            info = orjson.loads(answer)
        except ValueError:
            info = {}
        if status >= 400:
            raise refused(status, info if isinstance(info, dict) else {})
        version = info.get("version") if isinstance(info, dict) else None
        version = version if isinstance(version, dict) else {}
        number = str(version.get("number", "?"))
        kind = str(version.get("distribution") or ("Elasticsearch" if "number" in version else "?"))
        if kind != "opensearch" or number.partition(".")[0] != str(SUPPORTED):
            raise EngineError(
                _(
                    "di {url} ada {kind} {number}; mesin ini memerlukan OpenSearch {supported}.x",
                    url=self._nodes[0].host,
                    kind=kind,
                    number=number,
                    supported=SUPPORTED,
                )
            )
        self._is_known = True


def client_of(options: Mapping[str, Any]) -> Client:
    """The client of this process for some options of a location, made when first asked for.

    :param options: see :func:`index.settings.engine_options`.
    :raises EngineError: if the certificates cannot be read.
    """
    urls = tuple(options.get("opensearch_urls") or DEFAULT_URLS)
    prefix = str(options.get("opensearch_index") or DEFAULT_PREFIX)
    seconds = float(options.get("opensearch_timeout") or DEFAULT_SECONDS)
    ca = str(options.get("opensearch_ca") or "")
    # Connections do not survive a fork: two processes would read each other's answers.
    key = (os.getpid(), urls, prefix, seconds, ca)
    with _lock:
        client = _clients.get(key)
        if client is None:
            client = _clients[key] = Client(urls, prefix, seconds, ca)
        return client


def _node(
    url: str, seconds: float, context: ssl.SSLContext | None, headers: Mapping[str, str]
) -> NodeConnection:
    parts = urlsplit(url)
    is_secure = parts.scheme == "https"
    return NodeConnection(
        host=parts.hostname or "",
        port=parts.port or (443 if is_secure else 9200),
        use_ssl=is_secure,
        ssl_context=context if is_secure else None,
        url_prefix=parts.path.rstrip("/"),
        timeout=seconds,
        headers=dict(headers),
        pool_maxsize=_POOL,
    )


def _tls(ca: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca or None)
    except (OSError, ssl.SSLError) as error:
        raise EngineError(
            _("opensearch_ca: {path} tidak dapat dibaca sebagai sertifikat ({error})", path=ca, error=error)
        ) from error


def _authorization(environment: Mapping[str, str]) -> dict[str, str]:
    """Headers that say who asks: of the environment alone, so that no file and no message holds a secret."""
    if key := environment.get("TELUSUR_OPENSEARCH_API_KEY"):
        return {"authorization": f"ApiKey {key}"}
    user, password = (environment.get(f"TELUSUR_OPENSEARCH_{name}", "") for name in ("USER", "PASSWORD"))
    if not user:
        return {}
    return {"authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode("ascii")}


def _parameter(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
