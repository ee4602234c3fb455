"""What the API gives, as typed models. Answers may gain members; none is renamed or taken away."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal, NotRequired, TypedDict

from index.messages import N_
from search.openapi.about import about

Html = Annotated[str, about(N_("Teks yang sudah diamankan; satu-satunya unsur di dalamnya <mark>."))]
Reference = Annotated[str, about(format="uri")]
Unit = Literal["day", "month", "year"]


class Problem(TypedDict):
    """Problem details (RFC 9457)."""

    type: Annotated[str, about(N_("Jenis kesalahan; about:blank bila status sudah cukup."))]
    title: Annotated[str, about(N_("Apa yang salah."))]
    status: Annotated[int, about(minimum=400, maximum=599)]
    detail: Annotated[str, about(N_("Apa yang terjadi kali ini dan apa yang dapat dilakukan."))]
    instance: Annotated[str, about(N_("Alamat yang diminta."))]
    request_id: Annotated[str, about(N_("Tanda permintaan, sama dengan kepala X-Request-ID."))]
    parameter: NotRequired[Annotated[str, about(N_("Parameter yang salah."))]]
    found: NotRequired[Annotated[str, about(N_("Nilainya."))]]
    expected: NotRequired[Annotated[str, about(N_("Yang dapat dipakai."))]]


class Snippet(TypedDict):
    """A passage."""

    html: Html


class ScorePart(TypedDict):
    """One addend of a score."""

    field: str
    term: str
    why: str
    text: Annotated[str, about(N_("Penjelasannya dalam bahasa sehari-hari."))]
    score: float


class Listing(TypedDict):
    """An article that is named."""

    id: str
    title: str
    url: str
    source: str
    place: str
    author: str
    published: date | None
    lang: str


class Result(TypedDict, total=False):
    """One article that was found; with ``fields`` only a part of it."""

    id: str
    title: str
    title_html: Html
    url: Annotated[str, about(N_("Alamat asli artikel; boleh kosong."))]
    source: Annotated[str, about(N_("Penerbit."))]
    place: Annotated[str, about(N_("Tempat."))]
    author: Annotated[str, about(N_("Penulis."))]
    published: Annotated[date | None, about(N_("Hari terbit."))]
    lang: Annotated[str, about(N_("Bahasa artikel."))]
    topics: Annotated[list[str], about(N_("Rubrik, kategori, dan tag artikel."))]
    score: Annotated[float, about(N_("Nilai; hanya bermakna di antara hasil pertanyaan yang sama."))]
    snippet_html: Html
    snippets: list[Snippet]
    all_words: Annotated[bool, about(N_("Apakah memuat semua kata."))]
    explanation: Annotated[list[ScorePart], about(N_("Bagian-bagian nilainya, dengan explain=true."))]
    versions: Annotated[list[Listing], about(N_("Versinya pada halaman itu, dengan fold=true."))]


class FacetCount(TypedDict):
    """A value of a facet."""

    value: str
    count: Annotated[int, about(N_("Banyaknya artikel, pasti."), minimum=0)]


class Bar(TypedDict):
    """Some days."""

    first: date
    last: date
    count: Annotated[int, about(minimum=0)]


class Histogram(TypedDict):
    """How results are spread over time."""

    unit: Unit | None
    bars: list[Bar]
    undated: Annotated[int, about(N_("Artikel tanpa tanggal."), minimum=0)]


class Suggestion(TypedDict):
    """Another query."""

    query: str
    html: Html


class Expansion(TypedDict):
    """Other forms of a word."""

    term: str
    matched: list[str]


class Ignored(TypedDict):
    """A part of a query that was not read as written."""

    reason: str
    text: str


class WayOut(TypedDict):
    """A question that finds something."""

    kind: Annotated[str, about(N_("Apa yang berbeda dari pertanyaan itu."))]
    text: str
    query: str
    count: Annotated[int, about(minimum=0)]


class Period(TypedDict):
    """Days among the words."""

    label: str
    query: str
    first: date | None
    last: date | None
    count: Annotated[int, about(minimum=0)]
    applied: Annotated[bool, about(N_("Apakah hasilnya sudah dibatasi dengan masa itu."))]


class Address(TypedDict):
    """An address among the words."""

    text: str
    found: bool
    words: str


class SearchAnswer(TypedDict):
    """One page of results and what belongs to it."""

    query: Annotated[str, about(N_("Pertanyaan seperti yang diketik."))]
    total: Annotated[int, about(N_("Banyaknya artikel yang ditemukan, pasti."), minimum=0)]
    total_all: Annotated[int, about(N_("Di antaranya yang memuat semua kata."), minimum=0)]
    page: Annotated[int, about(minimum=1)]
    per_page: Annotated[int, about(minimum=1)]
    pages: Annotated[int, about(N_("Banyaknya halaman; 0 bila tidak ada hasil."), minimum=0)]
    took_ms: Annotated[float, about(N_("Lama menjawab, dalam milidetik."), minimum=0)]
    results: list[Result]
    facets: Annotated[dict[str, list[FacetCount]], about(N_("Nilai terbanyak setiap faset yang diminta."))]
    histogram: Annotated[Histogram | None, about(N_("Sebaran waktu terbit."))]
    did_you_mean: Annotated[Suggestion | None, about(N_("Usul ejaan."))]
    corrected: Annotated[Suggestion | None, about(N_("Yang dicari sebagai ganti kata yang tidak dikenal."))]
    expansions: Annotated[list[Expansion], about(N_("Bentuk lain yang ikut dicari."))]
    matched: Annotated[
        Literal["all", "some"], about(N_("some bila tidak ada artikel yang memuat semua kata."))
    ]
    all_first: Annotated[bool, about(N_("Apakah yang memuat semua kata tampil lebih dahulu."))]
    ignored: Annotated[list[Ignored], about(N_("Bagian yang tidak dapat dibaca seperti ditulis."))]
    capped: Annotated[list[str], about(N_("Pola yang mewakili terlalu banyak kata."))]
    cut: Annotated[
        list[Literal["marks", "explanation", "suggestion"]], about(N_("Yang tidak sempat dikerjakan."))
    ]
    unknown: Annotated[list[str], about(N_("Kata yang tidak dimuat artikel mana pun."))]
    ways_out: Annotated[list[WayOut], about(N_("Pertanyaan yang menemukan sesuatu."))]
    period: Annotated[Period | None, about(N_("Masa terbit yang disebut di antara kata-kata."))]
    address: Annotated[Address | None, about(N_("Nasib alamat artikel yang ditempelkan."))]
    previous: Annotated[Reference | None, about(N_("Alamat halaman sebelumnya."))]
    next: Annotated[Reference | None, about(N_("Alamat halaman berikutnya."))]


class MultiEntry(TypedDict):
    """What became of one question of several."""

    answer: Annotated[SearchAnswer | None, about(N_("Jawabannya; null bila pertanyaannya salah."))]
    problem: Annotated[Problem | None, about(N_("Apa yang salah; null bila terjawab."))]


class MultiAnswer(TypedDict):
    """The answers to several questions."""

    took_ms: Annotated[float, about(minimum=0)]
    results: Annotated[list[MultiEntry], about(N_("Satu untuk setiap pertanyaan, dalam urutannya."))]


class FacetValue(TypedDict):
    """A value of a facet."""

    value: str
    count: Annotated[int, about(minimum=0)]
    chosen: Annotated[bool, about(N_("Apakah pertanyaannya disaring dengan nilai itu."))]


class FacetAnswer(TypedDict):
    """Values of a facet."""

    facet: str
    query: str
    find: str
    order: Literal["count", "name"]
    articles: Annotated[
        int, about(N_("Banyaknya artikel yang ditemukan dengan semua saringannya."), minimum=0)
    ]
    total: Annotated[int, about(N_("Banyaknya nilai."), minimum=0)]
    page: Annotated[int, about(minimum=1)]
    per_page: Annotated[int, about(minimum=1)]
    pages: Annotated[int, about(minimum=0)]
    took_ms: Annotated[float, about(minimum=0)]
    values: list[FacetValue]
    previous: Annotated[Reference | None, about(N_("Alamat halaman sebelumnya."))]
    next: Annotated[Reference | None, about(N_("Alamat halaman berikutnya."))]


class Completion(TypedDict):
    """One suggestion."""

    text: Annotated[str, about(N_("Pertanyaan lengkap, atau judul artikel."))]
    kind: Literal["word", "name", "phrase", "correction", "title"]
    count: NotRequired[Annotated[int, about(N_("Banyaknya artikel, bila sempat dihitung."), minimum=0)]]
    id: NotRequired[Annotated[str, about(N_("Artikel yang judulnya disarankan."))]]
    published: NotRequired[date | None]


class Completions(TypedDict):
    """Suggestions."""

    query: str
    suggestions: list[Completion]


class Element(TypedDict):
    """A part of an article's structure."""

    kind: Annotated[str, about(N_("Unsurnya, misalnya h, ul, atau table."))]
    start: Annotated[int, about(N_("Huruf pertamanya pada body."), minimum=0)]
    end: Annotated[int, about(minimum=0)]
    level: NotRequired[int]
    first: NotRequired[int]
    columns: NotRequired[int]
    url: NotRequired[str]
    text: NotRequired[str]


