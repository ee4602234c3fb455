"""What recurs in a publisher's articles and has nothing to do with them is found, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from index.analysis import recurring
from index.analysis.recurring import RecurringLines
from index.documents import Document, Span

LINE = "Kunjungi toko suvenir redaksi di lantai dasar"
MATTERS = ("jembatan", "pasar", "sekolah", "sungai", "kebun", "terminal", "puskesmas")


def stop_words() -> frozenset[str]:
    return frozenset({"dengan", "untuk", "yang"})


def article(number: int, *extra: str, source: str = "warta.example", **matter: object) -> Document:
    """An article of its own words, with more lines behind them."""
    about = MATTERS[number % len(MATTERS)]
    body = f"Perbaikan {about} nomor {number} selesai lebih awal.\n\nCamat {number} berterima kasih."
    return Document(
        id=f"a{number}",
        title=f"Perbaikan {about} selesai",
        body="\n\n".join([body, *extra]),
        source=source,
        **matter,  # type: ignore[arg-type]
    )


def found(documents: Iterable[Document]) -> dict[str, dict[str, int]]:
    """Publisher -> line -> articles, as learned from some articles."""
    documents = list(documents)
    lines = RecurringLines()
    for document in documents:
        lines.add(document)
    lines.settle(lambda texts: documents, stop_words)
    return {source: dict(known.lines) for source, known in lines.furniture().publishers.items()}


@pytest.mark.parametrize(
    ("articles", "with_line", "is_found"),
    [
        (100, 20, True),
        (100, 19, False),
        (200, 30, True),
        (200, 29, False),
        (20, 10, True),
        (20, 9, False),
        (9, 9, False),
    ],
)
def test_a_line_in_a_large_share_of_the_articles_is_found(
    articles: int, with_line: int, is_found: bool
) -> None:
    lines = [(LINE,) if number < with_line else () for number in range(articles)]
    learned = found(article(number, *extra) for number, extra in enumerate(lines))
    assert learned == ({"warta.example": {LINE: with_line}} if is_found else {})


def test_publishers_are_told_apart_also_those_without_a_name() -> None:
    sources = ("warta.example", "kabar.example", "")
    learned = found(
        article(number, *((LINE,) if number % 3 != 1 else ()), source=sources[number % 3])
        for number in range(90)
    )
    assert learned == {"warta.example": {LINE: 30}, "": {LINE: 30}}


def test_a_line_counts_once_in_an_article() -> None:
    assert found(article(number, *[LINE] * 3) for number in range(9)) == {}


@pytest.mark.parametrize(
    "last",
    [
        "Surat pembaca dikirim lewat kotak pos lama.",
        "Redaksi menerima kiriman foto kampung halaman Anda!",
        "Hak siar dipegang Lembaga Pustaka Sentosa. Seluruh isinya dilindungi.",
    ],
)
def test_sentences_glued_to_the_last_line_are_found_together(last: str) -> None:
    learned = found(article(number, f"Warga nomor {number} lega. {last}") for number in range(30))
    assert last in learned["warta.example"]
    assert all(last.endswith(line) for line in learned["warta.example"])


def test_a_sentence_glued_to_the_first_line_is_found() -> None:
    first = "Suara pembaca adalah napas redaksi kecil ini."
    documents = [
        Document(f"a{number}", "Panen", f"{first} Padi petak {number} menguning.", source="w.example")
        for number in range(30)
    ]
    assert found(documents) == {"w.example": {first: 30}}


@pytest.mark.parametrize(
    "line",
    [
        "Bahan:",
        "Cara membuat:",
        "Berikut tautan yang dapat dibaca pengunjung:",
        "Bahan dan cara membuat",
        "Pajaknya dipungut sebesar 0,45 persen bagi anggota koperasi",
        "Iuran kas paguyuban ditetapkan Rp 25.000 tiap bulan",
        "Ayam " * 70,
    ],
)
def test_labels_amounts_and_long_lines_are_text(line: str) -> None:
    assert found(article(number, line) for number in range(40)) == {}


def test_what_a_series_of_reports_repeats_is_text() -> None:
    series = (
        "Perbaikan selesai lebih awal berkat gotong royong",
        "Camat berterima kasih atas perbaikan yang selesai itu",
    )
    assert found(article(number, *series) for number in range(40)) == {}


def test_a_line_that_takes_up_the_title_is_text() -> None:
    line = "Tinjauan perbaikan digelar sanggar budaya setempat"  # no other word is in the article
    assert found(article(number, line) for number in range(40)) == {}
    assert found(article(number, line.replace("perbaikan", "musik")) for number in range(40))


def test_what_nearly_all_articles_have_may_share_some_words_with_them() -> None:
    line = "Hiburan dan camilan lebih awal dibagikan petugas nomor satu tanpa pamrih"
    assert found(article(number, *((line,) if number < 76 else ())) for number in range(100))
    assert not found(article(number, *((line,) if number < 60 else ())) for number in range(100))


def test_a_heading_is_text() -> None:
    documents = []
    for number in range(40):
        read = article(number % 7 + 1, LINE, "Tamat.")
        start = read.body.index(LINE)
        heading = Span("h", start, start + len(LINE), 2)
        documents.append(Document(f"a{number}", read.title, read.body, source=read.source, layout=(heading,)))
    assert found(documents) == {}


def test_counts_of_parts_are_those_of_the_whole() -> None:
    documents = [article(number, LINE) for number in range(60)]
    whole, parts = RecurringLines(), RecurringLines()
    for document in documents:
        whole.add(document)
    for start in range(0, 60, 7):
        part = RecurringLines()
        for document in documents[start : start + 7]:
            part.add(document)
        parts.merge(part)
    whole.settle(lambda texts: documents, stop_words)
    parts.settle(lambda texts: documents, stop_words)
    assert whole.furniture() == parts.furniture()
    assert RecurringLines.from_rows(whole.to_rows()).furniture() == whole.furniture()


def test_memory_is_bounded_and_small_publishers_are_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recurring, "_MOST_KEPT", 200)
    monkeypatch.setattr(recurring, "_MOST_PUBLISHERS", 3)
    documents = [
        article(number, LINE, source="kecil.example" if number % 20 == 0 else "besar.example")
        for number in range(600)
    ]
    documents += [article(number, LINE, source=f"lain{number}.example") for number in range(9)]
    lines = RecurringLines()
    for document in documents:
        lines.add(document)
        assert lines.size <= 200
    lines.settle(lambda texts: documents, stop_words)
    learned = lines.furniture().publishers
    assert learned["kecil.example"].lines == {LINE: 30}
    assert learned["besar.example"].lines == {LINE: 570}


def test_nothing_is_read_again_where_nothing_recurs() -> None:
    lines = RecurringLines()
    for number in range(40):
        lines.add(article(number))
    lines.settle(lambda texts: pytest.fail("asked"), stop_words)
    assert not lines.furniture()
