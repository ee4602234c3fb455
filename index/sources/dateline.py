"""Finds the dateline that opens a report: its publisher and its place (``LEBAK,RADARBANTEN.CO.ID- ...``)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from index.sources.days.names import MONTHS

# What ends a dateline: a dash (on the next line where a page was cut at its tags) or a bar.
_END = re.compile(
    r"\s?[-–—−]{1,3}(?:\s+|(?=[\"“'‘A-Z0-9]))|\s[-–—−]{1,3}|\s?\n\s?[-–—−]{1,3}\s+|\s?\|\s(?![^|\n]{0,60}[-–—|])"
)
_ENDS = re.compile(r"[-–—−|]")
_LONGEST = 110
_DOMAIN = re.compile(
    r"(?<![\w.@/-])((?:www\.)?[a-z0-9][a-z0-9-]{1,40}(?:\.[a-z0-9-]{2,30}){0,2}\."
    r"(?:com|id|net|org|co|news|info|tv|press|asia|online|today|my|sg|media|live|xyz|site|biz|example))(?![\w-]|\.[a-z])",
    re.IGNORECASE,
)
_AGENCY = re.compile(r",?\s*\(([A-Z][A-Za-z0-9./ -]{1,30}|[a-z0-9-]{2,40}(?:\.[a-z]{2,10}){1,2})\)$")
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = r"(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)"
_DAY = (
    r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?(?:\d{4}|\d\d))?|\d{4}[/-]\d{1,2}[/-]\d{1,2}"
    rf"|\d{{1,2}}\s(?:{_MONTH})\b\.?(?:,?\s\d{{4}})?|(?:{_MONTH})\b\.?\s\d{{1,2}}(?:,?\s\d{{4}})?)"
)
_WHEN = re.compile(
    rf"(?<![\w/.-])[\s,]{{0,3}}\(?(?:{_WEEKDAY}\b[\s,]{{0,3}})?\(?\s?{_DAY}(?![\w/-])\s?\)?", re.IGNORECASE
)
# A day of its own between two dashes: ``LEBAK - 6/2/2024 - ...``.
_WHEN_BEHIND = re.compile(rf"(\(?(?:{_WEEKDAY}\b[\s,]{{0,3}})?\(?{_DAY}\)?)\s?[-–—−]{{1,3}}\s", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s?(?:WIB|WITA|WIT)?", re.IGNORECASE)
_AROUND_PLACE = " ,()|/-–—−"
_REPORTER = re.compile(
    r"^laporan\s(?:wartawan|reporter|jurnalis|kontributor)?[^,:|]{0,50}[,:]\s*(?P<name>[^,:|]{3,50}?)[\s,]*$",
    re.IGNORECASE,
)
_SPLIT_DOMAIN = re.compile(r"\b(\w{3,30})(?:\s?,\s?|\s)(co\.id|com(?=[\s,.|]))", re.IGNORECASE)
_PULLED_QUOTE = re.compile(
    r"""[^\n]{1,200}?[a-z0-9.!?"”]
        (?P<place>[A-Z][A-Za-z]{1,20}(?:\s[A-Z][A-Za-z]{1,20}){0,2})
        \s\((?P<agency>[A-Z]{3,20})[^)\n]{0,20}\)\s?[-–—]{1,3}\s""",
    re.VERBOSE,
)
_AGENCY_BEGINS = re.compile(r"\([A-Z]{3}")
_LONGEST_QUOTE = 300
_PLACE_AND_STOP = re.compile(r"([A-Z][A-Z ]{2,30})\. ")
_MOST_KEPT = 2048
_COMMA = re.compile(r",\s?")
_UNDASHED = re.compile(r"([A-Z][A-Z ]{2,30}),\s?([\w-]{2,30}(?:\.\w{2,10}){1,2})\s(?=[\"“A-Z])")
# A colon ends it before a whole paragraph only: a headline may begin so too.
_COLON = re.compile(r"(?:KBRN,\s?)?([A-Z][A-Za-z ]{2,30}?)\s?:\s(?=[\"“‘A-Z][^\n]{90})")
_SEPARATORS = re.compile(r"[,|/:]")
_KIND_OF_PLACE = re.compile(r"(?:kota|kabupaten|kab|kab\.|kec|kec\.|kecamatan|pulau)\s")
_BEFORE_PLACE = re.compile(
    r"\b(?:di|ke|dari|Kota|Kabupaten|Kab\.|Kecamatan|Kec\.|Desa|Kelurahan|Polres|Polresta|Pemkab|Pemkot"
    r"|Bupati|Wali\s?[Kk]ota|DPRD|KPU|Bawaslu)\s$"
)
_LONGEST_BEFORE = 14
_WORD_BORDER = re.compile(r"\b")
_GLUED = re.compile(r"[a-z][A-Z]")
_WORD = r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’.-]*"
_NAME = re.compile(rf"{_WORD}(?:\s{_WORD}){{0,4}}")

_AGENCIES = {"antara": "antaranews.com", "lkbn antara": "antaranews.com", "ant": "antaranews.com"}

# Words that stand in a dateline's place without being one: rubrics and parts of publishers' names.
_NO_PLACE = frozenset(
    re.findall(
        r"\w+",
        """
        info bisnis news berita breaking update opini editorial tajuk kolom advertorial adv iklan
        video foto infografis hoaks hoax cek fakta olahraga sport bola ekonomi politik hukum nasional
        internasional regional daerah metropolitan gaya hidup lifestyle teknologi tekno otomotif
        kesehatan pendidikan budaya hiburan selebritas selebriti seleb wisata travel kuliner religi
        ramadan ramadhan laporan khusus eksklusif exclusive siaran pers rilis release press pos post
        times tv radio media online co com id net tribun kompas tempo detik antara republika wartawan
        reporter editor penulis kontributor red admin oleh by viral populer terkini headline mom ibu
        anak zodiak resep lirik the dan atau yang
        """,
    )
)
_SHORT_NAMES = frozenset(
    re.findall(
        r"\S+",
        """
        dki di diy ntt ntb dc d.c d.c. d.i d.i. as ikn hsu hst hss oku oki ppu pali bsd ksb klu tts
        ttu sbd sbb sbt mbd uea usa uk
        """,
    )
)
_LOWER_WORDS = frozenset({"dan", "de", "of", "the"})


class Dateline(NamedTuple):
    """What a dateline says.

    :param start: where it starts: 0, or after a quote that a page puts in front of it.
    :param end: where the report starts after it.
    :param source: publisher, a domain in lower case where it is one, or ``""``.
    :param place: as a reader writes it, or ``""``.
    :param author: reporter named before it, or ``""``.
    :param when: its day as it stands there (``Selasa (6/2/2024)``, ``6/2``), or ``""``.
    """

    start: int
    end: int
    source: str = ""
    place: str = ""
    author: str = ""
    when: str = ""


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the very start of a text, or ``None``.

    Beside a publisher any name of up to five capitalised words counts as the place. Without a publisher
    only a known place does (``places.txt``), or one that the text speaks of later: a wrong place is
    worse than none.
    """
    opening = text[: _LONGEST + 40]
    sign = _ENDS.search(opening)
    first = max(0, sign.start() - 3) if sign else len(opening)  # three blanks and line feeds stand before it
    is_near = first <= _LONGEST and "\n" not in opening[:first]
    for match in _END.finditer(opening, first) if is_near else ():
        if not 2 <= match.start() <= _LONGEST or "\n" in opening[: match.start()]:
            break
        if opening[match.start() - 1 : match.start()].isdecimal() and opening[match.end() :][:1].isdecimal():
            continue  # of a day: 6-2-2024
        rest = text[match.end() :]
        # A small letter after it: the second half of a sentence with a dash in it.
        if rest and not rest[0].islower() and (found := _parse(opening[: match.start()], match.end(), rest)):
            return found
    if glued := _glued_opening(opening):
        return glued
    start = text[:_LONGEST_QUOTE]
    quote = _PULLED_QUOTE.match(text) if "(" in start and _AGENCY_BEGINS.search(start) else None
    if quote and _known(quote["place"]):
        return Dateline(
            quote.start("place"), quote.end(), _publisher(quote["agency"]), _as_written(quote["place"])
        )
    return None


