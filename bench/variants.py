"""Another form of writing: ``python -m bench.variants``, and the sets ``variants`` and ``names``.

A headline with one word in another written form that its article does not hold, while it holds the one
printed. What a form may become stands here once more, apart from the rules that search goes by: a measure
that asked these would find whatever they say.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import chain

from bench.data import RelevanceSet
from bench.rewriting import Asked, Change, as_sets, questions
from index.analysis.wordlists import sastrawi_roots

_MOST = 60

_COMPOUNDS = """
wali kota, walikota; sepak bola, sepakbola; olahraga, olah raga; orang tua, orangtua; kerja sama, kerjasama
ibu kota, ibukota; batu bara, batubara; tanggung jawab, tanggungjawab; terima kasih, terimakasih
tanda tangan, tandatangan; bulu tangkis, bulutangkis; rumah sakit, rumahsakit; kereta api, keretaapi
lalu lintas, lalulintas; kacamata, kaca mata; serah terima, serahterima; narasumber, nara sumber
narapidana, nara pidana; gotong royong, gotongroyong; beri tahu, beritahu; saksi mata, saksimata
tenaga kerja, tenagakerja; uji coba, ujicoba; tindak lanjut, tindaklanjut; air mata, airmata
tata usaha, tatausaha; daya saing, dayasaing
"""
_LOANS = """
sumatera, sumatra; hoaks, hoax; izin, ijin; praktik, praktek; apotek, apotik; miliar, milyar
ramadan, ramadhan; umrah, umroh; salat, shalat, sholat; november, nopember; februari, pebruari
putri, puteri; putra, putera; provinsi, propinsi; risiko, resiko; objek, obyek; sistem, sistim
jadwal, jadual; ekspor, eksport; nasihat, nasehat; kualitas, kwalitas; teknologi, tehnologi; atlet, atlit
karier, karir; elite, elit; detail, detil; cedera, cidera; imbau, himbau; utang, hutang; triliun, trilyun
masjid, mesjid; khotbah, khutbah; azan, adzan; kurban, qurban; hakikat, hakekat; ijazah, ijasah
standar, standard; sutra, sutera; tradisional, tradisionil; profesional, profesionil; personel, personil
modern, moderen; respons, respon; diagnosis, diagnosa; hipotesis, hipotesa; analisis, analisa; sopir, supir
bus, bis; mal, mall; taksi, taxi; kafe, cafe; kompleks, komplek; manajer, manager; manajemen, management
video, vidio; foto, photo; zaman, jaman; rezeki, rejeki; lubang, lobang; telepon, telpon; nomor, nomer
"""
_NAMES = """
yogyakarta, yogya, jogja, jogjakarta; tiongkok, cina, china; idul fitri, idulfitri; idul adha, iduladha
al-qur'an, alquran; alquran, al quran; muhammad, mohammad, mohamad, muhamad; ahmad, achmad
nusa tenggara, nusatenggara; soekarno, sukarno; soeharto, suharto; jabodetabek, jabotabek
tiktok, tik tok; youtube, you tube; whatsapp, whats app; facebook, face book
"""
_SPELT = """
ahmad, achmad, akhmad; rahmat, rachmat, rahmad; rahman, rachman, rohman; yusuf, jusuf, yusup; zainal, zaenal
syaiful, saiful, saeful; taufik, taufiq; khairul, chairul, khoirul; mochtar, mukhtar, muchtar; fahri, fachri
ikhsan, ichsan; rizky, rizki; dedi, deddy, dedy; rudi, rudy; budi, boedi; tony, toni, tonny; joko, djoko
cahyo, tjahjo; susilo, soesilo; sudirman, soedirman; prasetyo, prasetio, prasetiyo; setiawan, setyawan
hariyanto, haryanto; supriyadi, supriadi; mulyono, moelyono; andika, andhika; aditya, adhitya; erick, erik
viktor, victor; christian, kristian; faisal, faizal; sofyan, sofian; husein, husain; hendri, hendry
wijaya, widjaja; subianto, soebianto; subroto, soebroto; suprapto, soeprapto; syarif, sjarif; umar, oemar
"""
_SIGNED = """
covid-19 e-ktp wi-fi k-pop f-16 e-commerce g-20 k-drama s-400 su-30 b-52 x-ray ak-47 mig-29 u-17 u-20 u-23
"""
_PREFIXES = """
anti pasca pra non sub semi super ultra multi antar tuna nir kontra ekstra purna mini mega
"""
_NAMES_TOO = """
super ultra multi antar kontra ekstra mini mega nir tuna
"""
"""Prefixes that are words by themselves, or begin names, where they stand apart."""
_NO_PREFIX = """
pramuka prasarana prakarya prakasa prabowo pramono seminar subsidi antartika minimalis
"""
_ORDINALS = """
pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh
"""
_ROMAN = """
I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI
"""
_UNITS = """
nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh
"""
_SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
_BEFORE_ROMAN = r"Abad|Dunia|Liga|Jilid|Bab|Angkatan|Buwono|Paus \w+|Kabinet \w+|PON|Tahap|Seri"

_GROUPED = re.compile(r"(?<![\w.,])(Rp\s?)?(\d{1,3}(?:\.\d{3})+)(?![\w]|[.,]\d)")
_SCALED = re.compile(
    rf"(?<![\w.,])(Rp\s?)?(\d{{1,3}})(?:,(\d{{1,3}}))? ({'|'.join(_SCALES)})\b", re.IGNORECASE
)
_WITH_PREFIX = re.compile(rf"\b({'|'.join(_PREFIXES.split())})([ -]?)([a-z]{{4,}})\b", re.IGNORECASE)
_ORDINAL = re.compile(rf"\b(?:ke-(\d+)|({'|'.join(_ORDINALS.split())}))\b", re.IGNORECASE)
_AFTER = re.compile(rf"\b(?:{_BEFORE_ROMAN}) ({'|'.join(_ROMAN.split())})\b")
_DEGREE = re.compile(r"\b[A-Z]\.(?:[A-Z][a-z]*\.?)+(?!\w)")


def changes(title: str, body: str) -> Iterator[Change]:
    """What may be written otherwise in a headline: its text holds it as printed, not in the other form."""
    for change in _possible(title):
        if _holds(body, title[change.start : change.end]) and not _holds(body, change.other):
            yield change


def _possible(title: str) -> Iterator[Change]:
    for kind, groups in _GROUPS.items():
        yield from _of_groups(kind, groups, title)
    for found in _WITH_PREFIX.finditer(title):
        prefix, sign, rest = found.groups()
        if sign and prefix.lower() in _NAMES_TOO.split():
            continue
        if not sign and (found[0].lower() in _NO_PREFIX.split() or rest.lower() not in sastrawi_roots()):
            continue
        for other in [each for each in ("", " ", "-") if each != sign]:
            kind = "prefix apart" if sign else "prefix joined"
            joined = rest if other or rest.isupper() else rest.lower()
            yield Change(kind, *found.span(), f"{prefix}{other}{joined}")
    for word in _SIGNED.split():
        for found in re.finditer(rf"\b{word}\b", title, re.IGNORECASE):
            yield Change("sign", *found.span(), found[0].replace("-", ""))
    yield from chain(_numbers(title), _ordinals(title))
    for found in _DEGREE.finditer(title):
        if len(found[0].replace(".", "")) > 2:
            yield Change("degree", *found.span(), found[0].replace(".", ""))


def _of_groups(kind: str, groups: list[tuple[str, ...]], title: str) -> Iterator[Change]:
    for group in groups:
        for form in group:
            for found in re.finditer(rf"\b{re.escape(form)}\b", title, re.IGNORECASE):
                for other in group:
                    if other != form:
                        yield Change(kind, *found.span(), other)


def _numbers(title: str) -> Iterator[Change]:
    for found in _GROUPED.finditer(title):
        currency, number = found[1] or "", int(found[2].replace(".", ""))
        yield Change("number grouped", *found.span(), f"{currency}{number}")
        for scale, worth in _SCALES.items():
            if number % worth == 0 and number // worth < 1000:
                yield Change("number grouped", *found.span(), f"{currency}{number // worth} {scale}")
    for found in _SCALED.finditer(title):
        currency, whole, part, scale = found[1] or "", found[2], found[3] or "", found[4].lower()
        number = int(whole + part) * _SCALES[scale] // 10 ** len(part)
        yield Change("number with word", *found.span(), f"{currency}{number:,}".replace(",", "."))
        yield Change("number with word", *found.span(), f"{currency}{number}")
        if not part and not currency and int(whole) <= 10:
            yield Change("number with word", *found.span(), f"{_UNITS.split()[int(whole)]} {scale}")


def _ordinals(title: str) -> Iterator[Change]:
    words = _ORDINALS.split()
    for found in _ORDINAL.finditer(title):
        number = int(found[1]) if found[1] else words.index(found[2].lower()) + 1
        if not found[1]:
            yield Change("ordinal", *found.span(), f"ke-{number}")
        elif 0 < number <= len(words):
            yield Change("ordinal", *found.span(), words[number - 1])
    for found in _AFTER.finditer(title):
        yield Change("Roman", *found.span(1), f"ke-{_ROMAN.split().index(found[1]) + 1}")


def _holds(body: str, form: str) -> bool:
    """Whether a text holds a form; words apart or with a hyphen are the same here, as in an index."""
    parts = re.split(r"[\s-]+", form)
    return re.search(rf"(?<!\w){'[ -]+'.join(map(re.escape, parts))}(?!\w)", body, re.IGNORECASE) is not None


def _groups(text: str) -> list[tuple[str, ...]]:
    return [
        tuple(map(str.strip, group.split(",")))
        for line in text.split("\n")
        for group in line.split(";")
        if group.strip()
    ]


_GROUPS = {"compound": _groups(_COMPOUNDS), "loan": _groups(_LOANS), "name": _groups(_NAMES)}


def respelt(title: str, body: str) -> Iterator[Change]:
    """Which names of a headline may be spelt otherwise, likewise."""
    for change in _of_groups("spelling", _groups(_SPELT), title):
        if _holds(body, title[change.start : change.end]) and not _holds(body, change.other):
            yield change


def asked() -> list[Asked]:
    """The questions, the same ones in every run."""
    return questions(changes, _MOST)


def variant_sets() -> list[RelevanceSet]:
    """``variants``, and ``variants_base``: the same questions as printed.

    :raises DataMissingError: if the news archive is not there.
    """
    return as_sets("variants", asked())


def name_sets() -> list[RelevanceSet]:
    """``names``, with one name spelt otherwise, and ``names_base``.

    :raises DataMissingError: if the news archive is not there.
    """
    return as_sets("names", questions(respelt, 5 * _MOST))


if __name__ == "__main__":
    for each in asked():
        print(each.kind, each.article, each.text, each.rewritten, sep="\t")
    sys.exit()
