"""The table of settings: what they are called, what they are before anybody sets them, what they are for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

ENVIRONMENT_PREFIX = "TELUSUR_"

SECRETS = ("TELUSUR_OPENSEARCH_USER", "TELUSUR_OPENSEARCH_PASSWORD", "TELUSUR_OPENSEARCH_API_KEY")
"""Variables of the environment that are no settings: no file and no message has their values."""

Value = str | int | float | bool | tuple[str, ...] | Mapping[str, Any]


class Effect(StrEnum):
    """When a changed value comes into force, for the owner."""

    RELOAD = "SIGHUP"
    RESTART = "mulai ulang"
    REINDEX = "`reindex` berikutnya"
    BOTH = "SIGHUP dan `reindex`"


class Setting(Struct, frozen=True):
    """One row of the table.

    :param name: lower case; the key in ``telusur.toml``, and the environment variable after the prefix.
    :param default: its value when nobody sets it; its type is the setting's type.
    :param help: one sentence for the owner of a site, in Indonesian.
    :param minimum: smallest number accepted, for numbers.
    :param choices: the only values accepted, if not empty; of a list, the only members.
    :param fits: what a text, or each member of a list, has to be, a key of
        :data:`index.settings.KINDS_OF_TEXT`; ``""`` for any.
    :param separator: between the members of a list in its environment variable; by default that of paths,
        which addresses cannot have: they hold it; ``""`` for what is written there as JSON.
    :param effect: what a changed value waits for, beside a restart, which always does.
    """

    name: str
    default: Value
    help: str
    minimum: float | None = None
    choices: tuple[str, ...] = ()
    fits: str = ""
    separator: str = os.pathsep
    effect: Effect = Effect.RELOAD

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return ENVIRONMENT_PREFIX + self.name.upper()


_REINDEX, _RESTART = Effect.REINDEX, Effect.RESTART

SETTINGS: tuple[Setting, ...] = (
    Setting("index", "instance/index", "Folder tempat indeks disimpan."),
    Setting(
        "engine",
        "whoosh",
        "Mesin yang menyimpan dan menjawab: whoosh, tantivy, atau opensearch (gugus OpenSearch).",
        choices=("whoosh", "tantivy", "opensearch"),
        effect=Effect.BOTH,
    ),
    Setting(
        "opensearch_urls",
        ("http://127.0.0.1:9200",),
        "Alamat simpul OpenSearch, dicoba bergantian; pemakai dan kata sandi ditulis di peubah lingkungan "
        "TELUSUR_OPENSEARCH_USER dan TELUSUR_OPENSEARCH_PASSWORD, atau TELUSUR_OPENSEARCH_API_KEY.",
        fits="node",
        separator=",",
        effect=Effect.BOTH,
    ),
    Setting(
        "opensearch_index",
        "telusur",
        "Awal nama semua indeks arsip ini di OpenSearch; lain arsip, lain namanya.",
        fits="prefix",
        effect=Effect.BOTH,
    ),
    Setting(
        "opensearch_timeout",
        5.0,
        "Waktu terlama menunggu jawaban OpenSearch (detik).",
        minimum=0.1,
        effect=Effect.BOTH,
    ),
    Setting("opensearch_ca", "", "Berkas sertifikat CA (PEM) untuk alamat https://.", effect=Effect.BOTH),
    Setting(
        "opensearch_shards",
        1,
        "Banyaknya pecahan (shard) indeks baru; satu cukup sampai beberapa juta artikel.",
        minimum=1,
        effect=_REINDEX,
    ),
    Setting(
        "opensearch_replicas", 1, "Banyaknya salinan tiap pecahan di simpul lain.", minimum=0, effect=_REINDEX
    ),
    Setting(
        "suggest_tantivy_from",
        50_000,
        "Banyaknya artikel yang membuat `reindex` menyarankan mesin tantivy; 0 berarti tidak pernah.",
        minimum=0,
        effect=_REINDEX,
    ),
    Setting(
        "sources",
        (),
        "Folder dan berkas yang dibaca `reindex` bila tidak disebut; kosong berarti yang terakhir dipakai.",
        effect=_REINDEX,
    ),
    Setting(
        "future_days",
        0,
        "Berapa hari sesudah hari ini tanggal terbit masih diterima; yang lebih jauh dianggap keliru.",
        minimum=0,
        effect=_REINDEX,
    ),
    Setting(
        "fields",
        {},
        "Kolom mana berisi ruas artikel yang mana, lihat [di bawah](#kolom).",
        separator="",
        effect=_REINDEX,
    ),
    Setting(
        "databases",
        {},
        "Basis data yang barisnya menjadi artikel, lihat [di bawah](#basis-data).",
        separator="",
        effect=_REINDEX,
    ),
    Setting("follow_links", False, "Apakah tautan simbolik ke luar sumber juga diikuti.", effect=_REINDEX),
    Setting(
        "lexicon", "", "Berkas leksikon pemilik: akar, kata henti, sinonim, akronim.", effect=Effect.BOTH
    ),
    Setting(
        "source_aliases",
        {},
        "Nama lain penerbit yang dihitung sebagai satu nama; lihat di bawah.",
        effect=_REINDEX,
    ),
    Setting("place_aliases", {}, "Nama lain tempat, dengan cara yang sama.", effect=_REINDEX),
    Setting("author_aliases", {}, "Nama lain penulis, dengan cara yang sama.", effect=_REINDEX),
    Setting("topic_aliases", {}, "Nama lain topik, dengan cara yang sama.", effect=_REINDEX),
    Setting(
        "kept_lines",
        (),
        "Teks yang barisnya tidak pernah dikeluarkan sebagai baris berulang; `*` berarti semua baris tetap "
        "(lihat `telusur check --cut`).",
        separator="|",
        effect=_REINDEX,
    ),
    Setting(
        "max_input_mb",
        64.0,
        "Berkas teks terbesar yang dibaca utuh (MiB); selebihnya dilewati.",
        minimum=0.001,
        effect=_REINDEX,
    ),
    Setting(
        "max_archive_mb",
        10240.0,
        "Isi satu arsip ZIP atau tar yang dibaca, setelah dibuka (MiB); selebihnya dilewati.",
        minimum=0.001,
        effect=_REINDEX,
    ),
    Setting(
        "max_article_kb",
        2048.0,
        "Artikel terpanjang (KiB teks); selebihnya dilewati.",
        minimum=0.001,
        effect=_REINDEX,
    ),
    Setting(
        "caches_mb",
        64.0,
        "Memori semua tembolok semua proses server bersama-sama (MiB): mesin, artikel, dan jawaban.",
        minimum=0,
    ),
    Setting(
        "cache_mb",
        -1.0,
        "Memori tembolok mesin pada tiap proses server (MiB); -1 berarti bagiannya dari caches_mb.",
        minimum=-1,
    ),
    Setting(
        "articles_mb",
        -1.0,
        "Memori artikel yang disimpan siap tampil pada tiap proses server (MiB), yang terbaru lebih dulu; "
        "-1 berarti bagiannya dari caches_mb.",
        minimum=-1,
    ),
    Setting(
        "response_cache_mb",
        -1.0,
        "Memori jawaban yang sudah pernah diberikan, tiap proses server (MiB); 0 berarti tidak ada, "
        "-1 bagiannya dari caches_mb.",
        minimum=-1,
    ),
    Setting("pattern_cap", 1000, "Kata terbanyak yang diwakili satu pola (awal*, p?la, kata~).", minimum=1),
    Setting(
        "budget_ms",
        1000,
        "Waktu prosesor yang boleh dipakai satu pertanyaan (ms); yang terlalu berat dijawab sebagian.",
        minimum=50,
    ),
    Setting(
        "site_name",
        "Telusur",
        "Nama yang tampil di atas halaman dan pada umpan.",
        fits="filled",
    ),
    Setting("logo", "", "Berkas gambar di samping nama itu: SVG, PNG, WebP atau JPEG, paling besar 256 KiB."),
    Setting("logo_only", False, "Apakah logo sudah memuat nama situs, sehingga nama tidak ditulis lagi."),
    Setting(
        "accent",
        "",
        "Warna tombol dan tautan, misalnya #0d5f58; disesuaikan bila kurang kontras.",
        fits="colour",
    ),
    Setting("footer", "", "Teks di kaki setiap halaman; alamat web di dalamnya menjadi tautan."),
    Setting("about", "", "Teks halaman /tentang; kosong berarti tidak ada halaman itu."),
    Setting("site_dir", "", "Folder situs: `templates/` dan `static/` di dalamnya menggantikan bawaan."),
    Setting(
        "public_url",
        "",
        "Alamat situs bagi pengunjung, dengan jalurnya bila ada, misalnya https://arsip.example atau "
        "https://koran.example/cari, untuk umpan, OpenSearch, peta situs, tautan tetap artikel, dan sitasi; "
        "kosong berarti menurut permintaan.",
        fits="address",
    ),
    Setting(
        "language",
        "id",
        "Bahasa perintah dan pesannya bagi pengelola, dan bahasa halaman bila peramban tidak memintanya.",
        choices=("id", "en"),
    ),
    Setting(
        "languages",
        (),
        "Bahasa halaman, yang pertama bila peramban tidak memintanya; satu saja berarti tanpa pilihan; "
        "kosong berarti semua, `language` lebih dulu.",
        choices=("id", "en"),
    ),
    Setting(
        "frame_ancestors",
        (),
        "Situs yang boleh menampilkan halaman ini dalam `<iframe>`, misalnya https://koran.example; "
        "kosong berarti tidak ada.",
        fits="framing",
        separator=",",
    ),
    Setting("per_page", 10, "Banyaknya hasil pada satu halaman.", minimum=1),
    Setting("max_per_page", 100, "Hasil terbanyak yang boleh diminta sekaligus.", minimum=1),
    Setting(
        "max_query_chars", 2000, "Panjang pertanyaan yang dibaca (huruf); sisanya diabaikan.", minimum=10
    ),
    Setting(
        "max_export",
        10_000,
        "Artikel terbanyak dalam satu berkas unduhan hasil; 0 berarti hasil tidak dapat diunduh.",
        minimum=0,
    ),
    Setting(
        "max_queries", 20, "Pertanyaan terbanyak dalam satu permintaan `/api/v1/multi-search`.", minimum=1
    ),
    Setting(
        "meili_index",
        "articles",
        "Nama indeks bagi pemakai klien Meilisearch di bawah /meili: huruf, angka, - dan _.",
        fits="index",
    ),
    Setting("host", "127.0.0.1", "Alamat yang didengarkan `telusur serve`.", effect=_RESTART),
    Setting("port", 8000, "Porta yang didengarkan `telusur serve`.", minimum=0, effect=_RESTART),
    Setting("workers", 0, "Banyaknya proses server; 0 berarti satu tiap inti.", minimum=0, effect=_RESTART),
    Setting(
        "idle_seconds",
        30,
        "Sambungan yang tidak meminta apa-apa ditutup sesudahnya (detik).",
        minimum=1,
        effect=_RESTART,
    ),
    Setting(
        "verify_minutes",
        60.0,
        "Seberapa sering server membaca ulang semua berkas indeks untuk memeriksa keutuhannya (menit); "
        "0 berarti hanya sekali, sesudah dibuka.",
        minimum=0,
    ),
    Setting(
        "drain_seconds",
        10,
        "Waktu menyelesaikan permintaan bila server dihentikan (detik).",
        minimum=1,
        effect=_RESTART,
    ),
    Setting(
        "trusted_proxies",
        (),
        "Alamat atau jaringan (CIDR) proksi yang dipercaya memberi tahu alamat pengunjung, host, dan jalur "
        "(X-Forwarded-For, -Proto, -Host, -Prefix); kosong berarti tidak satu pun.",
        fits="network",
        separator=",",
    ),
    Setting(
        "cors_origins",
        ("*",),
        "Situs yang halamannya boleh membaca API dari peramban, misalnya https://koran.example; `*` "
        "berarti semua.",
        fits="reader",
        separator=",",
    ),
    Setting(
        "require_key",
        False,
        "Apakah API hanya menjawab yang membawa kunci (`telusur keys`); halaman pencarian tetap terbuka.",
    ),
    Setting(
        "rate_limit",
        "1200/minute",
        "Permintaan yang boleh datang dari satu pengunjung, misalnya 600/minute; kosong berarti tanpa batas.",
        fits="rate",
    ),
    Setting("max_body_kb", 1024.0, "Isi permintaan terbesar yang dibaca (KiB).", minimum=1),
    Setting(
        "log_format",
        "text",
        "Bentuk log: baris untuk dibaca orang (text) atau satu objek JSON tiap baris (json).",
        choices=("text", "json"),
        effect=_RESTART,
    ),
    Setting(
        "access_log",
        False,
        "Apakah setiap permintaan dicatat di log, tanpa alamat dan pertanyaan pengunjung.",
    ),
    Setting(
        "metrics",
        "local",
        "Siapa boleh membaca /metrics: mesin dan jaringan sendiri atau pemegang kunci pengelola (local), "
        "hanya pemegang kunci itu (key), atau tidak seorang pun (off).",
        choices=("local", "key", "off"),
    ),
    Setting(
        "query_log",
        False,
        "Apakah dicatat apa yang dicari pengunjung, dihitung per hari, tanpa apa pun tentang siapa mereka.",
    ),
    Setting("query_log_days", 90, "Berapa hari catatan itu disimpan.", minimum=1),
)
