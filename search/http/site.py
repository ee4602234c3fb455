"""Site: what the faces of one installation share, handed to every blueprint."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from urllib.parse import quote, urlsplit

from flask import current_app, has_request_context, request, url_for
from msgspec import Struct
from msgspec.structs import replace

from index.messages import Translator, translator, use_language
from index.settings import Settings, load_settings
from search.access.counters import SharedCounters
from search.access.gate import Gate
from search.answering.service import SearchService
from search.asked.recorder import Recorder
from search.asked.store import Store
from search.i18n.choosing import Languages, cookie_of, preferred_language
from search.opened.searcher import Searcher


class Site(Struct, frozen=True, dict=True):
    """One installation: its settings, its open index and its languages.

    :param searcher: by default one that opens the index named by the settings.
    :param name: tells it from other sites of the same application: its endpoints begin with it.
    :param counters: of requests, shared with other processes that serve it.
    """

    settings: Settings
    searcher: Searcher
    name: str = "telusur"
    counters: SharedCounters | None = None

    @classmethod
    def of(
        cls,
        settings: Settings | None = None,
        searcher: Searcher | None = None,
        counters: SharedCounters | None = None,
    ) -> Site:
        """A site from what the host application has at hand.

        :raises SettingError: if the settings have to be read and hold a mistake.
        """
        if settings is None:
            settings = load_settings()
        use_language(settings.text("language"))
        return cls(settings, searcher or Searcher(settings), counters=counters)

    def named(self, name: str) -> Site:
        """The same site by another name, for an application that holds several."""
        if name == self.name:
            return self
        other = replace(self, name=name)
        vars(other)["service"] = self.service  # whose lanes count the dear questions of this index
        vars(other)["gate"] = self.gate  # which counts the requests of its visitors
        vars(other)["recorder"] = self.recorder
        return other

    @cached_property
    def service(self) -> SearchService:
        """The one call that answers questions."""
        return SearchService(self.searcher)

    @cached_property
    def gate(self) -> Gate:
        """Decides who is answered."""
        return Gate(self.settings, self.counters)

    @cached_property
    def recorder(self) -> Recorder | None:
        """Counts what visitors ask, if the owner wants that."""
        settings = self.settings
        if not settings.flag("query_log"):
            return None
        return Recorder(Store.of(settings.text("index")), settings.whole("query_log_days"))

    @cached_property
    def languages(self) -> Languages:
        """Those that its pages are offered in."""
        return Languages.of(self.settings, cookie_of(self.name))

    @property
    def base_address(self) -> str:
        """Scheme and host that visitors use: the setting, else those of the request at hand, and then a
        response that tells them varies with ``Host``."""
        return self._public_base or f"{request.scheme}://{request.host}"

    @cached_property
    def _public_base(self) -> str:
        parts = urlsplit(self.settings.text("public_url"))
        return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

    def endpoint(self, page: str, otherwise: str) -> str:
        """The endpoint of one of its pages, or another one: a host application may do without them.

        :param page: its name, without that of the site.
        """
        endpoint = f"{self.name}.{page}"
        return endpoint if endpoint in current_app.view_functions else otherwise

    def article_addresses(self, otherwise: str = "") -> Callable[[str], str]:
        """Article's id -> its complete address, worked out once: it may be asked when the request is no more.

        :param otherwise: the endpoint that tells of an article where there are no pages; without one the
            addresses are empty.
        """
        endpoint = self.endpoint("article_page", otherwise)
        if not endpoint:
            return lambda name: ""
        before = (self.base_address + url_for(endpoint, id="_")).removesuffix("_")
        return lambda name: before + quote(name, safe="!$&'()*+,:;=@~")

    @property
    def translator(self) -> Translator:
        """The translator for the request at hand; outside of one, for the first language of the pages."""
        if has_request_context():
            return translator(self.languages.chosen(request))
        return translator(self.languages.offered[0])

    @property
    def preferred_translator(self) -> Translator:
        """The translator for what the program asking prefers, whatever ``?lang=`` says: in the API it is a
        filter."""
        return translator(preferred_language(request, self.settings.text("language")))
