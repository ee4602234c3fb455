"""What a page can say to the component: its attributes by example, and what its style lets change."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from msgspec import Struct, field

from index.messages import N_


class Attribute(Struct, frozen=True):
    """One attribute of ``<telusur-search>``.

    :param values: what it may hold (a message to translate); ``""`` for one that is there or not.
    :param help: what it does (a message to translate).
    :param example: the attributes of an element that shows it.
    :param is_live: whether the gallery lets it run: not what would need another server or a secret.
    """

    name: str
    values: str
    help: str
    example: Mapping[str, str] = field(default_factory=dict)
    is_live: bool = True

    @property
    def is_tall(self) -> bool:
        """Whether its example shows results from the start."""
        return "browse" in self.example or "q" in self.example

    @property
    def code(self) -> str:
        """The element of the example as it is written into a page."""
        return element(self.example)


def element(attributes: Mapping[str, str], inside: str = "") -> str:
    """The component in HTML.

    :param inside: HTML between its tags.
    """
    written = "".join(
        f' {name}="{escape(value)}"' if value else f" {name}" for name, value in attributes.items()
    )
    return f"<telusur-search{written}>{inside}</telusur-search>"


_NEWEST = {"browse": "", "per-page": "1"}

ATTRIBUTES = (
    Attribute(
        "q",
        N_("teks"),
        N_("Pertanyaan yang langsung dicari."),
        {"q": "banjir", "per-page": "2"},
    ),
    Attribute(
        "browse",
        "",
        N_("Selama belum ada yang diketik, artikel terbaru ditampilkan."),
        {"browse": "", "per-page": "2"},
    ),
    Attribute(
        "per-page", N_("bilangan"), N_("Banyaknya hasil tiap halaman."), {"browse": "", "per-page": "3"}
    ),
    Attribute(
        "facets",
        "source place author topic year",
        N_("Saringan yang ditawarkan: penerbit, tempat, penulis, topik, tahun; beberapa dipisahkan spasi."),
        {**_NEWEST, "facets": "source place year"},
    ),
    Attribute("dates", "", N_("Saringan tanggal terbit."), {**_NEWEST, "dates": ""}),
    Attribute("sorts", "", N_("Pilihan urutan: relevansi, terbaru, terlama."), {**_NEWEST, "sorts": ""}),
    Attribute(
        "filter",
        "nama=nilai&…",
        N_(
            "Saringan tetap, ditulis seperti parameter API: hanya artikel itu yang dicari, dan pengunjung "
            "tidak dapat melepasnya. Bukan pengamanan: siapa pun dapat bertanya langsung kepada API."
        ),
        {**_NEWEST, "filter": "from=2020&sort=oldest"},
    ),
    Attribute(
        "link",
        "archive, https://…{id}",
        N_(
            "Ke mana hasil menuju. Biasanya ke alamat asli artikel, atau ke halamannya di arsip bila tidak "
            "ada; archive selalu ke halaman arsip; pola diisi dengan id, source, place, author, published, "
            "atau lang artikelnya."
        ),
        {**_NEWEST, "link": "../dokumen/{id}"},
    ),
    Attribute(
        "target",
        "_blank, …",
        N_("Di mana tautan hasil dibuka: _blank berarti di tab baru."),
        {**_NEWEST, "target": "_blank"},
    ),
    Attribute(
        "heading",
        "1 … 6",
        N_("Tingkat judul tiap hasil, agar urut dengan judul-judul di halaman Anda; biasanya 2."),
        {**_NEWEST, "heading": "4"},
    ),
    Attribute("suggestions", "off", N_("off mematikan saran selagi mengetik."), {"suggestions": "off"}),
    Attribute(
        "placeholder",
        N_("teks"),
        N_("Teks di kotak yang masih kosong."),
        {"placeholder": "Cari di Koran Kami"},
    ),
    Attribute(
        "label",
        N_("teks"),
        N_("Nama pencarian ini bagi pembaca layar; tanpa itu, beberapa di satu halaman diberi nomor."),
        {"label": "Arsip foto"},
    ),
    Attribute(
        "lang", "id, en", N_("Bahasa tulisannya; biasanya bahasa halaman yang memuatnya."), {"lang": "en"}
    ),
    Attribute(
        "theme",
        "light, dark",
        N_("Terang atau gelap; biasanya mengikuti color-scheme halaman."),
        {"theme": "dark"},
    ),
    Attribute(
        "address",
        N_("awalan"),
        N_(
            "Menyimpan pencarian di alamat halaman, sehingga dapat ditautkan dan tombol Kembali bekerja. "
            "Isinya awalan nama parameternya; kosong berarti ?q=, ?page=, dan seterusnya. Tidak berlaku pada "
            "modal."
        ),
        {"address": "cari-"},
    ),
    Attribute(
        "modal",
        "",
        N_("Hanya sebuah tombol; pencariannya terbuka di jendela di atas halaman."),
        {"modal": "", "browse": "", "per-page": "5"},
    ),
    Attribute(
        "shortcut",
        N_("huruf"),
        N_(
            "Tombol yang bersama Ctrl atau Cmd membuka jendela (biasanya k; kosong berarti tidak ada). Tanpa "
            "modal, tombol itu menuju ke kotaknya."
        ),
        {"modal": "", "shortcut": "j"},
    ),
    Attribute(
        "server",
        "https://…",
        N_("Alamat arsipnya; biasanya tempat asal embed.js."),
        {"server": "https://arsip.example/"},
        is_live=False,
    ),
    Attribute(
        "key",
        N_("kunci"),
        N_("Kunci API yang hanya boleh mencari, bila arsip memintanya. Semua pengunjung dapat membacanya."),
        {"key": "…"},
        is_live=False,
    ),
)
"""All of them, the ones that most pages want first."""

PROPERTIES = (
    ("--telusur-accent", N_("warna tombol, tautan, dan fokus")),
    ("--telusur-accent-text", N_("tulisan di atas warna itu")),
    ("--telusur-background", N_("latar; transparent membiarkan latar halaman terlihat")),
    ("--telusur-text", N_("tulisan")),
    ("--telusur-muted", N_("keterangan: penerbit, tanggal, jumlah")),
    ("--telusur-border", N_("garis tepi kotak dan tombol")),
    ("--telusur-wash", N_("latar saran yang dipilih")),
    ("--telusur-mark", N_("latar kata yang cocok")),
    ("--telusur-mark-text", N_("tulisan kata yang cocok")),
    ("--telusur-radius", N_("lengkung sudut")),
    ("--telusur-font", N_("huruf; biasanya huruf halaman")),
)
"""Custom properties of the style."""

PARTS = (
    *(
        "panel",
        "form",
        "input",
        "submit",
        "suggestions",
        "suggestion",
        "body",
        "filters",
        "facet",
        "choice",
        "date",
    ),
    *("count", "sort", "notices", "notice", "results", "result", "title", "link", "meta", "snippet", "mark"),
    *("pager", "button", "open", "dialog"),
)
"""Names for ``::part()``."""
