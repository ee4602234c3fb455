"""In words: a part of a score (what matched, where, and why it counts), and what decided a stem."""

from __future__ import annotations

from index.analysis.lexicon import Origin
from index.analysis.stemmer import Rule, Stem
from index.messages import N_, Translator

__all__ = ["describe", "describe_stem"]

_REASONS = {
    "term": N_("kata “{term}”"),
    "presence": N_("kata “{term}” yang jarang"),
    "expansion": N_("bentuk lain “{term}”"),
    "phrase": N_("frasa “{term}”"),
    "pattern": N_("kata yang cocok dengan pola {term}"),
    "fuzzy": N_("kata yang mirip dengan {term}"),
    "overlap": N_("kata “{term}” sebagian sudah tersirat oleh kata di dekatnya"),
    "fresh": N_("terbit sejak {term}"),
    "all_words": N_("semua kata ada"),
}
_ANSWERS = {
    "date": N_("memuat tanggal, seperti yang ditanyakan"),
    "number": N_("memuat angka di dekat kata yang ditanyakan"),
}
_FIELDS = {
    "title": N_("dalam judul"),
    "title_exact": N_("dalam judul, persis seperti diketik"),
    "body": N_("dalam isi"),
    "lead": N_("di awal isi"),
    "opening": N_("pada kata-kata pertama isi"),
    "body_exact": N_("dalam isi, persis seperti diketik"),
    "source": N_("dalam nama penerbit"),
    "place": N_("dalam nama tempat"),
    "author": N_("dalam nama penulis"),
}


def describe(why: str, field: str, term: str, translator: Translator) -> str:
    """One line for the owner of a site, without the number.

    :param why: as in :class:`~search.answer.ScorePart`; likewise ``field`` and ``term``.
    """
    if why == "answer" and term in _ANSWERS:
        return translator.gettext(_ANSWERS[term])
    if why not in _REASONS:
        return " ".join(word for word in (why, field, term) if word)
    reason = translator.gettext(_REASONS[why], term=term)
    where = translator.gettext(_FIELDS[field]) if field in _FIELDS else ""
    return f"{reason} {where}".strip()


_RULES = {
    Rule.PROTECTED: N_("dilindungi"),
    Rule.FIXED: N_("akar tetap"),
    Rule.NAME: N_("nama: dalam arsip {upper} kali berhuruf besar, {lower} kali berhuruf kecil"),
    Rule.ROOT: N_("kata dasar"),
    Rule.LOAN: N_("imbuhan pada kata serapan"),
    Rule.NUMBER: N_("bilangan"),
    Rule.REDUPLICATED: N_("kata ulang"),
    Rule.HYPHENATED: N_("kata ulang atau berimbuhan dengan tanda hubung"),
    Rule.UNKNOWN: N_("kata tak dikenal: tetap"),
    Rule.AS_WRITTEN: N_("ditulis apa adanya"),
    Rule.ACRONYM: N_("singkatan"),
    Rule.STOP_WORD: N_("kata henti"),
    Rule.QUESTION_WORD: N_("kata tanya"),
}


def describe_stem(stem: Stem, translator: Translator) -> str:
    """What decided a stem: ``imbuhan peng- -an``, ``dilindungi: bawaan:places.txt:8``."""
    reasons = []
    if stem.affixes:
        reasons.append(translator.gettext("imbuhan {affixes}", affixes=" ".join(stem.affixes)))
    if not stem.affixes or stem.rule not in (Rule.ROOT, Rule.UNKNOWN):
        upper, lower = map(translator.number, stem.seen)
        reason = translator.gettext(_RULES[stem.rule], upper=upper, lower=lower)
        reasons.append(f"{reason}: {_place(stem.origin, translator)}" if stem.origin else reason)
    reason = "; ".join(reasons)
    if not stem.family:
        return reason
    return translator.gettext("{reason}, keluarga serapan {suffix}", reason=reason, suffix=stem.family)


def _place(origin: Origin, translator: Translator) -> str:
    if origin.explained:
        return translator.ngettext(
            "arsip: dijelaskan {num} kali", "arsip: dijelaskan {num} kali", origin.explained
        )
    line = f"{origin.file}:{origin.line}"
    return translator.gettext("bawaan:{line}", line=line) if origin.built_in else line
