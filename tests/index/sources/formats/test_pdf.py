"""PDF: lines become paragraphs, broken words whole ones, and what cannot be read says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from index.documents import Document
from index.sources.base import Skip, UnreadableError
from index.sources.pdf import reader

Read = Callable[..., list[Document | Skip]]
ReadDocument = Callable[..., Document]
ReadSkip = Callable[..., Skip]
MakePdf = Callable[..., bytes]
Placed = tuple[float, float, float, str]

TOP = 700
LEADING = 14


def column(lines: Sequence[str], left: float = 60, top: float = TOP, size: float = 11) -> list[Placed]:
    """Lines below one another; an empty one is a gap."""
    return [(left, top - LEADING * number, size, line) for number, line in enumerate(lines) if line]


PARAGRAPHS = [
    "Nelayan di teluk timur mulai melaut lagi setelah badai reda.",
    "Mereka membawa pulang ikan tongkol, dan harga di pelelangan",
    "kembali seperti semula.",
    "",
    "Kepala pelabuhan mengingatkan agar pelampung selalu dibawa,",
    "juga oleh perahu kecil yang tidak jauh dari pantai.",
]


def test_lines_become_paragraphs_under_the_headline(document: ReadDocument, make_pdf: MakePdf) -> None:
    page = [(60, 740, 22, "Nelayan Melaut Lagi"), *column(PARAGRAPHS)]
    read = document("a.pdf", make_pdf([page]))

    assert read.title == "Nelayan Melaut Lagi"
    assert read.body.split("\n\n") == [" ".join(PARAGRAPHS[:3]), " ".join(PARAGRAPHS[4:])]


def test_headings_between_paragraphs_are_headings(document: ReadDocument, make_pdf: MakePdf) -> None:
    page = [
        (60, 740, 22, "Nelayan Melaut Lagi"), *column(PARAGRAPHS[:3]), (60, 640, 14, "Harga Ikan"),
        *column(PARAGRAPHS[4:], top=610),
    ]  # fmt: skip
    read = document("a.pdf", make_pdf([page]))
    assert [(span.kind, read.body[span.start : span.end]) for span in read.layout] == [("h", "Harga Ikan")]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page(
    document: ReadDocument, make_pdf: MakePdf
) -> None:
    pages = [
        column(["Nelayan di teluk timur mulai", "melaut lagi setelah badai"])
        + column(["reda pekan lalu. Mereka pulang", "membawa ikan tongkol dan"], left=320),
        column(["kerang hijau dari perairan", "dangkal di sebelah utara."]),
    ]
    read = document("a.pdf", make_pdf(pages))
    assert read.body == (
        "Nelayan di teluk timur mulai melaut lagi setelah badai reda pekan lalu. Mereka pulang membawa ikan "
        "tongkol dan kerang hijau dari perairan dangkal di sebelah utara."
    )


def test_indents_begin_paragraphs(document: ReadDocument, make_pdf: MakePdf) -> None:
    lines = [
        (75, 700, 11, "Nelayan di teluk timur mulai melaut lagi setelah badai reda."),
        (60, 686, 11, "Mereka pulang membawa ikan tongkol dan kerang hijau laut."),
        (75, 672, 11, "Kepala pelabuhan mengingatkan agar pelampung dibawa oleh"),
        (60, 658, 11, "semua perahu."),
    ]
    assert len(document("a.pdf", make_pdf([lines])).body.split("\n\n")) == 2


class TestBrokenWords:
    @pytest.mark.parametrize(
        ("before", "after", "whole"),
        [
            ("memu-", "gar", "memugar"),
            ("undang-", "undang", "undang-undang"),
            ("kabu-", "paten", "kabupaten"),
            ("berlarut-", "larut", "berlarut-larut"),
            ("sayur-", "mayur", "sayur-mayur"),
            ("tahun-", "tahunnya", "tahun-tahunnya"),
            ("ku-", "ku", "kuku"),
            ("KPK-", "Polri", "KPK-Polri"),
            ("Jakarta-", "Bandung", "Jakarta-Bandung"),
            ("KTP-", "nya", "KTP-nya"),
        ],
    )
    def test_at_a_line_end_are_whole_by_the_dictionary(
        self, document: ReadDocument, make_pdf: MakePdf, before: str, after: str, whole: str
    ) -> None:
        lines = [
            f"Para pedagang di tepi kali membicarakan {before}",
            f"{after} itu dengan tenang di balai desa.",
        ]
        read = document("a.pdf", make_pdf([column(lines)]))
        assert f"membicarakan {whole} itu" in read.body

    def test_at_a_page_end_likewise(self, document: ReadDocument, make_pdf: MakePdf) -> None:
        pages = [column(["Para pedagang membicarakan permasa-"]), column(["lahan itu dengan tenang."])]
        assert "permasalahan itu" in document("a.pdf", make_pdf(pages)).body


class TestFurniture:
    def pages(self, make_pdf: MakePdf, head: str, foot: str) -> bytes:
        return make_pdf(
            [
                [(60, 770, 9, head), *column([f"Kabar ke-{number} dari teluk {where} ditulis hari itu."]),
                 (300, 30, 9, foot.format(number))]
                for number, where in enumerate(("timur", "barat", "utara", "selatan"), start=1)
            ]
        )  # fmt: skip

    @pytest.mark.parametrize("foot", ["{}", "Halaman {}", "- {} -", "{} / 4", "hal. {}"])
    def test_running_heads_and_page_numbers_are_left(
        self, document: ReadDocument, make_pdf: MakePdf, foot: str
    ) -> None:
        read = document("a.pdf", self.pages(make_pdf, "Warta Teluk", foot))
        assert "Warta Teluk" not in read.body
        assert [part[:9] for part in read.body.split("\n\n")] == [f"Kabar ke-{n}"[:9] for n in range(1, 5)]
        assert not any(line.strip() == "3" or "alaman" in line for line in read.body.split("\n"))

    def test_the_day_of_a_running_head_is_that_of_the_article(
        self, document: ReadDocument, make_pdf: MakePdf
    ) -> None:
        read = document("a.pdf", self.pages(make_pdf, "Warta Teluk, 6 Februari 2024", "{}"))
        assert read.published == date(2024, 2, 6)

    def test_what_a_browser_prints_around_a_page_is_its_address(
        self, document: ReadDocument, make_pdf: MakePdf
    ) -> None:
        page = [
            (30, 780, 8, "3/1/24, 10:15 AM"), *column(PARAGRAPHS),
            (30, 20, 8, "https://warta.example/2024/02/06/nelayan 1/1"),
        ]  # fmt: skip
        read = document("a.pdf", make_pdf([page]))
        assert read.url == "https://warta.example/2024/02/06/nelayan"
        assert read.source == "warta.example"
        assert "AM" not in read.body

    def test_a_number_in_the_text_stays(self, document: ReadDocument, make_pdf: MakePdf) -> None:
        page = column(["Jumlah perahu yang melaut:", "", "215", "", "Jumlah itu naik dari pekan lalu."])
        assert "215" in document("a.pdf", make_pdf([page])).body


class TestProperties:
    def test_a_producers_title_is_none(self, document: ReadDocument, make_pdf: MakePdf) -> None:
        made = make_pdf([column(PARAGRAPHS)], {"Title": "Microsoft Word - berita.docx", "Author": "ASUS"})
        read = document("a.pdf", made)
        assert read.title.startswith("Nelayan di teluk timur")
        assert read.author == ""

    def test_those_of_the_article_are_believed(self, document: ReadDocument, make_pdf: MakePdf) -> None:
        said = {
            "Title": "Nelayan Teluk Timur Melaut",
            "Author": "Laras Kinanti",
            "CreationDate": "D:20240206101500+07'00'",
        }
        read = document("a.pdf", make_pdf([column(PARAGRAPHS)], said))
        assert (read.title, read.author) == ("Nelayan Teluk Timur Melaut", "Laras Kinanti")
        assert read.published == date(2024, 2, 6)


PICTURE = b"q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"  # one dot, as large as the page


class TestBadFiles:
    def test_scanned_pages_are_said(self, read: Read, skip: ReadSkip, make_pdf: MakePdf) -> None:
        assert "OCR" in skip("a.pdf", make_pdf([PICTURE, PICTURE])).reason
        found, left = read("b.pdf", make_pdf([column(PARAGRAPHS), PICTURE]))
        assert isinstance(found, Document)
        assert isinstance(left, Skip)
        assert "2" in left.reason

    def test_one_without_anything_is_said(self, skip: ReadSkip, make_pdf: MakePdf) -> None:
        assert skip("a.pdf", make_pdf([b""])).reason

    @pytest.mark.parametrize("content", [b"bukan pdf", b"%PDF-1.4\nrusak", b"%PDF-1.7\n%%EOF"])
    def test_what_is_none_is_said(self, skip: ReadSkip, content: bytes) -> None:
        assert "PDF" in skip("a.pdf", content).reason

    def test_one_of_too_many_pages_is_refused(
        self, skip: ReadSkip, make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reader, "MOST_PAGES", 2)
        assert "more than 2 pages" in skip("a.pdf", make_pdf([column(PARAGRAPHS)] * 3)).reason

    def test_one_of_too_much_text_is_refused(self, skip: ReadSkip, make_pdf: MakePdf) -> None:
        pages = [
            column([f"Perahu ke-{number}{letter} pulang membawa ikan." for letter in "abcdefgh"])
            for number in range(20)
        ]
        assert "max_article_kb" in skip("a.pdf", make_pdf(pages), max_article_kb=1).reason

    def test_one_that_takes_long_is_given_up_and_the_next_is_read(
        self, document: ReadDocument, make_pdf: MakePdf, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        path = tmp_path_factory.mktemp("pdf") / "lama.pdf"
        words = b"".join(b"1 0 0 1 %d %d Tm (ikan) Tj " % (n * 7 % 590, n * 13 % 790) for n in range(120_000))
        path.write_bytes(make_pdf([b"BT /F1 3 Tf " + words + b"ET"]))
        with pytest.raises(UnreadableError, match="more than 1 second"):
            reader.read_pages(path, 10**9, seconds=1)
        assert document("a.pdf", make_pdf([column(PARAGRAPHS)])).body


def test_compressed_ones_and_those_in_archives_are_read(read: Read, make_pdf: MakePdf) -> None:
    import gzip

    (found,) = read("a.pdf.gz", gzip.compress(make_pdf([column(PARAGRAPHS)])))
    assert isinstance(found, Document)
