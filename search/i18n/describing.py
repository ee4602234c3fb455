"""A part of a score in words: what matched, in which field, and why it counts."""

from __future__ import annotations

from index.messages import N_, Translator

_REASONS = {
    "term": N_("kata “{term}”"),
    "presence": N_("kata “{term}” yang jarang"),
    "expansion": N_("bentuk lain “{term}”"),
    "variant": N_("tulisan lain “{term}”"),
    "reading": N_("“{term}”, yang dapat pula dibaca sebagai kata dari akar lain"),
    "phrase": N_("frasa “{term}”"),
    "pattern": N_("kata yang cocok dengan pola {term}"),
    "fuzzy": N_("kata yang mirip dengan {term}"),
    "overlap": N_("kata “{term}” sebagian sudah tersirat oleh kata di dekatnya"),
    "fresh": N_("terbit sejak {term}"),
    "all_words": N_("semua kata ada"),
    "passage": N_("kata yang ditanyakan berkumpul dalam satu kalimat"),
    "beside": N_("kata yang tidak ada di sini ada dalam artikel lain tentang nama yang sama"),
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
