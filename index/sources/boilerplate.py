"""Says which lines of a scraped page are not the article: teasers, comment forms, share buttons."""

from __future__ import annotations

import re
import string

from index.sources.insertions import (
    STARTS,
    cut_inside,
    cut_last_sentences,
    is_insertion,
    may_hold_insertions,
)
from index.sources.losses import note_cuts

_MARK = r"[\s>»•*#\[(\"“‘'+|=:👉➡️-]{0,12}"

_TEASER = re.compile(
    rf"""{_MARK}(?:
        (?:baca|lihat|simak|tonton|saksikan|dengarkan)\s?(?:juga|pula|selengkapnya|lainnya)\b
            (?: \s?[:;–—|-] | \s?\] | \s(?:video|infografis|foto|berita|artikel|(?:di\s|pada\s)?halaman
                |di\ssini|["“'‘]) | $ )
      | baca\s?juga\b | also\sread\b | read\s(?:also|more)\b\s?: | see\salso\s?:
      | (?:artikel|berita|konten)\s(?:terkait|lainnya|menarik\slainnya|rekomendasi|pilihan)\s?(?: : | $ )
      | (?:simak|tonton|saksikan|lihat)\s(?:live|video|foto|tayangan)\b
      | pilihan\seditor\s?: | rekomendasi\suntuk\sanda\b | related\s(?:posts?|news|articles?)\s?(?: : | $ )
      | halaman\s(?:selanjutnya|berikutnya)\b | selanjutnya\s?:\s | next\sarticle\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TEASER_LABEL = re.compile(
    rf"""{_MARK}(?:
            (?:baca|lihat|simak)\s?juga | (?:artikel|berita)\sterkait | also\sread | read\salso | related
        )
        \s?[:;\]]?{_MARK}""",
    re.IGNORECASE | re.VERBOSE,
)
_FORM_STARTS = re.compile(
    r"(?:tinggalkan (?:balasan|komentar)|leave a (?:reply|comment)|discussion about this post|beri komentar"
    r"|tulis komentar|batalkan balasan|cancel reply|post a comment|kirim komentar)\b[\w\s]{0,20}[.:*]?",
    re.IGNORECASE,
)
_SHARE_BUTTON = (
    r"(?:share|bagikan|facebook|twitter|x|whatsapp|telegram|line|linkedin|pinterest|email|copy\slink"
    r"|salin\stautan|tweet|instagram|pin)"
)
_CHANNEL = r"(?:google\snews|saluran\swhatsapp|whatsapp\schannel|kanal\stelegram|wa\schannel)"
_NOT_ARTICLE = re.compile(
    rf"""{_MARK}(?:
        # comment forms
        (?:alamat\s(?:e-?mail|surel)\sanda\stidak\sakan|your\semail\saddress\swill\snot)\s .{{0,100}}
      | (?:ruas|kolom)\syang\swajib\sditandai .{{0,20}} | required\sfields\sare\smarked .{{0,20}}
      | simpan\snama,\semail .{{0,120}} | save\smy\sname,\semail .{{0,120}}
      | (?:nama|name|email|e-mail|surel|situs\sweb|website|komentar|comment)\s?\*
        # share buttons
      | klik\suntuk\s(?:berbagi|membagikan|mencetak|mengirim) .{{0,120}}
      | click\sto\s(?:share|print|email) .{{0,120}}
      | (?:bagikan|sebarkan|share)(?:\s(?:artikel|berita|ke|ini|this|on|via|post)\b .{{0,40}})?\s?:?
      | (?:{_SHARE_BUTTON}[\s,|/•]{{0,3}}){{1,12}}
      | (?:suka\sini|like\sthis)\s?:? .{{0,20}} | (?:menyukai|suka)\s+memuat\.{{0,3}} | loading\.{{0,3}}
      | (?:ikuti|follow|dapatkan|simak|cek|temukan)\b .{{0,100}} \b{_CHANNEL}\b .{{0,100}}
        # counters, advertisements, pictures and videos
      | post\sviews\s?: .{{0,12}} | (?:dibaca|dilihat|views?)\s?:?\s?[\d.,]{{1,12}}(?:\s(?:kali|x|views?))?
      | advertisements? | iklan | adv(?:ertorial)?
      | scroll\sto\scontinue\swith\scontent | (?:lanjut\s)?scroll\suntuk\smelanjutkan .{{0,20}}
      | (?:gambas|img|video|embed|caption)[.:\s][^\]\n]{{0,60}}\]\\? | video\s?:\s .{{0,120}}
      | foto\s?:\s?(?:istimewa|ist|dok(?:\.|umentasi)?|net)\b .{{0,40}}
        # page furniture
      | (?:tags?|topik|kata\skunci)\s?:\s .{{0,150}}
      | (?:copyright|hak\scipta|©) .{{0,100}} | all\srights\sreserved .{{0,40}}
      | dilarang\s(?:keras\s)?mengambil\sdan .{{0,160}}
      | daftar\sisi | daftar\sakun | previous\spost | next\spost
      | (?:pos|navigasi)\s(?:sebelumnya|berikutnya|pos)
    )\s?[\])]?\s?""",
    re.IGNORECASE | re.VERBOSE,
)
# What the lines begin with that the patterns above may match: most lines begin with none of it.
_FIRST_WORDS = tuple(
    re.findall(
        r"\S+",
        """
        baca lihat simak tonton saksikan dengarkan also read see artikel berita konten pilihan rekomendasi
        related halaman selanjutnya next alamat your ruas kolom required simpan save nama name email e-mail
        surel situs website komentar comment klik click bagikan sebarkan share facebook twitter whatsapp
        telegram line linkedin pinterest copy salin tweet instagram pin suka like menyukai memuat loading
        ikuti follow dapatkan cek temukan post dibaca dilihat view adv iklan scroll lanjut
        gambas img video embed caption foto tag topik kata copyright hak all dilarang daftar previous pos
        navigasi tinggalkan leave discussion beri tulis batalkan cancel kirim
        """,
    )
)
_LONGEST_WORD = max(map(len, _FIRST_WORDS))
_BY_START = {
    spelling: tuple(other for other in _FIRST_WORDS if other[:2] == word[:2])
    for word in _FIRST_WORDS
    for spelling in (word[:2], word[:2].upper(), word[:2].title(), word[0] + word[1].upper())
}
_PLAIN_LETTERS = frozenset(string.ascii_letters) - set("xX")
_PLAIN_STARTS = _PLAIN_LETTERS | set(string.digits)
_STARTS = STARTS | {word[:3] for word in _FIRST_WORDS}
_MARKS = " >»•*#[(\"“‘'+|=:👉➡\ufe0f-"
_RULE_LINE = re.compile(r"[\s*=_~#•·|+\\/<>\[\]–—-]{1,320}|\(\*{1,3}\)")
_END_MARK = re.compile(
    r"""\s*(?:
        [\[(](?:\*{1,3}|red|redaksi|adv|advertorial|ant|end)[\])]
      | (?:…|\.{3})?\s?\[\+?\d{1,7}\schars\]  # cut by the interface it was asked of
      | (?<=[.!?"”’'\])])\s?\*{1,4} | \s\*{1,4} | ={3,}
    )\s*\.?$""",
    re.IGNORECASE | re.VERBOSE,
)
_MARK_IN_BRACKETS = re.compile(r"[\[(](?:\*|red|adv|ant|end|\+?\d{1,7}\schars)", re.IGNORECASE)
_MARK_AND_SLOGAN = re.compile(r"\s*\(\*{1,3}\)\s*(?P<more>[^\n()]{1,180})$")
_LONGEST_SLOGAN = 200
_TAIL_TEASERS = re.compile(
    r"\s*\b(?:Baca [Jj]uga|BACA JUGA) ?:(?:(?![.!?] [A-Z]|\b[Bb]aca [Jj]uga ?:)[^\n]){3,160}$"
)
_TEASER_LABELS = ("aca juga:", "aca juga :", "aca Juga:", "aca Juga :", "ACA JUGA:", "ACA JUGA :")
_END_CHARS = frozenset(")]*=")
_AFTER_MARKS = " .=*"
_LONGEST_MARK = 24
_TAIL_LENGTH, _MOST_MARKS = 600, 10
_LONGEST = 320
_FORM_TAIL = 3000


def keep_article(lines: list[str]) -> list[str]:
    """The lines that are the article. Blank lines stay.

    :param lines: of the whole text, tidy, without line ends.
    """
    kept: list[str] = []
    after_label = False
    has_insertions = may_hold_insertions("\n".join(lines))
    for number, whole in enumerate(lines):
        if not whole:
            kept.append("")
            continue
        line = cut_inside(whole) if has_insertions and may_hold_insertions(whole) else whole
        core = line if line[:1] in _PLAIN_LETTERS else line.lstrip(_MARKS)
        if not after_label and core[:1] in _PLAIN_LETTERS and core[:3].lower() not in _STARTS:
            kept.append(line)  # the rule; the same as below
            continue
        stripped = line.strip()
        if not stripped and whole.strip():
            continue
        if not stripped:
            kept.append("")
            continue
        if len(stripped) <= _LONGEST:
            if after_label and len(stripped) <= 200 and stripped[-1] not in '.!?"”':
                after_label = False
                continue
            after_label = False
            if _may_be_furniture(stripped):
                if _FORM_STARTS.fullmatch(stripped) and any(kept) and _are_few(lines[number + 1 :]):
                    break
                if _is_noise(stripped):
                    after_label = bool(_TEASER_LABEL.fullmatch(stripped))
                    continue
        if is_insertion(stripped):
            continue
        kept.append(line)
    kept = cut_last_sentences(kept)
    note_cuts(lines, kept)
    return kept


def _are_few(lines: list[str]) -> bool:
    """Whether no more follows than a form of comments."""
    return sum(map(len, lines)) <= _FORM_TAIL


def cut_all_end_marks(paragraphs: list[str]) -> list[str]:
    """Paragraphs without what :func:`cut_end_marks` cuts."""
    return [
        # Most end with a full stop after a letter and name nothing to read.
        text
        if ":" not in text and "*" not in text and _END_CHARS.isdisjoint(text[-3:])
        else cut_end_marks(text)
        for text in paragraphs
    ]


def cut_end_marks(text: str) -> str:
    """A paragraph without what an editor's system leaves at its end: ``[Red]``, ``(*)``, a lone ``*``.

    Teasers glued to it go too, where they plainly run to its end.
    """
    marked = "(*" in text[-_LONGEST_SLOGAN:]
    if not marked and _END_CHARS.isdisjoint(text[-3:]) and not _has_teaser(text[-_TAIL_LENGTH:]):
        return text
    head, tail = text[:-_TAIL_LENGTH], text[-_TAIL_LENGTH:]
    if marked and (match := _MARK_AND_SLOGAN.search(tail)) and _is_slogan(match["more"]):
        tail = tail[: match.start()]
    for _ in range(_MOST_MARKS):
        before = tail
        tail = _without_teasers(_without_mark(tail)).rstrip()
        if tail == before:
            break
    note_cuts([text], [head + tail])
    return head + tail


def _is_slogan(more: str) -> bool:
    """Whether what stands behind the mark of an article's end is what its site says on every page."""
    return more.startswith("!!") or not any(map(str.isalnum, more)) or is_insertion(more) or _is_noise(more)


def _without_mark(tail: str) -> str:
    end = tail[-3:]
    if _END_CHARS.isdisjoint(end):
        return tail
    first = max(0, len(tail.rstrip(_AFTER_MARKS)) - _LONGEST_MARK)
    if "*" not in end and "=" not in end and not _MARK_IN_BRACKETS.search(tail, first):
        return tail  # most brackets hold a day, or what an acronym stands for
    match = _END_MARK.search(tail, first)
    return tail[: match.start()] if match else tail


def _without_teasers(tail: str) -> str:
    if not _has_teaser(tail):
        return tail
    first = min(place for label in _TEASER_LABELS if (place := tail.find(label)) >= 0)
    match = _TAIL_TEASERS.search(tail, len(tail[: max(0, first - 1)].rstrip()))
    return tail[: match.start()] if match else tail


def _has_teaser(tail: str) -> bool:
    """Whether :data:`_TAIL_TEASERS` may match: most paragraphs with a colon do not speak of reading."""
    return (
        ":" in tail and ("aca " in tail or "ACA " in tail) and any(label in tail for label in _TEASER_LABELS)
    )


def _may_be_furniture(line: str) -> bool:
    """Whether a line may be something else than the article, by how it begins. Quick."""
    core = line if line[0].isalpha() else line.lstrip(_MARKS)
    if words := _BY_START.get(core[:2]):
        return core[:_LONGEST_WORD].lower().startswith(words)
    # A button is called X, a rule has neither letter nor digit, and beyond ASCII cases are many.
    return core[:1] not in _PLAIN_STARTS


def _is_noise(line: str) -> bool:
    return bool(_TEASER.match(line) or _NOT_ARTICLE.fullmatch(line) or _RULE_LINE.fullmatch(line))
