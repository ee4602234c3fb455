"""A connection to one node: opensearch-py's, but every request ends by our clock, whatever arrives.

The library's own timeout begins anew with every piece that arrives, also with those of a body.
"""

from __future__ import annotations

import time
from typing import Any

from opensearchpy import Urllib3HttpConnection
from opensearchpy.exceptions import ConnectionError as NotConnectedError
from opensearchpy.exceptions import ConnectionTimeout, SSLError
from urllib3 import Timeout
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)
from urllib3.exceptions import SSLError as TlsError

_CONNECT_SECONDS = 1.5
"""Longest wait for a node to be there at all, before the next one is asked."""

_PIECE = 1 << 18  # bytes of an answer that are read at a time


class NotSentError(NotConnectedError):
    """The node was not reached: it has not seen the request."""


class BrokenOffError(NotConnectedError):
    """The connection ended before the answer came; the node may have done what was asked."""


class NodeConnection(Urllib3HttpConnection):
    """See :class:`opensearchpy.Urllib3HttpConnection`, whose pool, TLS and headers these are."""

    def ask(self, method: str, path: str, body: bytes | None, deadline: float) -> tuple[int, bytes]:
        """Send a request and read its whole answer.

        :param path: with its parameters.
        :param deadline: when to give up, on the clock of :func:`time.monotonic`.
        :returns: (status of HTTP, body), whatever the status.
        :raises NotSentError, BrokenOffError, ConnectionTimeout, SSLError: if there is no answer.
        """
        left = deadline - time.monotonic()
        if left <= 0:
            raise ConnectionTimeout("TIMEOUT", "", None)
        try:
            response = self.pool.urlopen(
                method,
                self.url_prefix + path,
                body,
                retries=False,
                headers=self.headers,
                timeout=Timeout(total=left, connect=min(left, _CONNECT_SECONDS)),
                preload_content=False,
            )
            return int(response.status), _whole(response, deadline)
        except (NewConnectionError, ConnectTimeoutError) as error:
            raise NotSentError("N/A", str(error), error) from error
        except (ReadTimeoutError, TimeoutError) as error:
            raise ConnectionTimeout("TIMEOUT", str(error), error) from error
        except (ProtocolError, OSError, HTTPError) as error:
            if isinstance(error, TlsError):
                raise SSLError("N/A", str(error), error) from error
            raise BrokenOffError("N/A", str(error), error) from error


def _whole(response: Any, deadline: float) -> bytes:
    """The body of an answer."""
    socket = getattr(response.connection, "sock", None)
    pieces: list[bytes] = []
    try:
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            if socket is not None:
                socket.settimeout(left)
            piece = response.read1(_PIECE)  # what is there: others wait for all of it, as long as any comes
            if not piece:
                break
            pieces.append(piece)
    except BaseException:
        response.close()  # nobody else may read the rest of it
        raise
    response.release_conn()
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
