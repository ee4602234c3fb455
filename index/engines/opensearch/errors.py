"""What OpenSearch and its library say went wrong, as our errors: what is the matter, and what to do."""

from __future__ import annotations

from typing import Any

from opensearchpy.exceptions import ConnectionTimeout, SSLError, TransportError

from index.engines.base import EngineError, EngineUnavailableError, IndexMissingError
from index.messages import _

_LONGEST = 300  # characters of a reason that are repeated
_FULL = ("flood-stage", "flood stage", "read-only-allow-delete", "read-only / allow delete")


class BusyError(EngineUnavailableError):
    """The cluster answered that it cannot do it now, and has not done it."""


class RefusedError(EngineError):
    """OpenSearch understood a request and did not do it.

    :param status: of HTTP.
    :param kind: OpenSearch's name of the reason.
    """

    def __init__(self, message: str, status: int = 0, kind: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind


def unanswered(error: TransportError, seconds: float) -> EngineUnavailableError:
    """The error for a request that got no answer.

    :param seconds: the time that it had.
    """
    if isinstance(error, ConnectionTimeout):
        return slow(seconds)
    if isinstance(error, SSLError):
        return EngineUnavailableError(
            _(
                "sertifikat OpenSearch tidak dapat dipercaya ({error}); periksa opensearch_ca dan "
                "opensearch_urls",
                error=_short(error.error),
            )
        )
    return EngineUnavailableError(
        _(
            "OpenSearch tidak dapat dihubungi ({error}); periksa apakah simpulnya berjalan dan "
            "opensearch_urls",
            error=_short(error.error),
        )
    )


def slow(seconds: float) -> EngineUnavailableError:
    """The error for an answer that did not come in time."""
    return EngineUnavailableError(
        _(
            "OpenSearch tidak menjawab dalam {seconds} detik; periksa keadaan gugusnya (_cluster/health), "
            "atau naikkan opensearch_timeout",
            seconds=f"{seconds:g}",
        )
    )


def incomplete() -> EngineUnavailableError:
    """The error for an answer that only a part of the shards gave."""
    return EngineUnavailableError(
        _(
            "sebagian pecahan indeks di OpenSearch tidak menjawab, jadi jawabannya tidak lengkap; periksa "
            "simpul mana yang mati (_cat/shards)"
        )
    )


def refused(status: int, info: dict[str, Any]) -> EngineError:
    """The error for an answer that says no.

    :param status: of HTTP.
    :param info: the body of the answer.
    """
    kind, reason = reason_of(info)
    said = f"{kind}: {reason}".strip(": ")
    if any(word in said for word in _FULL):
        return EngineError(
            _(
                "diska sebuah simpul OpenSearch hampir penuh, sehingga indeks tidak boleh ditulis; kosongkan "
                "atau tambah diska, lalu ulangi ({reason})",
                reason=_short(reason),
            )
        )
    if status == 401 or (status == 403 and "cluster_block" not in kind):
        return EngineError(
            _(
                "OpenSearch menolak pemakainya ({reason}); periksa TELUSUR_OPENSEARCH_USER dan "
                "TELUSUR_OPENSEARCH_PASSWORD (atau TELUSUR_OPENSEARCH_API_KEY) dan perannya",
                reason=_short(said) or status,
            )
        )
    if status == 404 and kind in ("index_not_found_exception", "aliases_not_found_exception"):
        return IndexMissingError(
            _("indeks di OpenSearch tidak ada ({reason}); jalankan `reindex`", reason=_short(reason))
        )
    if status == 429:
        return BusyError(
            _("OpenSearch sedang terlalu sibuk ({reason}); coba lagi sebentar", reason=_short(said))
        )
    if status == 408 or status >= 500 or "no_shard_available" in said:
        return BusyError(
            _(
                "gugus OpenSearch sedang tidak dapat menjawab ({reason}); periksa simpul mana yang mati "
                "(_cluster/health)",
                reason=_short(said) or status,
            )
        )
    if "maxClauseCount" in said or "too_many_nested_clauses" in said:
        return EngineError(
            _(
                "pertanyaan ini terlalu panjang bagi OpenSearch; naikkan "
                "indices.query.bool.max_clause_count di gugusnya ke 8192"
            )
        )
    return RefusedError(
        _("OpenSearch menolak permintaan ({status} {reason})", status=status, reason=_short(said)),
        status,
        kind,
    )


def reason_of(info: Any) -> tuple[str, str]:
    """(OpenSearch's name of a reason, its sentence) of an answer that says what went wrong."""
    error = info.get("error", info) if isinstance(info, dict) else {}
    if not isinstance(error, dict):
        return "", str(error)
    kind, reason = str(error.get("type", "")), str(error.get("reason", ""))
    deeper = error.get("root_cause") or error.get("failed_shards")
    if isinstance(deeper, list) and deeper and isinstance(deeper[0], dict):
        inner = deeper[0].get("reason", deeper[0])
        if isinstance(inner, dict):
            reason = f"{reason} ({inner.get('type', '')}: {inner.get('reason', '')})"
        elif inner != reason:
            reason = f"{reason} ({inner})"
    caused = error.get("caused_by")
    if isinstance(caused, dict):
        reason = f"{reason} ({caused.get('reason', '')})"
    return kind, reason


def _short(said: object) -> str:
    text = " ".join(str(said).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
