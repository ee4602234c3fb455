"""The text of an article, from pages made in the ways that content systems make them."""

# ruff: noqa: E501  # pages stand here as they are sent, a box a line

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from index.documents import Document

ReadDocument = Callable[..., Document]

LEAD = "Kelompok tani di lereng bukit memanen jagung lebih awal karena kemarau datang sebelum waktunya tahun ini."
SECOND = "Ketua kelompok menjelaskan bahwa hasil panen turun seperempat, tetapi mutunya lebih baik daripada dahulu."
THIRD = "“Kami menyimpan benih di lumbung bersama,” katanya saat menerima kunjungan para penyuluh dari kota."
FOURTH = (
    "Penyuluh menyarankan petani menanam kacang sampai hujan turun kembali, agar tanah tidak kehilangan hara."
)
WHOLE = "\n\n".join((LEAD, SECOND, THIRD, FOURTH))
MENU = '<ul class="menu"><li><a href="/">Beranda</a></li><li><a href="/tani">Tani</a></li></ul>'
FOOT = "<footer>Tentang Kami · Pedoman · Kontak</footer>"
HEAD = '<meta property="og:title" content="Panen Jagung Lebih Awal">'


def page(article: str, head: str = HEAD, before: str = MENU, behind: str = FOOT) -> str:
    return (
        f'<!DOCTYPE html><html lang="id"><head><title>Panen Jagung Lebih Awal</title>{head}</head><body>{before}'
        f"<h1>Panen Jagung Lebih Awal</h1>{article}{behind}</body></html>"
    )


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


class TestLead:
    @pytest.mark.parametrize(
        "article",
        [
            f"<div>{LEAD}<p>{SECOND}</p><p>{THIRD}</p><p>{FOURTH}</p></div>",
            f"<span>{LEAD}<div>{SECOND}</div><div>{THIRD}</div><div>{FOURTH}</div></span>",
            f"<div><b>{LEAD}</b><br><br>{SECOND}<br><br>{THIRD}<br><br>{FOURTH}</div>",
            f"<div><font>{LEAD}<p>{SECOND}</p><p>{THIRD}</p></font><p>{FOURTH}</p></div>",
            f"<td><span class=t>{LEAD}</span><br/><br/>{SECOND}<p>{THIRD}</p>{FOURTH}</td>",
            f"<div><div><div>{LEAD}</div></div><div><div>{SECOND}</div></div><div>{THIRD}</div><div>{FOURTH}</div></div>",
            f"<div class=lead><em>{LEAD}</em></div><div class=isi>{paragraphs(SECOND, THIRD, FOURTH)}</div>",
            f"<h2 class=summary>{LEAD}</h2><div class=isi>{paragraphs(SECOND, THIRD, FOURTH)}</div>",
            f"<p>{LEAD}<br><br>{SECOND}<br><br>{THIRD}<br><br>{FOURTH}</p>",
            f"<div>{LEAD}\n<br>\n{SECOND}\n<br>\n{THIRD}\n<br>\n{FOURTH}</div>",
            f"<section><section>{LEAD}<hr>{SECOND}</section><section>{THIRD}<hr>{FOURTH}</section></section>",
            f"<table><tr><td>{LEAD}<p>{SECOND}</p><p>{THIRD}</p><p>{FOURTH}</p></td></tr></table>",
        ],
    )  # fmt: skip
    def test_a_lead_is_read_in_whatever_element_it_stands(self, document: ReadDocument, article: str) -> None:
        assert document("a.html", page(article)).body == WHOLE

    @pytest.mark.parametrize(
        "opening",
        [
            "<strong>Boyolali</strong> - <p>{}</p>",
            "<b>BOYOLALI, PANENRAYA.COM</b> -- <p>{}</p>",
            '<div class="kota">Boyolali –</div><p>{}</p>',
            "<div><span>Boyolali (ANTARA) -</span></div><p>{}</p>",
            "<p><strong>Boyolali</strong> - {}</p>",
        ],
    )
    def test_a_dateline_before_the_first_paragraph_is_read(
        self, document: ReadDocument, opening: str
    ) -> None:
        read = document(
            "a.html", page(f"<div>{opening.format(LEAD)}{paragraphs(SECOND, THIRD, FOURTH)}</div>")
        )

        assert (read.place, read.body) == ("Boyolali", WHOLE)


HEADLINES = "".join(
    f'<li><span>0{n}/02/2024</span> <a href="/baca/{n}">{text}</a></li>'
    for n, text in enumerate(
        (
            "Pupuk Kandang Dibagikan ke Tujuh Desa",
            "Lomba Perahu Naga Ditunda Sampai Pekan Depan",
            "Pasar Ikan Segera Pindah ke Gedung Baru",
            "Kereta Wisata Kembali Berjalan Setelah Lama Berhenti",
            "Sekolah Terbuka Mencari Pengajar Muda dari Kota",
        )
    )
)


