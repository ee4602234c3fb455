"""What the addresses of the API read, as typed models: one member for each parameter."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from index.messages import N_
from search.openapi.about import about

Day = Annotated[
    str,
    about(
        N_("Tahun, bulan, atau hari: 2024, 2024-01, atau 2024-01-31."), pattern="^[0-9]{4}(-[0-9]{2}){0,2}$"
    ),
]
Facets = Literal["source", "place", "author", "topic", "year", "lang"]
ResultField = Literal[
    "id",
    "title",
    "title_html",
    "url",
    "source",
    "place",
    "author",
    "published",
    "lang",
    "topics",
    "score",
    "snippet_html",
    "snippets",
    "all_words",
]
ExportField = Literal[
    "id",
    "title",
    "url",
    "source",
    "place",
    "author",
    "editor",
    "published",
    "lang",
    "topics",
    "metadata",
    "address",
    "body",
]

Words = TypedDict(
    "Words",
    {
        "q": Annotated[str, about(N_("Pertanyaan. Kosong berarti semua artikel, yang terbaru dahulu."))],
        "source": Annotated[list[str], about(N_("Penerbit; diulang berarti salah satu."))],
        "place": Annotated[list[str], about(N_("Tempat; diulang berarti salah satu."))],
        "author": Annotated[list[str], about(N_("Penulis; diulang berarti salah satu."))],
        "topic": Annotated[list[str], about(N_("Topik; diulang berarti salah satu."))],
        "year": Annotated[
            list[Annotated[str, about(pattern="^[0-9]{4}$")]],
            about(N_("Tahun terbit; diulang berarti salah satu.")),
        ],
        "lang": Annotated[
            list[Annotated[str, about(pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]],
            about(N_("Bahasa artikel, misalnya id; diulang berarti salah satu.")),
        ],
        "from": Annotated[Day, about(N_("Hari terbit pertama: 2024, 2024-01, atau 2024-01-31."))],
        "to": Annotated[Day, about(N_("Hari terbit terakhir, dengan cara yang sama."))],
        "match": Annotated[
            Literal["auto", "all", "any"],
            about(N_("Semua kata dahulu, lalu sebagian; semua kata; salah satu kata."), default="auto"),
        ],
        "expand": Annotated[
            bool, about(N_("Temukan juga singkatan, kepanjangan, dan padanan."), default=True)
        ],
        "correct": Annotated[bool, about(N_("Betulkan kata yang tidak dikenal arsip."), default=True)],
        "period": Annotated[
            bool, about(N_("Usulkan tanggal yang disebut di antara kata-kata."), default=True)
        ],
    },
    total=False,
)


class Page(TypedDict, total=False):
    """Which page."""

    page: Annotated[int, about(N_("Halaman, mulai 1."), minimum=1, maximum=1_000_000, default=1)]
    per_page: Annotated[int, about(N_("Banyaknya tiap halaman."), minimum=1)]


class Ordered(TypedDict, total=False):
    """In which order."""

    sort: Annotated[Literal["relevance", "newest", "oldest"], about(N_("Urutan hasil."), default="relevance")]


class SearchParameters(Words, Page, Ordered, total=False):
    """A search."""

    explain: Annotated[bool, about(N_("Sertakan bagian-bagian nilai setiap hasil."), default=False)]
    fold: Annotated[
        bool, about(N_("Himpun versi sebuah berita di bawah yang terbaik di halaman itu."), default=False)
    ]
    fields: Annotated[
        list[ResultField],
        about(N_("Hanya ruas ini dari setiap hasil; diulang atau dipisahkan koma. Bawaannya semua.")),
    ]
    highlight: Annotated[
        bool, about(N_("false: title_html, snippet_html, dan snippets tanpa <mark>."), default=True)
    ]
    facets: Annotated[
        list[Literal["none", "all", "source", "place", "author", "topic", "year", "lang"]],
        about(N_("Faset yang dihitung: none, all, atau beberapa. Bawaannya semua kecuali lang.")),
    ]


class FacetParameters(Words, Page, total=False):
    """The values of a facet."""

    find: Annotated[str, about(N_("Hanya nilai yang memuat kata-kata ini."))]
    order: Annotated[
        Literal["count", "name"], about(N_("Terbanyak dahulu, atau menurut abjad."), default="count")
    ]


class ExportParameters(Words, Ordered, total=False):
    """A file of results."""

    format: Annotated[Literal["csv", "jsonl", "atom"], about(N_("Bentuk berkas."), default="csv")]
    fields: Annotated[
        list[ExportField],
        about(N_("Ruas setiap artikel, dalam urutan ini. Bawaannya semua kecuali body; bukan untuk atom.")),
    ]
    limit: Annotated[int, about(N_("Artikel terbanyak dalam berkas."), minimum=1)]


class SuggestParameters(TypedDict, total=False):
    """Suggestions."""

    q: Annotated[str, about(N_("Yang sudah diketik."))]
    limit: Annotated[int, about(N_("Banyaknya saran."), minimum=1, maximum=20, default=8)]


class DocumentParameters(TypedDict, total=False):
    """One article."""

    q: Annotated[str, about(N_("Pertanyaan yang kata-katanya ditandai."))]


class AnalyzeParameters(TypedDict, total=False):
    """A text to take apart."""

    text: Annotated[str, about(N_("Teks yang diperiksa."))]


class FacetPlace(TypedDict):
    """The path of a facet."""

    name: Annotated[Facets, about(N_("Nama faset."))]


class DocumentPlace(TypedDict):
    """The path of an article."""

    id: Annotated[str, about(N_("Tanda artikel, seperti pada hasil pencarian."), minLength=1)]


class Queries(TypedDict):
    """Several questions."""

    queries: Annotated[
        list[SearchParameters],
        about(
            N_("Setiap pertanyaan berisi parameter pencarian; nilainya boleh bilangan atau larik."),
            minItems=1,
        ),
    ]
