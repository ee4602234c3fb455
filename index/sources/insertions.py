"""Knows what a site puts between the sentences of an article: adverts, pages, invitations, warnings.

What is recognised is a family of wording, not a line: whom it addresses, what it wants of him, and where that
leads. Whole lines of it go anywhere; sentences of it only behind the last sentence of a report, where no
reporter quotes them; labels of adverts and embedded players also within a line.
"""

from __future__ import annotations

import re

_MARKS = r"[\s>»•*#\[(\"“‘'+|=:👉➡\ufe0f🔔📲-]{0,12}"

_LABELS = ("ADVERT", "dvertis", "SCROLL", "croll to")
_PLAYERS = "(?i:gambas|img|video|embed|youtube|foto)"
# Of one bracket each: what begins with one character is looked for quickly.
_IN_BRACKETS = (
    ("(", re.compile(rf"\((?:{_PLAYERS}|(?i:baca|lihat|simak)[ :])")),
    ("[", re.compile(rf"\[{_PLAYERS}")),
)
_INSIDE = re.compile(
    r"""\s*(?:
        \b(?:ADVERTISEMENTS?|Advertisements?)\b (?:\s{0,3}(?i:scroll\sto\s(?:continue
              |resume)(?:\swith)?\scontent))?
          (?= \s*(?:$|["“(\[A-Z0-9]) )
      | \b(?:SCROLL\sTO|Scroll\sto)\s(?i:continue|resume)(?:\s(?i:with))?\s(?i:content)\b
      | \[(?i:gambas|img|video|embed|youtube|foto)\s?[:\s][^\]\[\n]{1,80}\]
      | \((?i:gambas)\s?[:\s][^()\n]{1,80}\)
      | \((?i:baca)\s?:\s[^()\n]{10,200}\)
      | \((?i:baca|lihat|simak)\s(?i:juga|pula|selengkapnya|video|infografis)\b[\s:]*[^()\n]{3,200}\)
    )[.]?""",
    re.VERBOSE,
)

