"""Rows that are written wrongly: they cost themselves, are told, and are repaired where that is certain."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]

HEADING = "id,judul,isi,tanggal\n"


def good(*names: str) -> str:
    return "".join(
        f'{name},Kabar {name},"Warga {name} berkumpul, lalu pulang.",2024-02-01\n' for name in names
    )


def ids(items: list[Document | Skip]) -> list[str]:
    return [item.id for item in items if isinstance(item, Document)]


def skips(items: list[Document | Skip]) -> dict[str, str]:
    return {item.source: item.reason for item in items if isinstance(item, Skip)}


@pytest.mark.parametrize(
    "bad",
    [
        'x,Judul,"Kutip dibuka, lalu tidak ditutup.,2024-02-01\n',
        'x,Judul,"Kutip dibuka\ndan teksnya panjang.\n',
        'x,"Judul,"Isi, dengan koma",2024-02-01\n',
    ],
)
@pytest.mark.parametrize("below", ["b", "bc", "bcdefghi"])
def test_a_quotation_mark_that_is_never_closed_costs_its_own_row(read: Read, bad: str, below: str) -> None:
    items = read("a.csv", HEADING + good("a") + bad + good(*below))

    assert ids(items) == ["a", *below]
    (place,) = skips(items)
    assert place == "arsip/a.csv:3"


def test_it_costs_no_row_where_the_row_is_certain(read: Read) -> None:
    items = read(
        "a.csv", HEADING + good("a") + 'x,"Judul tanpa tutup,Isi pendek.,2024-02-02\n' + good("b", "c")
    )

    assert ids(items) == ["a", "x", "b", "c"]
    assert [item.title for item in items if isinstance(item, Document)][1] == "Judul tanpa tutup"


def test_a_file_that_ends_within_quotation_marks_says_so(read: Read) -> None:
    items = read("a.csv", HEADING + good("a") + 'b,Judul,"Teks yang\nterpotong di')

    assert ids(items) == ["a"]
    assert "cut off" in skips(items)["arsip/a.csv:3"]


@pytest.mark.parametrize(
    "cell",
    [
        '"Ia berkata "siap" lalu pergi."',
        '"Ia berkata "siap", lalu pergi."',
        '"Ia berkata ""siap"" lalu pergi."',
    ],
)
def test_quotation_marks_within_a_text_need_not_be_doubled(read: Read, cell: str) -> None:
    items = read("a.csv", HEADING + good("a") + f"x,Judul,{cell},2024-02-02\n" + good("b"))

    assert ids(items) == ["a", "x", "b"]
    assert [item.body for item in items if isinstance(item, Document)][1] in (
        'Ia berkata "siap" lalu pergi.',
        'Ia berkata "siap", lalu pergi.',
    )


def test_commas_of_prose_are_put_back_and_others_are_told(read: Read) -> None:
    items = read(
        "a.csv",
        HEADING
        + good("a")
        + "x,Judul,Pasar dibuka, warga senang, katanya.,2024-02-02\ny,Judul,satu,dua,2024-02-02\n",
    )

    assert ids(items) == ["a", "x"]
    assert [item.body for item in items if isinstance(item, Document)][
        1
    ] == "Pasar dibuka, warga senang, katanya."
    assert "has 5 fields" in skips(items)["arsip/a.csv:4"]


def test_a_text_over_the_limit_is_one_skip_though_it_has_many_lines(read: Read) -> None:
    long_text = "baris panjang, sekali\n" * 400

    items = read(
        "a.csv", HEADING + good("a") + f'x,Judul,"{long_text}",2024-02-02\n' + good("b"), max_article_kb=2
    )

    assert ids(items) == ["a", "b"]
    assert "max_article_kb" in skips(items)["arsip/a.csv:3"]
    assert len(skips(items)) == 1


def test_no_row_is_lost_in_silence_wherever_a_mark_is_spoiled(read: Read) -> None:
    random.seed(11)
    names = [f"n{number}" for number in range(12)]
    whole = good(*names)

    for _ in range(80):
        place = random.randrange(len(whole))
        spoiled = whole[:place] + random.choice(['"', ",", "\n", '"x', ""]) + whole[place + 1 :]
        items = read("a.csv", HEADING + spoiled)
        assert len(ids(items)) >= 9
        assert len(ids(items)) + len(skips(items)) >= 11 or "next" in str(skips(items)), spoiled
