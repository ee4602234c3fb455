"""python -m bench.shapes [ROWS]: mixed shapes of JSON and tables, good rows and bad: is every row told of?

Writes files of as many rows in all (default 100,000), each a layout or dialect of its own, with one row in
fifty bad in some way, and reads them as `reindex` does. Every good row has to be an article, every bad one a
skip with its reason. Exits with 1 if the numbers of any file do not add up.
"""

from __future__ import annotations

import csv
import io
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from index.documents import Document
from index.settings import Settings
from index.sources.base import InputFile, Piece
from index.sources.reading import cut_input, read_piece

WORDS = (
    "pasar",
    "warga",
    "desa",
    "jalan",
    "panen",
    "sawah",
    "sekolah",
    "guru",
    "nelayan",
    "laut",
    "kota",
    "hujan",
)
BAD_JSON = (
    '{"judul": "Tanpa isi"}',
    '{"judul": "Kutip "siap"", "isi": "Teks."}',
    "7",
    '{"judul": "a" "isi": "b"}',
)
HEADING = ["nomor", "judul", "isi", "tanggal"]


class Made(NamedTuple):
    """A file that was written, and what it holds."""

    name: str
    good: int
    bad: int


def article(number: int, random: random.Random) -> dict[str, str]:
    """A small article of its own."""
    text = " ".join(random.choices(WORDS, k=30)).capitalize()
    more = " ".join(random.choices(WORDS, k=9))
    return {
        "nomor": str(number),
        "judul": f"Kabar {number} dari {random.choice(WORDS)}",
        "isi": f'{text}, kata "warga" {number}; lalu pulang.\n{more}.',
        "tanggal": f"2024-02-{1 + number % 28:02}",
    }


def in_lines(values: list[str]) -> str:
    """One value a line."""
    return "\n".join(values)


def in_array(values: list[str]) -> str:
    """One array."""
    return "[" + ",\n".join(values) + "]"


def in_arrays(values: list[str]) -> str:
    """Arrays in a row."""
    half = len(values) // 2
    return in_array(values[:half]) + in_array(values[half:])


def wrapped(values: list[str]) -> str:
    """A list below other keys."""
    return '{"status": "ok", "data": {"total": 1, "tulisan": ' + in_array(values) + "}}"


def hits(values: list[str]) -> str:
    """What a search engine answers."""
    found = [f'{{"_index": "a", "_source": {value}}}' for value in values]
    return '{"took": 1, "hits": {"hits": ' + in_array(found) + "}}"


LAYOUTS: dict[str, Callable[[list[str]], str]] = {
    "baris.jsonl": in_lines,
    "baris.json": in_lines,
    "larik.json": in_array,
    "larik.ndjson": in_array,
    "larik-larik.json": in_arrays,
    "bungkus.json": wrapped,
    "hits.json": hits,
}
DIALECTS: dict[str, dict[str, object]] = {
    "koma.csv": {"delimiter": ","},
    "titik-koma.csv": {"delimiter": ";", "quoting": csv.QUOTE_ALL},
    "tab.tsv": {"delimiter": "\t", "lineterminator": "\n"},
    "pipa.csv": {"delimiter": "|"},
    "garis-miring.csv": {
        "delimiter": ",",
        "quoting": csv.QUOTE_ALL,
        "escapechar": "\\",
        "doublequote": False,
    },
}


def write_json(folder: Path, name: str, count: int, random: random.Random) -> Made:
    """A file of JSON."""
    values = []
    bad = 0
    for number in range(count):
        is_bad = number % 50 == 7
        bad += is_bad
        values.append(random.choice(BAD_JSON) if is_bad else json.dumps(article(number, random)))
    (folder / name).write_text(LAYOUTS[name](values), encoding="utf-8")
    return Made(name, count - bad, bad)


def write_table(folder: Path, name: str, count: int, random: random.Random) -> Made:
    """A table, its bad rows without a text, with cells too many, or with an open quotation mark."""
    out = io.StringIO()
    rows = csv.writer(out, **DIALECTS[name])  # type: ignore[arg-type]
    delimiter = str(DIALECTS[name]["delimiter"])
    rows.writerow(["Kliping", "", "", ""])
    rows.writerow(HEADING)
    bad = 0
    for number in range(count):
        if number % 50 != 7:
            rows.writerow(article(number, random).values())
            continue
        bad += 1
        kind = random.randrange(3)
        if kind == 0:
            rows.writerow([number, "Tanpa isi", "", ""])
        elif kind == 1:
            rows.writerow([number, "Terlalu banyak", "satu", "dua", "tiga", "empat"])
        else:
            out.write(f'{number}{delimiter}Tak ditutup{delimiter}"Teks yang tidak ditutup\n')
    (folder / name).write_text(out.getvalue(), encoding="utf-8", newline="")
    return Made(name, count - bad, bad)


def read(folder: Path, name: str) -> tuple[int, int]:
    """How many articles and how many skips a file gives."""
    articles = skips = 0
    settings = Settings()
    for item in cut_input(InputFile(folder / name, name, folder), settings):
        for found in read_piece(item, settings) if isinstance(item, Piece) else (item,):
            if isinstance(found, Document):
                articles += 1
            else:
                assert found.reason
                skips += 1
    return articles, skips


def trial(rows: int, folder: Path) -> list[str]:
    """Write and read the files.

    :returns: a line for each file whose numbers do not add up.
    """
    chance = random.Random(13)
    count = rows // (len(LAYOUTS) + len(DIALECTS))
    made = [write_json(folder, name, count, chance) for name in LAYOUTS]
    made += [write_table(folder, name, count, chance) for name in DIALECTS]
    wrong = []
    for name, good, bad in made:
        start = time.process_time()
        found = read(folder, name)
        print(f"{name:20} {good:7} good {bad:5} bad: {found[0]:7} articles {found[1]:5} skips, "
              f"{time.process_time() - start:5.1f} s")  # fmt: skip
        if found != (good, bad):
            wrong.append(
                f"{name}: {good} good and {bad} bad rows gave {found[0]} articles and {found[1]} skips"
            )
    return wrong


def main() -> int:
    """Run the trial."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = trial(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, Path(folder))
    print("\n".join(wrong) or "every number adds up")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
