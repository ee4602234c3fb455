"""Files of the pages: style, script, icons. The owner's win over ours; some are made of the settings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from flask import Response, abort, request, send_from_directory

from index.config.values import Colour
from index.messages import _
from search.web.branding import Branding
from search.web.colours import AAA, BLACK, accent_rules, page_colours, palette, written
from search.web.images import SVG
from search.web.links import Addresses

STATIC = Path(__file__).parent / "static"
OWN_SHEET = "situs.css"
"""A style sheet of the owner by this name is linked behind ours."""

SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What a drawing may do that is opened by itself: nothing but be drawn."""


class AssetMissingError(LookupError):
    """A template names a file that nobody has; the message is for the owner, and visitors may read it."""


class Assets:
    """The files of one installation and their addresses, which change with what they hold.

    :param endpoint: of the view that serves them.
    """

    def __init__(self, branding: Branding, endpoint: str) -> None:
        self._branding = branding
        self._endpoint = endpoint
        self._made = dict(_made(branding))
        self._digests: dict[str, str] = {}
        self._addresses = Addresses()
        logo = branding.logo
        self.logo = f"logo.{logo.ending}" if logo else ""
        as_icon = logo is not None and logo.is_square and not branding.file("icon.svg")
        self.icon = self.logo if as_icon else "icon.svg"
        self.icon_type = logo.mimetype if logo and as_icon else SVG

    def url(self, name: str) -> str:
        """The address of a file, good for ever.

        :raises AssetMissingError: if there is no such file.
        """
        return self._addresses.of(self._endpoint, filename=name, v=self.digest(name))

    def digest(self, name: str) -> str:
        """Tells one content of a file from others."""
        if name not in self._digests:
            content = self._made[name][0] if name in self._made else self._path(name).read_bytes()
            self._digests[name] = hashlib.blake2b(content, digest_size=6).hexdigest()
        return self._digests[name]

    def own(self, name: str) -> Response | None:
        """The owner's own file of a name, if there is one."""
        return self._response(name) if self._branding.file(name) else None

    def view(self) -> Callable[[str], Response]:
        """``/aset/<name>``."""
        return self._response

    def named(self, name: str) -> Callable[[], Response]:
        """A file at an address of its own: ``/favicon.ico``."""
        return lambda: self._response(name)

    def _path(self, name: str) -> Path:
        path = self._branding.file(name) or STATIC / name
        if not path.is_file():
            raise AssetMissingError(_("tidak ada berkas static/{name} di folder site_dir", name=name))
        return path

    def _response(self, filename: str) -> Response:
        if made := self._made.get(filename):
            response = Response(made[0], mimetype=made[1])
            response.set_etag(self.digest(filename))
            response.make_conditional(request.environ)
        else:
            folders = (
                [STATIC] if self._branding.folder is None else [self._branding.folder / "static", STATIC]
            )
            folder = next((each for each in folders if (each / filename).is_file()), None)
            if folder is None:
                abort(404)
            response = send_from_directory(folder, filename)
        if response.mimetype == SVG:
            response.headers["Content-Security-Policy"] = SVG_POLICY
        return response


_Made = tuple[bytes, str]
"""Content and media type."""


def _made(branding: Branding) -> Iterator[tuple[str, _Made]]:
    """The files that follow from the settings, by name; what the owner has of his own stays as it is."""
    if branding.logo:
        yield f"logo.{branding.logo.ending}", (branding.logo.content, branding.logo.mimetype)
    if branding.accent:
        sheet = (branding.file("telusur.css") or STATIC / "telusur.css").read_bytes()
        yield "telusur.css", (sheet + accent_rules(branding.accent).encode(), "text/css")
        if not branding.file("icon.svg"):
            yield "icon.svg", (_icon(branding.accent).encode(), SVG)


def _icon(accent: Colour) -> str:
    """Our icon in the owner's colour."""
    colours = palette(accent, page_colours()[0], AAA, BLACK)
    icon = (STATIC / "icon.svg").read_text(encoding="utf-8")
    icon = icon.replace("#0d5f58", written(colours["accent-fill"]))
    if colours["accent-ink"] == BLACK:
        icon = icon.replace("#ffd866", "#000").replace("#fff", "#000")
    return icon
