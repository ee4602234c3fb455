"""Which texts are versions of each other, and which only look alike."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest

from index.documents import Document
from search.similar.folding import fold
from search.similar.signatures import LONGEST, Signature, Signatures

REPORT = (
    "bupati meresmikan jembatan gantung yang menghubungkan dua desa di lereng gunung setelah tiga bulan "
    "kerja bakti warga menurut kepala desa anggaran berasal dari iuran dan bantuan provinsi anak "
    "sekolah kini tidak perlu memutar sejauh empat kilometer menyusuri sungai yang kerap meluap pada "
    "musim hujan tahun lalu banjir menghanyutkan jembatan lama sehingga hasil panen terlambat tiba di "
    "pasar kecamatan"
)
OTHER = (
    "tim voli putri daerah menang tiga set langsung atas tuan rumah pada laga pembuka turnamen "
    "antarkota pelatih memuji servis para pemain muda yang membuat lawan kesulitan sejak awal "
    "pertandingan kapten tim menyebut latihan fisik selama dua bulan di pantai menjadi kunci kemenangan "
    "itu meski penonton tuan rumah ramai"
)
WORDS = REPORT.split()


def signature(body: str, day: date | None = date(2025, 3, 1)) -> Signature:
    return Signature.of(Document("x", "Judul", body, published=day))


@pytest.mark.parametrize(
    "told_again",
    [
        REPORT,
        f"LERENG (Kantor Berita) - {REPORT}",
        REPORT.upper(),
        ". ".join(REPORT.split(" desa ")).replace(". ", " desa ") + ". (ant)",
        f"“{REPORT}” – demikian…",
        "\n\n".join(" ".join(WORDS[i : i + 10]) for i in range(0, len(WORDS), 10)),
        f"{REPORT} camat berjanji menambah penerangan di kedua ujung jembatan sebelum akhir tahun ini",
        " ".join(word for place, word in enumerate(WORDS) if place not in (5, 30)),
    ],
    ids=["same", "agency", "capitals", "end", "quotes", "paragraphs", "updated", "shortened"],
)
def test_a_text_told_again_is_a_version(told_again: str) -> None:
    assert signature(REPORT).resembles(signature(told_again))
    assert signature(told_again).resembles(signature(REPORT))


def test_other_texts_are_none() -> None:
    assert not signature(REPORT).resembles(signature(OTHER))
    assert not signature(REPORT).resembles(signature(" ".join(reversed(WORDS))))


def test_a_report_within_a_long_roundup_is_no_version_of_it() -> None:
    assert not signature(REPORT).resembles(signature(f"{OTHER} {OTHER[::-1]} {REPORT} {OTHER.title()[::-1]}"))


def test_versions_are_published_about_the_same_days() -> None:
    assert signature(REPORT).resembles(signature(REPORT, date(2025, 3, 4)))
    assert not signature(REPORT).resembles(signature(REPORT, date(2025, 3, 5)))
    assert signature(REPORT).resembles(signature(REPORT, None))


def test_a_daily_report_with_other_figures_is_no_version() -> None:
    frame = REPORT + " harga {} {} {} {} {} per gram"
    first, next_day = frame.format(1691, 845, 3372, 8430, 1200), frame.format(1702, 851, 3404, 8510, 1211)

    assert not signature(first).resembles(signature(next_day, date(2025, 3, 2)))
    assert signature(first).resembles(signature(first.replace("1200", "1300"), date(2025, 3, 2)))


@pytest.mark.parametrize("body", ["", "Isi.", "Baca juga berita lain.", " ".join(WORDS[:20]), "kata " * 4000])
def test_texts_too_short_to_be_told_apart_are_nobodys_versions(body: str) -> None:
    assert not signature(body).resembles(signature(body))


@pytest.mark.parametrize(
    "body", ["\ud800 " * 500, "\x00" * 5000, "a" * 2_000_000, "İ" * 5000, " ".join(map(str, range(600_000)))]
)
def test_whatever_the_text_its_signature_is_small(body: str) -> None:
    assert signature(body).nbytes <= 4 * LONGEST


def test_signatures_are_the_same_in_every_process() -> None:
    code = (
        "import sys; from index.documents import Document; from search.similar.signatures import Signature;"
        "print(Signature.of(Document('x', 'Judul', sys.argv[1])).runs.tolist())"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code, REPORT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert told[0] == told[1] != b"[]\n"


def test_signatures_are_kept_up_to_a_number_of_bytes() -> None:
    kept = Signatures(20_000)
    documents = [Document(str(number), "Judul", f"{REPORT} {number}") for number in range(100)]

    signed = [kept.of(document) for document in documents]

    assert kept.of(documents[-1]) is signed[-1]
    assert kept.of(documents[0]) is not signed[0]
    assert kept.of(documents[0]).runs.tolist() == signed[0].runs.tolist()


def test_worse_versions_are_folded_under_the_best() -> None:
    told = [
        ("lain", signature(OTHER)),
        ("pertama", signature(REPORT)),
        ("pendek", signature("Isi.")),
        ("kedua", signature(f"KAMPUNG - {REPORT}")),
        ("pendek lain", signature("Isi.")),
        ("lain lagi", signature(f"{OTHER} sekali")),
        ("ketiga", signature(f"{REPORT} (red)")),
    ]

    assert fold(told) == {"pertama": ("kedua", "ketiga"), "lain": ("lain lagi",)}
    assert fold([]) == {}


def test_a_version_of_a_version_stands_for_itself_if_it_does_not_resemble_the_best() -> None:
    parts = [" ".join(f"{name}{number}" for number in range(40)) for name in "abcd"]
    first, middle, last = f"{parts[0]} {parts[1]}", f"{parts[1]} {parts[2]}", f"{parts[2]} {parts[3]}"
    longer = f"{parts[0]} {parts[1]} {parts[2]}"

    assert fold((name, signature(name)) for name in (first, longer, middle, last)) == {first: (longer,)}
