"""Dialects: a table comes in whatever it is written with, and whatever stands above and below it."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from index.documents import Document
from index.sources.base import Skip
from index.sources.tables.dialect import sample_of
from index.sources.tables.rows import Row, read_rows

Read = Callable[..., list[Document | Skip]]
ReadDocument = Callable[..., Document]
ReadSkip = Callable[..., Skip]

HEADING = ["id", "judul", "isi", "tanggal"]
ROWS = [
    ["k1", "Pasar, sore ini", "Pedagang membuka lapak; warga datang, pulang sebelum hujan.", "2024-02-01"],
    ["k2", 'Sawah "hijau"', "Petani menanam lagi.\nAir mengalir, kata mereka, sejak pagi.", "2024-02-02"],
    ["k3", "Kapal berlayar", "Dua kapal membawa bantuan ke pulau di utara, dan kembali nanti.", "2024-02-03"],
]  # fmt: skip


def written(rows: list[list[str]], **dialect: Any) -> str:
    out = io.StringIO()
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue()


def all_rows(read: Read, content: str | bytes, name: str = "a.csv") -> None:
    items = read(name, content)
    found = [item for item in items if isinstance(item, Document)]
    assert [item.id for item in found] == ["k1", "k2", "k3"], items
    assert [item.title for item in found] == [row[1] for row in ROWS]
    assert [item.published for item in found] == [date(2024, 2, day) for day in (1, 2, 3)]
    assert [item.body.split() for item in found] == [row[2].split() for row in ROWS]


@pytest.mark.parametrize("delimiter", [*",;\t|^~"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_delimiter_is_found(read: Read, delimiter: str, quoting: Any, line_end: str) -> None:
    table = written([HEADING, *ROWS], delimiter=delimiter, quoting=quoting, lineterminator=line_end)

    all_rows(read, table)
    all_rows(read, table.encode("utf-16"), "a.tsv")


def test_delimiters_of_several_characters_are_found(read: Read) -> None:
    rows = [[cell.replace("\n", " ") for cell in row] for row in [HEADING, *ROWS]]

    all_rows(read, "\n".join("||".join(row) for row in rows))


def test_cells_may_stand_in_apostrophes(read: Read) -> None:
    all_rows(read, written([HEADING, *ROWS], quotechar="'", quoting=csv.QUOTE_ALL))


def test_escapes_in_apostrophes_are_taken_off(read: Read) -> None:
    rows = [HEADING[1:], ["Kebun", "Hari Jum'at kebun dibuka, kata pemilik.", "2024-02-06"]]
    table = "\n".join(",".join("'" + cell.replace("'", "\\'") + "'" for cell in row) for row in rows)
    (document,) = read("a.csv", table)

    assert (getattr(document, "title", document), getattr(document, "body", "")) == tuple(rows[1][:2])


def test_rows_may_end_as_on_old_macs(read: Read) -> None:
    rows = [[cell.replace("\n", " ") for cell in row] for row in [HEADING, *ROWS]]

    all_rows(read, written(rows, lineterminator="\r"))


@pytest.mark.parametrize(
    "above",
    [
        "LAPORAN KLIPING,,,\nBulan Februari 2024,,,\n,,,\n",
        "Kliping Kabupaten\n\n",
        "Laporan berita\nDicetak: 3 Maret 2024\nBagian Humas, Sekretariat\n",
        "sep=,\n",
    ],
)
def test_what_stands_above_the_heading_is_no_row(read: Read, above: str) -> None:
    all_rows(read, above + written([HEADING, *ROWS]))


def test_rows_that_close_a_table_are_told(read: Read) -> None:
    items = read("a.csv", written([HEADING, *ROWS]) + "Total,3 berita,,\n,,,\nDicetak: 1 Maret 2024,,,\n")

    reasons = [item.reason for item in items if isinstance(item, Skip)]
    assert len(reasons) == 2
    assert "closes the table: Total" in reasons[0]


def test_tables_one_behind_the_other_keep_their_headings(read: Read) -> None:
    turned = [row[::-1] for row in [HEADING, *ROWS[1:]]]

    all_rows(read, written([HEADING, *ROWS[:1]]) + written([HEADING]) + written(turned))


def test_a_table_without_a_heading_is_read_by_its_values(read: Read) -> None:
    items = read("a.csv", written(ROWS))

    assert [item.title for item in items if isinstance(item, Document)] == [row[1] for row in ROWS]
    assert [item.published for item in items if isinstance(item, Document)] == [
        date(2024, 2, day) for day in (1, 2, 3)
    ]


TEXTS = [row[2] for row in ROWS]


@pytest.mark.parametrize(
    "titles",
    [["Perahu ditambal", "Solar naik", "Tenda berdiri"], ["Banjir", "Gempa susulan", "Angin kencang"]],
)
@pytest.mark.parametrize("before", [[], ["7"], ["https://koran.example/berita/{}", "laut"]])
def test_titles_of_two_words_are_found_without_a_heading(
    read: Read, titles: list[str], before: list[str]
) -> None:
    rows = [
        [*(cell.format(number) for cell in before), title, text, "Sari", f"0{number}/02/2024"]
        for number, (title, text) in enumerate(zip(titles, TEXTS, strict=True), start=1)
    ]

    items = read("a.csv", written(rows))

    assert [item.title for item in items if isinstance(item, Document)] == titles
    assert [item.body.split() for item in items if isinstance(item, Document)] == [
        text.split() for text in TEXTS
    ]


def test_a_row_that_begins_with_words_of_columns_is_a_row(read: Read) -> None:
    rows = [
        ["judul", "isi", "tempat"],
        *([f"Berita {number}", TEXTS[number], "Kota Tua"] for number in range(3)),
    ]

    items = read("a.csv", written(rows))

    assert [item.title for item in items if isinstance(item, Document)] == [
        "Berita 0",
        "Berita 1",
        "Berita 2",
    ]


@pytest.mark.parametrize(
    ("told", "place", "published"),
    [
        ("CIAMIS, Selasa (6/2/2024)", "Ciamis", date(2024, 2, 6)),
        ("Ciamis (6/2/2024)", "Ciamis", date(2024, 2, 6)),
        ("Ciamis, 6 Februari 2024 10.15 WIB", "Ciamis", date(2024, 2, 6)),
        ("Selasa, 6 Februari 2024, 10:15 WIB", "", date(2024, 2, 6)),
        ("2024-02-06", "", date(2024, 2, 6)),
        ("Ciamis (6/2)", "Ciamis", None),
        ("Desa 12 Ilir", "Desa 12 Ilir", None),
    ],
)
def test_a_column_of_datelines_may_tell_the_day(
    document: ReadDocument, told: str, place: str, published: date | None
) -> None:
    found = document("a.csv", written([["judul", "isi", "dateline"], ["Kabar", TEXTS[0], told]]))

    assert (found.place, found.published) == (place, published)


@pytest.mark.parametrize(
    ("table", "bodies"),
    [
        (  # SELECT ... INTO OUTFILE ... ENCLOSED BY '"'
            '"1","Satu","Lurah berkata, \\"Kami siap, besok\\" kepada warga,\\\nlalu pergi.","2024-02-12"\n'
            '"2","Dua","Hujan turun.",\\N\n',
            ['Lurah berkata, "Kami siap, besok" kepada warga, lalu pergi.', "Hujan turun."],
        ),
        (  # as above, without quotation marks
            "1,Satu,Lurah berkata\\, besok\\\nlalu pergi.,2024-02-12\n2,Dua,Hujan turun.,\\N\n",
            ["Lurah berkata, besok lalu pergi.", "Hujan turun."],
        ),
        (  # PostgreSQL's COPY
            '1\tSatu\t"Siap" kata lurah\\nLalu pergi.\t2024-02-12\n2\tDua\tHujan\\tturun \\\\ deras.\t\\N\n',
            ['"Siap" kata lurah\n\nLalu pergi.', "Hujan turun \\ deras."],
        ),
    ],
)
def test_escapes_of_databases_are_taken_off(read: Read, table: str, bodies: list[str]) -> None:
    delimiter = "\t" if "\t" in table else ","

    items = read("a.csv", delimiter.join(HEADING) + "\n" + table)

    assert [item.body for item in items if isinstance(item, Document)] == bodies
    assert [item.published for item in items if isinstance(item, Document)] == [date(2024, 2, 12), None]


def test_a_backslash_of_a_text_stays_where_nothing_is_escaped(document: ReadDocument) -> None:
    assert document("a.csv", "judul,isi\nMap,Buka C:\\berita\\nasional lalu salin.\n").body == (
        "Buka C:\\berita\\nasional lalu salin."
    )


@pytest.mark.parametrize(
    "dialect", [{}, {"quoting": csv.QUOTE_ALL}, {"doublequote": False, "escapechar": "\\"}], ids=str
)
def test_quotation_marks_behind_backslashes_are_read_as_they_were_written(dialect: dict[str, Any]) -> None:
    dice = random.Random(7)
    marks = ['\\"', '"', "\\", ' \\"desa\\"', ",", " kota"]
    rows = [
        [f"b{number}", f"Warga ke-{number} berkata{''.join(dice.choices(marks, k=dice.randrange(9)))}", "ya"]
        for number in range(200)
    ]
    lines = written([["id", "isi", "jawab"], *rows], **dialect).splitlines(keepends=True)

    found = read_rows(lines, sample_of(lines).dialect, limit=1000, width=3)

    assert [item.cells for item in found if isinstance(item, Row)][1:] == rows


@pytest.mark.parametrize("start", [b"PK\x03\x04" + bytes(40), b"\xd0\xcf\x11\xe0" + bytes(40)])
def test_a_workbook_is_told_apart(skip: ReadSkip, start: bytes) -> None:
    assert "workbook" in skip("a.csv", start).reason


def test_a_page_is_told_apart(skip: ReadSkip) -> None:
    assert "HTML" in skip("a.csv", "<table><tr><td>Judul</td></tr></table>").reason


def test_a_single_column_may_hold_commas(read: Read) -> None:
    items = read("a.csv", "isi\nPasar dibuka, warga senang.\nWarung tutup, sore, karena hujan.\n")

    assert [item.body for item in items if isinstance(item, Document)] == [
        "Pasar dibuka, warga senang.",
        "Warung tutup, sore, karena hujan.",
    ]
