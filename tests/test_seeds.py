"""The sample archive is what seeds/README.md says it is, whatever reads it."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
SEEDS = PROJECT / "seeds"
RAW_REPORTS = PROJECT.parent / "shared" / "seeds"

RETOLD = {
    "balangan": "metro7.co.id",
    "manggar": "belitongekspres.co.id",
    "amuntai": "Bawaslu HSU",
    "kapuas": "kaltengtoday.com",
    "lebak": "radarbanten.co.id",
}
TEASER = re.compile(r"^\s*baca juga\s*:(.*)$", re.IGNORECASE | re.MULTILINE)
WORD = re.compile(r"\w+")
MONTHS = dict(
    zip(
        [
            "januari",
            "februari",
            "maret",
            "april",
            "mei",
            "juni",
            "juli",
            "agustus",
            "september",
            "oktober",
            "november",
            "desember",
        ],
        range(1, 13),
        strict=True,
    )
)
WEEKDAYS = ["senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu"]
HOST = re.compile(r"\b(?:[\w-]+\.)+(?:id|com|net|org|example)\b", re.IGNORECASE)
NUMBERED_DAY = re.compile(rf"({'|'.join(WEEKDAYS)}),? \((\d{{1,2}})/(\d{{1,2}})/(\d{{4}})\)", re.IGNORECASE)
NAMED_DAY = re.compile(rf"({'|'.join(WEEKDAYS)}),? (\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})", re.IGNORECASE)


def decoded(path: Path) -> str:
    """The text of a seed file; a single one is in windows-1252 on purpose."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def seed_files() -> list[Path]:
    """All files with articles, in a stable order."""
    return sorted(path for path in SEEDS.glob("*/*") if path.is_file())


def articles() -> dict[str, str]:
    """The text of each article, teasers included, by a name for messages; HTML without its frame."""
    found = {}
    for path in seed_files():
        text = decoded(path)
        records: list[dict[str, str]] = []
        if path.suffix == ".jsonl":
            records = [json.loads(line) for line in text.splitlines()]
        elif path.suffix == ".json":
            records = json.loads(text)
        elif path.suffix == ".csv":
            records = list(csv.DictReader(text.splitlines(keepends=True)))
        elif path.suffix == ".html":
            text = re.sub(r"<[^>]+>", " ", text[text.index("<h1") : text.index('class="topik')])
        for record in records:
            title, body = record.get("title") or record["judul"], record.get("body") or record["isi"]
            found[f"{path.name}:{record['id']}"] = f"{title}\n{body}"
        if not records:
            found[path.name] = text
    return found


def test_the_archive_holds_the_number_of_articles_that_its_readme_names() -> None:
    promised = re.search(r"berisi (\d+) artikel", (SEEDS / "README.md").read_text("utf-8"))
    assert promised
    assert len(articles()) == int(promised[1])


def test_every_format_of_the_readme_is_present() -> None:
    counts: dict[str, int] = {}
    for path in seed_files():
        counts[path.suffix] = counts.get(path.suffix, 0) + 1
    assert counts == {".txt": 14, ".md": 10, ".html": 6, ".jsonl": 1, ".json": 1, ".csv": 1}


@pytest.mark.parametrize(("place", "source"), RETOLD.items())
def test_a_retold_report_names_its_source(place: str, source: str) -> None:
    (path,) = SEEDS.glob(f"mentah/{place}-*.txt")
    assert source in decoded(path)


def test_articles_have_the_length_of_news() -> None:
    lengths = {name: len(WORD.findall(text)) for name, text in articles().items()}
    assert {name: n for name, n in lengths.items() if not 115 <= n <= 350} == {}


def test_a_day_of_the_week_fits_its_date() -> None:
    checked, wrong = 0, []
    for name, text in articles().items():
        days = [(w, int(d), int(m), int(y)) for w, d, m, y in NUMBERED_DAY.findall(text)]
        days += [(w, int(d), MONTHS[m.lower()], int(y)) for w, d, m, y in NAMED_DAY.findall(text)]
        for weekday, day, month, year in days:
            checked += 1
            if WEEKDAYS[date(year, month, day).weekday()] != weekday.lower():
                wrong.append((name, weekday, day, month, year))
            if not 2019 <= year <= 2026:
                wrong.append((name, "year", year))
    assert wrong == []
    assert checked >= 30


def test_each_teaser_has_words_that_no_article_has() -> None:
    # So that a search for them shows whether a reader took a teaser for text.
    words = {w.lower() for text in articles().values() for w in WORD.findall(TEASER.sub("", text))}
    teasers = [teaser for text in articles().values() for teaser in TEASER.findall(text)]
    weak = [t for t in teasers if len({w.lower() for w in WORD.findall(t) if len(w) > 3} - words) < 2]
    assert len(teasers) >= 10
    assert weak == []


def test_invented_publishers_stand_under_the_reserved_domain() -> None:
    real = {"metro7.co.id", "belitongekspres.co.id", "kaltengtoday.com", "radarbanten.co.id"}
    hosts = {host.lower() for path in seed_files() for host in HOST.findall(decoded(path))}
    markup = {"schema.org", "www.w3.org"}
    assert {host for host in hosts - markup if not host.endswith(".example")} == real


def test_two_articles_share_most_words_so_that_ranking_has_something_to_tell_apart() -> None:
    demak = [set(WORD.findall(text.lower())) for name, text in articles().items() if name.endswith("demak")]
    first, second = demak
    assert len(first & second) / min(len(first), len(second)) > 0.6


@pytest.mark.skipif(
    not RAW_REPORTS.is_dir(), reason="the raw reports lie beside the project only where it is developed"
)
def test_no_ten_words_in_a_row_are_taken_from_the_raw_reports() -> None:
    def runs(text: str) -> set[str]:
        words = WORD.findall(text.lower())
        return {" ".join(words[i : i + 10]) for i in range(len(words) - 9)}

    theirs: set[str] = set()
    for report in RAW_REPORTS.glob("*.txt"):
        theirs |= runs(report.read_text("utf-8", "replace"))
    shared = {path.name: hits for path in seed_files() if (hits := runs(decoded(path)) & theirs)}
    assert theirs
    assert shared == {}
