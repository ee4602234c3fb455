"""A site of somebody else, on an origin of its own, with the content security policy that its owner has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from flask import Flask, Response
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

GUIDE = Path(__file__).parents[3] / "docs" / "menyematkan.md"

STYLE = """
body { margin: 0; font: 17px/1.4 Georgia, serif; background: #fff; color: #222; letter-spacing: 0.01em; }
main { padding: 1rem; }
button, input { color: navy; text-transform: uppercase; background: yellow; }
telusur-search { display: block; min-height: 2.9em; }
.merah { --telusur-accent: #8a1538; --telusur-radius: 0px; }
.merah::part(submit) { text-transform: uppercase; }
.gelap { color-scheme: dark; }
.gelap body { background: #111; color: #eee; }
"""
SCRIPT = """
window.told = [];
for (const name of ["telusur-search", "telusur-select"]) {
  addEventListener(name, (event) => {
    const { answer, ...detail } = event.detail;
    told.push([name, detail]);
    if (document.documentElement.classList.contains("tinggal")) event.preventDefault();
  });
}
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifts.push(entry.value);
}).observe({ type: "layout-shift", buffered: true });
"""


class Koran:
    """Serves a page that holds what a test puts in. Scripts, connections, frames and forms of the archive are
    allowed, nothing written inside of the page is, and trusted types are required.

    With ``whole`` it is that page instead, as it stands and without a policy.

    :param archive: origin of the server whose search is embedded.
    """

    def __init__(self, archive: str) -> None:
        self.archive = archive
        self.inside, self.attributes, self.whole = "", 'lang="id"', ""
        app = Flask(__name__)
        app.add_url_rule("/", "page", self._page)
        app.add_url_rule("/koran.css", "style", lambda: Response(STYLE, mimetype="text/css"))
        app.add_url_rule("/koran.js", "script", lambda: Response(SCRIPT, mimetype="text/javascript"))
        app.add_url_rule("/berita/<name>", "article", lambda name: f"<title>Berita {name}</title>")
        app.add_url_rule("/favicon.ico", "icon", lambda: Response(status=204))
        self.server = make_server("127.0.0.1", 0, app, threaded=True)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def show(self, inside: str = "<telusur-search></telusur-search>", attributes: str = 'lang="id"') -> None:
        """What is on the page from now on, and in its ``html`` tag."""
        self.inside, self.attributes, self.whole = inside, attributes, ""

    def _page(self) -> Response:
        if self.whole:
            return Response(self.whole, mimetype="text/html")
        archive = self.archive
        policy = (
            f"default-src 'none'; style-src 'self'; script-src 'self' {archive}; connect-src {archive}; "
            f"frame-src {archive}; form-action {archive}; base-uri 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        head = (
            '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Koran</title>'
            '<link rel="stylesheet" href="/koran.css"><script src="/koran.js"></script>'
            f'<script type="module" src="{archive}/embed.js"></script>'
        )
        body = f"<main><h1>Koran Kami</h1>{self.inside}<p>Berita lain.</p></main>"
        page = f"<!doctype html><html {self.attributes}><head>{head}</head><body>{body}</body></html>"
        return Response(page, mimetype="text/html", headers={"Content-Security-Policy": policy})


@contextmanager
def served_by(archive: str) -> Iterator[Koran]:
    """The site, which embeds the search of an archive, on a port of its own."""
    koran = Koran(archive)
    thread = Thread(target=koran.server.serve_forever)
    thread.start()
    try:
        yield koran
    finally:
        koran.server.shutdown()
        thread.join()
        koran.server.server_close()


def code_of_guide(beginning: str) -> list[str]:
    """The blocks of HTML in the guide that begin so."""
    text = GUIDE.read_text(encoding="utf-8")
    blocks = re.findall(r"^ *```html\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    return [block for block in blocks if block.startswith(beginning)]


def box(page: Page | Locator) -> Locator:
    """The box of a component."""
    return page.get_by_role("combobox", name="Cari artikel")


def options(page: Page) -> Locator:
    """What is suggested."""
    return page.get_by_role("listbox", name="Saran pencarian").get_by_role("option")


def ask(page: Page | Locator, text: str) -> None:
    """Type and press Enter."""
    box(page).fill(text)
    box(page).press("Enter")


def told(page: Page, name: str) -> list[dict[str, Any]]:
    """Details of the events of a name that the page was told of."""
    return [detail for each, detail in page.evaluate("told") if each == name]


def focused(page: Page) -> str:
    """Name of the part that has the focus inside of a component; the tag of what has it on the page."""
    script = (
        "(() => { const here = document.activeElement; const inner = here.shadowRoot?.activeElement;"
        " return inner?.getAttribute('part') ?? inner?.dataset.choice ?? here.localName; })()"
    )
    return str(page.evaluate(script))
