"""What shells and programs print that is not quite JSON: MongoDB's, JavaScript's, Python's."""

from __future__ import annotations

import json
import pprint
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from index.documents import Document
from index.sources.base import Skip

Read = Callable[..., list[Document | Skip]]

TEXTS = [
    'Petani berkata "siap panen" (pekan depan), lalu pulang. Harga Jum\'at [pagi] naik {sedikit}.',
    "Hujan turun di hulu: sungai meluap, dan jalan ditutup sampai sore.",
]
DAYS = [date(2025, 2, 2), date(2025, 2, 3)]


def apostrophes(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


def old_shell(number: int) -> str:
    return (
        f'{{ "_id" : ObjectId("65c9a1b2c3d4e5f60123456{number}"), "judul" : "Kabar {number}", '
        f'"isi" : {json.dumps(TEXTS[number])}, "tanggal" : ISODate("{DAYS[number]}T03:15:00Z"), '
        '"dibaca" : NumberLong(5), "ubah" : Timestamp(1738472400, 1), "foto" : BinData(0,"AA=="), '
        '"oleh" : DBRef("orang", ObjectId("65c9a1b2c3d4e5f601234569")), "x" : undefined }'
    )


def new_shell(number: int) -> str:
    return (
        f"  {{\n    _id: ObjectId('65c9a1b2c3d4e5f60123456{number}'),\n    judul: 'Kabar {number}',\n"
        f"    isi: {apostrophes(TEXTS[number])},\n    tanggal: ISODate('{DAYS[number]}T03:15:00.000Z'),\n"
        "    dibaca: Long('5'),\n    aktif: true,\n    tags: [ 'desa', 'tani' ]\n  }"
    )


def script(number: int) -> str:
    return (
        f'{{judul: "Kabar {number}", isi: {json.dumps(TEXTS[number])}, '
        f'tanggal: new Date("{DAYS[number]}T03:15:00Z"), dibaca: 5,}}'
    )


def python(number: int) -> str:
    day = DAYS[number]
    printed = {"judul": f"Kabar {number}", "isi": TEXTS[number], "n": None, "ok": True, "tanggal": None}
    printed["tanggal"] = datetime(day.year, day.month, day.day, 10, 15)
    return str(printed)


FILES: dict[str, tuple[str, str]] = {
    "lines of a shell": ("a.json", "\n".join(map(old_shell, range(2)))),
    "lines of a shell, named so": ("a.jsonl", "\n".join(map(old_shell, range(2)))),
    "a list of a shell": ("a.json", f"[{','.join(map(old_shell, range(2)))}]"),
    "with numbers": ("a.json", "\n".join(f"/* {n} */\n{old_shell(n)}" for n in range(2))),
    "below a key": ("a.json", f'{{"data": [{",".join(map(old_shell, range(2)))}]}}'),
    "the present shell": ("a.json", "[\n" + ",\n".join(map(new_shell, range(2))) + "\n]\n"),
    "what is typed": ("a.json", "arsip> db.b.find()\n[\n" + ",\n".join(map(new_shell, range(2))) + "\n]\n"),
    "a script": ("a.json", "const b = [" + ",\n".join(map(script, range(2))) + "];\n"),
    "lines of Python": ("a.jsonl", "\n".join(map(python, range(2)))),
    "a list of Python": ("a.json", f"[{', '.join(map(python, range(2)))}]"),
}


@pytest.mark.parametrize("kind", FILES)
def test_what_programs_print_is_read(read: Read, kind: str) -> None:
    items = read(*FILES[kind])

    found = [item for item in items if isinstance(item, Document)]
    assert [(item.title, item.published) for item in found] == [("Kabar 0", DAYS[0]), ("Kabar 1", DAYS[1])]
    assert [item.body for item in found] == TEXTS
    assert all(item.id.startswith("65c9a1b2c3d4e5f60123456") for item in found) == (
        "shell" in kind or "typed" in kind or kind in ("with numbers", "below a key")
    )


def test_python_prints_over_several_lines_too(read: Read) -> None:
    records = [{"judul": f"Kabar {n}", "isi": TEXTS[n], "tanggal": str(DAYS[n])} for n in range(2)]

    items = read("a.json", pprint.pformat(records, width=120))

    assert [getattr(item, "title", item) for item in items] == ["Kabar 0", "Kabar 1"]


@pytest.mark.parametrize(
    "moment",
    [
        {"$date": "2025-02-01T20:15:00Z"},
        {"$date": 1738440900000},
        {"$date": {"$numberLong": "1738440900000"}},
    ],
)
def test_an_instant_has_its_day_in_jakarta(read: Read, moment: Any) -> None:
    (item,) = read("a.json", json.dumps([{"judul": "Kabar", "isi": TEXTS[1], "tanggal": moment}]))

    assert isinstance(item, Document)
    assert item.published == date(2025, 2, 2)
    assert datetime(2025, 2, 1, 20, 15, tzinfo=UTC).timestamp() == 1738440900
