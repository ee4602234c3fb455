"""Guards a blueprint: on our own application and on a host's, the same requests are let through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Blueprint, Flask, Response, request
from flask.blueprints import BlueprintSetupState

from search.access.bodies import bound
from search.access.credentials import bearer_key, password_key
from search.access.gate import ADMITTED, Admission, Gate
from search.access.keys import Key, Role
from search.access.refusals import key_missing, key_too_weak, key_unknown, sent_by_other_site

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

EXPOSED = ", ".join(
    (
        *("ETag", "Link", "X-Request-ID", "X-Total-Count", "X-Export-Count", "Content-Disposition"),
        *("Retry-After", "RateLimit", "RateLimit-Policy"),
    )
)
"""Headers that scripts of other sites may read, beside those that they always may."""

ACCEPTED = "authorization, content-type, if-none-match, x-meilisearch-client, x-request-id"
"""Headers that scripts of other sites may send. A ``*`` would not cover the first."""

PREFLIGHT_SECONDS = "7200"
"""How long a browser may go on without asking whether it may ask; none of them waits longer."""


def guard(scaffold: Flask | Blueprint, gate: Gate) -> None:
    """Have a blueprint, or an application of our own, answer only whom the gate lets through."""

    def admit() -> None:
        environ = request.environ
        admission = admission_in(environ, gate)
        if admission.refusal:
            raise admission.refusal
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD", "OPTIONS"):
            bound(environ, gate.max_body)

    scaffold.before_request(admit)
    scaffold.after_request(_tell)


def leave_out(blueprint: Blueprint, gate: Gate, addresses: Iterable[str]) -> None:
    """Count no request for some addresses of a blueprint: its files, or what only monitors ask.

    :param addresses: such as ``/healthz``, or ``/aset/`` for all that is below.
    """

    def record(state: BlueprintSetupState) -> None:
        for address in addresses:
            gate.leave_out(f"{state.url_prefix or ''}{address}")

    blueprint.record(record)


def guard_api(blueprint: Blueprint, gate: Gate, free: Iterable[str] = ()) -> None:
    """Likewise for programs: keys are looked at, and scripts of other sites may read the answers as far as
    the owner allows.

    :param free: addresses of it, such as ``/suggest``, that the site's own pages may ask without a key.
    """
    blueprint.record(lambda state: gate.take_over(state.url_prefix or "", free))

    def look_at_key() -> None:
        environ = request.environ
        gate.look_at_key(admission_in(environ, gate), environ)

    blueprint.before_request(look_at_key)
    guard(blueprint, gate)
    blueprint.after_request(share)


def require_admin(gate: Gate, *, typed: bool = False) -> Key:
    """Go on only for who carries an admin key. For the beginning of a view, or ``before_request``.

    :param typed: whether a reader may also type the key into their browser, as the password of any name. What
        changes something is then accepted from pages of the site itself alone: browsers send passwords along
        with what other sites have them send.
    :returns: the key.
    :raises RefusedError: 401 without a key or with one that is not in force, 403 with one for searching.
    """
    scheme = "Basic" if typed else "Bearer"
    text, password = bearer_key(request.environ), password_key(request.environ) if typed else ""
    if not text and not password:
        raise key_missing(scheme)
    key = gate.keys.find(text or password)
    if key is None:
        raise key_unknown(scheme)
    if not key.opens(Role.ADMIN):
        raise key_too_weak()
    if password and request.method not in ("GET", "HEAD") and not _sent_from_here():
        raise sent_by_other_site()
    return key


def _tell(response: Response) -> Response:
    """What the entrance tells of every answer, also where the application is a host's and has none."""
    admission: Admission | None = request.environ.get(ADMITTED)
    if admission is not None and admission.headers:
        response.headers.extend(admission.headers)
        admission.headers = []
    return response


def _sent_from_here() -> bool:
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


def admission_in(environ: WSGIEnvironment, gate: Gate) -> Admission:
    """What is known about a request."""
    admission: Admission | None = environ.get(ADMITTED)
    return admission if admission and admission.gate is gate else gate.admit(environ)


def share(response: Response) -> Response:
    """Let pages of other sites read the response as far as the owner allows, whose own it is not to know."""
    environ = request.environ
    admission: Admission | None = environ.get(ADMITTED)
    headers = response.headers
    if admission is None or any(name == "Access-Control-Expose-Headers" for name, _ in headers):
        return response
    if admission.by_origin:
        response.vary.add("Origin")
    if not admission.origin:
        return response
    headers.add("Access-Control-Allow-Origin", admission.origin)
    headers.add("Access-Control-Expose-Headers", EXPOSED)
    headers.add("Cross-Origin-Resource-Policy", "cross-origin")
    if environ["REQUEST_METHOD"] == "OPTIONS":
        headers.add("Access-Control-Allow-Methods", headers.get("Allow", "GET, HEAD, OPTIONS"))
        headers.add("Access-Control-Allow-Headers", ACCEPTED)
        headers.add("Access-Control-Max-Age", PREFLIGHT_SECONDS)
    return response
