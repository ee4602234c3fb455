"""Write the reference pages that come from the code: settings, weights and commands.

``python docs/generate.py`` writes them; ``tests/test_docs.py`` fails while a page differs from the code.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from index.commands import speak
from index.config.table import SETTINGS, Effect, Setting
from index.messages import SOURCE_LANGUAGE
from index.settings import WEIGHTS

FOLDER = Path(__file__).parent
NOTICE = "<!-- Ditulis oleh `python docs/generate.py`; jangan disunting dengan tangan. -->\n"


def settings_page() -> str:
    """The table of settings."""
    return (
        f"{NOTICE}\n# Pengaturan\n\n"
        "Urutannya, yang belakangan menang: nilai bawaan, `telusur.toml` di folder kerja (atau berkas yang\n"
        "disebut `TELUSUR_CONFIG`), peubah lingkungan, lalu pilihan pada perintah. Daftar dalam\n"
        "`telusur.toml` ditulis sebagai larik; dalam peubah lingkungan dipisahkan tanda yang disebut\n"
        "di sampingnya: `:` atau, bila isinya alamat, `,`.\n\n"
        "Nama berkas dan folder yang tidak diawali `/` dihitung dari folder kerja, yaitu tempat perintahnya\n"
        "dijalankan, bukan dari tempat `telusur.toml`; untuk server dan cron tulislah nama lengkapnya.\n\n"
        '```toml\n# telusur.toml\nsources = ["arsip/berita", "arsip/2024.jsonl"]\nlexicon = "leksikon.txt"\n'
        'site_name = "Arsip Kami"\n```\n\n'
        f"{_settings_table()}\n"
        "Kapan nilai yang diubah berlaku:\n\n"
        f"{_effects()}\n"
        "## Nama lain\n\n"
        "Penerbit, tempat, penulis dan topik yang sama sering tertulis dengan beberapa nama. Sebutkan nama\n"
        "lainnya, dan semuanya dihitung, disaring dan ditampilkan dengan satu nama; pencarian dengan nama\n"
        "lain (juga `sumber:okezone`) menemukan semuanya. Huruf besar dan kecil tidak berpengaruh.\n\n"
        "Di kiri nama lainnya, di kanan nama yang ditampilkan. Beberapa nama lain berarti beberapa baris\n"
        "dengan kanan yang sama. Rangkaian diikuti sampai ujungnya: bila `A` nama lain `B` dan `B` nama\n"
        "lain `C`, keduanya tampil sebagai `C`; yang berputar ditolak.\n\n"
        '```toml\n# telusur.toml\n[source_aliases]\n"Okezone" = "okezone.com"\n'
        '"Okezone News" = "okezone.com"\n'
        '"Detikcom" = "detik.com"\n\n'
        '[place_aliases]\n"DKI Jakarta" = "Jakarta"\n```\n\n'
        "Dalam peubah lingkungan:\n"
        '`TELUSUR_SOURCE_ALIASES="Okezone=okezone.com:Detikcom=detik.com"`. Dalam `telusur.toml` tabel ini\n'
        "ditulis sesudah pengaturan lain: baris di bawah `[source_aliases]` menjadi bagian tabel itu. Bila\n"
        "isinya berubah, jalankan `reindex`: indeks dibangun ulang dengan nama-nama yang baru. Server tidak\n"
        "perlu dimulai ulang.\n\n"
        "`sumber:`, `tempat:` dan `penulis:` mencari kata di dalam nama, bukan seluruh nama: `sumber:news`\n"
        "menemukan setiap penerbit yang namanya memuat kata itu. Satu penerbit saja dipilih dengan saringan\n"
        "di halaman hasil, atau `?source=` dengan nama lengkapnya.\n\n"
        f"{_COLUMNS}\n\n"
        "## Basis data\n\n"
        "Satu tabel `[databases.NAMA]` untuk tiap basis data; isiannya dijelaskan dalam\n"
        "[arsip.md](arsip.md#basis-data), dengan contoh WordPress dan Laravel. Dalam peubah lingkungan\n"
        "`TELUSUR_DATABASES` isinya JSON yang sama.\n\n"
        "Bobot peringkat punya daftar sendiri: [bobot.md](bobot.md).\n"
    )


_COLUMNS = """## Kolom

