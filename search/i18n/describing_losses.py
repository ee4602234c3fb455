"""What became of the parts of a query that were not read as written, and what an answer goes without."""

from __future__ import annotations

from collections.abc import Iterable

from index.messages import N_, Translator

_LONGEST = 60
"""Characters of a reader's text that are shown."""

_IGNORED = {
    "too_long": N_("Hanya {text} huruf pertama yang dibaca."),
    "quote": N_("Tanda kutip {text} tidak punya pasangan."),
    "parenthesis": N_("Tanda kurung {text} tidak punya pasangan."),
    "too_deep": N_("Tanda kurung hanya dibaca sampai {text} lapis."),
    "operator": N_("{text} tidak menghubungkan apa-apa, jadi dibaca sebagai kata."),
    "field": N_("Tidak ada yang dicari di belakang {text}"),
    "date": N_("{text} bukan tanggal yang dikenal, jadi dibaca sebagai kata."),
    "no_phrase": N_("Tidak ada artikel dengan frasa “{text}”; kata-katanya dicari satu per satu."),
    "too_many_patterns": N_("Hanya {text} kata pertama dengan *, ? atau ~ yang dibaca sebagai pola."),
    "long_phrase": N_("Hanya {text} kata pertama dari frasa yang dibaca."),
    "too_dear": N_("Pertanyaannya terlalu berat; yang tidak ikut dicari: {text}"),
    "other_forms": N_("Pertanyaannya terlalu berat; bentuk lain kata-katanya tidak ikut dicari."),
    "no_words": N_("{text} tidak memuat kata."),
}
_OTHERWISE = N_("Tidak dibaca: {text}")

_CUT = {
    "marks": N_("Pertanyaannya terlalu berat; pada sebagian hasil kata-katanya tidak ditandai."),
    "explanation": N_("Pertanyaannya terlalu berat; nilai sebagian hasil tidak dijelaskan."),
    "suggestion": N_("Pertanyaannya terlalu berat; ejaan lain tidak dicari."),
}


def describe_losses(
    ignored: Iterable[tuple[str, str]], cut: Iterable[str], translator: Translator
) -> list[str]:
    """One sentence for each; long texts are cut.

    :param ignored: as in :class:`~search.answer.Answer`; likewise ``cut``.
    """
    lines = []
    for reason, text in ignored:
        shown = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        lines.append(translator.gettext(_IGNORED.get(reason, _OTHERWISE), text=shown))
    return [*lines, *(translator.gettext(_CUT[what]) for what in cut)]
