"""Each format: what a file of it becomes, and why a bad one is skipped."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date

import pytest

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]
ReadDocument = Callable[..., Document]
ReadSkip = Callable[..., Skip]

BODY = "Pasar baru dibuka pekan ini. Pedagang senang."


def documents(items: list[Document | Skip]) -> list[str]:
    return [item.id for item in items if isinstance(item, Document)]


def skips(items: list[Document | Skip]) -> dict[str, str]:
    return {item.source: item.reason for item in items if isinstance(item, Skip)}


class TestText:
    def test_tags_stay_text(self, document: ReadDocument) -> None:
        read = document("a.txt", "<b>Pasar</b> Baru\n\n<script>alert(1)</script> ada di naskah ini.")

        assert read.title == "<b>Pasar</b> Baru"
        assert read.body == "<script>alert(1)</script> ada di naskah ini."

    def test_only_page_furniture_is_no_article(self, skip: ReadSkip) -> None:
        assert "no article" in skip("a.txt", "BACA JUGA: Harga Cabai\n*\n").reason


class TestMarkdown:
    def test_front_matter_fills_the_fields(self, document: ReadDocument) -> None:
        read = document(
            "a.md",
            "---\nid: pasar-1\njudul: 'Pasar: Baru'\ntanggal: 2024-02-06\nsumber: Kabarujung.com\n"
            "tempat: Ciamis\npenulis: [Sari, Budi]\neditor: Wati\n---\n\n"
            "Kalimat **tebal** dan [tautan](https://contoh.id).\n\n## Latar\n\n> Kutipan _miring_.\n",
        )

        assert (read.id, read.title, read.published) == ("pasar-1", "Pasar: Baru", date(2024, 2, 6))
        assert (read.source, read.place) == ("kabarujung.com", "Ciamis")
        assert (read.author, read.editor) == ("Sari, Budi", "Wati")
        assert read.body == "Kalimat tebal dan tautan.\n\nLatar\n\nKutipan miring."

    @pytest.mark.parametrize(
        "written", ["2024-02-06 10:00:00", "2024-02-06T10:00:00+07:00", '"6 Februari 2024"', "20240206"]
    )
    def test_a_date_may_be_a_date_a_time_a_text_or_a_number(
        self, document: ReadDocument, written: str
    ) -> None:
        assert document("a.md", f"---\ntanggal: {written}\n---\n{BODY}").published == date(2024, 2, 6)

    def test_without_front_matter_the_first_heading_is_the_title(self, document: ReadDocument) -> None:
        read = document("a.md", f"# Pasar *Baru* #\n\n{BODY}\n\n---\n\nSelesai.\n")

        assert (read.title, read.body) == ("Pasar Baru", f"{BODY}\n\nSelesai.")

    @pytest.mark.parametrize(
        ("front", "reason"),
        [
            ("judul: [tak ditutup", "not valid YAML: line"),
            ("judul: 'a\n  b: c", "not valid YAML"),
            ("tanggal: 2024-99-99", "cannot be read"),
            ("a: &a [x]\nb: [*a, *a]", "aliases"),
            ("a: !!python/object/apply:os.system ['echo']", "not valid YAML"),
            ("a: " + "[" * 5000, "front matter"),
            ("a: " + "x" * 70_000, "front matter is longer"),
        ],
    )
    def test_bad_front_matter_is_a_skip_that_says_why(self, skip: ReadSkip, front: str, reason: str) -> None:
        assert reason in skip("a.md", f"---\n{front}\n---\n{BODY}").reason

    def test_front_matter_that_never_ends_is_a_skip(self, skip: ReadSkip) -> None:
        assert "closing line" in skip("a.md", f"---\njudul: Pasar\n\n{BODY}").reason

    def test_front_matter_alone_is_no_article(self, skip: ReadSkip) -> None:
        assert "no text" in skip("a.md", "---\njudul: Pasar\n---\n").reason


PAGE = """<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8">
<title>Pasar &amp; Warung Dibuka - Kabar Ujung</title>
<meta property="og:title" content="Pasar &amp; Warung Dibuka">
<meta property="og:site_name" content="Kabarujung.com">
<meta property="article:published_time" content="2024-02-06T10:00:00+07:00">
<meta name="author" content="Sari Melati">
<link rel="canonical" href="https://www.kabarujung.com/2024/pasar-warung">
<script>var iklan = "diskon";</script></head>
<body><nav><a href="/">Beranda</a> <a href="/olahraga">Olahraga</a></nav>
<article><h1>Pasar &amp; Warung Dibuka</h1>
<p>CIAMIS, KABARUJUNG.COM - Dinas Perdagangan membuka pasar &lt;baru&gt; di alun-alun kota pada pekan ini.</p>
<p>Ratusan pedagang kecil menempati kios sejak pagi, dan warga berdatangan untuk berbelanja sayur.</p>
<p>Kepala dinas berharap pasar itu menghidupkan ekonomi warga di sekitar alun-alun kota itu.</p>
</article><footer>Hak cipta Kabar Ujung</footer></body></html>
"""


class TestHtml:
    def test_main_text_and_metadata_are_taken_from_a_page(self, document: ReadDocument) -> None:
        read = document("a.html", PAGE)

        assert read.title == "Pasar & Warung Dibuka"
        assert read.source == "kabarujung.com"
        assert (read.place, read.author) == ("Ciamis", "Sari Melati")
        assert read.published == date(2024, 2, 6)
        assert read.url == "https://www.kabarujung.com/2024/pasar-warung"
        assert read.body.startswith("Dinas Perdagangan membuka pasar <baru> di alun-alun")
        for elsewhere in ("Beranda", "diskon", "Hak cipta"):
            assert elsewhere not in read.body

    def test_a_legacy_encoding_is_read_from_its_meta(self, document: ReadDocument) -> None:
        page = PAGE.replace("utf-8", "windows-1252").replace("Kepala dinas", "“Kepala” dinas")

        assert "“Kepala” dinas" in document("a.html", page.encode("cp1252")).body

    def test_a_page_too_short_for_extraction_gives_its_visible_text(self, document: ReadDocument) -> None:
        read = document("a.html", "<title>Halo</title><p>Apa kabar?</p><script>x()</script>")

        assert (read.title, read.body) == ("Halo", "Apa kabar?")

    def test_entities_do_not_expand(self, document: ReadDocument) -> None:
        entities = '<!ENTITY a "tawa"><!ENTITY b "&a;&a;&a;&a;">'
        bomb = f"<!DOCTYPE x [{entities}]><html><body><p>Isi &b;</p></body></html>"

        assert "tawa" not in document("a.html", bomb).body

    @pytest.mark.parametrize("page", ["bukan halaman", "<script>x()</script>", "<html><body></body></html>"])
    def test_a_page_without_text_is_a_skip(self, skip: ReadSkip, page: str) -> None:
        assert skip("a.html", page).reason


class TestJsonLines:
    def test_a_bad_line_is_named_and_the_others_count(self, read: Read) -> None:
        lines = [
            json.dumps({"id": "a", "text": BODY}),
            '{"id": "b", "text": ',
            "",
            json.dumps(["bukan", "objek"]),
            json.dumps({"id": "c", "judul": "tanpa isi"}),
            json.dumps({"id": "d", "text": BODY}),
        ]

        items = read("a.jsonl", "\n".join(lines))

        assert documents(items) == ["a", "d"]
        reasons = skips(items)
        assert list(reasons) == ["arsip/a.jsonl:2", "arsip/a.jsonl:4", "arsip/a.jsonl:5"]
        assert "not valid JSON" in reasons["arsip/a.jsonl:2"]
        assert "array" in reasons["arsip/a.jsonl:4"]
        assert "has no text" in reasons["arsip/a.jsonl:5"]

    def test_documents_know_their_line(self, read: Read) -> None:
        (item,) = read("a.ndjson", "\n\n" + json.dumps({"text": BODY}))

        assert isinstance(item, Document)
        assert item.origin == "arsip/a.ndjson:3"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
    def test_every_usual_encoding_is_read(self, read: Read, encoding: str) -> None:
        line = json.dumps({"id": "a", "text": "“Pasar” baru."}, ensure_ascii=False) + "\n"

        items = read("a.jsonl", (line * 2).encode(encoding))

        assert [item.body for item in items if isinstance(item, Document)] == ["“Pasar” baru."] * 2

    def test_lone_surrogates_and_nan_do_not_spoil_a_line(self, document: ReadDocument) -> None:
        assert document("a.jsonl", '{"text": "Pasar\\ud800 baru", "skor": NaN}').body == "Pasar baru"

    def test_deep_nesting_is_a_skip(self, skip: ReadSkip) -> None:
        assert "not valid JSON" in skip("a.jsonl", '{"text": "NaN", "a": ' + "[" * 100_000).reason

    def test_skips_of_one_file_are_counted_beyond_the_first_hundred(self, read: Read) -> None:
        items = read("a.jsonl", "bukan json\n" * 250)

        assert len(items) == 101
        assert isinstance(items[-1], Skip)
        assert items[-1].reason.startswith("150 more")


class TestJson:
    @pytest.mark.parametrize(
        "content",
        [
            [{"id": "a", "text": BODY}, {"id": "b", "text": BODY}],
            {"articles": [{"id": "a", "text": BODY}, {"id": "b", "text": BODY}], "total": 2},
        ],
    )
    def test_an_array_of_articles_is_read(self, read: Read, content: object) -> None:
        assert documents(read("a.json", json.dumps(content))) == ["a", "b"]

    def test_a_single_article_is_read(self, document: ReadDocument) -> None:
        assert document("a.json", json.dumps({"judul": "Pasar", "isi": BODY})).title == "Pasar"

    def test_a_bad_element_is_named_and_the_others_count(self, read: Read) -> None:
        items = read("a.json", json.dumps([{"id": "a", "text": BODY}, 7, {"id": "c"}]))

        assert documents(items) == ["a"]
        assert list(skips(items)) == ["arsip/a.json:2", "arsip/a.json:3"]

    @pytest.mark.parametrize("content", ["{", "7", "[]", '{"total": 0}', "[" * 100_000])
    def test_a_file_without_articles_is_a_skip(self, skip: ReadSkip, content: str) -> None:
        assert skip("a.json", content).reason


class TestTable:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("mark", ["", "\ufeff"])
    def test_the_delimiter_is_found_and_a_byte_order_mark_ignored(
        self, document: ReadDocument, delimiter: str, mark: str
    ) -> None:
        out = io.StringIO()
        rows = csv.writer(out, delimiter=delimiter)
        rows.writerow(["ID", "Judul", "Isi", "Tanggal"])
        rows.writerow(["a", "Pasar, Baru; Dibuka", 'Baris "satu".\nBaris\tdua | tiga.', "6/2/2024"])

        read = document("a.csv", mark + out.getvalue())

        assert (read.id, read.title, read.published) == ("a", "Pasar, Baru; Dibuka", date(2024, 2, 6))
        assert read.body == 'Baris "satu".\n\nBaris dua | tiga.'

    def test_excels_separator_line_is_obeyed(self, document: ReadDocument) -> None:
        assert document("a.csv", f"sep=;\r\njudul;isi\r\nPasar;{BODY}\r\n").title == "Pasar"

    def test_without_a_text_column_the_reason_names_found_and_expected(self, skip: ReadSkip) -> None:
        reason = skip("a.csv", "judul,ringkasan\na,b\n").reason

        assert "found: judul, ringkasan" in reason
        assert "expected one of: body, text, isi" in reason

    def test_a_bad_row_is_named_by_its_line_and_the_others_count(self, read: Read) -> None:
        items = read("a.csv", f"id,isi\na,{BODY}\nb,satu,dua\nc,\n\nd,{BODY}\n")

        assert documents(items) == ["a", "d"]
        assert list(skips(items)) == ["arsip/a.csv:3", "arsip/a.csv:4"]

    def test_a_field_over_the_limit_is_a_skip_that_names_the_limit(self, read: Read) -> None:
        long_field = "baris panjang\n" * 500
        rows = f'id,isi\na,{BODY}\nb,"{long_field}"\nc,{BODY}\n'

        items = read("a.csv", rows, max_article_kb=2)

        assert documents(items)[0] == "a"
        assert any("max_article_kb" in reason for reason in skips(items).values())

    def test_a_long_article_in_one_field_is_read(self, document: ReadDocument) -> None:
        text = "Kalimat tentang pasar. " * 10_000

        assert len(document("a.csv", f'isi\n"{text}"\n').body) == len(text.strip())
