"""What a column is taken for by the words of its name."""

from __future__ import annotations

import pytest

from index.sources.fields.names import known_field, meaning, words_of
from index.sources.fields.vocabulary import EXCERPT, NAMES, SITE

NAMED = {
    "id": "_id id_berita beritaId news_id kode_artikel docid guid post_id content_id",
    "title": "judul_artikel JudulBerita article-title dc:title og:title title_text judulberita "
    "judul_id nama_berita",
    "body": "isi_konten isi_lengkap naskahBerita articleBody content:encoded FULL_TEXT konten_artikel "
    "teks_asli berita_lengkap body_html clean_text paragraf_2 web_content",
    "url": "tautan_berita articleUrl og:url link_artikel mainEntityOfPage canonical_url linkberita web_url",
    "source": "nama_media sumber_berita og:site_name news_source surat_kabar diterbitkan_oleh source_domain",
    "place": "lokasi_berita nama_kota dateline tempat",
    "author": "nama_penulis penulis_berita dc:creator ditulis_oleh posted_by authorName wartawan oleh",
    "editor": "nama_editor disunting_oleh redaktur",
    "published": "tanggal_publikasi tgl_muat waktu_tayang tanggal_diunggah datePublished dcterms:issued "
    "wp:post_date pubTime "
    "publishedDate article:published_time tglterbit hari_tanggal diterbitkan_pada date_utc "
    "tanggal_input release_date created_on",
    "lang": "inLanguage kode_bahasa content_language",
    "topics": "kategori_berita nama_kategori article:section kataKunci tags rubrik news_keywords subkategori",
    EXCERPT: "ringkasan contentSnippet og:description post_excerpt lead_paragraph sinopsis_berita",
    SITE: "source_url site_link alamat_situs",
}

OF_OTHERS = """
    url_gambar image_url thumbnailUrl author_url penulis_email judul_gambar keterangan_foto
    penulis_foto isi_komentar comment_text jumlah_kata total_view tanggal_lahir waktu_baca
    tanggal_diperbarui modified_gmt last_update crawled_at tgl_scraping date_download seenDate_time
    tahun_terbit jam_tayang is_published status_berita jenis_berita author_id id_kategori source_id
    kategori_url media_url media:content category_id tanggal_kejadian tanggal_sidang featured_media
    profile_link editor_email stemmed_text subjudul user_name
"""


@pytest.mark.parametrize("field", NAMED)
def test_affixes_joins_and_languages_do_not_hide_what_a_column_holds(field: str) -> None:
    found = {name: meaning(name).field for name in NAMED[field].split()}

    assert found == dict.fromkeys(found, field)


def test_every_word_of_the_vocabulary_names_its_field_alone() -> None:
    assert {field: {known_field(name) for name in names} for field, names in NAMES.items()} == {
        field: {field} for field in NAMES
    }


def test_what_belongs_to_something_else_is_nothing_of_the_article() -> None:
    wrong = {name: found for name in OF_OTHERS.split() if (found := meaning(name)).field or found.is_silent}

    assert not wrong


@pytest.mark.parametrize("name", ["kolom1", "Unnamed: 3", "0", "", "field_2", "colonne", "x"])
def test_a_name_without_a_known_word_leaves_it_to_the_values(name: str) -> None:
    assert meaning(name).is_silent


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("published_at", "created_at"),
        ("tanggal_terbit", "tanggal"),
        ("date", "date_gmt"),
        ("tanggal", "tanggal_input"),
        ("full_text", "text"),
        ("isi_lengkap", "isi"),
        ("content", "content_raw"),
        ("text", "clean_text"),
        ("judul", "seo_title"),
        ("isi", "berita"),
        ("isi_id", "isi_en"),
        ("url", "link_amp"),
    ],
)
def test_where_columns_compete_the_one_that_says_it_best_wins(better: str, worse: str) -> None:
    assert meaning(better).field == meaning(worse).field
    assert meaning(better).rank < meaning(worse).rank


def test_words_that_nothing_joins_are_parted_if_all_of_them_are_known() -> None:
    assert words_of("tanggalPublikasi") == words_of("TANGGALPUBLIKASI") == ["tanggal", "publikasi"]
    assert words_of("candidate") == ["candidate"]
    assert words_of("articleURL") == ["article", "url"]


def test_names_of_any_length_and_kind_are_read_quickly() -> None:
    assert meaning("tanggal " + "x" * 100_000).field == ""
    assert meaning("idat" * 5_000).field == ""
    assert known_field("tanggal" + " " * 100 + "terbit") == "published"
    assert meaning("\u0000\ud800judul\u202e").field == "title"