Kolom tabel dan kunci JSON biasanya dikenali sendiri, dari namanya atau dari isinya
([arsip.md](arsip.md#nama-ruas)); `telusur check berkas.csv` menunjukkan kolom mana dibaca sebagai apa.
Yang dikenali lain dari yang dimaksud disebutkan di `[fields]`: nama berkas, lalu ruas = kolom.

```toml
# telusur.toml
[fields]
sumber = { value = "Radar Lebak" }    # semua artikel, dari berkas mana pun

[fields."berita.csv"]
judul = "kolom3"
isi = ["teks_panjang", "teks"]        # yang pertama berisi yang dipakai
tanggal = "waktu.terbit"              # ruas di dalam objek JSON
ignore = ["catatan_redaksi"]          # bukan bagian artikel

[fields."2024/*.jsonl"]
penulis = ["wartawan", { value = "Redaksi" }]
```

Nama berkas dicocokkan dengan ujung letaknya di arsip; `*` berarti apa saja, dan `.gz` tidak perlu
ditulis. Ruasnya `judul`, `isi`, `alamat`, `sumber`, `tempat`, `penulis`, `penyunting`, `tanggal`,
`bahasa`, `topik` dan `id`, atau nama Inggrisnya (`title`, `body`, `url`, `source`, `place`, `author`,
`editor`, `published`, `lang`, `topics`). Ruas yang disebut hanya diisi dari yang disebut; ruas lain tetap
dikenali sendiri, juga di berkas yang tidak punya kolom itu. Bila beberapa aturan cocok dengan satu
berkas, yang terakhir menang untuk tiap ruas. Berkas atau kolom yang tidak ada di mana pun disebut oleh
`reindex` dan `telusur check`. Dalam peubah lingkungan tabelnya ditulis sebagai JSON:
`TELUSUR_FIELDS='{"berita.csv": {"judul": "kolom3"}}'`.
"""


def weights_page() -> str:
    """The table of the ranking's weights."""
    return (
        f"{NOTICE}\n# Bobot peringkat\n\n"
        "Nilai sebuah artikel adalah jumlah dari apa yang cocok, masing-masing dikali bobotnya. Bobot diisi\n"
        "seperti [pengaturan](pengaturan.md), tetapi bukan untuk disetel di situs: nilai bawaannya hasil\n"
        "pengukuran, dan pengaruh tiap bobot tercatat dalam [relevance.md](relevance.md). Ukurlah dengan\n"
        "`make eval` sebelum mengubahnya.\n\n"
        f"{_table(WEIGHTS)}"
    )


_EFFECTS = {
    Effect.RELOAD: "`telusur serve` membacanya lagi bila diberi sinyal SIGHUP (`systemctl kill -s HUP "
    "--kill-whom=main telusur`, di luar systemd `kill -HUP` dengan nomor proses induknya), tanpa memutus "
    "siapa pun: prosesnya diganti bergiliran, beberapa detik masing-masing. Demikian pula bila dimulai "
    "ulang. Perintah lain membacanya setiap kali dijalankan. Server WSGI lain harus dimulai ulang.",
    Effect.RESTART: "`telusur serve` harus dimulai ulang; sesudah SIGHUP lognya menyebut mana yang menunggu.",
    Effect.REINDEX: "hanya dibaca `reindex`, jadi berlaku pada `reindex` berikutnya; server tidak perlu "
    "dimulai ulang.",
    Effect.BOTH: "`reindex` mengubah indeksnya, dan server perlu tahu bahwa itulah yang dikehendaki; sampai "
    "keduanya terjadi `/readyz` menjawab 503. Isi berkas leksikon sendiri berlaku sesudah `reindex` saja.",
}


def _effects() -> str:
    return "".join(f"- **{effect}**: {_EFFECTS[effect]}\n" for effect in Effect)


def _settings_table() -> str:
    rows = [
        f"| `{each.name}` | {_variable(each)} | {_default(each)} | {each.effect} | {each.help} |\n"
        for each in SETTINGS
    ]
    head = "| nama | peubah lingkungan | bawaan | berlaku sesudah | guna |\n| --- | --- | --- | --- | --- |\n"
    return head + "".join(rows)


def _variable(setting: Setting) -> str:
    if isinstance(setting.default, (str, int, float)):
        return f"`{setting.variable}`"
    if not setting.separator:
        return f"`{setting.variable}`, sebagai JSON"
    return f"`{setting.variable}`, pemisah `{setting.separator}`"


def _table(settings: Iterable[Setting]) -> str:
    rows = [
        f"| `{setting.name}` | `{setting.variable}` | {_default(setting)} | {setting.help} |\n"
        for setting in settings
    ]
    return "| nama | peubah lingkungan | bawaan | guna |\n| --- | --- | --- | --- |\n" + "".join(rows)


def _default(setting: Setting) -> str:
    value = setting.default
    if isinstance(value, tuple):
        value = setting.separator.join(value)
    if isinstance(value, bool):
        value = str(value).lower()
    return f"`{value}`" if value not in ("", {}) else "(kosong)"


def commands_page() -> str:
    """Every command with its help and options, as the commands themselves print them."""
    from index.cli import reindex
    from search.cli.commands import telusur

    speak(SOURCE_LANGUAGE)
    parts = [f"{NOTICE}\n# Perintah\n"]
    parts += _command("reindex", reindex)
    for name, command in telusur.all_commands().items():
        if name != "reindex":
            parts += _command(f"telusur {name}", command)
    return "\n".join(parts)


def _command(name: str, command: click.Command) -> list[str]:
    context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    parts = [f"## `{name}`\n", "```text", text, "```\n"]
    for inner in sorted(command.commands) if isinstance(command, click.Group) else ():
        parts += _command(f"{name} {inner}", command.commands[inner])
    return parts


def archive_page() -> str:
    """What `reindex` reads, with the names of fields it understands."""
    from index.sources.fields.vocabulary import NAMES

    rows = [
        f"| {_FIELDS[field]} | " + ", ".join(f"`{name}`" for name in names) + " |"
        for field, names in NAMES.items()
    ]
    template = (FOLDER / "arsip.template.md").read_text(encoding="utf-8")
    table = "| isi | kata yang dikenali, yang terkuat dahulu |\n| --- | --- |\n" + "\n".join(rows)
    return NOTICE + "\n" + template.replace("{{ruas}}", table)


_FIELDS = {
    "id": "pengenal tetap",
    "title": "judul",
    "body": "teks artikel",
    "url": "alamat asli",
    "source": "penerbit",
    "place": "tempat",
    "author": "penulis",
    "editor": "penyunting",
    "published": "tanggal terbit",
    "lang": "bahasa",
    "topics": "topik; semuanya dipakai",
}

PAGES = {
    "pengaturan.md": settings_page,
    "bobot.md": weights_page,
    "perintah.md": commands_page,
    "arsip.md": archive_page,
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
