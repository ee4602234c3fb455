"""The words that names of columns and keys are made of, in Indonesian and English, with what each one means.

Affixes are written out where they matter: a stemmer would make ``penulis`` (author) and ``ditulis oleh`` one.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import NamedTuple


class Role(Enum):
    """What a word does in a name."""

    HEAD = auto()
    """Names a field: ``judul``."""
    YIELDING = auto()
    """Names one if nothing else in the name does: ``text`` in ``title_text``."""
    EVENT = auto()
    """What happened on a day: ``terbit``."""
    SUBJECT = auto()
    """Says that the article is meant, as all columns do: ``berita``."""
    WHOLE = auto()
    """The same, and alone it is the text: ``artikel``."""
    DECORATION = auto()
    """Says how the value is written: ``utc``, ``html``, ``clean``."""
    EXCERPT = auto()
    """A part of the text that stands for it: ``ringkasan``."""
    AGENT = auto()
    """Whoever did what the name says: ``oleh``."""
    OTHER = auto()
    """Something else than the article: ``gambar``, ``komentar``, ``diperbarui``."""


class Word(NamedTuple):
    """One word.

    :param field: that it names, if any.
    :param weight: the lower, the sooner its column is taken: among heads, events and decorations each.
    :param indonesian: whether what belongs to it follows (``tanggal terbit``; English: ``publish date``).
    """

    role: Role
    field: str = ""
    weight: int = 0
    indonesian: bool = False


NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "guid", "uuid", "slug", "identifier", "kode"),
    "title": ("title", "judul", "headline", "heading", "tajuk"),
    "body": (
        "body", "text", "isi", "content", "teks", "konten", "article", "artikel", "berita", "news", "story",
        "naskah", "tulisan", "narasi", "paragraphs", "paragraf", "document", "dokumen", "kalimat", "uraian",
        "transkrip", "html",
    ),
    "url": ("url", "link", "tautan", "permalink", "href", "uri", "canonical", "hyperlink", "laman", "alamat"),
    "source": (
        "source", "publisher", "sumber", "penerbit", "media", "site", "situs", "website", "outlet", "portal",
        "newspaper", "koran", "domain", "hostname", "publication",
    ),
    "place": (
        "place", "tempat", "location", "lokasi", "dateline", "kota", "city", "kabupaten", "daerah", "wilayah",
    ),
    "author": (
        "author", "penulis", "reporter", "wartawan", "pewarta", "jurnalis", "journalist", "writer", "byline",
        "creator", "kontributor", "contributor", "koresponden", "correspondent",
        "pengarang", "kolumnis", "columnist",
    ),
    "editor": ("editor", "penyunting", "redaktur"),
    "published": ("date", "tanggal", "datetime", "tgl", "waktu", "timestamp", "time", "wkt"),
    "lang": ("lang", "language", "bahasa", "locale"),
    "topics": (
        "kategori", "category", "rubrik", "kanal", "section", "topik", "topic", "tag", "keyword",
        "kata kunci", "subject", "desk", "tema", "label",
    ),
}  # fmt: skip
"""Field of a document -> the words that name it. Where several columns are named, the first word wins."""

EXCERPT = "excerpt"
"""What a part of the text is taken for: it stands in where there is no text."""

SITE = "site"
"""What an address is taken for that may be that of the publisher: of the article only if it leads further."""

# The better a day says when readers first saw the article, the lower.
_EVENTS: dict[int, str] = {
    0: """
        published publish publishing pub publikasi publis publication dipublikasikan dipublikasi
        terbit diterbitkan terbitan penerbitan rilis dirilis release released issued issue tayang
        ditayangkan penayangan siar disiarkan dimuat muat posted diposting posting broadcast naik
        cetak
    """,
    20: """
        created create creation dibuat buat pembuatan upload uploaded unggah diunggah pengunggahan
        input diinput inserted insert added tambah ditambahkan masuk submitted submit kirim dikirim
        entri tulis ditulis penulisan
    """,
}
_DECORATIONS: dict[int, str] = {
    -15: "full lengkap whole seluruh utuh keseluruhan encoded",
    1: """
        at on pada di in dari dan of the to for untuk sebuah name nama main utama value nilai
        rendered str string txt data info field kolom column id indo indonesia indonesian asli
        original ori first pertama display tampil ts dt unix epoch up final new plain polos
        local lokal wib online code
    """,
    3: "clean cleaned bersih cleaning parsed formatted",
    4: "page halaman rss feed seo og meta schema short pendek singkat alternative alternatif amp mobile",
    5: "utc gmt iso",
    7: "html raw mentah xml markdown md",
    8: "en eng english inggris ms jv su translated translation terjemahan terjemah diterjemahkan",
}
_YIELDING = ("text", "teks", "html", "time", "waktu", "site", "situs", "heading", "subject", "publication")
_INDONESIAN = """
    kode judul tajuk isi teks konten artikel berita naskah tulisan dokumen kalimat uraian narasi
    paragraf tautan laman alamat sumber penerbit situs koran tempat lokasi kota kabupaten daerah
    wilayah penulis wartawan pewarta jurnalis kontributor koresponden pengarang kolumnis penyunting
    redaktur tanggal tgl waktu bahasa kategori rubrik kanal topik
"""
_SUBJECTS = """
    post posts item entry doc liputan reportase kabar warta postingan web press pers wp dc dcterms
    dcterm prism atom x attr record object blog gsx
