"""The language a visitor wants, among those that the site speaks."""

from __future__ import annotations

from msgspec import Struct
from werkzeug.wrappers import Request

from index.messages import LANGUAGES
from index.settings import Settings

COOKIE = "telusur_lang"
"""Name of the cookie that remembers a choice; it holds a code of :data:`index.messages.LANGUAGES` alone. Of
the sites of one application each has a cookie of its own, see :func:`cookie_of`."""


def cookie_of(name: str) -> str:
    """The cookie of the site of a name; ``telusur`` is that of a site alone."""
    return f"{name}_lang"


class Languages(Struct, frozen=True):
    """The languages of the pages of one site.

    :param offered: their codes, at least one; the first one is that of visitors who want none of them.
    :param cookie: name of the one that remembers a choice.
    """

    offered: tuple[str, ...]
    cookie: str = COOKIE

    @classmethod
    def of(cls, settings: Settings, cookie: str = COOKIE) -> Languages:
        """Those of the setting ``languages``; without it all there are, that of ``language`` first."""
        listed = settings.texts("languages") or (settings.text("language"), *LANGUAGES)
        return cls(tuple(dict.fromkeys(listed)), cookie)

    @property
    def is_one(self) -> bool:
        """Whether there is nothing to choose, whatever a browser asks for."""
        return len(self.offered) == 1

    def chosen(self, request: Request) -> str:
        """``?lang=``, else what the visitor chose before, else what the browser prefers, else the first."""
        return (
            self.asked(request)
            or self.remembered(request)
            or request.accept_languages.best_match(self.offered)
            or self.offered[0]
        )

    def asked(self, request: Request) -> str:
        """The language of ``?lang=`` if it is one of them, else ``""``."""
        return self._known(request.args.get("lang", ""))

    def remembered(self, request: Request) -> str:
        """The language that the visitor chose before, else ``""``."""
        return self._known(request.cookies.get(self.cookie, ""))

    def to_carry(self, request: Request) -> str:
        """The language that links have to name for the next page to be in it too, or ``""``."""
        asked = self.asked(request)
        return asked if not self.is_one and asked != self.remembered(request) else ""

    def _known(self, code: str) -> str:
        return code if code in self.offered else ""


def preferred_language(request: Request, default: str) -> str:
    """The language that ``Accept-Language`` asks for, else the setting."""
    return request.accept_languages.best_match(list(LANGUAGES), default) or default
