"""The three pages: results (or the front page), one article, and how to search."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from flask import Response, abort, current_app, request, url_for
from markupsafe import Markup
from msgspec.structs import replace

from index.query import Sort
from search.answer import Question, dated
from search.http.cache import keep
from search.http.site import Site
from search.http.told import tell_answer
from search.i18n.describing_losses import describe_losses
from search.params import ParameterError, question_and_errors
from search.web import citing, metadata, pages
from search.web.asides import named_period, shortened, wrong_parameters
from search.web.examples import examples_of
from search.web.help import TOPICS
from search.web.links import Links, web_address
from search.web.marks import Marks
from search.web.templating import render_template
from search.web.timeline import timeline
from search.web.trail import number_from, readable_question, trail

NEWEST = 8
"""Articles that the front page shows."""

LONGEST_QUERY = 120
"""Characters of a query that a page repeats in its headline."""


def search_page(site: Site) -> Callable[[], Response]:
    """``/``: the results of a question; the front page when nothing is asked."""

    def view() -> Response:
        question, errors = question_and_errors(request.args, site.settings)
        is_home = _asks_nothing(question) and not errors
        page = (_home(site) if is_home else _results(site, question, errors)).encode()
        return keep(Response(page, mimetype="text/html"), page)

    return view


def article_page(site: Site) -> Callable[[str], Response]:
    """``/dokumen/<id>``: one article, with the words of ``?q=`` marked."""

    def view(id: str) -> Response:
        question = readable_question(request.args, site.settings)
        found = site.service.document(id, question.text, expand=question.expand, correct=question.correct)
        if found is None:
            abort(404)
        article, links = found.document, links_for(site, question)
        rank = number_from(request.args, "rank")
        original_url, permanent_url = web_address(article.url), _permanent_url(site, id)
        page = render_template(
            "telusur/article.html",
            page=found,
            lost=describe_losses((), found.cut, site.translator),
            article=article,
            query=question.text,
            trail=trail(site.service, links, id, rank),
            marks=Marks(partial(links.article, id, rank), number_from(request.args, "mark")),
            only_url=links.only,
            original_url=original_url,
            permanent_url=permanent_url,
            citation=citing.citation(article, original_url or permanent_url, site.translator),
            citation_formats=citing.FORMATS,
            summary=metadata.summary(article),
            structured=metadata.news_article(article, permanent_url, original_url),
            similar=site.service.similar(id),
            article_url=links.article,
        )
        return _telling_host(Response(page, mimetype="text/html"))

    return view


def citation(site: Site) -> Callable[[str, str], Response]:
    """``/dokumen/<id>/sitasi.bib`` and ``.ris``: an article for reference managers."""

    def view(id: str, format: str) -> Response:
        found = site.service.document(id) if format in citing.FORMATS else None
        if found is None:
            abort(404)
        kind = citing.FORMATS[format]
        url = web_address(found.document.url) or _permanent_url(site, id)
        response = Response(kind.write(found.document, url), content_type=f"{kind.mimetype}; charset=utf-8")
        response.headers.set("Content-Disposition", "attachment", filename=f"{id}.{format}")
        return _telling_host(response)

    return view


def help_page(site: Site) -> Callable[[], str]:
    """``/bantuan``: the query language, every operator with an example to try in this archive."""
    examples_now = examples_of(site.service)

    def view() -> str:
        examples = examples_now()
        told = dict(zip(("word", "other", "another"), examples.forms, strict=False))
        return render_template(
            "telusur/help.html",
            topics=TOPICS,
            examples=examples.queries,
            told={**told, "since": f"tanggal:{examples.since:%Y-%m}.."},
            month=site.translator.day(examples.since, "MMMM y"),
            example_url=links_for(site, Question("")).text,
        )

    return view


def about_page(text: Sequence[Markup]) -> Callable[[], str]:
    """``/tentang``: what the owner says about the site, paragraph by paragraph, if anything."""

    def view() -> str:
        if not text:
            abort(404)
        return render_template("telusur/about.html", about=text)

    return view


def _permanent_url(site: Site, id: str) -> str:
    return site.base_address + url_for(".article_page", id=id)


def _telling_host(response: Response) -> Response:
    response.vary.add("Host")
    return response


def _asks_nothing(question: Question) -> bool:
    narrowed = any(question.filters.values()) or question.first or question.last
    browsing = question.sort is not Sort.RELEVANCE or question.page > 1
    return not (question.text.strip() or narrowed or browsing)


def _home(site: Site) -> str:
    answer = site.service.search(Question("", per_page=NEWEST, sort=Sort.NEWEST, histogram=False))
    links = links_for(site, Question(""))
    return render_template(
        "telusur/home.html",
        answer=answer,
        results=answer.results,
        article_url=links.article,
        all_url=links.sort(Sort.NEWEST),
        focus=True,
    )


def _results(site: Site, asked: Question, errors: list[ParameterError]) -> str:
    folded = asked.fold is not False
    answer = site.service.search(replace(asked, facet_size=pages.COUNTED_VALUES, fold=folded))
    tell_answer(asked, answer)
    asked = replace(asked, filters=answer.filters)
    wider = _found_by_some(site, asked) if asked.match == "all" else answer.total
    translator = site.translator
    # Whatever is clicked next keeps the days that were applied, so all numbers stay those of the click.
    question = dated(asked, answer.period)
    links = links_for(site, question)
    chips = pages.chips(question, links, translator)
    first = (answer.page - 1) * answer.per_page + 1
    return render_template(
        "telusur/results.html",
        question=question,
        answer=answer,
        results=answer.results,
        wrong=wrong_parameters(errors, translator),
        period=named_period(asked, answer.period, links, translator),
        query=question.text,
        shown_query=shortened(question.text, LONGEST_QUERY),
        searched=shortened(answer.corrected.query if answer.corrected else question.text, LONGEST_QUERY),
        address_words=shortened(answer.address.words) if answer.address else "",
        kept=links.kept("q"),
        kept_by_days=links.kept("from", "to"),
        facets=pages.facet_groups(answer, links, translator),
        panel=bool(request.args.get("panel")),
        here_url=links.to(question),
        chips=chips,
        narrowed=pages.narrowed(chips, translator),
        sorts=pages.sorts(question, links, translator),
        matches=pages.matches(question, answer, wider, links, translator),
        parted_at=answer.holding_all,
        pager=pages.pager(answer, links),
        timeline=timeline(answer.histogram, links, translator),
        ignored=describe_losses(answer.ignored, answer.cut, translator),
        ways_out=pages.ways_out(answer, links, translator),
        first_number=first,
        ranks={result.id: rank for rank, result in enumerate(answer.results, first)},
        article_url=links.article,
        feed_url=url_for(".feed", **links.arguments(replace(question, page=1, sort=Sort.RELEVANCE))),
        downloads=pages.downloads(answer, links, _export_url(site), site.settings.whole("max_export")),
        unfiltered_url=links.unfiltered(),
        uncorrected_url=links.text(question.text, correct=False),
        did_you_mean_url=links.text(answer.did_you_mean.query) if answer.did_you_mean else "",
        unexpanded_url=links.to(replace(question, expand=False, page=1)),
        unfolded_url=links.to(replace(question, fold=False)) if answer.versions else "",
        folded_url=links.to(replace(question, fold=None)) if question.fold is False else "",
    )


def _export_url(site: Site) -> str:
    endpoint = f"{site.name}_api.export"  # a host application may do without the API
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


def _found_by_some(site: Site, asked: Question) -> int:
    """How many articles are found where some of the words will do."""
    return site.service.search(replace(asked, match="auto", page=1, per_page=0)).total


def links_for(site: Site, question: Question) -> Links:
    """The addresses around a question, which name the language where nothing else remembers it."""
    return Links(
        question,
        per_page=site.settings.whole("per_page"),
        max_chars=site.settings.whole("max_query_chars"),
        language=site.languages.to_carry(request),
        pages=site.name,
    )
