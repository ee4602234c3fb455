"""Entries of a blog on Blogger, as it exports them: which are articles, and what their labels are.

Its older export marks entries by categories of a scheme of Google's and drafts as the Atom Publishing
Protocol does; the one of Google Takeout has elements of its own.
"""

from __future__ import annotations

from typing import Any

from index.messages import N_, _
from index.sources.systems.feeds import Children, first_text
from index.sources.systems.fields import plain

_KIND = "http://schemas.google.com/g/2005#kind"
_KINDS = {
    "comment": N_("komentar"),
    "settings": N_("setelan blog"),
    "template": N_("tema blog"),
}
_STATES = {
    "draft": N_("konsep (draft)"),
    "scheduled": N_("dijadwalkan terbit"),
    "soft_trashed": N_("di tempat sampah"),
}


def why_left_out(children: Children) -> str:
    """Why an entry is no article that everybody may read, ``""`` if it is one, or none of Blogger's."""
    kind = first_text(children, "blogger:type").lower() or _kind(children)
    if kind not in ("", "post", "page"):
        return _(_KINDS[kind]) if kind in _KINDS else _("bagian dari situs ({kind})", kind=kind[:40])
    state = first_text(children, "blogger:status").lower()
    if state not in ("", "live"):
        return _(_STATES[state]) if state in _STATES else _("berstatus {state}", state=state[:40])
    for control in children.get("app:control", ()):
        if any(draft.text == "yes" for draft in control.iterchildren("{*}draft")):
            return _("konsep (draft)")
    return ""


def labels_of(children: Children) -> list[str] | None:
    """The labels of an entry, ``None`` if Blogger did not write it."""
    if not _kind(children) and "blogger:type" not in children:
        return None
    names = [
        plain(category.get("term") or "")
        for category in children.get("category", ())
        if category.get("scheme") != _KIND
    ]
    return [name for name in dict.fromkeys(names) if name]


def path_of(children: Children) -> str:
    """The address of an entry within its blog, ``""`` if it is not said."""
    return first_text(children, "blogger:filename")


def _kind(children: Children) -> str:
    for category in children.get("category", ()):
        if category.get("scheme") == _KIND:
            term: Any = category.get("term") or ""
            return str(term).rsplit("#", 1)[-1].lower()
    return ""