def _parse(head: str, end: int, rest: str) -> Dateline | None:
    read = _read_head(head)
    if read is None:
        return None
    source, author, names, has_domain, when = read
    if has_domain and not names:
        kontan = _PLACE_AND_STOP.match(rest)
        if kontan and _known(kontan[1]):
            return Dateline(0, end + kontan.end(), source, _as_written(kontan[1]), author, when)
    place = next((name for name in names if _is_place(name, bool(source), rest)), "")
    if not source and (not place or len(names) > 2 or (not _known(names[0]) and len(names) > 1)):
        return None
    if not when and (behind := _WHEN_BEHIND.match(rest)):
        when, end = behind[1], end + behind.end()
    return Dateline(0, end, source, _as_written(place), author, when)


@lru_cache(_MOST_KEPT)
def _read_head(head: str) -> tuple[str, str, tuple[str, ...], bool, str] | None:
    """What stands before the dash: publisher, reporter, names (of places?), whether it has a domain, day.

    Many reports begin alike, so that it is worth remembering.

    :returns: ``None`` if it is no dateline.
    """
    source = author = ""
    if head.endswith(")") and (agency := _AGENCY.search(head)):
        source = _publisher(agency[1].split("/")[0])
        head = head[: agency.start()]
    when = ""
    if any(map(str.isdecimal, head)) and (found := _WHEN.search(head)):
        when = found[0].strip(" ,")
        head = ", ".join(
            filter(None, (head[: found.start()].rstrip(" ,|"), head[found.end() :].lstrip(" ,|")))
        )
        if agency := None if source else _AGENCY.search(head):
            source = _publisher(agency[1].split("/")[0])
            head = head[: agency.start()]
    if "co" in head.lower():
        head = _SPLIT_DOMAIN.sub(r"\1.\2", head)
    names = []
    if domain := _last_domain(head):
        before, after = head[: domain.start()], head[domain.end() :]
        source = source or domain_of(domain[1])
        if reporter := _REPORTER.match(before):
            author = reporter["name"].strip()
        elif ":" in before:
            return None
        elif before.rstrip().endswith((",", "|", "/", "-", "–")) or _known(before.strip()):
            names = _names(before)
        elif before.strip():
            return None
        names += _names(after)
    else:
        names = _names(head)
    if len(names) > 3 or any(not _NAME.fullmatch(name) or _GLUED.search(name) for name in names):
        return None
    words = [word for name in names for word in name.split()] if when else []
    if any(word[0].islower() and word not in _LOWER_WORDS for word in words):
        return None  # a sentence with a day in it
    return source, author, tuple(names), domain is not None, when


