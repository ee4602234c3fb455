"""Why an input is skipped: what the owner reads, in Indonesian, and its English."""

from __future__ import annotations

from index.messages import language

ENGLISH = {
    # files and folders
    "hilang sebelum sempat dibaca": "vanished before it could be read",
    "hilang, atau tautan yang tidak menuju apa pun": "vanished, or is a link to nothing",
    "tidak ada izin untuk membacanya": "no permission to read it",
    "tidak dapat dibaca: {error}": "cannot be read: {error}",
    "{path}: tidak ada folder atau berkas dengan nama itu; sebutkan yang ada, "
    "atau tulis di pengaturan `sources` (TELUSUR_SOURCES)": (
        "{path}: there is no such file or folder; name an existing one, "
        "or set it in `sources` (TELUSUR_SOURCES)"
    ),
    "tautan simbolik berputar: kembali ke {path}": "symlink loop: it leads back to {path}",
    "tautan simbolik berputar: menuju dirinya sendiri": "symlink loop: it leads to itself",
    "folder yang sama dengan {path}, yang sudah dibaca": "the same folder as {path}, which is read already",
    "folder bersarang lebih dari {limit} tingkat": "folders are nested deeper than {limit}",
    "berupa {kind}, bukan berkas": "is {kind}, not a file",
    "pipa bernama": "a named pipe",
    "soket": "a socket",
    "perangkat": "a device",
    "sesuatu yang lain": "something else",
    "bukan berkas biasa": "is not a regular file",
    "berkas {ending} tidak dapat dibaca; yang dapat: {known}": (
        "no reader for files with {ending}; readable are {known}"
    ),
    "tanpa akhiran": "no ending",
    "{count} baris lain dilewati karena alasan serupa": (
        "{count} more of its lines or rows were skipped for like reasons"
    ),
    "pembaca gagal ({error}); mohon laporkan": "the reader failed ({error}); please report this",
    # sizes and compression
    "kosong": "is empty",
    "lebih besar dari {limit} MiB; batas satu berkas teks adalah pengaturan max_input_mb": (
        "is larger than {limit} MiB; the limit for one text file is the setting max_input_mb"
    ),
    "baris itu lebih panjang dari {limit} KiB; batas satu artikel adalah pengaturan max_article_kb": (
        "the line is longer than {limit} KiB; the limit for one article is the setting max_article_kb"
    ),
    "teksnya lebih panjang dari {limit} KiB; batas satu artikel adalah pengaturan max_article_kb": (
        "its text is longer than {limit} KiB; the limit for one article is the setting max_article_kb"
    ),
    "lebih dari {limit} baris berturut-turut kosong": "more than {limit} lines in a row are blank",
    "data gzip rusak: {error}": "the gzip data is damaged: {error}",
    "data gzip mengembang lebih dari {ratio} kali, tidak seperti teks mana pun": (
        "the gzip data swells to more than {ratio} times its size, which no text does"
    ),
    "{error}; sisa berkas tidak dibaca": "{error}; the rest of the file is not read",
    # what is no text
    "bukan teks: isinya {kind}": "is not text: it holds {kind}",
    "data biner": "binary data",
    "gambar JPEG": "a JPEG picture",
    "gambar PNG": "a PNG picture",
    "gambar GIF": "a GIF picture",
    "dokumen PDF": "a PDF document",
    "arsip ZIP atau dokumen perkantoran": "a ZIP archive or office document",
    "dokumen perkantoran lama": "an old office document",
    "dokumen RTF": "an RTF document",
    "data gzip (namanya harus berakhiran .gz)": "gzip data (its name should end in .gz)",
    "arsip 7-Zip": "a 7-Zip archive",
    "arsip RAR": "a RAR archive",
    "program": "a program",
    "basis data SQLite": "a SQLite database",
    "suara atau video": "sound or video",
    # articles and records
    "tidak berisi artikel: tidak ada yang tersisa selain judul, nama penulis, dan hiasan halaman": (
        "holds no article: nothing is left without its headline, byline and page furniture"
    ),
    "teksnya kosong": "its text is empty",
    "tidak berteks; ada: {found}; diharapkan salah satu dari: {expected}": (
        "has no text; found: {found}; expected one of: {expected}"
    ),
    "tidak ada": "nothing",
    "id {id!r} sudah dipakai {first}; tiap id harus lain": (
        "its id {id!r} is taken by {first}; ids must be unique"
    ),
    # formats
    "tidak berisi HTML": "holds no HTML",
    "tidak berisi teks untuk dibaca": "holds no text to read",
    "bukan JSON yang sah: {problem}": "is not valid JSON: {problem}",
    "berupa larik JSON; diharapkan satu objek JSON tiap baris": (
        "is a JSON array; expected one JSON object a line"
    ),
    "berupa satu nilai JSON; diharapkan satu objek JSON tiap baris": (
        "is a single JSON value; expected one JSON object a line"
    ),
    "tidak berisi artikel; diharapkan larik objek, atau satu objek": (
        "holds no articles; expected an array of objects, or one object"
    ),
    "berisi larik kosong": "holds an empty array",
    "bukan objek": "is not an object",
    "metadatanya lebih panjang dari {limit} KiB; apakah baris penutup --- hilang?": (
        "its front matter is longer than {limit} KiB; is the closing --- missing?"
    ),
    "metadatanya tidak punya baris penutup ---": "its front matter has no closing line ---",
    "metadatanya bukan YAML yang sah: {problem}": "its front matter is not valid YAML: {problem}",
    "metadatanya tidak dapat dibaca: {error}": "its front matter cannot be read: {error}",
    "baris {line}: {problem}": "line {line}: {problem}",
    "alias (*nama) tidak dibaca": "aliases (*name) are not read",
    "bersarang lebih dari {limit} tingkat": "is nested deeper than {limit}",
    "tidak ada teks di bawah metadatanya": "holds no text below its front matter",
    "tidak ada kolom teks; ada: {found}; diharapkan salah satu dari: {expected}": (
        "no column holds the text; found: {found}; expected one of: {expected}"
    ),
    "berisi {count} ruas, sedangkan baris judul {expected}; apakah teks yang memuat pemisah tidak dikutip?": (
        "has {count} fields where the heading has {expected}; is a text with a delimiter in it not quoted?"
    ),
    "baris judulnya tidak dapat dibaca: {error}": "its heading row cannot be read: {error}",
    "satu ruas lebih panjang dari {limit} KiB (pengaturan max_article_kb); apakah kutip penutup hilang?": (
        "a field is longer than {limit} KiB (the setting max_article_kb); is a closing quote missing?"
    ),
    "bukan baris tabel yang sah: {error}": "is not a valid row: {error}",
}


def _(message: str, /, **values: object) -> str:
    """A reason in the owner's language.

    :param message: the Indonesian text, with ``{name}`` where a value goes.
    :param values: the values by name; without any, the text is taken as it stands.
    """
    text = ENGLISH.get(message, message) if language() == "en" else message
    return text.format(**values) if values else text


def N_(message: str) -> str:  # noqa: N802 - the customary name of a mark for translation
    """Mark a text that is translated later, where it is shown."""
    return message
