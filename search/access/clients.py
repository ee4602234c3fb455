"""Who a request comes from, also behind proxies, and as whom it is counted."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

logger = logging.getLogger(__name__)

_REMEMBERED = 4096
"""Clients whose place was worked out before and is not again."""

_LONGEST = 2000
"""Characters of ``X-Forwarded-For`` that are read, from its end: what proxies of one's own have written."""

_OWN = ("127.0.0.0/8", "::1")
"""Who could pass for another visitor from there could as well ask without a proxy."""

_NEAR = tuple(
    map(
        ip_network,
        (
            *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
            *("::1/128", "fc00::/7", "fe80::/10"),
        ),
    )
)
"""The machine itself and networks that are nobody else's (RFC 1918, 3927, 4193, 4291). Python's own
``is_private`` has more, addresses of examples for one."""

_Address = IPv4Address | IPv6Address


class Client(Struct, frozen=True):
    """Who asks.

    :param name: what is counted as one visitor: an IPv4 address, or the /64 that an IPv6 address lies in, of
        which every household has one to itself; ``""`` for a machine that is not counted: a trusted one that
        names nobody else, such as a monitor, or a near one that is a proxy nobody named.
    :param private: whether the address is of the machine itself or of a private network.
    """

    name: str
    private: bool


class Proxies:
    """Those that are believed when they say for whom they ask: the machine itself, always, and others.

    :param networks: addresses of the others, or networks of them.
    """

    def __init__(self, networks: Iterable[str]) -> None:
        self._networks = [ip_network(network, strict=False) for network in (*_OWN, *networks)]
        self._warned: set[_Address] = set()
        self._client = lru_cache(_REMEMBERED)(self._work_out)

    def client(self, environ: WSGIEnvironment) -> Client:
        """The last in ``X-Forwarded-For`` that is no trusted proxy: what stands before it, anybody may have
        written. ``Forwarded`` is not read: a proxy that writes one of the two passes on what visitors write
        into the other."""
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
        return self._client(environ.get("REMOTE_ADDR", ""), forwarded[-_LONGEST:])

    def _work_out(self, peer: str, forwarded: str) -> Client:
        address = _address(peer)
        trusted = address is None or self._holds(address)
        address = address or IPv4Address("127.0.0.1")
        asked_for = [part for part in forwarded.split(",") if part.strip()]
        if not trusted and asked_for and _is_near(address):
            # Most likely a proxy that the owner has not named: its visitors must not count as one.
            self._warn_of(address)
            return Client("", False)
        while trusted and asked_for:
            before = _address(asked_for.pop())
            if before is None:
                return Client(_counted(address), False)  # a proxy that names nobody: its visitors are one
            address, trusted = before, self._holds(before)
        return Client("" if trusted else _counted(address), _is_near(address))

    def _warn_of(self, address: _Address) -> None:
        if address not in self._warned:
            self._warned.add(address)
            logger.warning(
                "%s sends X-Forwarded-For but is not in trusted_proxies: its visitors are not told apart "
                "and not limited",
                address,
            )

    def _holds(self, address: _Address) -> bool:
        return any(address in network for network in self._networks)


def _is_near(address: _Address) -> bool:
    return any(address in network for network in _NEAR)


def _address(text: str) -> _Address | None:
    """An address as proxies write it: also with a port, in brackets, or as an IPv4 address in IPv6."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _counted(address: _Address) -> str:
    if isinstance(address, IPv6Address):
        return f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return str(address)