def _glued_opening(opening: str) -> Dateline | None:
    """A dateline without dash: ``SITUS.com, JakartaHarga ...``, ``JAKARTA, SITUS.com Harga ...``,
    ``Jakarta: Harga ...``.
    """
    if (
        opening[1:2].isupper()
        and (undashed := _UNDASHED.match(opening))
        and _known(undashed[1])
        and domain_of(undashed[2])
    ):
        return Dateline(0, undashed.end(), domain_of(undashed[2]), _as_written(undashed[1]))
    if ":" in opening[:40] and (colon := _COLON.match(opening)) and _is_place(colon[1], False, ""):
        return Dateline(0, colon.end(), "", _as_written(colon[1]))
    # Most openings have a blank before any full stop: no domain.
    domain = _DOMAIN.match(opening) if "." in opening[:_LONGEST].partition(" ")[0] else None
    comma = _COMMA.match(opening, domain.end()) if domain else None
    if not domain or not comma:
        return None
    for seam in _GLUED.finditer(opening, comma.end(), comma.end() + 40):
        if _known(opening[comma.end() : seam.start() + 1]):
            place = _as_written(opening[comma.end() : seam.start() + 1])
            return Dateline(0, seam.start() + 1, domain_of(domain[1]), place)
    return None


def _publisher(agency: str) -> str:
    name = agency.strip()
    return _AGENCIES.get(name.lower()) or domain_of(name) or name


