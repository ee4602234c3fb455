"""What is kept of a source's structure, by format; the text of the body stays as it was."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from index.documents import Document, Span, is_sound
from index.settings import Settings
from index.sources.layouts import lay_out
from index.sources.letters import NOT_LETTERS, letters_of
from index.sources.markup import text_of_html, tree_of_html
from index.sources.news import read_article
from index.sources.outline import outline_of_html, outline_of_markdown
from index.sources.records import document_from_record

ReadDocument = Callable[..., Document]

PARAGRAPH = "Petugas memeriksa pintu air sejak subuh dan melaporkan tinggi muka air kepada warga di hilir."
OTHER = "Menurut kepala dinas, pintu air itu akan diganti sebelum musim hujan tahun depan tiba di kota."
URL = "https://kabar.example/2024/pintu-air"


def shown(document: Document, *kinds: str) -> list[tuple[str, str]]:
    """Kind and characters of each element, or of those of some kinds."""
    assert is_sound(document.body, document.layout)
    return [
        (span.kind, document.body[span.start : span.end])
        for span in document.layout
        if not kinds or span.kind in kinds
    ]


def addresses(document: Document, kind: str = "a") -> dict[str, str]:
    """Characters (of a picture: what it shows) -> address."""
    return {
        span.text or document.body[span.start : span.end]: span.address
        for span in document.layout
        if span.kind == kind
    }


def page(article: str, url: str = URL) -> str:
    return f"""<!DOCTYPE html><html lang="id"><head><title>Pintu Air</title>
