"""What readers see of a text that WordPress stored: its blocks, its blank lines, its shortcodes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.documents import Document
from index.sources.markup import looks_like_html, text_of_html
from index.sources.systems.content import cleaned_content, rendered_content
from index.sources.systems.shortcodes import without_shortcodes

ReadDocument = Callable[..., Document]


def seen(content: str, *, is_post: bool = True) -> list[str]:
    """The lines that a reader sees."""
    cleaned = cleaned_content(content, is_post=is_post)
    text = text_of_html(cleaned) if looks_like_html(cleaned) else cleaned
    return [line.strip() for line in text.split("\n") if line.strip()]


class TestShortcodes:
    @pytest.mark.parametrize(
        "prose",
        [
            "Data itu [Sumber: Dinas Pasar] dikutip [1], [2, hal. 3], dan [sic].",
            "Menurut [undang-undang] itu, warga [dan/atau] keluarganya [red.] boleh datang [...].",
            "Nilai [x = 5] dan [A=B], lihat [https://contoh.id/a] atau [lihat https://contoh.id/b].",
            "[VIDEO] Warga antre [Update 12 Februari 2024] di [Pasar Baru]",
            "tanda [ yang tidak ditutup, [] dan [ ]",
            "Pasar ramai.\n[bersambung]",
            "Aturan [undang-undang]\nberlaku, dan [pasal-2] juga.",
        ],
    )
    def test_prose_in_brackets_stays(self, prose: str) -> None:
        assert without_shortcodes(prose) == prose

    @pytest.mark.parametrize(
        "shortcode",
        [
            '[gallery ids="3,4"]',
            "[gallery]",
            '[galeri_foto nomor="3" /]',
            "[iklan_tengah]",
            '[kontak judul="Hubungi kami"]',
            "[kontak judul=&#8221;Hubungi kami&#8221;]",
            "[iklan id=5 class=lebar]",
            "[embed]https://video.contoh.id/5[/embed]",
            '[video width="640" mp4="https://contoh.id/a.mp4"][/video]',
            "[youtube https://video.contoh.id/5]",
            "[youtube=https://video.contoh.id/5]",
            "[klip]https://video.contoh.id/5[/klip]",
        ],
    )
    def test_what_is_no_prose_goes(self, shortcode: str) -> None:
        assert without_shortcodes(f"Pasar ramai. {shortcode} Warga datang.").split() == [
            *("Pasar", "ramai.", "Warga", "datang.")
        ]

    @pytest.mark.parametrize(
        "stored",
        [
            "Pasar ramai.\n\n[tombol-bagikan]\n\nWarga datang.",
            "<p>Pasar ramai.</p>[iklan2]<p>Warga datang.</p>",
            'Pasar ramai. [b]Warga[/b][tombol-bagikan][galeri ids="1"] datang.',
            "Pasar ramai.\r\n  [formulir-3]  \r\nWarga datang.",
        ],
    )
    def test_a_name_of_several_words_that_stands_alone_goes(self, stored: str) -> None:
        assert text_of_html(f"<div>{without_shortcodes(stored)}</div>").split() == [
            *("Pasar", "ramai.", "Warga", "datang.")
        ]

    @pytest.mark.parametrize(
        "stored",
        ["[peta-situs]", "<p>[redaksi]</p>", "[keranjang]\n[kasir]", "<p>[formulir-kontak]&nbsp;</p>"],
    )
    def test_a_text_that_is_nothing_but_shortcodes_is_none(self, stored: str) -> None:
        assert not text_of_html(f"<div>{without_shortcodes(stored)}</div>").strip()

    @pytest.mark.parametrize(
        ("stored", "shown"),
        [
            ('[kotak warna="biru"]Pasar ramai[/kotak].', "Pasar ramai."),
            ("[kutipan oleh=Budi]Pasar ramai[/kutipan]", "Pasar ramai"),
            ("[b]Pasar[/b] [color=red]ramai[/color]", "Pasar ramai"),
            ("[dropcap]P[/dropcap]asar ramai", "Pasar ramai"),
            ('[satu a="1"]Pasar [dua b="2"]ramai[/dua][/satu]', "Pasar ramai"),
            ('[su_kotak gaya="x"]Pasar[/su_kotak]ramai', "Pasar ramai"),
            ("Tulis [[gallery]] untuk galeri", "Tulis [gallery] untuk galeri"),
        ],
    )
    def test_what_stands_between_a_pair_stays(self, stored: str, shown: str) -> None:
        assert without_shortcodes(stored).strip() == shown

    def test_columns_of_page_builders_are_apart(self) -> None:
        stored = (
            '[vc_row][vc_column width="1/2"][vc_column_text]Satu.[/vc_column_text][/vc_column]'
            "[vc_column][vc_column_text]Dua.[/vc_column_text][/vc_column][/vc_row]"
        )
        assert without_shortcodes(stored).split() == ["Satu.", "Dua."]


class TestClassicContent:
    def test_blank_lines_part_paragraphs_and_single_ones_lines(self) -> None:
        stored = "Satu <strong>tebal</strong>.\n\nDua.\nTiga.\n\n<em>Empat</em>."
        assert seen(stored) == ["Satu tebal.", "Dua.", "Tiga.", "Empat."]

    def test_a_sentence_that_goes_on_in_the_next_line_stays_one(self) -> None:
        assert seen("Pasar <b>baru</b> dibuka\npekan ini.") == ["Pasar baru dibuka pekan ini."]

    def test_lists_tables_and_preformatted_text_get_no_breaks_of_their_own(self) -> None:
        stored = "<ul>\n<li>satu</li>\n<li>dua</li>\n</ul>\n<pre>a\nb</pre>\nakhir"
        assert cleaned_content(stored, is_post=True).count("<br>") == 0
        assert seen(stored) == ["satu", "dua", "a b", "akhir"]

    def test_a_text_without_tags_stays_text_with_entities_decoded(self) -> None:
        assert (
            cleaned_content("Harga &lt; 5 &amp; naik.\n\nDua.", is_post=True) == "Harga < 5 & naik.\n\nDua."
        )

    def test_addresses_that_wordpress_embeds_are_not_read(self) -> None:
        stored = "<p>Satu</p>\nhttps://www.youtube.com/watch?v=abc\n\nLihat https://youtu.be/abc di sana."
        assert seen(stored) == ["Satu", "Lihat https://youtu.be/abc di sana."]

    def test_what_splits_a_post_into_pages_parts_paragraphs(self) -> None:
        assert seen("<b>Satu</b><!--more-->Dua<!--nextpage-->Tiga") == ["Satu", "Dua", "Tiga"]


class TestBlocks:
    STORED = (
        '<!-- wp:image {"id":5} -->\n<figure class="wp-block-image"><img src="https://contoh.id/a.jpg"/>'
        "<figcaption>Suasana pasar</figcaption></figure>\n<!-- /wp:image -->\n\n"
        "<!-- wp:paragraph -->\n<p>CIAMIS - Pasar dibuka.</p>\n<!-- /wp:paragraph -->\n\n"
        "<!-- wp:heading --><h2>Latar</h2><!-- /wp:heading -->\n"
        "<!-- wp:embed -->\n<figure class=\"wp-block-embed\"><div class=\"wp-block-embed__wrapper\">\n"
        "https://contoh.id/video\n</div></figure>\n<!-- /wp:embed -->\n"
        "<!-- wp:latest-posts {\"jumlah\":3} /-->\n"
        "Tulisan lama satu.\n\nTulisan lama dua."
    )  # fmt: skip

    def test_comments_go_and_what_they_hold_stays_in_order_behind_the_lead(self) -> None:
        assert seen(self.STORED, is_post=False) == [
            *("CIAMIS - Pasar dibuka.", "Suasana pasar", "Latar", "Tulisan lama satu.", "Tulisan lama dua.")
        ]

    def test_a_column_of_a_table_is_read_so_too(self, read: Callable[..., list[Document]]) -> None:
        cell = self.STORED.replace('"', '""')
        (document,) = read("tulisan.csv", f'id,Title,Content\n7,Pasar,"{cell}"\n')

        assert document.place == "Ciamis"
        assert document.body.split("\n\n")[0] == "Pasar dibuka."
        assert {span.kind for span in document.layout} == {"h", "img"}

    def test_a_gallery_at_the_start_comes_behind_the_first_paragraph(self) -> None:
        gallery = "<figure><figure><figcaption>Satu</figcaption></figure></figure>"
        assert seen(f"{BLOCK}{gallery}{BLOCK}<p>SERANG - Isi.</p>") == ["SERANG - Isi.", "Satu"]


BLOCK = "<!-- wp:x -->"


class TestCaptions:
    @pytest.mark.parametrize(
        "stored",
        [
            '[caption id="lampiran_9"]<img src="https://contoh.id/a.jpg"> Suasana pasar[/caption]\n\n',
            '[caption width="300"]<a href="https://contoh.id"><img src="https://contoh.id/a.jpg"></a> '
            "Suasana pasar[/caption]",
            '[caption caption="Suasana pasar"]<img src="https://contoh.id/a.jpg">[/caption]\n',
            '[wp_caption id="x"]<img src="https://contoh.id/a.jpg"/>Suasana pasar[/wp_caption]\n',
        ],
    )
    def test_a_caption_is_that_of_its_picture_and_stands_behind_the_lead(self, stored: str) -> None:
        assert seen(f"{stored}SERANG - Isi.\n\nDua.") == ["SERANG - Isi.", "Suasana pasar", "Dua."]

    def test_captions_of_older_themes_are_read_so_too(self) -> None:
        page = (
            '<div id="x" class="wp-caption alignnone"><img src="https://contoh.id/a.jpg"/>'
            '<p class="wp-caption-text">Suasana pasar</p></div><p>SERANG - Isi.</p>'
        )
        assert text_of_html(rendered_content(page)) == "SERANG - Isi.\n\nSuasana pasar"

    def test_without_its_picture_it_is_a_paragraph(self) -> None:
        assert seen('[caption id="a"]Suasana pasar[/caption] Isi.', is_post=False) == [
            "Suasana pasar",
            "Isi.",
        ]


def test_a_text_that_wordpress_did_not_write_is_left_alone() -> None:
    for text in ("Baris satu\nbaris dua [1]", "<p>Isi</p>\nlain", "Nilai &amp; tanda [Foto: Ana]"):
        assert cleaned_content(text) is text