_INVITES = re.compile(
    rf"""{_MARKS}(?:(?:yuk|ayo|mari|silakan|silahkan|jangan(?:\slupa)?|segera)\b[^.!?\n]{{0,80}}?)?
        \b(?:gabung|bergabung|join|ikuti|follow|dapatkan|simak|cek(?!\sfakta)|temukan|pilih|akses|unduh
              |download|instal|install
           |subscribe|langganan|berlangganan|kunjungi|pantau|nonton|tonton|nikmati|baca)(?:lah|kan)?\b""",
    re.IGNORECASE | re.VERBOSE,
)
_CHANNELS = re.compile(
    r"""\b(?:
        whatsapp | wa\s(?:channel|grup|group) | telegram | google\s(?:news|berita) | instagram | tiktok
              | facebook
      | twitter | youtube | threads | newsletter | app\s?store | (?:google\s)?play\s?store | google\splay
      | (?:channel|saluran|kanal|grup|group|akun|aplikasi|medsos|media\ssosial)\s(?:kami|resmi|berita
              |\w+\.(?:com|co|id|net))
      | t\.me | wa\.me | bit\.ly | sedikit\siklan | tanpa\siklan
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_A_SITE = re.compile(
    r"""\b(?:
        update | breaking\snews | kami | di\s?sini | sekarang\sjuga | gratis | link | tautan | caranya
              | ponsel(?:mu|\sanda)?
      | (?:berita|informasi|info|kabar|artikel|konten|news)\s(?:\w+\s){0,2}(?:terbaru|terkini|terupdate
              |pilihan|menarik|lain(?:nya)?|viral
          |terpercaya|eksklusif|terhangat|aktual)
      | (?:berita|informasi|info|kabar|artikel)[-\s]berita | \w+\.(?:com|co\.id|id|net)
    )\b | https?:// | @\w""",
    re.IGNORECASE | re.VERBOSE,
)
_FROM_A_SITE = re.compile(
    r"""\b(?:update|terbaru|terkini|terupdate|pilihan|menarik|lainnya|selengkapnya|terhangat|eksklusif)\b
        [^\n]{0,80}\b(?:dari|di|hanya\sdi|oleh)\s(?:kami|[\w-]{2,40}(?:\.[a-z]{2,10}){1,2})[\s.!]*$""",
    re.IGNORECASE | re.VERBOSE,
)
_CALLS = re.compile(rf"{_MARKS}(?:yuk|ayo|mari|jangan\slupa)\b", re.IGNORECASE)
_LEADS = re.compile(r"https?://|\bt\.me/|\bwa\.me/|\bklik\s(?:link|tautan)\b", re.IGNORECASE)
_SPOKEN = re.compile(r"[,.!?][\"”]\s+[a-z]")
_LONGEST_CALL = 100
_WHOLE = re.compile(
    rf"""{_MARKS}(?:
        # adverts
        advertisements?(?:\s.{{0,60}})? | scroll\s(?:to|ke|untuk|down|kebawah)\b.{{0,80}}
      | (?:lanjut(?:kan)?|terus(?:kan)?)\s(?:membaca|baca|artikel|berita)\b.{{0,40}}\biklan\b.{{0,30}}
      | (?:baca|nikmati)\s.{{0,40}}\b(?:sedikit|tanpa|bebas)\siklan\b.{{0,60}}
      | (?:artikel|berita|konten)(?:\sini)?\s(?:berlanjut|dilanjutkan|berlangsung)\s(?:setelah
              |di\sbawah)\b.{{0,40}}
      | (?:(?:iklan|advertisement)\s?[-–—:|.]?\s?)?(?:gulir|geser|usap)\s.{{0,20}}
              \b(?:lanjut\w*|melanjutkan|membaca)\b.{{0,40}}
      | (?:pasang|tutup)\siklan\b.{{0,30}}
        # pages
      | (?:halaman|hal|page|laman)\.?\s?:?\s?\d{{1,3}}(?:\s?(?:dari|of
              |/)\s?\d{{1,3}})?(?:\s(?:\d{{1,3}}\s?){{1,12}})?
            (?:\s?(?:selanjutnya|berikutnya|next|show\sall|lihat\ssemua))?
      | (?:(?:selanjutnya|sebelumnya|berikutnya|next|prev|previous|show\sall|(?:lihat|tampilkan
              |baca)\ssemua|lihat\shalaman)
            (?:\spage|\shalaman)?\s?[»«›‹>|/]{{0,3}}\s?){{1,3}}
      | (?:1\s?[|,]?\s?2(?:\s?[|,]?\s?\d{{1,2}}){{0,15}})(?:\s(?:selanjutnya|next|show\sall|»))?
      | (?:waktu|lama)\sbaca\s?:?\s?\d{{1,3}}\s?(?:menit|min)\b.{{0,10}} | \d{{1,3}}\s(?:menit|min
              |minutes?)\s(?:baca|read)
      | !{{0,3}}\s?(?:selamat\s)?membaca | perbesar | copy\slink | salin\s(?:link|tautan) | (?:teks
              |ukuran\shuruf)\s?:?\s?[aA+\s-]{{1,10}}
        # where it stood before, and what may be done with it
      | (?:artikel|berita|tulisan|konten|kabar)\s(?:ini\s)?(?:telah|sudah|pernah|pertama\skali|sebelumnya)\s
            (?:tayang|terbit|dimuat|dipublikasikan|ditayangkan|diterbitkan|diunggah)\b.{{0,250}}
      | (?:ber)?gabung(?:lah)?\s(?:di|ke|dengan|bersama)\s(?:saluran|channel|kanal|grup|group)
              \s(?:whatsapp|telegram|wa)\b[^,.]{{0,60}}
      | baca\s(?:artikel|berita)\s(?:\w+\s)?lainnya\b.{{0,40}}
      | lihat\s(?:artikel|berita|sumber)\sasli(?:nya)?
      | (?:artikel|berita|tulisan)\s(?:asli|aslinya)\s(?:bisa|dapat)\s.{{0,100}}
      | dilarang\s
            (?=.{{0,200}}\b(?:konten|artikel|berita|isi|tulisan|foto|teks|redaksi|materi|situs|media|laman)\b)
            (?:keras\s)?(?:mengambil|mengutip|menyalin|memperbanyak|menyebar\w*|menggandakan
              |meng-?copy|copy|mengkopi)\b
            .{{0,200}}\b(?:izin|redaksi|konten|tertulis|sumber)\b.{{0,160}}
      | konten\s(?:promosi|sponsor|iklan)\s(?:pada|di)\s(?:widget|kotak|halaman)\b.{{0,120}}
      | gambas\s?:\s?.{{0,60}}
      | jangan\slewatkan\s(?:berita|informasi|info|kabar|artikel|konten|update)\b.{{0,120}}
      | (?:konten|artikel)\sini\s(?:dilindungi|merupakan\shak)\b.{{0,120}}
      | (?:a\spost\sshared\sby|view\sthis\spost\son|lihat\s(?:postingan|kiriman)\sini\sdi)\b.{{0,100}}
      | (?:laporkan\s(?:kesalahan|artikel)|kirim\s(?:apresiasi|tulisan)|beri\srating|apa\s(?:reaksi
              |pendapat)\s(?:anda|kamu))\b.{{0,60}}
    )[\s.!)\]*»>]*""",
    re.IGNORECASE | re.VERBOSE,
)
_FIRST_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        yuk ayo mari silakan silahkan jangan segera gabung gabunglah bergabung
        bergabunglah join ikuti ikutilah follow dapatkan simak simaklah cek temukan pilih akses
        unduh download instal install subscribe langganan berlangganan kunjungi pantau nonton tonton
        nikmati baca advertisement advertisements scroll lanjut lanjutkan terus teruskan artikel
        berita konten pasang tutup halaman hal page laman selanjutnya sebelumnya berikutnya next
        prev previous show lihat tampilkan waktu lama perbesar copy salin teks ukuran tulisan kabar
        dilarang a view iklan gulir geser usap laporkan kirim beri apa membaca selamat gambas
        """,
    )
)
STARTS = frozenset(word[:3] for word in _FIRST_WORDS if len(word) > 2) | {"a p"}
"""What lines begin with that begin with one of these words."""

_LONGEST_WORD = 40
_MARK_LETTERS = " !>»•*#[(\"“‘'+|=:👉➡\ufe0f🔔📲-"
_SENTENCES = re.compile(r"\s(?<=[.!?]\s)\s*(?=[\"“‘(A-Z0-9])")
_SIGNED = re.compile(r"(?:editor|pewarta|reporter|penulis|penyunting|redaktur|uploader)\s?:", re.IGNORECASE)
"""Who wrote and edited is read before the line goes."""

_QUOTES = re.compile(r"[\"“”]")
_LONGEST = 400


def may_hold_insertions(text: str) -> bool:
    """Whether some line of a text may not stay whole in :func:`cut_inside`. Quick."""
    for bracket, begun in _IN_BRACKETS:
        if bracket in text and begun.search(text):
            return True
    for label in _LABELS:  # noqa: SIM110  # a generator takes as long as the search
        if label in text:
            return True
    return False


def cut_inside(line: str) -> str:
    """A line without the labels of adverts and players, and without what a bracket in it tells to read."""
    return _INSIDE.sub(" ", line).replace("  ", " ").strip()


def is_insertion(line: str) -> bool:
    """Whether a line is nothing but what a site says for itself."""
    if len(line) > _LONGEST or (line[:1].isalpha() and line[:3].lower() not in STARTS):
        return False
    if not _may_be_one(line):
        return False
    if _is_said(line):
        return True
    first, *others = _SENTENCES.split(line)
    return bool(others) and _is_one(first) and all(map(_is_one, others))


def cut_last_sentences(lines: list[str]) -> list[str]:
    """Lines of a whole article without the last sentences if a site says them for itself."""
    for place in range(len(lines) - 1, -1, -1):
        if line := lines[place]:
            rest = _without_last(line)
            return lines if rest == line else [*lines[:place], rest, *lines[place + 1 :]]
    return lines


def _without_last(line: str) -> str:
    while _may_be_one(line[-_LONGEST:].rpartition(". ")[2]):
        # No more of a line is looked at than a sentence that is cut may have, and the blanks before it.
        start = len(line[:-_LONGEST].rstrip())
        ends = [blanks.end() for blanks in _SENTENCES.finditer(line, start)]
        if not ends or len(line) - ends[-1] > _LONGEST or not _is_one(line[ends[-1] :]):
            break
        line = line[: ends[-1]].rstrip()
    return line


def _may_be_one(line: str) -> bool:
    """Whether a line may be one, by how it begins. Quick."""
    word = line[:_LONGEST_WORD].lstrip(_MARK_LETTERS).split(" ", 1)[0].rstrip(".,:!»>").lower()
    if not word:  # mostly a rule of signs
        return len(line) < _LONGEST_WORD and any(map(str.isalnum, line))
    return word in _FIRST_WORDS or word[0].isdecimal()


def _is_one(sentence: str) -> bool:
    return _may_be_one(sentence) and _is_said(sentence)


def _is_said(sentence: str) -> bool:
    """Whether a sentence that may be one is one."""
    # What tells by how a sentence begins is sooner known than what stands anywhere in it.
    is_whole = _WHOLE.fullmatch(sentence)
    if not (is_whole or _INVITES.match(sentence)) or _SIGNED.search(sentence) or _SPOKEN.search(sentence):
        return False
    if is_whole:
        return True
    # Of quotation marks only those around the name of a channel that a link leads to are none of a report.
    if _QUOTES.search(sentence.strip('"“”')) and not _LEADS.search(sentence):
        return False
    if not _CHANNELS.search(sentence):
        return bool(_FROM_A_SITE.search(sentence))
    return bool(_OF_A_SITE.search(sentence) or (len(sentence) <= _LONGEST_CALL and _CALLS.match(sentence)))