def place_and_day(text: str) -> tuple[str, str]:
    """A place as a field of a record names it, and the day beside it: ``LEBAK, Selasa (6/2/2024)``.

    :returns: of a day alone the place is ``""``.
    """
    match = _WHEN.search(text) if len(text) <= _LONGEST and any(map(str.isdecimal, text)) else None
    if match is None:
        return text, ""
    around = (
        _CLOCK.sub(" ", part).strip(_AROUND_PLACE) for part in (text[: match.start()], text[match.end() :])
    )
    place = next(filter(None, around), "")
    return (_as_written(place) if place else ""), match[0].strip(_AROUND_PLACE)


def domain_of(text: str) -> str:
    """The domain that a text consists of, in lower case and without ``www.``, or ``""``."""
    match = _DOMAIN.fullmatch(text.strip()) if "." in text else None
    return match[1].lower().removeprefix("www.") if match else ""


@cache
def known_places() -> frozenset[str]:
    """Names of places, in lower case."""
    return frozenset(name.rstrip("?") for name in _listed())


@cache
def _ambiguous() -> frozenset[str]:
    """Those names of places that are ordinary words too."""
    return frozenset(name.rstrip("?") for name in _listed() if name.endswith("?"))


def _listed() -> list[str]:
    lines = (Path(__file__).parent / "places.txt").read_text(encoding="utf-8").splitlines()
    return [name.strip() for line in lines if line and not line.startswith("#") for name in line.split(",")]


def _last_domain(head: str) -> re.Match[str] | None:
    found = list(_DOMAIN.finditer(head)) if "." in head else None
    return found[-1] if found else None


def _names(part: str) -> list[str]:
    return [name for piece in _SEPARATORS.split(part) if (name := " ".join(piece.split()).strip(" .-–—("))]


def _known(name: str) -> bool:
    return _plain(name) in known_places()


@lru_cache(_MOST_KEPT)
def _plain(name: str) -> str:
    name = name.lower().replace("’", "'")
    kind = _KIND_OF_PLACE.match(name)
    return name[kind.end() :] if kind else name


def _is_place(name: str, beside_publisher: bool, rest: str) -> bool:
    if _known(name):
        return beside_publisher or _plain(name) not in _ambiguous() or _spoken_of(name, rest)
    words = name.split()
    if any(word.lower().strip(".") in _NO_PLACE for word in words) or len(name) < 4 or len(words) > 4:
        return False
    if not all(word[0].isupper() or word in _LOWER_WORDS for word in words):
        return False
    return beside_publisher or _spoken_of(name, rest)


def _spoken_of(name: str, rest: str) -> bool:
    """Whether the text names this place as a place: ``di Amuntai``, ``Kabupaten Tapin``."""
    # Not by one pattern with the name in it: making a pattern takes longer than using it.
    rest = rest[:20_000].replace("İ", "I")  # whose small letter is two characters
    small, name = rest.lower(), name.lower()
    start = small.find(name)
    while start >= 0:
        before = rest[max(0, start - _LONGEST_BEFORE) : start]
        if _BEFORE_PLACE.search(before) and _WORD_BORDER.match(rest, start + len(name)):
            return True
        start = small.find(name, start + 1)
    return False


@lru_cache(_MOST_KEPT)
def _as_written(name: str) -> str:
    """``DKI JAKARTA`` -> ``DKI Jakarta``; a name that is not all capitals stays as it is."""
    if any(char.islower() for char in name) and not name[0].islower():
        return name
    return " ".join(_word_as_written(word) for word in name.split())


def _word_as_written(word: str) -> str:
    lower = word.lower()
    if lower in _SHORT_NAMES:
        return word.upper()
    if lower in _LOWER_WORDS:
        return lower
    return "-".join(part[:1].upper() + part[1:] for part in lower.split("-"))