"""
_WHOLES = "article artikel berita news story naskah tulisan document dokumen"
_EXCERPTS = """
    summary ringkasan ringkas snippet excerpt abstract abstrak description deskripsi desc lead intro
    kutipan cuplikan sinopsis preview teaser standfirst ikhtisar pembuka
"""
_OTHERS = """
    gambar image images img imgs foto photo picture pict thumbnail thumb video audio caption
    keterangan ilustrasi fotografer photographer komentar comment reply balasan jumlah count total
    num number nomor no banyak banyaknya lahir birth born dob ttl umur usia meninggal update updated
    pembaruan updating modified modify modifikasi dimodifikasi ubah diubah perubahan changed edited
    edit revised revisi perbarui diperbarui crawl crawled crawling crawler scrape scraped scraping
    scraper download downloaded unduh diunduh fetch fetched retrieved retrieval accessed access
    akses diakses ambil diambil pengambilan seen indexed delete deleted hapus dihapus kejadian
    peristiwa event mulai awal start begin end akhir berakhir selesai expire expired expires expiry
    kedaluwarsa batas deadline read reading baca dibaca pembaca load duration durasi view views
    viewer viewers like likes share shares rating score skor sentiment sentimen status type jenis
    tipe kind is has flag avatar email mail phone telepon telp bio profil profile logo icon favicon
    cover banner featured iklan advertisement related terkait next prev previous parent user
    username userid login password token hash md5 sha1 sha256 checksum embedding vector vektor stem
    stemmed stemming tokenized tokenised tokens tokenisasi stopword stopwords preprocessed
    preprocessing lemma lemmatized file filename filepath path localpath folder directory length len
    panjang size ukuran width height lat latitude lon lng longitude geo ip api agent rank position index
    indeks sub anak subtitle subjudul kicker year tahun month bulan day hari hour jam pukul minute
    menit prediction predicted prediksi twitter facebook instagram youtube price harga version versi
    copyright sitemap robots mime extension job jabatan role peran gender kelamin
"""
_AGENTS = "by oleh"
_PLURALS = ("categories", "stories")
_SILENT = "data field kolom kol column col value nilai variable var unnamed attr x y z c f v"


def _words() -> dict[str, Word]:
    found: dict[str, Word] = {word: Word(Role.OTHER) for word in _OTHERS.split()}
    found |= {word: Word(Role.SUBJECT) for word in _SUBJECTS.split()}
    for weight, words in _DECORATIONS.items():
        found |= {word: Word(Role.DECORATION, weight=weight) for word in words.split()}
    for weight, words in _EVENTS.items():
        found |= {word: Word(Role.EVENT, "published", weight) for word in words.split()}
    found |= {word: Word(Role.EXCERPT, EXCERPT) for word in _EXCERPTS.split()}
    found |= {word: Word(Role.AGENT) for word in _AGENTS.split()}
    indonesian = frozenset(_INDONESIAN.split())
    for field, names in NAMES.items():
        for weight, word in enumerate(names):
            role = Role.YIELDING if word in _YIELDING else Role.HEAD
            role = Role.WHOLE if word in _WHOLES.split() else role
            found[word] = Word(role, field, weight, word in indonesian)
    found |= {word: found[word[:-3] + "y"] for word in _PLURALS}
    return found


WORDS: Mapping[str, Word] = _words()
"""Word in lower case -> what it means."""

PHRASES: Mapping[str, str] = {
    "katakunci": "topics",
    "suratkabar": "source",
    "mainentityofpage": "url",
    "inlanguage": "lang",
    "newsdesk": "topics",
    "byline": "author",
    "subkategori": "topics",
    "subcategory": "topics",
}
"""Names of several words, written together, whose words mean something else each."""

LATE_PHRASES: Mapping[str, str] = {"seendate": "published"}
"""The same, taken only where nothing else names the field: GDELT tells only when it saw an article first."""

EVENTS: Mapping[str, int] = {word: weight for weight, words in _EVENTS.items() for word in words.split()}
"""What may happen on the day of an article -> the lower, the more it is the day of publication."""

WRITING: Mapping[str, str] = {
    **dict.fromkeys(_EVENTS[0].split(), "source"),
    **dict.fromkeys(["posted", "diposting", "posting"], "author"),
    **dict.fromkeys(_EVENTS[20].split(), "author"),
    **dict.fromkeys(["written", "writing", "reported", "dilaporkan"], "author"),
    **dict.fromkeys(["disunting", "sunting", "edited"], "editor"),
}
"""What was done -> the field that tells by whom: ``ditulis oleh``."""

CLOCK: frozenset[str] = frozenset({"hari", "day", "jam", "hour", "pukul"})
"""Parts of a point in time: none of them is a day, but beside a date they are nothing else than it."""

SILENT: frozenset[str] = frozenset(_SILENT.split())
"""Words that say nothing of what a column holds."""

PAIRS: Mapping[frozenset[str], str] = {
    frozenset(pair.split()): winner
    for pair, winner in {
        "title body": "title",
        "title source": "source",
        "title topics": "topics",
        "published body": "published",
        "published source": "published",
        "published title": "published",
        "url body": "url",
        "author body": "author",
        "author source": "author",
        "editor body": "editor",
        "lang body": "lang",
        "topics body": "topics",
        "topics source": "topics",
        "place body": "place",
        "id body": "id",
        "id lang": "lang",
    }.items()
}
"""Two fields in one name that still are one field of the article; with any others (``author_url``) the name
is of something else. Of text and publisher (``site content``, ``content source``) the head of the name."""
