"""Pages: what their templates can use, and the page for when something fails."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from flask import Response, current_app, make_response, request, url_for
from markupsafe import Markup, escape

from index.messages import LANGUAGES
from search.http import hooks
from search.http.problems import Problem, problem_of
from search.http.site import Site
from search.i18n.html import html, nhtml
from search.params import ParameterError
from search.web.assets import OWN_SHEET, Assets
from search.web.branding import Branding
from search.web.links import Addresses, web_address
from search.web.overrides import fault_of, render_ours
from search.web.prose import paragraphs
from search.web.templating import Templates

PARAMETERS = (
    *("q", "page", "per_page", "sort", "source", "place", "author", "topic", "year", "from", "to"),
    *("match", "expand", "correct", "period", "fold", "rank", "mark", "find", "order", "part"),
)
YEAR_IN_SECONDS = 365 * 24 * 3600
_PROBLEM = "telusur/problem.html"


class Pages:
    """The pages of one installation.

    :param branding: how they look; by default as the settings say.
    :raises SettingError: if these name what cannot be used.
    """

    def __init__(self, site: Site, branding: Branding | None = None) -> None:
        self.site = site
        self.branding = branding or Branding.of(site.settings)
        self.security = hooks.page_headers(site.settings.texts("frame_ancestors"))
        self.assets = Assets(self.branding, self._endpoint("static"))
        self.templates = Templates(self.branding, site.name)
        self._addresses = Addresses()
        self._footer = paragraphs(self.branding.footer)

    def error_page(self, error: Exception) -> Response:
        """The page that explains an error; made of our own templates where one of the owner's fails."""
        fault, translator = fault_of(error, self.branding.templates), self.site.translator
        problem = fault.problem(translator) if fault else problem_of(error, translator)
        self.report(problem.status, error)
        return self._explained(problem, error)

    def report(self, status: int, error: Exception) -> None:
        """Tell the owner of an error that a visitor met instead of a page."""
        hooks.log_error(status, error)

    def template_tools(self) -> dict[str, Any]:
        """Names that every template of the page can use."""
        translator = self.site.translator
        address, language = self._address, self._carried_language()
        suggest = f"{self.site.name}_api.suggest"  # a host application may do without the API
        return {
            "_": partial(html, translator),
            "_n": partial(nhtml, translator),
            "tr": translator,
            "language": translator.language,
            "languages": self._choices(translator.language),
            "home": address("search_page", **language),
            "home_path": address("search_page"),
            "help_url": address("help_page", **language),
            "kept": list(language.items()),
            "asset": self.assets.url,
            "web_address": web_address,
            "suggest_url": self._addresses.of(suggest) if suggest in current_app.view_functions else "",
            # A script puts the id of an article in the place of "_".
            "suggested_article_url": address("article_page", id="_", **language),
            "api_url": address("api_page", **language) if suggest in current_app.view_functions else "",
            "clicks_url": self._addresses.of(f"{self.site.name}_clicks.click") if self.site.recorder else "",
            "opensearch_url": address("opensearch"),
            # Only for *_html fields of answers, which are escaped where they are made and hold <mark> alone.
            "trusted": Markup,
            "code": lambda text: Markup("<code>") + escape(text) + Markup("</code>"),
            "in_language": lambda text, lang: Markup('<span lang="{}">{}</span>').format(lang, text),
            "quoted": lambda text: Markup("<q>") + escape(text) + Markup("</q>"),
            **self._brand(language),
        }

    def headers(self, response: Response) -> Response:
        """Say how long files of the pages may be kept, and on what a page depends."""
        if request.endpoint == self._endpoint("static") and response.status_code < 400:
            response.cache_control.public = True
            response.cache_control.max_age = YEAR_IN_SECONDS if "v" in request.args else 300
            response.cache_control.no_cache = None
        elif response.mimetype == "text/html" and not self.site.languages.is_one:
            response.vary.update(("Accept-Language", "Cookie"))
        return response

    def _explained(self, problem: Problem, error: Exception) -> Response:
        folder = self.branding.templates
        if not fault_of(error, folder):
            try:
                return self._response(problem, self.templates.render(_PROBLEM, self._told(problem, error)))
            except Exception as failed:  # perhaps of a template of the host's
                self.report(500, failed)
                if fault := fault_of(failed, folder):
                    problem = fault.problem(self.site.translator)
        return self._response(problem, render_ours(_PROBLEM, **self._told(problem, error)))

    def _told(self, problem: Problem, error: Exception) -> dict[str, Any]:
        longest = self.site.settings.whole("max_query_chars")
        return {
            **self.template_tools(),
            "problem": problem,
            "problem_title": self.site.translator.gettext(problem.title),
            "request_id": hooks.request_id(),
            "retry_url": self._without(error.name) if isinstance(error, ParameterError) else "",
            "query": request.args.get("q", "")[:longest],
        }

    def _response(self, problem: Problem, page: str) -> Response:
        response = make_response(page, problem.status)
        response.headers.update(problem.headers)
        return self.headers(hooks.secure(response, self.security))

    def _brand(self, language: dict[str, Any]) -> dict[str, Any]:
        branding, assets, address = self.branding, self.assets, self._address
        return {
            "site_name": self.site.settings.text("site_name"),
            "logo": branding.logo,
            "logo_url": assets.url(assets.logo) if assets.logo else "",
            "logo_only": branding.logo_only,
            "icon_url": assets.url(assets.icon),
            "icon_type": assets.icon_type,
            "own_sheet_url": assets.url(OWN_SHEET) if branding.file(OWN_SHEET) else "",
            "owners_language": self.site.languages.offered[0],
            "newest_feed_url": address("feed"),
            "favicon_url": address("favicon_ico"),
            "touch_icon_url": address("apple-touch-icon_png"),
            "footer_text": self._footer,
            "about_url": address("about_page", **language) if branding.about else "",
        }

    def _choices(self, spoken: str) -> list[dict[str, Any]]:
        """The languages that a visitor can choose among, if there is anything to choose.

        Each is an address that remembers the language and leads back to the page at hand.
        """
        languages = self.site.languages
        if languages.is_one:
            return []
        back = urlencode({"ke": self._here()}, safe="/")
        return [
            {
                "code": code,
                "label": LANGUAGES[code],
                "active": code == spoken,
                "url": f"{self._address('choose_language', code=code)}?{back}",
            }
            for code in languages.offered
        ]

    def _here(self) -> str:
        """The address at hand without a language; the front page if it is none of ours."""
        endpoint = request.endpoint or ""
        ours = (self._endpoint(""), f"{self.site.name}_embed.")
        if not endpoint.startswith(ours) or endpoint == self._endpoint("static"):
            return self._address("search_page")
        asked = {name: values for name, values in _asked().items() if values}
        return quote(request.script_root + request.path) + (
            f"?{urlencode(asked, doseq=True)}" if asked else ""
        )

    def _endpoint(self, name: str) -> str:
        return f"{self.site.name}.{name}"

    def _address(self, name: str, **values: Any) -> str:
        return self._addresses.of(self._endpoint(name), **values)

    def _carried_language(self) -> dict[str, Any]:
        wanted = self.site.languages.to_carry(request)
        return {"lang": wanted} if wanted else {}

    def _without(self, parameter: str) -> str:
        """The search at hand without one parameter."""
        asked = {name: values for name, values in _asked().items() if name != parameter}
        return url_for(self._endpoint("search_page"), **asked, **self._carried_language())


def _asked() -> dict[str, Any]:
    """The parameters of the request: only our own, as url_for takes _scheme and the like for orders."""
    return {name: request.args.getlist(name) for name in PARAMETERS}