class TestListsOfHeadlines:
    @pytest.mark.parametrize(
        "article",
        [
            f"<ul>{HEADLINES}</ul><div>{paragraphs(LEAD, SECOND, THIRD, FOURTH)}</div><ul>{HEADLINES}</ul>",
            f"<div>{LEAD}<br><br>{SECOND}<br><br>{THIRD}<br><br>{FOURTH}</div><div><ul>{HEADLINES * 6}</ul></div>",
            f"<div><ul>{HEADLINES * 8}</ul></div><div itemprop=articleBody>{LEAD}<br/><br/>{SECOND}"
            f"<br/><br/>{THIRD}<br/><br/>{FOURTH}</div>",
            f"<div>{paragraphs(LEAD, SECOND)}<ul>{HEADLINES}</ul>{paragraphs(THIRD, FOURTH)}</div>",
            f"<div>{paragraphs(LEAD, SECOND)}<p><b>Berita Terkait:</b></p><ul>{HEADLINES}</ul>{paragraphs(THIRD, FOURTH)}</div>",
            f"<div>{paragraphs(LEAD, SECOND)}<h3>Artikel Lainnya</h3>"
            f'<p><a href="/x">Harga Jagung Naik Lagi</a></p>{paragraphs(THIRD, FOURTH)}</div>',
            f'<div>{paragraphs(LEAD, SECOND)}<p>Baca juga: <a href="/x">Harga Jagung Naik Lagi</a></p>'
            f"{paragraphs(THIRD, FOURTH)}</div>",
            f'<article><div>{paragraphs(LEAD, SECOND)}<div class="related-posts"><h4>Untuk Anda</h4><p>Harga Jagung Naik Lagi '
            f"di Pasar Induk, Pedagang Mengeluh.</p></div>{paragraphs(THIRD, FOURTH)}</div></article>",
        ],
    )  # fmt: skip
    def test_headlines_of_others_are_no_article(self, document: ReadDocument, article: str) -> None:
        assert document("a.html", page(article)).body == WHOLE

    def test_what_json_ld_tells_is_read_where_the_page_shows_it_by_script_alone(
        self, document: ReadDocument
    ) -> None:
        told = {"@type": "NewsArticle", "headline": "Panen Jagung Lebih Awal", "articleBody": WHOLE}
        head = f'<script type="application/ld+json">{json.dumps({"@graph": [told]})}</script>'

        read = document("a.html", page(f'<div id="app"></div><ul>{HEADLINES}</ul>', head))

        assert (read.title, read.body) == ("Panen Jagung Lebih Awal", WHOLE)

    def test_links_to_other_sites_are_sources_and_stay(self, document: ReadDocument) -> None:
        head = HEAD + '<link rel="canonical" href="https://panen.example/1">'
        links = '<ul><li><a href="https://bps.example/a">Data panen jagung</a></li><li><a href="https://bmkg.example/b">Prakiraan musim kemarau</a></li></ul>'

        read = document(
            "a.html", page(f"<div>{paragraphs(LEAD, SECOND)}{links}{paragraphs(THIRD, FOURTH)}</div>", head)
        )

        assert "Data panen jagung" in read.body


