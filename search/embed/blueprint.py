"""The blueprint of what other sites embed: the component's module, and a gallery of what it can do."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from search.access.guard import guard, leave_out
from search.api.clicks import PATH
from search.embed.attributes import ATTRIBUTES, PARTS, PROPERTIES, element
from search.embed.script import Script
from search.http import hooks
from search.web.rendering import Pages
from search.web.templating import render_template


def create_blueprint(pages: Pages) -> Blueprint:
    """``/embed.js`` and ``/embed/``.

    :param pages: those of the site, which the gallery looks like.
    """
    site = pages.site
    blueprint = Blueprint(f"{site.name}_embed", __name__, template_folder="templates")
    hooks.install(blueprint, pages.security)
    guard(blueprint, site.gate)
    leave_out(blueprint, site.gate, ["/embed.js"])
    hooks.answer_errors(blueprint, pages.error_page)
    blueprint.before_request(pages.templates.choose)
    blueprint.after_request(pages.headers)
    blueprint.context_processor(pages.template_tools)
    script = Script(site.languages.offered, PATH.lstrip("/") if site.recorder else "")

    @blueprint.get("/embed.js")
    def module() -> Response:
        return script.response()

    @blueprint.get("/embed/")
    def gallery() -> Response:
        base = site.base_address
        script_url = base + url_for(".module")
        page = render_template(
            "telusur_embed/gallery.html",
            attributes=ATTRIBUTES,
            properties=PROPERTIES,
            parts=PARTS,
            module_url=url_for(".module"),
            script_tag=f'<script type="module" src="{script_url}"></script>',
            script_url=script_url,
            server_url=base + url_for(f"{site.name}.search_page"),
            origin=base,
            element=element,
        )
        response = Response(page, mimetype="text/html")
        response.vary.add("Host")
        return response

    return blueprint
