"""Finds reporter and editor in the lines around a report (``Reporter: ...``, ``(nama/nama)``)."""

from __future__ import annotations

import re

from index.sources.dateline import domain_of

_ROLES = {
    "author": "reporter|penulis|pewarta|wartawan|jurnalis|kontributor|koresponden|oleh|ditulis oleh|laporan"
    "|diposting oleh|diposkan oleh|dilaporkan oleh|dipublikasikan oleh|posted by|written by"
    "|author|writer|by|teks|naskah",
    "editor": "editor|penyunting|redaktur|redaktur pelaksana|disunting oleh|edited by",
    "": "penerjemah|fotografer|foto|sumber|uploader|pengunggah|diunggah oleh|copywriter|videografer|produser"
    "|ilustrator|grafis|desain grafis",
}
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split("|")}
# A capitalised label may be glued to the name before it, where a page was stripped of its tags.
_LABEL = re.compile(
    rf"(?:\b(?i:(?P<label>{'|'.join(re.escape(word) for word in _ROLE_OF)}))"
    r"|(?<=[a-z])(?P<glued>Pewarta|Reporter|Penulis|Editor|Penerjemah|Uploader))\s?:\s?"
)
_BY_LINE = re.compile(
    r"(?:oleh|by|(?:ditulis|diposting|diposkan|dilaporkan)\soleh|(?:posted|written)\sby)\s(?P<name>[A-Z].{2,50})",
    re.IGNORECASE,
)
_REPORT_LINE = re.compile(
    r"""laporan\s (?:(?:wartawan|reporter|jurnalis|kontributor)\s?)?
        (?:[^,|:]{0,40}?[,:]\s?)?                # the publisher
        (?P<name>[^,|:]{3,50}?)
        \s?(?:(?:\||\bI\s)\s?[\w\s]{3,40})?    # the place, behind a bar or what was typed for one""",
    re.IGNORECASE | re.VERBOSE,
)
_SIGNED = re.compile(
    r"""\s*[(\[](?P<names>
        [A-Za-z][\w.'’ ]{0,30} (?:\s?/\s?[\w.'’ -]{1,30}){1,3}
      | [a-z]{2,5}
      | ditulis\soleh\s[^()\n]{3,40}
      | [A-Z][\w.'’]{1,30} (?:\s[A-Z][\w.'’]{1,30}){1,3}
    )[)\]][.*]?\s*$""",
    re.IGNORECASE | re.VERBOSE,
)
_TAIL = re.compile(
    r"(?:Pewarta|Reporter|Penulis|Penerjemah|Editor)\s?:\s?[^:\n]{2,60}"
    r"(?:(?:Pewarta|Reporter|Penulis|Penerjemah|Editor|Uploader)\s?:\s?[^:\n]{2,60}){0,3}$"
)
_COPYRIGHT = re.compile(r"\s*COPYRIGHT\s?(?:©|\(c\))\s?[\w ]{0,20}\d{4}\.?\s*$", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’,/&\s-]{1,58}")
_SENTENCE = re.compile(r"[.!?]\s+\S+\s+\S+\s+\S+\s")
# Academic degrees and other titles, whose full stops end no sentence and whose words are no names.
_DEGREE = re.compile(
    r"\b(?:Prof|Dr|dr|drg|Drs|Dra|Ir|Hj?|KH|Tgk|Ust|R|Rr|St|Moh?|Muh|Abd)\.(?=\s)"
    r"|,?\s?\b(?:[A-Z][A-Za-z]{0,4}\.){1,3}(?:[A-Z][A-Za-z]{0,4}\b\.?)?(?=,|\s|$)"
)
_DEGREE_END = re.compile(r"\.[A-Z][A-Za-z]{0,4}\.$")
# What the lines begin with that _REPORT_LINE and _BY_LINE match.
_STARTS = frozenset(("la", "ol", "by", "di", "po", "wr"))
_MOST_WORDS = 7
_BRACKET_ENDS = frozenset(")]")


class Byline:
    """Who wrote and who edited, as lines come in; the first name found for a role stays."""

    def __init__(self) -> None:
        self.author = ""
        self.editor = ""

    def take(self, line: str) -> bool:
        """Read a whole line.

        :returns: whether it is nothing but a byline, and so no part of the article.
        """
        if len(line) > 160:
            return False
        stripped = line.replace("*", "").strip(" _|=-–—\t")
        if ":" in stripped and self._labelled(stripped):
            return True
        if stripped[:2].lower() not in _STARTS:
            return False
        match = _REPORT_LINE.fullmatch(stripped) or _BY_LINE.fullmatch(stripped)
        if match and not stripped.endswith(".") and all(word[0].isupper() for word in match["name"].split()):
            return self._set("author", match["name"])
        return False

    def cut_from_end(self, text: str) -> str:
        """Take a byline glued to the end of the last paragraph off it, and return the rest."""
        # Each pattern is tried only where what it ends with is there: most texts end with none of them.
        tail = text[-300:]
        if "copyright" in tail.lower():
            text = text[:-200] + _COPYRIGHT.sub("", text[-200:])
        if (
            ":" in tail
            and (match := _TAIL.search(text, max(0, len(text) - 300)))
            and self._labelled(match[0])
        ):
            text = text[: match.start()].rstrip()
        if _BRACKET_ENDS.intersection(text.rstrip()[-2:]):
            match = _SIGNED.search(text, max(0, len(text) - 120))
            if match and self._signed(match["names"], text[: match.start()]):
                text = text[: match.start()].rstrip()
        return text

    def _labelled(self, line: str) -> bool:
        if not _LABEL.match(line):
            return False
        labels = list(_LABEL.finditer(line))
        ends = [label.start() for label in labels[1:]] + [len(line)]
        names = [line[label.end() : end].strip(" |,;/") for label, end in zip(labels, ends, strict=True)]
        if not all(_looks_like_name(name) for name in names):
            return False
        for label, name in zip(labels, names, strict=True):
            self._set(_ROLE_OF[(label["label"] or label["glued"]).lower()], name)
        return True

    def _signed(self, names: str, before: str) -> bool:
        parts = [part.strip() for part in names.split("/")]
        if names.lower().startswith("ditulis oleh "):
            return self._set("author", names[13:])
        if len(parts) == 1:
            # In mid-sentence it explains a word; after a full stop it is a signature.
            if before and not before.endswith((".", "!", "?", '"', "”")):
                return False
            if " " not in names:
                return names.islower() and len(names) <= 4
            return all(word[0].isupper() for word in names.split()) and self._set("author", names)
        # Initials are taken off the text; as a name they would tell a reader nothing.
        if all(len(part) <= 4 for part in parts):
            return all(part.isalpha() for part in parts)
        if any(not _looks_like_name(part) for part in parts):
            return False
        self._set("author", parts[0])
        self._set("editor", parts[1])
        return True

    def _set(self, role: str, name: str) -> bool:
        name = " ".join(name.split()).strip(" ,-–—|/")
        name = name if _DEGREE_END.search(name) else name.strip(" .,-–—|/")
        if not _looks_like_name(name):
            return False
        if role == "author":
            self.author = self.author or name
        elif role == "editor":
            self.editor = self.editor or name
        return True


def _looks_like_name(text: str) -> bool:
    if not _NAME.fullmatch(text) or domain_of(text):
        return False
    plain = _DEGREE.sub("", text) if "." in text else text
    return len(plain.split()) <= _MOST_WORDS and not _SENTENCE.search(plain)
