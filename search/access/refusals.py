"""Refusals: why a request is turned away before it is answered."""

from __future__ import annotations

from werkzeug.exceptions import HTTPException

from index.messages import N_


class RefusedError(HTTPException):
    """A request that is turned away.

    :param code: the HTTP status.
    :param kind: last part of the problem type.
    :param title: what went wrong (a message to translate); likewise ``detail``, what to do.
    :param headers: response headers that belong to the status.
    """

    def __init__(self, code: int, kind: str, title: str, detail: str, **headers: str) -> None:
        super().__init__(kind)
        self.code = code
        self.kind = kind
        self.title = title
        self.detail = detail
        self.extra = {name.replace("_", "-"): value for name, value in headers.items()}


def body_too_large() -> RefusedError:
    """More was sent than any request needs."""
    return RefusedError(
        413,
        "body-too-large",
        N_("Isi permintaan terlalu besar"),
        N_("Isi permintaannya lebih besar daripada yang dibaca. Kirim lebih sedikit sekaligus."),
    )


def too_many_requests(seconds: int) -> RefusedError:
    """A client asks more often than the owner allows.

    :param seconds: until it may ask again.
    """
    return RefusedError(
        429,
        "too-many-requests",
        N_("Terlalu banyak permintaan"),
        N_("Dari alamat atau kunci ini datang terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi."),
        Retry_After=str(seconds),
    )


def key_missing(scheme: str = "Bearer") -> RefusedError:
    """Nothing was sent that says who asks.

    :param scheme: how a key is to be sent; browsers ask their reader for one of ``Basic``.
    """
    return RefusedError(
        401,
        "key-missing",
        N_("Perlu kunci"),
        N_("Alamat ini hanya menjawab yang membawa kunci dari pengelola situs: Authorization: Bearer KUNCI."),
        WWW_Authenticate=_challenge(scheme),
    )


def key_unknown(scheme: str = "Bearer") -> RefusedError:
    """No such key, or not any more."""
    return RefusedError(
        401,
        "key-unknown",
        N_("Kunci tidak dikenal"),
        N_("Kuncinya salah, dicabut, atau tidak berlaku lagi. Mintalah yang baru kepada pengelola situs."),
        WWW_Authenticate=_challenge(scheme, error="invalid_token" if scheme == "Bearer" else ""),
    )


def key_too_weak() -> RefusedError:
    """A key that opens something else."""
    return RefusedError(
        403,
        "key-role",
        N_("Kunci tidak cukup"),
        N_("Kunci ini hanya untuk mencari. Alamat ini memerlukan kunci pengelola."),
    )


def sent_by_other_site() -> RefusedError:
    """A browser was made to send the key that it remembers."""
    return RefusedError(
        403,
        "other-site",
        N_("Permintaan dari situs lain ditolak"),
        N_("Perubahan hanya diterima dari halaman situs ini sendiri."),
    )


def _challenge(scheme: str, **parameters: str) -> str:
    """How to send a key (RFC 9110, 11.6.1; errors: RFC 6750, 3)."""
    told = {"realm": "Telusur", **parameters}
    return f"{scheme} " + ", ".join(f'{name}="{value}"' for name, value in told.items() if value)
