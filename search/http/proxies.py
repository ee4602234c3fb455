"""Proxies in front of the server: which of them are believed, and under which path visitors see the site."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import Map

from index.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_PREFIX_HEADER = "HTTP_X_FORWARDED_PREFIX"

# Two slashes in front, or a backslash, would make addresses of ours lead to another host; and Werkzeug writes
# the path into addresses as it is.
_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")


def behind_proxies(application: WSGIApplication, settings: Settings, rules: Map) -> WSGIApplication:
    """An application that takes scheme, host and path from proxies that it trusts (``trusted_proxies``), and
    serves under the path of ``public_url``; the application itself where neither is set.

    :param rules: of the application.
    """
    path = urlsplit(settings.text("public_url")).path.rstrip("/")
    if path:
        application = _under(path, application, rules)
    if settings.texts("trusted_proxies"):
        application = _believing(trusts(settings.texts("trusted_proxies")), application, prefixed=not path)
    return application


def trusts(networks: Sequence[str]) -> Callable[[str], bool]:
    """Says whether an address is one of a proxy that is trusted.

    :param networks: addresses and networks (CIDR), as the setting ``trusted_proxies`` has them.
    """
    known: tuple[IPv4Network | IPv6Network, ...] = tuple(ip_network(each, strict=False) for each in networks)

    @lru_cache(1000)
    def trusted(address: str) -> bool:
        try:
            where = ip_address(address)
        except ValueError:  # a socket of the system has none
            return False
        where = getattr(where, "ipv4_mapped", None) or where
        return any(where in network for network in known)

    return trusted


def _believing(
    trusted: Callable[[str], bool], application: WSGIApplication, *, prefixed: bool
) -> WSGIApplication:
    """Reads ``X-Forwarded-Proto``, ``-Host`` and ``-Prefix`` of trusted proxies, the last of several.

    :param prefixed: whether the prefix is theirs to say.
    """
    fixed = ProxyFix(application, x_for=0, x_proto=1, x_host=1, x_prefix=int(prefixed))

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not trusted(environ.get("REMOTE_ADDR", "")):
            return application(environ, start_response)
        if given := environ.get(_PREFIX_HEADER):
            prefix = str(given).rpartition(",")[2].strip()
            environ[_PREFIX_HEADER] = prefix.rstrip("/") if _PATH.fullmatch(prefix) else ""
        return fixed(environ, start_response)

    return call


def _under(path: str, application: WSGIApplication, rules: Map) -> WSGIApplication:
    """Serves under a path, whether a proxy takes it off or not: nobody has to set it twice.

    A path that begins like an address of ours is not looked for: it says nothing of the proxy.
    """
    ours = {rule.rule.split("/")[1] for rule in rules.iter_rules()}
    ambiguous = path.split("/")[1] in ours

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["SCRIPT_NAME"] = path
        asked = environ.get("PATH_INFO", "")
        if not ambiguous and f"{asked}/".startswith(f"{path}/"):
            environ["PATH_INFO"] = asked[len(path) :]
        return application(environ, start_response)

    return call