class TestForms:
    @pytest.mark.parametrize(
        "box",
        [
            '<div class="verif"><div class="modal"><p>Lengkapi data diri pembaca sebelum melanjutkan membaca.</p></div></div>',
            "<div class=x7><p>Masukkan alamat email Anda untuk menerima buletin pagi.</p><p>Kami tidak mengirim iklan ke akun Anda.</p></div>",
            "<section><p>Silakan login dengan akun Anda untuk menulis komentar di bawah artikel ini.</p></section>",
            "<div><div><p>Artikel ini khusus pelanggan. Berlangganan sekarang untuk akses penuh.</p><button>Langganan</button></div></div>",
            '<div id="newsletter-box"><p>Kabar pilihan kami setiap pagi, gratis dan tanpa iklan, langsung untuk Anda.</p></div>',
            '<form action="/k"><p>Tulis pendapat Anda tentang artikel ini dengan santun dan jelas.</p><textarea></textarea></form>',
            '<div role="dialog"><p>Situs ini memakai kuki untuk mengenali pembaca yang pernah datang kemari.</p></div>',
            '<div class="comments-area"><p>Bagus sekali artikelnya, saya petani jagung juga dan merasakan hal yang sama.</p></div>',
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("inside", [False, True])
    def test_what_asks_the_reader_for_something_is_left_out(
        self, document: ReadDocument, box: str, inside: bool
    ) -> None:
        first, last = paragraphs(LEAD, SECOND), paragraphs(THIRD, FOURTH)
        article = f"<div>{first}{box}{last}</div>" if inside else f"<div><div>{first}{last}</div></div>{box}"

        assert document("a.html", page(article)).body == WHOLE

    def test_an_article_about_accounts_stays_whole(self, document: ReadDocument) -> None:
        about = "Pengguna diminta verifikasi akun, mengganti kata sandi, lalu login lagi melalui email, kata humas."

        read = document("a.html", page(f"<div>{paragraphs(LEAD, about, THIRD)}</div>"))

        assert read.body == "\n\n".join((LEAD, about, THIRD))

    def test_a_form_around_the_whole_page_hides_nothing(self, document: ReadDocument) -> None:
        article = f'<form id="aspnetForm"><div>{paragraphs(LEAD, SECOND, THIRD, FOURTH)}</div></form>'

        assert document("a.html", page(article)).body == WHOLE


class TestDeletions:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("Harga <del>10</del><ins>12</ins> ribu rupiah", "Harga 12 ribu rupiah"),
            ("Harga<strike> 10</strike><ins>12</ins> ribu rupiah", "Harga 12 ribu rupiah"),
            ("Harga <s>sepuluh</s> dua belas ribu rupiah", "Harga dua belas ribu rupiah"),
            (
                'Harga <span style="text-decoration: line-through">10</span>12 ribu rupiah',
                "Harga 12 ribu rupiah",
            ),
        ],
    )
    def test_struck_words_go_and_the_words_around_stay_apart(
        self, document: ReadDocument, written: str, meant: str
    ) -> None:
        sentence = f"{written} per kilogram di pasar induk, kata para pedagang yang ditemui sejak subuh tadi."

        saved = document("a.html", page(f"<div>{paragraphs(LEAD, sentence, THIRD)}</div>"))
        exported = document("a.json", json.dumps({"judul": "Harga", "isi": f"<p>{sentence}</p>"}))

        assert saved.body.split("\n\n")[1].startswith(f"{meant} per kilogram")
        assert exported.body.startswith(f"{meant} per kilogram")


class TestCaptions:
    @pytest.mark.parametrize(
        "picture",
        [
            '<figure><img src="/a.jpg"><figcaption>Petani memanen jagung. (Foto: Dok. Kelompok)</figcaption></figure>',
            '<div class="photo"><img src="/a.jpg"><p class="caption">Petani memanen jagung di lereng bukit pada pagi yang cerah.</p></div>',
            '<p><img src="/a.jpg"></p><p><em>Petani memanen jagung di lereng bukit pada pagi hari. (Foto: Dok. Kelompok)</em></p>',
            '<div><img src="/a.jpg"><div class="wp-caption-text">Petani memanen jagung di lereng bukit pada pagi hari.</div></div>',
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("inside", [False, True])
    def test_captions_are_of_pictures_and_not_of_the_text(
        self, document: ReadDocument, picture: str, inside: bool
    ) -> None:
        text = paragraphs(LEAD, SECOND)
        article = (
            f"<div>{text}{picture}{paragraphs(THIRD, FOURTH)}</div>"
            if inside
            else f"<div>{picture}{text}{paragraphs(THIRD, FOURTH)}</div>"
        )

        assert document("a.html", page(article)).body == WHOLE

    def test_tables_and_quotes_in_figures_are_text(self, document: ReadDocument) -> None:
        table = "<figure><table><tr><th>Desa</th><th>Ton</th></tr><tr><td>Sukamaju</td><td>12</td></tr></table></figure>"

        read = document(
            "a.html", page(f"<div>{paragraphs(LEAD, SECOND)}{table}{paragraphs(THIRD, FOURTH)}</div>")
        )

        assert "Sukamaju" in read.body
        assert [span.kind for span in read.layout][:1] == ["table"]


class TestAmp:
    def test_an_amp_page_is_read(self, document: ReadDocument) -> None:
        article = (
            '<amp-img src="/a.jpg" width="600" height="400"></amp-img><div class="amp-content">'
            f"{paragraphs(LEAD, SECOND)}<amp-ad width=300 height=250></amp-ad>{paragraphs(THIRD, FOURTH)}</div>"
        )

        assert document("a.html", page(article).replace("<html", "<html amp")).body == WHOLE

    def test_a_gallery_keeps_the_text_between_its_pictures(self, document: ReadDocument) -> None:
        shots = "".join(
            f'<div class="item"><img src="/{n}.jpg"><p>{text}</p></div>'
            for n, text in enumerate((LEAD, SECOND, THIRD, FOURTH))
        )

        assert document("a.html", page(f'<div class="galeri">{shots}</div>')).body == WHOLE
