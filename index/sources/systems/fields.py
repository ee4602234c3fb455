"""Fields that hold HTML without saying so: titles, names and texts of feeds and content systems."""

from __future__ import annotations

import html
import re
from html import escape
from urllib.parse import urljoin

_INLINE = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|mark|p|q|s|small|span|strong|sub|sup|u)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_ANY_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]{0,4000})?/?>", re.IGNORECASE)
_MAIL = r"[\w.+-]{1,100}@[\w-]+(?:\.[\w-]+)+"
_MAIL_AND_NAME = re.compile(rf"\s*{_MAIL}\s*\(([^()]*)\)\s*|([^<>]*?)\s*<{_MAIL}>\s*|\s*{_MAIL}\s*()")
_DOTS = r"(?:…|\.\.\.|&hellip;|&#8230;|&#x2026;)"
_CUT = re.compile(
    rf"(\[\s?{_DOTS}\s?\]|<a\b[^<>]*>[^<>]{{0,40}}"
    r"(?:selengkapnya|read more|continue reading|lanjut(?:kan)? (?:mem)?baca)"
    rf"[^<>]{{0,200}}(?:<span\b[^<>]*>[^<>]*</span>)?[^<>]*</a>|{_DOTS})$",
    re.IGNORECASE,
)
_LONGEST_CUT, _MOST_MARKS = 600, 10
_LONGEST_NAME = 500


def plain(text: str) -> str:
    """One line of text out of a title or a name: without tags, entities decoded. ``5 < 6`` stays."""
    if "<" in text:
        text = _INLINE.sub(lambda tag: " " if "br" in tag[0][:4] else "", text)
    return " ".join((html.unescape(text) if "&" in text else text).split())


def has_tags(text: str) -> bool:
    """Whether a text holds any tag of HTML."""
    return "<" in text and bool(_ANY_TAG.search(text))


def markup_of(text: str) -> str:
    """A field that may hold HTML: HTML in one ``div`` if it does, else plain text with entities decoded."""
    if has_tags(text):
        return f"<div>{text}</div>"
    return html.unescape(text) if "&" in text else text


def with_picture(body: str, address: str, shown: str) -> str:
    """A text made by :func:`markup_of` with a picture behind its last word."""
    if not body.startswith("<div>"):
        body = "<div>{}</div>".format("".join(f"<p>{escape(line)}</p>" for line in body.split("\n") if line))
    picture = f'<figure><img src="{escape(address)}" alt="{escape(shown)}"></figure>'
    return f"{body.removesuffix('</div>')}{picture}</div>"


def resolved(base: str, address: str) -> str:
    """An address that may be relative to another, as it is where it is none that can be joined."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def person(text: str) -> str:
    """The name of somebody who is named as in mail (``ana@contoh.id (Ana)``); a bare mail address is none."""
    text = text.strip()[:_LONGEST_NAME]
    match = _MAIL_AND_NAME.fullmatch(text)
    return plain(next(filter(None, match.groups()), "")) if match else plain(text)


def beginning_of(text: str) -> tuple[str, bool]:
    """A text without the mark that more of it is elsewhere (``[…]``, a link to read on); whether it had one.

    Dots without brackets may be the author's: they are a sign of it, and stay.
    """
    kept, closing, is_cut = text.rstrip(), "", False
    for _number in range(_MOST_MARKS):
        if kept.endswith(("</p>", "</div>")):
            tag = kept[kept.rindex("<") :]
            kept, closing = kept.removesuffix(tag).rstrip(), tag + closing
        elif found := _CUT.search(kept, max(len(kept) - _LONGEST_CUT, 0)):
            is_cut = True
            if found[1][0] not in "[<":
                break
            kept = kept[: found.start()].rstrip()
        else:
            break
    return (kept + closing, True) if is_cut else (text, False)


def believed_language(tag: str) -> str:
    """A language tag. English is left to the text to say: systems name it by default, whatever is written."""
    return "id" if tag[:2].lower() == "en" else tag
