"""Whatever is written in an article is found by asking for it as it is written there."""

from __future__ import annotations

import random
import sys
from typing import Any

import pytest

from index.analysis.tokens import tokenize
from search.answer import Question
from search.answering.service import SearchService

EVERYDAY = [
    *(
        "Rp1,5 triliun",
        "Rp 2.500.000,-",
        "14/2/2024",
        "UU No. 20 Tahun 2023",
        "pukul 07.30 WIB",
        "50%",
        "¥1.000",
    ),
    *("https://contoh.example/berita/2024/02/14/judul-berita?ref=a&id=7#isi", "redaksi@contoh.example"),
    *(
        "covid-19",
        "AT&T",
        "S.Sos., M.Si.",
        "Qur’an",
        "Jum'at",
        "4G/5G",
        "C++",
        "B50 & E10",
        "½ kg",
        "H₂O",
        "km²",
    ),
    *("👍🏽", "👨‍👩‍👧‍👦", "🇮🇩", "😀😀", "❤️", "1️⃣"),
    *(
        "صحيفة يومية",
        "بِسْمِ ٱللَّٰهِ",
        "ﷺ",
        "ꦲꦏ꧀ꦱꦫꦗꦮ",
        "ᬅᬓ᭄ᬱᬭᬩᬮᬶ",
        "ᮃᮊ᮪ᮞᮛ ᮞᮥᮔ᮪ᮓ",
        "ᨒᨚᨈᨑ",
        "漢字かな交じり",
        "한국어",
        "ไทย",
    ),
]
_SCRIPTS = [
    *(
        (0x61, 0x7A),
        (0x30, 0x39),
        (0xC0, 0x17F),
        (0x370, 0x3FF),
        (0x400, 0x45F),
        (0x620, 0x64A),
        (0x900, 0x97F),
    ),
    *(
        (0xE01, 0xE2E),
        (0x1B05, 0x1B33),
        (0x1B83, 0x1BA0),
        (0x1A00, 0x1A16),
        (0xA984, 0xA9B2),
        (0x3041, 0x3096),
    ),
    *((0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0x1F300, 0x1F5FF), (0x1F600, 0x1F64F), (0xFF10, 0xFF5A)),
]
_SYNTAX = set("\"“”„«»()+-‐‑–−*?~:^|<>=!\\'`{}[]./")


def random_strings(count: int) -> list[str]:
    """Strings of one script, of several, and of any characters at all; each holds something to find."""
    chance = random.Random(20240214)
    made: list[str] = []
    while len(made) < count:
        kind = len(made) % 3
        if kind == 0:
            ranges = [chance.choice(_SCRIPTS)] * 6
        elif kind == 1:
            ranges = chance.choices(_SCRIPTS, k=6)
        else:
            ranges = [(0x20, sys.maxunicode)] * 6
        words = ("".join(chr(chance.randint(*span)) for _ in range(chance.randint(1, 8))) for span in ranges)
        text = " ".join(words)
        text = "".join(c for c in text if c not in _SYNTAX and c.isprintable())
        if tokenize(text):
            made.append(text)
    return made


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [*EVERYDAY, *random_strings(1000)]


@pytest.fixture(scope="module")
def service(make_archive: Any, texts: list[str]) -> SearchService:
    archive = make_archive()
    archive.write(
        *({"id": f"a{number}", "title": "Kabar", "body": f"Isi: {text}"} for number, text in enumerate(texts))
    )
    found: SearchService = archive.service
    return found


def test_a_thousand_random_strings_and_everyday_notations_are_found_as_written(
    service: SearchService, texts: list[str]
) -> None:
    lost = []
    for number, text in enumerate(texts):
        answer = service.search(Question(text, per_page=20))
        if f"a{number}" not in {result.id for result in answer.results}:
            lost.append((number, text, answer.total))
    assert not lost
