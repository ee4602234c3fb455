"""The blueprint of the page: its routes."""

from __future__ import annotations

from flask import Blueprint

from search.access.guard import guard, leave_out
from search.http import hooks
from search.web import api_page, crawlers, facet_page, feeds, views
from search.web.overrides import loader_of
from search.web.prose import paragraphs
from search.web.remembering import choose_language
from search.web.rendering import Pages

AT_THE_ROOT = ("favicon.ico", "apple-touch-icon.png")
"""Files that browsers ask for without being told of them."""


def create_blueprint(pages: Pages) -> Blueprint:
    """The pages of a site, to be registered on any Flask application, under a prefix or not."""
    site, branding, assets = pages.site, pages.branding, pages.assets
    blueprint = Blueprint(site.name, __name__)
    blueprint.jinja_loader = loader_of(branding.templates, branding.sources)
    hooks.install(blueprint, pages.security)
    guard(blueprint, site.gate)
    leave_out(blueprint, site.gate, ("/aset/", *(f"/{name}" for name in AT_THE_ROOT)))
    hooks.answer_errors(blueprint, pages.error_page)
    blueprint.before_request(pages.templates.choose)
    blueprint.after_request(pages.headers)
    blueprint.context_processor(pages.template_tools)
    blueprint.add_url_rule("/", "search_page", views.search_page(site))
    blueprint.add_url_rule("/dokumen/<id>", "article_page", views.article_page(site))
    blueprint.add_url_rule("/dokumen/<id>/sitasi.<format>", "citation", views.citation(site))
    blueprint.add_url_rule("/saringan/<name>", "values_page", facet_page.values_page(site, views.links_for))
    blueprint.add_url_rule("/bantuan", "help_page", views.help_page(site))
    blueprint.add_url_rule("/docs", "api_page", api_page.api_page(site))
    blueprint.add_url_rule("/tentang", "about_page", views.about_page(paragraphs(branding.about)))
    blueprint.add_url_rule("/bahasa/<code>", "choose_language", choose_language(site))
    blueprint.add_url_rule("/feed.atom", "feed", feeds.feed(site, views.links_for))
    blueprint.add_url_rule("/opensearch.xml", "opensearch", feeds.browser_search(site))
    blueprint.add_url_rule("/robots.txt", "robots", crawlers.robots(site, assets))
    blueprint.add_url_rule("/sitemap.xml", "sitemap", crawlers.sitemap(site))
    blueprint.add_url_rule("/sitemap-<int:part>.xml", "sitemap_part", crawlers.sitemap_part(site))
    blueprint.add_url_rule("/aset/<path:filename>", "static", assets.view())
    for name in AT_THE_ROOT:
        blueprint.add_url_rule(f"/{name}", name.replace(".", "_"), assets.named(name))
    return blueprint