class Article(TypedDict):
    """One article, whole."""

    id: str
    title: str
    body: Annotated[str, about(N_("Isinya sebagai teks biasa."))]
    url: str
    source: str
    place: str
    author: str
    editor: str
    published: date | None
    lang: str
    topics: Annotated[list[str], about(N_("Rubrik, kategori, dan tag artikel."))]
    metadata: Annotated[dict[str, str], about(N_("Keterangan lain dari sumbernya."))]
    title_html: Html
    body_html: Html
    layout: Annotated[list[Element], about(N_("Susunan aslinya."))]
    cut: list[Literal["marks", "explanation", "suggestion"]]


class SimilarAnswer(TypedDict):
    """The articles beside one."""

    id: str
    versions: Annotated[list[Listing], about(N_("Artikel dengan teks yang sama."))]
    results: Annotated[list[Listing], about(N_("Artikel terkait, yang terbaik dahulu."))]


class Token(TypedDict):
    """A word of a text."""

    token: Annotated[str, about(N_("Kata seperti ditulis."))]
    form: str
    stem: Annotated[str, about(N_("Akar katanya."))]
    start: Annotated[int, about(minimum=0)]
    end: Annotated[int, about(minimum=0)]
    why: Annotated[str, about(N_("Aturan atau baris leksikon yang menentukannya."))]


class Inspection(TypedDict):
    """A text taken apart."""

    text: str
    tokens: list[Token]
    expansions: list[Expansion]


class Stats(TypedDict):
    """What is being served."""

    status: Annotated[
        Literal["ready", "stale", "broken"],
        about(N_("ready; stale bila indeks perlu dibuat ulang; broken bila yang terbaru bermasalah.")),
    ]
    documents: Annotated[int, about(N_("Banyaknya artikel."), minimum=0)]
    engine: str
    generation: Annotated[str, about(N_("Nama indeks yang melayani."))]
    created: Annotated[datetime, about(N_("Kapan indeks itu dibuat."))]
    facets: Annotated[dict[str, int], about(N_("Banyaknya nilai setiap faset."))]


class Export(TypedDict, total=False):
    """One line of a file of JSON Lines."""

    id: str
    title: str
    url: str
    source: str
    place: str
    author: str
    editor: str
    published: date | None
    lang: str
    topics: list[str]
    metadata: dict[str, str]
    address: Annotated[Reference, about(N_("Tempat membacanya di sini."))]
    body: str
