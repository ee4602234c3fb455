"""Knows what stands around and inside an article without being it: forms, dialogs, other headlines, captions.

The extractor knows most of it; this is what it leaves in. An element that holds the headline, or much of the
page's text, stays whatever it is called.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from index.sources.dates import parse_date
from index.sources.letters import NOT_LETTERS
from index.sources.markup import drop

_CALLED = frozenset(
    re.findall(
        r"[\w-]+",
        """
        modal popup popups dialog overlay lightbox toast login signin signup register registrasi
        newsletter subscribe subscription subscriber langganan berlangganan comment comments
        komentar disqus respond related terkait recommended recommendation recommendations
        rekomendasi populer popular terpopuler trending cookie cookies consent verif verifikasi
        polling survey bacajuga artikelterkait beritaterkait relatedposts
        """,
    )
)
_JOINED = re.compile(
    r"baca[_-]?juga|(?:berita|artikel|post)s?[_-]?(?:terkait|lainnya)|related[_-]?(?:post|article|news|link)s?",
    re.I,
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_WORDS = re.compile(r"[^a-z]+")
_NEVER = frozenset({"html", "body", "main", "article", "head", "p", "a", "h1", "h2", "h3", "h4", "h5", "h6"})
_MOST_TEXT = 0.4
_LONGEST_CLASS = 500

_ASKS = re.compile(
    r"""\b(?:
        akun(?:nya|mu)? | profil(?:nya|mu)? | log[\s-]?in | sign\s(?:in|up)
      | masuk\s(?:ke|dengan|untuk|sekarang) | (?:men)?daftar(?:kan)?\s(?:sekarang|gratis|diri|akun|di\ssini)
      | registrasi | (?:ber)?langganan | pelanggan | subscribe | newsletter | buletin | surel | e-?mail
      | kata\ssandi | password | verifikasi | komentari? | notifikasi | (?:unduh|download|instal)\saplikasi
      | aplikasi\skami | syarat\s(?:dan|&)\sketentuan | kebijakan\sprivasi | cookies?
      | ikuti\s(?:kami|akun|kanal) | akses\s(?:penuh|tanpa\sbatas) | kotak\smasuk | premium
      | klik\s(?:di\s?sini|tombol) | nomor\s(?:ponsel|hp|telepon)\sanda | formulir
      | isi\s(?:data|profil|form) | setuju | dapatkan\s(?:berita|kabar|info)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_CONTROLS = ("input", "button", "select", "textarea", "form")
_LABEL = re.compile(
    r"[\W_]*(?:baca|lihat|simak|tonton|artikel|berita|konten|topik|kabar|tulisan|read|related|see|also|more)\s?"
    r"(?:juga|pula|terkait|lainnya|lain|selengkapnya|sebelumnya|terbaru|terpopuler|populer|pilihan|rekomendasi|also|more"
    r"|news|articles?|posts?|stories)?[\w\s]{0,20}[\s:;»>]*",
    re.IGNORECASE,
)
_LABEL_WORDS = re.compile(
    r"juga|pula|terkait|lain(?:nya)?|pilihan|rekomendasi|populer|terbaru|related|also|more", re.IGNORECASE
)
_PICTURE_NAMES = re.compile(
    r"(?:caption|credit|kredit|keterangan[_-]?foto|foto[_-]?(?:ket|cap)|photo[_-]?(?:by|desc))", re.IGNORECASE
)
_PHOTO = re.compile(
    r"(?:foto|gambar|ilustrasi|photo|image|infografis)\s?(?:oleh|by|ilustrasi|udara|arsip|:|/)|(?:sumber|kredit|dok\.?|credit)\s?(?:foto|gambar|photo|:)"
    r"|.{0,250}[(\[](?:(?:sumber\s|kredit\s)?(?:foto|dok|photo|ilustrasi|ist|istimewa|arsip|ant|antara|ap|afp|reuters|getty|shutterstock|unsplash|pexels"
    r"|freepik|pixabay|instagram|twitter|youtube)\b[^)\]]{0,80}|[^)\]]{1,50}/[^)\]]{1,50})[)\]]\.?\s*$",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"\b\d{1,2}[\s./-](?:\d{1,2}|[A-Za-z]{3,9})[\s./-]\d{4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[.:]\d{2}\s?WI(?:B|TA|T)\b"
)
_LONGEST_CAPTION, _LONGEST_STAMP = 300, 90


def drop_furniture(tree: Any) -> None:
    """Take elements out of a page's tree, in place, that are called or made as no article is."""
    body = tree.find("body")
    whole = _size(body if body is not None else tree)
    for element in list(tree.iter(*_FORMS)):
        if element.getparent() is None or element.tag in ("html", "body"):
            continue
        is_large = _size(element) > _MOST_TEXT * whole
        if element.tag == "form" and (is_large or _holds_headline(element)):
            element.tag = "div"  # around the whole page
        elif not is_large and not _holds_headline(element):
            drop(element)
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in _NEVER or element.getparent() is None:
            continue
        named = _names(element)
        if (
            not named
            and element.get("role") not in ("dialog", "alertdialog")
            and not element.get("aria-modal")
        ):
            continue
        is_comment = "comment" in named or "komentar" in named
        if _holds_headline(element) or (not is_comment and _size(element) > _MOST_TEXT * whole):
            continue
        drop(element)


_FORMS = ("form", "dialog", "select", "textarea", "button")


def _names(element: Any) -> str:
    """The word of class or id that tells furniture, or ``""``."""
    written = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_CLASS]
    if len(written) < 4:
        return ""
    words = _NOT_WORDS.split(_CAMEL.sub("-", written).lower())
    told = next((word for word in words if word in _CALLED), "")
    joined = _JOINED.search(written) if not told else None
    return told or (joined[0] if joined else "")


