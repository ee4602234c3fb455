"""A stem in words: which rule, or which line of the lexicon, decided it."""

from __future__ import annotations

from index.analysis.lexicon import Origin
from index.analysis.stemmer import Rule, Stem
from index.messages import N_, Translator

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