<link rel="canonical" href="{url}"></head><body>
<nav><ul><li><a href="/">Beranda</a></li><li><a href="/latar">Latar</a></li></ul></nav>
<article><h1>Pintu Air Diperiksa</h1><p>{PARAGRAPH}</p>{article}<p>{OTHER}</p></article>
<aside><h3>Terpopuler</h3><ol><li><a href="/lain">Latar</a></li></ol></aside>
<footer><a href="/redaksi">Redaksi</a></footer></body></html>"""


STRUCTURE = """<h3>Latar</h3><p>Baca <a href="/aturan">aturan (baru)</a> dari dinas, atau
<a href="#atas">ke atas</a>.</p>
<ul><li>Pintu satu</li><li>Pintu dua<ul><li>kiri</li><li>kanan</li></ul></li></ul>
<ol start="3"><li>Buka.</li><li>Tutup.</li></ol>
<blockquote><p>“Kami siap,” kata ketua.</p><p>Semua siap sejak lama, tidak ada kendala.</p></blockquote>
<table><thead><tr><th>Kota</th><th>Warga (ribu)</th></tr></thead>
<tbody><tr><td>Solo</td><td>1.200</td></tr><tr><td></td><td>-</td></tr><tr><td>Pati</td><td></td></tr></tbody></table>
<h4>Lebih rinci</h4>"""
IN_A_RECORD = [
    ("h", "Latar"),
    ("a", "aturan (baru)"),
    ("ul", "Pintu satu\n\nPintu dua\n\nkiri\n\nkanan"),
    ("li", "Pintu satu"),
    ("li", "Pintu dua\n\nkiri\n\nkanan"),
    ("ul", "kiri\n\nkanan"),
    ("li", "kiri"),
    ("li", "kanan"),
    ("ol", "Buka.\n\nTutup."),
    ("li", "Buka."),
    ("li", "Tutup."),
    ("blockquote", "“Kami siap,” kata ketua.\n\nSemua siap sejak lama, tidak ada kendala."),
    ("table", "Kota\n\nWarga (ribu)\n\nSolo\n\n1.200\n\nPati"),
    ("tr", "Kota\n\nWarga (ribu)"),
    ("th", "Kota"),
    ("th", "Warga (ribu)"),
    ("tr", "Solo\n\n1.200"),
    ("td", "Solo"),
    ("td", "1.200"),
    ("tr", "Pati"),
    ("td", "Pati"),
    ("td", ""),
    ("h", "Lebih rinci"),
]
WITHOUT_MARKS = [kind for kind, _ in IN_A_RECORD]


class TestPages:
    def test_the_structure_of_a_saved_page_is_kept(self, document: ReadDocument) -> None:
        read = document("a.html", page(STRUCTURE))

        assert "- kiri\n\n- kanan" in read.body
        assert [kind for kind, _ in shown(read)] == WITHOUT_MARKS
        assert ("li", "Pintu dua\n\n- kiri\n\n- kanan") in shown(read)
        assert ("td", "1.200") in shown(read)
        assert addresses(read) == {"aturan (baru)": "https://kabar.example/aturan"}
        assert [span.number for span in read.layout if span.kind in ("h", "ol")] == [2, 3, 3]

    def test_a_heading_that_a_menu_has_too_is_the_one_of_the_article(self, document: ReadDocument) -> None:
        read = document("a.html", page("<h2>Latar</h2>"))

        assert shown(read) == [("h", "Latar")]

    def test_relative_addresses_lead_nowhere_if_the_page_has_none(self, document: ReadDocument) -> None:
        read = document("a.html", page(STRUCTURE).replace("canonical", "preload"))

        assert addresses(read) == {}
        assert ("h", "Latar") in shown(read)

    def test_pictures_of_the_article_are_links_and_advertisements_are_not(
        self, document: ReadDocument
    ) -> None:
        picture = """<figure><a href="/besar">
            <img src="data:image/gif;base64,x" data-src="/a.jpg" alt="Pintu air"></a>
            <figcaption>Pintu air pagi ini. (Foto: Sari)</figcaption></figure>"""
        others = """<a href="https://iklan.example/"><img src="https://iklan.example/b.jpg" alt="Diskon"></a>
            <img src="/titik.gif" width="1" height="1"><img src="javascript:x">
            <p><img src="/c.jpg" alt=" Warga "> Serta warga.</p>"""

        read = document("a.html", page(picture + others))

        pictures = [(span.text, span.address) for span in read.layout if span.kind == "img"]
        assert pictures == [
            ("Pintu air pagi ini. (Foto: Sari)", "https://kabar.example/a.jpg"),  # what its caption says
            ("Warga", "https://kabar.example/c.jpg"),
        ]

    def test_a_table_for_columns_of_a_page_is_no_table(self, document: ReadDocument) -> None:
        left = f"<td><p>{PARAGRAPH}</p><div>Kiri</div></td>"
        columns = f"<table><tr>{left}<td>Kanan</td></tr><tr><td>Bawah</td></tr></table>"

        assert shown(document("a.html", page(columns)), "table", "td") == []


RECORD = f"<p>LEBAK, KABAR.example - {PARAGRAPH}</p>{STRUCTURE}<p>BACA JUGA: Berita lain</p><p>{OTHER}</p>"


class TestRecords:
    def test_html_in_a_json_line_keeps_its_structure(self, document: ReadDocument) -> None:
        read = document("a.jsonl", json.dumps({"id": "a", "isi": RECORD, "url": URL}))

        assert read.body.startswith(PARAGRAPH)
        assert shown(read) == IN_A_RECORD
        assert addresses(read) == {"aturan (baru)": "https://kabar.example/aturan"}

    def test_so_does_html_in_a_table_and_in_the_answer_of_wordpress(self, document: ReadDocument) -> None:
        out = io.StringIO()
        csv.writer(out).writerows([["id", "isi", "url"], ["a", RECORD, URL]])
        answer = [{"id": 7, "content": {"rendered": RECORD}, "link": URL}]

        assert shown(document("a.csv", out.getvalue())) == IN_A_RECORD
        assert shown(document("a.json", json.dumps(answer))) == IN_A_RECORD

    def test_short_lines_are_found_as_well(self, document: ReadDocument) -> None:
        markup = "<p>Satu.</p><h2>Dua</h2><p>Tiga.</p><ul><li>Satu.</li><li>Dua</li></ul>"

        read = document("a.jsonl", json.dumps({"id": "a", "isi": markup}))

        assert shown(read) == [("h", "Dua"), ("ul", "Satu.\n\nDua"), ("li", "Satu."), ("li", "Dua")]

    def test_plain_text_has_no_layout(self, document: ReadDocument) -> None:
        assert document("a.jsonl", json.dumps({"id": "a", "isi": PARAGRAPH})).layout == ()
        assert document("a.txt", f"Pintu\n\n- satu\n- dua\n\n{PARAGRAPH}").layout == ()

    def test_what_cleaning_took_apart_is_left_out(self, document: ReadDocument) -> None:
        markup = (
            f"<blockquote><p>{PARAGRAPH}</p></blockquote><h2>Satu</h2><h2>{OTHER[:60]} (*)</h2>"
            '<p><a href="https://a.id/">BACA JUGA: lain</a></p><p>Selesai sudah semuanya. [Red]</p>'
        )

        read = document("a.jsonl", json.dumps({"id": "a", "isi": markup}))

        assert read.body.endswith("Selesai sudah semuanya.")
        assert shown(read) == [("blockquote", PARAGRAPH), ("h", "Satu"), ("h", OTHER[:60].strip())]

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", " data:text/html,x", "//", "ht\ntp://a.id", "http://[", "tel:1"]
    )
    def test_hostile_addresses_are_no_links(self, document: ReadDocument, address: str) -> None:
        markup = f'<p>Baca <a href="{address}">ini</a> dan <a href="mailto:a@b.id">tulis</a>.</p>'

        assert addresses(document("a.jsonl", json.dumps({"id": "a", "isi": markup}))) == {
            "tulis": "mailto:a@b.id"
        }


class TestMarkdown:
    def test_the_structure_of_markdown_is_kept(self, document: ReadDocument) -> None:
        read = document(
            "a.md",
            f"---\njudul: Pintu Air\nurl: {URL}\n---\n{PARAGRAPH} Baca [aturan](/aturan) dan [peta][p].\n\n"
            "![Pintu air](/a.jpg)\n\n## Latar\n\n- Pintu **satu**\n- Pintu dua\n  - kiri\n\n"
            "3. Buka.\n4. Tutup.\n\n"
            "> “Kami siap,” kata ketua.\n>\n> Semua siap.\n\n"
            "| Kota | Warga |\n| :--- | ---: |\n| Solo | - |\n\n"
            f"#### Rinci\n\n{OTHER}\n\n[p]: https://peta.example/\n",
        )

        assert shown(read) == [
            ("a", "aturan"),
            ("a", "peta"),
            ("img", ""),
            ("h", "Latar"),
            ("ul", "- Pintu satu\n\n- Pintu dua\n\n- kiri"),
            ("li", "Pintu satu"),
            ("li", "Pintu dua\n\n- kiri"),
            ("ul", "- kiri"),
            ("li", "kiri"),
            ("ol", "3. Buka.\n\n4. Tutup."),
            ("li", "Buka."),
            ("li", "Tutup."),
            ("blockquote", "“Kami siap,” kata ketua.\n\nSemua siap."),
            ("table", "| Kota | Warga |\n\n| :--- | ---: |\n\n| Solo | - |"),
            ("tr", "Kota | Warga"),
            ("th", "Kota"),
            ("th", "Warga"),
            ("tr", "Solo | -"),
            ("td", "Solo"),
            ("td", "-"),
            ("h", "Rinci"),
        ]
        assert addresses(read) == {"aturan": "https://kabar.example/aturan", "peta": "https://peta.example/"}
        assert addresses(read, "img") == {"Pintu air": "https://kabar.example/a.jpg"}
        assert [span.number for span in read.layout if span.kind in ("h", "ol")] == [2, 3, 3]

    def test_marks_that_are_text_are_no_structure(self, document: ReadDocument) -> None:
        read = document(
            "a.md", f"{PARAGRAPH}\n\n2024 adalah \\[tahun](x).\n\n<b>Tebal</b> dan <script>x</script>\n"
        )

        assert read.layout == ()


TAGS = [
    "p",
    "div",
    "h1",
    "h3",
    "ul",
    "ol",
    "li",
    "blockquote",
    "table",
    "tr",
    "td",
    "th",
    "figure",
    "section",
]
WORDS = st.sampled_from(
    [
        "Latar",
        "satu dua",
        "- tiga",
        "1. empat",
        "| lima |",
        "(enam)",
        "",
        "“Tujuh,”",
        "BACA JUGA: x",
        PARAGRAPH,
    ]
)
LEAVES = st.one_of(
    WORDS,
    st.builds('<a href="https://a.id/{}">{}</a>'.format, st.integers(0, 9), WORDS),
    st.builds('<img src="https://a.id/{}.jpg" alt="Gambar">'.format, st.integers(0, 9)),
    st.just("<br>"),
)
MARKUP = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        "<{0}>{1}</{0}>".format, st.sampled_from(TAGS), st.lists(inner, max_size=4).map(" ".join)
    ),
    max_leaves=25,
)


@settings(deadline=None)
@given(st.lists(MARKUP, max_size=6).map("".join))
def test_whatever_a_record_holds_its_layout_is_sound_and_its_text_the_same(markup: str) -> None:
    text = f"<p>{PARAGRAPH}</p>{markup}"
    document = document_from_record({"id": "a", "isi": text}, "a", Settings())

    assert is_sound(document.body, document.layout)
    plain = document_from_record({"id": "a", "isi": text_of_html(text)}, "a", Settings())
    assert document.body == plain.body
    for kind, characters in shown(document, "a", "h", "td", "th"):
        assert characters == characters.strip(), kind


@settings(deadline=None)
@given(st.lists(MARKUP, max_size=6).map("".join), st.booleans())
def test_an_element_says_what_one_of_its_kind_says_in_the_source(markup: str, in_page: bool) -> None:
    """No two texts of the source are the same here, so that each element has one place to be."""
    numbers = count(1)
    markup = re.sub(
        r"(?<=>)[^<>]*\w[^<>]*(?=<)", lambda text: f"{text[0].strip()} kata{next(numbers)}", markup
    )
    menu = "<ul><li><h2>Menu</h2></li><li><a href='/'>Depan</a></li></ul>" if in_page else ""
    tree = tree_of_html(f"<div>{menu}<p>{PARAGRAPH}</p>{markup}<p>{OTHER}</p></div>")
    source = etree.tostring(tree, encoding="unicode")
    body = read_article(text_of_html(f"<p>{PARAGRAPH}</p>{markup}<p>{OTHER}</p>"), "Judul").body

    layout = lay_out(body, outline_of_html(source, "https://a.id/", is_page=in_page))

    said = {(element.tag, squeezed("".join(element.itertext()))) for element in tree.iter(*TAGS, "h2", "a")}
    for span in layout:
        tags = {"h": ("h1", "h2", "h3"), "img": ()}.get(span.kind, (span.kind,))
        if span.kind in ("a", "h", "td", "th") and span.start < span.end:
            text = squeezed(body[span.start : span.end])
            assert any((tag, text) in said for tag in tags), (span, text)
        if span.kind in ("li", "blockquote"):
            words = re.findall(r"kata\d+", body[span.start : span.end])
            assert any(tag == span.kind and all(word in text for word in words) for tag, text in said)


def squeezed(text: str) -> str:
    """A text without blanks: those between blocks are none of the source."""
    return "".join(text.split())


@given(st.text(max_size=300))
def test_whatever_markdown_holds_its_layout_is_sound(markdown: str) -> None:
    body = "\n\n".join(line.strip() for line in markdown.splitlines() if line.strip())

    assert is_sound(body, lay_out(body, outline_of_markdown(markdown)))


def test_an_outline_of_another_text_gives_nothing() -> None:
    assert lay_out(PARAGRAPH, outline_of_html("<h2>Lain</h2><ul><li>a</li></ul>")) == ()


def test_a_source_with_more_elements_than_a_layout_may_have_keeps_the_first() -> None:
    markup = "".join(f'<p><a href="https://a.id/">Butir {number}</a></p>' for number in range(6000))
    body = text_of_html(markup)

    layout = lay_out(body, outline_of_html(markup))

    assert len(layout) == 5000
    assert layout[0] == Span("a", 0, 7, 0, "https://a.id/")


@settings(max_examples=300, deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("aZ9_ -“’éß\n")), max_size=40))
def test_letters_are_what_is_neither_sign_nor_blank(text: str) -> None:
    assert letters_of(text) == NOT_LETTERS.sub("", text)
