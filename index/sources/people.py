"""Names of people as they are written beside an article: without their role, never the name of the site.

Degrees stay with the name, so a comma parts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.sources.dateline import domain_of
from index.sources.letters import letters_of

_WRITER = (
    r"(?:penulis|pewarta|reporter|wartawan|jurnalis|kontributor|koresponden|author|writer|by|oleh|teks|naskah"
    r"|(?:di)?(?:tulis|laporkan|posting|posted|unggah|terbitkan|publikasikan)\s?(?:kan)?\s(?:oleh|by)"
    r"|(?:written|posted|published|reported)\sby|laporan(?:\s(?:wartawan|reporter|jurnalis|kontributor))?)"
)
_EDITOR = r"(?:editor|penyunting|redaktur(?:\spelaksana)?|(?:di)?sunting\soleh|edited\sby)"
_ANY_ROLE = rf"(?:{_WRITER}|{_EDITOR}|uploader|pengunggah|foto|fotografer|penerjemah)"
_LABELLED = re.compile(rf"\s*{_ANY_ROLE}(?:\s?[/&]\s?{_ANY_ROLE})?\s?[:：]\s*", re.IGNORECASE)
# Without a colon only words that no name begins with.
_BEFORE_NAME = re.compile(
    r"\s*(?i:pewarta|reporter|penulis|wartawan|jurnalis|penyunting|redaktur|oleh|by|editor"
    r"|(?:kontributor|koresponden)(?!\s[^,]{0,60},)"  # ``Kontributor Ciamis, Ana Sari``: whose, not only what
    r"|laporan\s(?:wartawan|reporter|jurnalis|kontributor)"
    r"|(?:di)?(?:tulis|posting|laporkan|unggah|terbitkan|publikasikan)\s(?:oleh|by)|(?:written|posted|published)\sby)"
    r"\s+(?=[^\W\d_])"
)
_AFTER_NAME = re.compile(
    r"\s+(?:di|pada|pukul|at|on)\s(?:pukul\s)?\d.*$"
    r"|\s+[-–—|•·/]\s.*$|\s*[|•·].*$"  # what stands behind a dash is his paper, or the day
    r"|[\s,(]+(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)\b.*$"
    r"|[\s,(]+\d{1,2}[\s/-](?:\d{1,2}|[a-z]{3,9})[\s/-]\d{2,4}\b.*$"
    r"|\s*[(<\[]?[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{1,40}[)>\]]?|\s*\(?@\w{2,30}\)?",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?:(?:super\s?)?admin(?:istrator)?|webmaster|web\s?admin|root|user(?:name)?|guest|tamu|anonim|anonymous|unknown|no\sname"
    r"|(?:tim\s|dewan\s|staf\s)?redaksi|tim\s(?:redaksi|liputan|web(?:site)?|media|it|editor|berita|news)|editor(?:ial)?"
    r"|newsroom|penulis|author|reporter|staff|humas)[\s_-]?\d{0,4}",
    re.IGNORECASE,
)
_ADMIN = re.compile(r"(?:super\s?)?admin(?:istrator)?[\s_-]?\d{0,4}|webmaster|root", re.IGNORECASE)
_COMPANY = re.compile(
    r"(?:^|[\s(])(?:PT|CV)\b\.?\s*[A-Z]|\bTbk\b|\bweb(?:site)?\s?(?:design|develop|master)|\bdesign\b.{0,5}\bdevelop"
    r"|\bdevelop(?:er|ment)\b|\bcyber\s?media\b|\bmedia\s(?:network|group|online|digital|siber)\b|\bcopyright\b|©"
    r"|\b(?:themes?|theme\w{4,}|templates?|powered)\b|\bInc\b|\bLtd\b|\bLLC\b|\bhttps?:",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"tim|redaksi|admin(?:istrator)?|redaktur|editor|media|online|cyber|siber|digital|network|group|grup|news|berita"
    r"|portal|official|indonesia|harian|koran|majalah|situs|website|web|net|com|co|id|info|www|the|press|pers|dot|mobile|team|developer|dev|it"
)
_LONGEST, _MOST_WORDS = 200, 14


def squashed(name: str) -> str:
    """Letters and digits of a name in lower case: ``Warta Lebak`` and ``wartalebak`` are one."""
    return letters_of(name).casefold()


def without_role(name: str) -> str:
    """A name without what stands before it to say what he did: ``Pewarta: Budi`` -> ``Budi``."""
    for _ in range(3):
        before = name
        match = _LABELLED.match(name) or _BEFORE_NAME.match(name)
        name = name[match.end() :] if match else name
        if name == before:
            break
    return name.strip(" :")


def person(name: str, sites: Iterable[str] = ()) -> str:
    """The name of a person as a page's byline has it, ``""`` if it is none.

    :param name: perhaps with role, paper and day around it.
    :param sites: names of site and publisher, which are no author.
    """
    name = " ".join(name[: 4 * _LONGEST].split())
    if len(name) > _LONGEST or "://" in name:
        return ""
    name = without_role(name)
    known = {squashed(site) for site in sites if site}
    first, *others = re.split(r"\s[-–—|]\s", name)
    if others and is_of_site(first, known):
        name = " - ".join(others)
    name = _AFTER_NAME.sub("", name).strip(" ,;:-–—|/")
    pieces = [piece for piece in name.split(",") if not is_of_site(piece, known)]
    name = ",".join(pieces).strip(" ,")
    if not any(char.isalpha() for char in name) or len(name.split()) > _MOST_WORDS:
        return ""
    if _ACCOUNT.fullmatch(name) or _COMPANY.search(name) or domain_of(name) or is_of_site(name, known):
        return ""
    return name


def named(name: str, sites: Iterable[str] = ()) -> str:
    """The name in a record's field: without role, and none where it is the site's or that of its maker.

    :param sites: as in :func:`person`. ``Redaksi`` stays: an owner wrote it there.
    """
    if not name:
        return ""
    known = {squashed(site) for site in sites if site}
    if _COMPANY.search(name) or is_of_site(name, known):
        return ""
    name = without_role(name)
    return "" if is_of_site(name, known) or _ADMIN.fullmatch(name) else name


def people(names: Iterable[str], sites: Iterable[str] = ()) -> str:
    """Several names as one text, each once."""
    sites = tuple(sites)
    found = [found for name in names if (found := person(name, sites))]
    return ", ".join(dict.fromkeys(found))[:_LONGEST]


def is_of_site(name: str, sites: Iterable[str]) -> bool:
    """Whether a name is that of a site, perhaps with words such as ``Redaksi`` and ``Online`` around it.

    :param sites: their names, :func:`squashed`.
    """
    if domain_of(name):
        return True
    letters = squashed(name)
    for site in sites:
        if len(site) > 2 and site in letters:
            rest = letters.replace(site, "", 1)
            if not _GENERIC.sub("", rest):
                return True
        elif len(letters) > 2 and letters == site:
            return True
    return False
