"""The gate of one site: what is found out about a request before anything answers it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from index.settings import Settings
from search.access.clients import Client, Proxies
from search.access.counters import SharedCounters
from search.access.credentials import bearer_key
from search.access.keys import Key, KeyFile, Keys
from search.access.rates import Headers, Rates
from search.access.refusals import RefusedError, body_too_large, key_missing, key_unknown, too_many_requests

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

ADMITTED = "telusur.admission"
"""Where the environment of a request holds its :class:`Admission`."""

VARIANT = "telusur.variant"
"""Where it says what else a response depends on, beside what every one does."""


class Admission(Struct):
    """What was found out about a request.

    :param gate: by which.
    :param origin: what ``Access-Control-Allow-Origin`` says: ``*``, the site whose page asks, or ``""`` for
        one that may not read.
    :param by_origin: whether that depends on who asks.
    :param key: the one in force that it carries.
    :param headers: what the answer has to tell besides.
    :param refusal: why it is not answered.
    """

    gate: Gate
    client: Client
    origin: str
    by_origin: bool
    key_looked_at: bool = False
    key: Key | None = None
    headers: Headers = field(default_factory=list)
    refusal: RefusedError | None = None


class Gate:
    """Decides about requests. One for a site, safe to share between threads.

    :param settings: of the site.
    :param counters: those that all processes share that serve it.
    """

    def __init__(self, settings: Settings, counters: SharedCounters | None = None) -> None:
        self.max_body = int(settings.number("max_body_kb") * 1024)
        self._rate = settings.text("rate_limit")
        self._rates = Rates(counters)
        self._uncounted: tuple[str, ...] = ()
        self.proxies = Proxies(settings.texts("trusted_proxies"))
        self.keys = Keys(KeyFile(Path(settings.text("index"))))
        self._key_required = settings.flag("require_key")
        self._keyed: tuple[str, ...] = ()
        self._free: set[str] = set()
        self._origins = {_origin(each) for each in settings.texts("cors_origins")}

    def take_over(self, prefix: str, free: Iterable[str]) -> None:
        """Look at the keys of all that is asked below an address.

        :param prefix: for instance ``/api/v1``.
        :param free: addresses below it that the pages of the site itself may ask without a key.
        """
        self._keyed += (f"{prefix}/",)
        self._free.update(f"{prefix}{address}" for address in free)

    def leave_out(self, address: str) -> None:
        """Count no request for an address, or for what is below it if it ends with a slash."""
        self._uncounted += (address,)

    def admit(self, environ: WSGIEnvironment) -> Admission:
        """Find out about a request; what is found stands in its environment from then on."""
        origin, by_origin = self._allowed(environ.get("HTTP_ORIGIN", ""))
        admission = Admission(self, self.proxies.client(environ), origin, by_origin)
        environ[ADMITTED] = admission
        path = environ.get("PATH_INFO", "")
        if path.startswith(self._keyed):
            self.look_at_key(admission, environ)
        if not path.startswith(self._uncounted):
            self._count(admission, environ)
        if _length(environ) > self.max_body:
            admission.refusal = body_too_large()
        return admission

    def _count(self, admission: Admission, environ: WSGIEnvironment) -> None:
        key, rate, client = admission.key, self._rate, admission.client.name
        if key is not None and key.rate:
            rate, client = key.rate, key.id
        # A browser asks by itself whether it may ask.
        if not rate or not client or environ["REQUEST_METHOD"] == "OPTIONS":
            return
        standing = self._rates.count(rate, client)
        admission.headers = standing.headers
        if standing.wait_seconds:
            admission.refusal = too_many_requests(standing.wait_seconds)

    def look_at_key(self, admission: Admission, environ: WSGIEnvironment) -> None:
        """Find out, unless it is known, whether a request carries the key that it may need."""
        if admission.key_looked_at or environ["REQUEST_METHOD"] == "OPTIONS":
            return  # browsers ask without a key whether they may send it
        admission.key_looked_at = True
        text, path = bearer_key(environ), environ.get("PATH_INFO", "")
        if text and self.keys.are_used:
            admission.key = self.keys.find(text)
            if admission.key is None:
                admission.refusal = key_unknown()
        elif self._key_required and not (path in self._free and _from_own_page(environ)):
            admission.refusal = key_unknown() if text else key_missing()

    def _allowed(self, origin: str) -> tuple[str, bool]:
        if "*" in self._origins:
            return "*", False
        return origin if _origin(origin) in self._origins else "", True


def _length(environ: WSGIEnvironment) -> int:
    text = environ.get("CONTENT_LENGTH", "")
    return int(text) if text.isdecimal() else 0


def _from_own_page(environ: WSGIEnvironment) -> bool:
    """Whether a browser says so. Programs can say it too: it opens only what the page shows anyway."""
    return bool(environ.get("HTTP_SEC_FETCH_SITE") == "same-origin")


def _origin(text: str) -> str:
    """As browsers write it: small letters, no slash at its end, no port that goes without saying."""
    origin = text.lower().rstrip("/")
    scheme, _, host = origin.partition("://")
    return (
        f"{scheme}://{host.removesuffix({'http': ':80', 'https': ':443'}.get(scheme, ':'))}"
        if host
        else origin
    )