def _size(element: Any) -> int:
    return sum(len(text) for text in element.itertext())


def _holds_headline(element: Any) -> bool:
    return element.find(".//h1") is not None or element.find(".//*[@itemprop='articleBody']") is not None


def asks_for_something(element: Any, text: str, fewest: int) -> bool:
    """Whether a box asks a reader to sign in, to subscribe, to comment.

    :param text: of the element.
    :param fewest: different words about that which it must have; one less beside fields and buttons.
    """
    has_controls = element is not None and any(element.find(f".//{tag}") is not None for tag in _CONTROLS)
    words = {match[0].lower() for match in _ASKS.finditer(text[:5000])}
    return len(words) >= fewest - has_controls


def is_stamp(text: str) -> bool:
    """Whether a line above an article says who put it there, and when."""
    return len(text) <= _LONGEST_STAMP and bool(_STAMP.search(text))


def day_of_stamp(text: str) -> date | None:
    """The day in such a line."""
    match = _STAMP.search(text) if is_stamp(text) else None
    return parse_date(match[0]) if match else None


def is_label(text: str) -> bool:
    """Whether a line announces other articles: ``Baca juga:``, ``Berita Terkait``."""
    return len(text) <= 60 and bool(_LABEL.fullmatch(text) and _LABEL_WORDS.search(text))


def is_caption(element: Any, text: str) -> bool:
    """Whether a line says what a picture shows or who took it."""
    if len(text) > _LONGEST_CAPTION:
        return False
    around = element
    for _ in range(3):
        if around is None or not isinstance(around.tag, str):
            break
        if around.tag == "figcaption":
            return True
        if _PICTURE_NAMES.search(f"{around.get('class') or ''} {around.get('id') or ''}"[:_LONGEST_CLASS]):
            return len(NOT_LETTERS.sub("", "".join(around.itertext()))) <= _LONGEST_CAPTION
        around = around.getparent()
    return _is_beside_picture(element) and bool(_PHOTO.match(text))


def _is_beside_picture(element: Any) -> bool:
    """Whether a picture stands in an element or right before it."""
    if element.find(".//img") is not None:
        return True
    before = element.getprevious()
    while before is not None and before.tag == "br":
        before = before.getprevious()
    return before is not None and (before.tag in ("img", "figure", "picture") or _is_only_picture(before))


def _is_only_picture(element: Any) -> bool:
    return (
        element.find(".//img") is not None
        and _size(element) <= _LONGEST_CAPTION
        and not "".join(element.itertext()).strip()
    )
