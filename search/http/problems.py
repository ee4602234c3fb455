"""Every error a request can meet, as one problem: a page shows it, the API sends it (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace
from werkzeug.exceptions import HTTPException, NotFound

from index.engines.base import EngineError, IndexBrokenError, IndexMissingError, IndexOutdatedError
from index.messages import N_, Translator
from index.query import Facet
from search.access.refusals import RefusedError
from search.answering.lanes import BusyError
from search.params import ParameterError


class UnknownFacetError(NotFound):
    """An address names a facet that there is not."""


class Problem(Struct, frozen=True):
    """One error in words that a reader or a developer can act on.

    :param kind: last part of the problem type; ``""`` when the status says it all.
    :param title: what went wrong, the same for every problem of the kind (a message to translate).
    :param detail: this occurrence and what to do, translated.
    :param headers: response headers that belong to the status.
    :param members: more members of the API's problem object, for instance ``parameter``.
    """

    status: int
    kind: str
    title: str
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, Any] = field(default_factory=dict)

    @property
    def type(self) -> str:
        """The problem type URI; ``about:blank`` says that the status code is the type (RFC 9457, 4.2.1)."""
        return f"urn:telusur:problem:{self.kind}" if self.kind else "about:blank"

    def to_dict(self, translator: Translator, instance: str, request_id: str) -> dict[str, Any]:
        """The problem details object.

        :param instance: the path that was asked.
        """
        return {
            "type": self.type,
            "title": translator.gettext(self.title),
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            "request_id": request_id,
            **self.members,
        }


_TITLES = {
    400: N_("Permintaan tidak dapat dibaca"),
    404: N_("Halaman tidak ditemukan"),
    405: N_("Cara meminta tidak didukung"),
    413: N_("Permintaan terlalu besar"),
    414: N_("Alamat terlalu panjang"),
}
_DETAILS = {
    400: N_("Periksa alamatnya, lalu coba lagi."),
    404: N_("Tidak ada apa-apa di alamat ini. Mungkin alamatnya salah ketik atau artikelnya sudah dihapus."),
    405: N_("Alamat ini hanya dapat dibaca (GET)."),
    413: N_("Isi permintaannya terlalu besar. Bagilah menjadi beberapa permintaan."),
    414: N_("Alamatnya terlalu panjang untuk dibaca. Perpendek pertanyaannya."),
}
_UNANSWERED = {
    BusyError: Problem(
        503,
        "busy",
        N_("Server sedang sibuk"),
        N_("Terlalu banyak pertanyaan berat sedang dijawab. Coba lagi beberapa saat lagi."),
        {"Retry-After": "10"},
    ),
    IndexMissingError: Problem(
        503,
        "index-missing",
        N_("Arsip belum diindeks"),
        N_("Belum ada indeks untuk dicari. Pengelola situs perlu menjalankan perintah reindex."),
        {"Retry-After": "60"},
    ),
    IndexOutdatedError: Problem(
        503,
        "index-outdated",
        N_("Indeks perlu dibuat ulang"),
        N_(
            "Indeksnya dibuat oleh versi lain Telusur. Pengelola situs perlu menjalankan perintah reindex; "
            "arsipnya sendiri tidak apa-apa."
        ),
        {"Retry-After": "60"},
    ),
    IndexBrokenError: Problem(
        503,
        "index-broken",
        N_("Indeks tidak dapat dibaca"),
        N_("Indeksnya ada, tetapi rusak. Pengelola situs perlu menjalankan perintah reindex."),
        {"Retry-After": "60"},
    ),
    EngineError: Problem(  # that it does not answer, or refuses
        503,
        "engine-unavailable",
        N_("Mesin pencari sedang tidak menjawab"),
        N_("Coba lagi beberapa saat lagi."),
        {"Retry-After": "10"},
    ),
}


def problem_of(error: Exception, translator: Translator) -> Problem:
    """The problem that an exception stands for."""
    if isinstance(error, ParameterError):
        return _parameter_problem(error, translator)
    if isinstance(error, RefusedError):
        detail = translator.gettext(error.detail)
        return Problem(error.code or 403, error.kind, error.title, detail, error.extra)
    for kind, problem in _UNANSWERED.items():
        if isinstance(error, kind):
            return replace(problem, detail=translator.gettext(problem.detail))
    if isinstance(error, HTTPException) and error.code:
        return _http_problem(error, error.code, translator)
    return Problem(
        500,
        "",
        N_("Terjadi kesalahan di server"),
        translator.gettext(
            "Kesalahannya sudah dicatat. Coba lagi; bila terulang, beri tahu pengelola situs."
        ),
    )


def _parameter_problem(error: ParameterError, translator: Translator) -> Problem:
    return Problem(
        400,
        "invalid-parameter",
        N_("Parameter tidak dapat dipakai"),
        translator.gettext(str(error)),
        members={
            "parameter": error.name,
            "found": error.found,
            "expected": translator.gettext(error.expected),
        },
    )


def _http_problem(error: HTTPException, status: int, translator: Translator) -> Problem:
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    if isinstance(error, UnknownFacetError):
        no_facet = N_("Tidak ada faset dengan nama itu. Yang ada: {names}.")
        told = translator.gettext(no_facet, names=", ".join(Facet))
        return Problem(status, "", _TITLES[status], told)
    detail = _DETAILS.get(status, "")
    if status == 405 and "POST" in headers.get("Allow", ""):
        detail = N_("Alamat ini meminta POST dengan isi JSON.")
    return Problem(
        status,
        "",
        _TITLES.get(status, error.name),
        translator.gettext(detail) if detail else error.description or error.name,
        headers,
    )
