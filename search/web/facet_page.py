"""The page of all values of a facet: looked through, ordered, chosen one after the other."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, abort, request, url_for
from msgspec.structs import replace

from index.messages import N_, Translator
from index.query import Facet
from search.answer import Question
from search.facets import FacetAnswer, ValueOrder
from search.http.cache import keep
from search.http.site import Site
from search.params import facet_question_from
from search.web.asides import shortened
from search.web.links import FILTERS, Links, window
from search.web.pages import Choice, PageLink, Pager, chips, narrowed
from search.web.templating import render_template

PART = "part"
"""The parameter that says which page of the values is shown."""

TITLES = {
    Facet.SOURCE: N_("Saring menurut penerbit"),
    Facet.PLACE: N_("Saring menurut tempat"),
    Facet.AUTHOR: N_("Saring menurut penulis"),
    Facet.TOPIC: N_("Saring menurut topik"),
    Facet.YEAR: N_("Saring menurut tahun"),
}
ORDER_LABELS: dict[ValueOrder, str] = {"count": N_("Terbanyak"), "name": N_("Menurut nama")}


def values_page(site: Site, links_for: Callable[[Site, Question], Links]) -> Callable[[str], Response]:
    """``/saringan/<name>``: all values of a facet among the articles that a question finds."""

    def view(name: str) -> Response:
        if name not in FILTERS:
            abort(404)
        answer = site.service.facet_values(
            facet_question_from(Facet(name), request.args, site.settings, part=PART)
        )
        asked = answer.asked
        values = _Values(answer, links_for(site, replace(asked.question, page=1)))
        page = render_template(
            "telusur/values.html",
            answer=answer,
            asked=asked,
            query=asked.question.text,
            title=site.translator.gettext(TITLES[asked.facet]),
            shown_query=shortened(asked.question.text),
            narrowed=narrowed(chips(asked.question, values.links, site.translator), site.translator),
            choices=values.choices(),
            chosen=values.chosen(),
            orders=values.orders(site.translator),
            pager=values.pager(),
            kept_by_find=values.kept(),
            here_url=values.links.to(values.links.question),
            form_url=url_for(".values_page", name=name),
        ).encode()
        return keep(Response(page, mimetype="text/html"), page)

    return view


class _Values:
    """The links of one page of values."""

    def __init__(self, answer: FacetAnswer, links: Links) -> None:
        self.links = links
        self._answer = answer
        self._asked = answer.asked

    def choices(self) -> list[Choice]:
        """The values, each as a link that chooses it, or no longer does, and leads back to its place."""
        facet, links, own = self._asked.facet, self.links, self._own(self._asked.page)
        return [
            Choice(
                each.value,
                f"{links.values(facet, own, links.toggled(facet, each.value))}#nilai-{place}",
                each.chosen,
                each.count,
            )
            for place, each in enumerate(self._answer.values)
        ]

    def chosen(self) -> list[Choice]:
        """The values that are chosen, each as a link that removes it."""
        facet, links, own = self._asked.facet, self.links, self._own(self._asked.page)
        values = links.question.filters.get(facet, ())
        return [Choice(each, links.values(facet, own, links.toggled(facet, each)), True) for each in values]

    def orders(self, translator: Translator) -> list[Choice]:
        """The orders of the values."""
        asked = self._asked
        return [
            Choice(
                translator.gettext(label),
                self.links.values(asked.facet, self._own(order=order)),
                order == asked.order,
            )
            for order, label in ORDER_LABELS.items()
        ]

    def pager(self) -> Pager:
        """Links to the other pages of values."""
        number, last = self._asked.page, self._answer.pages

        def url(page: int) -> str:
            return self.links.values(self._asked.facet, self._own(page))

        return Pager(
            number=number,
            last=last,
            links=tuple(
                None if each is None else PageLink(each, url(each), each == number)
                for each in window(number, last)
            ),
            previous_url=url(min(number - 1, last)) if number > 1 else "",
            next_url=url(number + 1) if number < last else "",
            last_url=url(last) if last else "",
        )

    def kept(self) -> list[tuple[str, str]]:
        """What the form that looks for values sends along."""
        order = self._own().get("order")
        return [*self.links.kept(), *([("order", order)] if order else [])]

    def _own(self, page: int = 1, order: ValueOrder | None = None) -> dict[str, str]:
        """The list's own parameters, without those that say what holds anyway."""
        asked = self._asked
        own = {
            "find": asked.find,
            "order": (order or asked.order).removeprefix("count"),
            PART: str(page) if page > 1 else "",
        }
        return {name: value for name, value in own.items() if value}
