"""The addresses of the API: what each reads and gives."""

from __future__ import annotations

from msgspec import Struct, field

from index.messages import N_
from search.openapi import answers, parameters


class Operation(Struct, frozen=True):
    """One address and one way to ask it.

    :param name: the ``operationId``, which is the endpoint of the address too.
    :param path: behind the root of the API.
    :param summary: what it is for (a message to translate); ``description``: more of that.
    :param reads: model of its parameters; ``place`` that of its path, ``body`` that of what is sent.
    :param gives: media type -> model of what it answers, ``None`` for text.
    :param is_kept: whether it tells by an ETag if it is still the same.
    :param is_paged: whether it links to the pages beside the one it gives.
    :param failures: statuses of its problems, beside those that any address has.
    """

    name: str
    path: str
    summary: str
    gives: dict[str, type | None]
    description: str = ""
    method: str = "get"
    reads: type | None = None
    place: type | None = None
    body: type | None = None
    is_kept: bool = False
    is_paged: bool = False
    failures: tuple[int, ...] = field(default=())


_JSON = "application/json"

OPERATIONS = (
    Operation(
        "search",
        "/search",
        N_("Mencari artikel"),
        {_JSON: answers.SearchAnswer},
        N_("Angka pada total dan facets selalu pasti, dan sama pada setiap halaman dan urutan."),
        reads=parameters.SearchParameters,
        is_kept=True,
        is_paged=True,
        failures=(400,),
    ),
    Operation(
        "multi_search",
        "/multi-search",
        N_("Beberapa pencarian dalam satu permintaan"),
        {_JSON: answers.MultiAnswer},
        N_("Pertanyaan yang salah tidak menggagalkan yang lain: problem-nya ada di tempat jawabannya."),
        method="post",
        body=parameters.Queries,
        failures=(400, 413),
    ),
    Operation(
        "facet",
        "/facets/{name}",
        N_("Semua nilai satu faset"),
        {_JSON: answers.FacetAnswer},
        N_("Di antara artikel yang ditemukan sebuah pencarian."),
        reads=parameters.FacetParameters,
        place=parameters.FacetPlace,
        is_kept=True,
        is_paged=True,
        failures=(400, 404),
    ),
    Operation(
        "suggest",
        "/suggest",
        N_("Saran selagi mengetik"),
        {_JSON: answers.Completions},
        N_("Yang disarankan selalu menemukan artikel."),
        reads=parameters.SuggestParameters,
        is_kept=True,
        failures=(400,),
    ),
    Operation(
        "export",
        "/export",
        N_("Mengunduh hasil pencarian"),
        {"text/csv": None, "application/x-ndjson": answers.Export, "application/atom+xml": None},
        N_(
            "Dikirim selagi dibaca, dalam urutan hasil. X-Total-Count menyebut banyaknya artikel yang "
            "ditemukan, X-Export-Count yang ada dalam berkas."
        ),
        reads=parameters.ExportParameters,
        failures=(400, 404),
    ),
    Operation(
        "document",
        "/documents/{id}",
        N_("Satu artikel utuh"),
        {_JSON: answers.Article},
        reads=parameters.DocumentParameters,
        place=parameters.DocumentPlace,
        failures=(404,),
    ),
    Operation(
        "similar",
        "/documents/{id}/similar",
        N_("Versi lain artikel itu dan artikel terkait"),
        {_JSON: answers.SimilarAnswer},
        place=parameters.DocumentPlace,
        is_kept=True,
        failures=(404,),
    ),
    Operation(
        "analyze",
        "/analyze",
        N_("Bagaimana sebuah teks dipecah menjadi kata dan akar kata"),
        {_JSON: answers.Inspection},
        reads=parameters.AnalyzeParameters,
    ),
    Operation(
        "stats",
        "/stats",
        N_("Apa yang dilayani"),
        {_JSON: answers.Stats},
    ),
)
