"""What a page of results shows around the results: filters, chips, sorts, pager, ways out of nothing."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace

from index.messages import N_, Translator
from index.query import Facet, Sort
from search.answer import Answer, Question
from search.i18n.describing_periods import describe_period
from search.web.asides import shortened
from search.web.links import FILTERS, Links, window

FACET_LABELS = {
    Facet.SOURCE: N_("Penerbit"),
    Facet.PLACE: N_("Tempat"),
    Facet.AUTHOR: N_("Penulis"),
    Facet.TOPIC: N_("Topik"),
    Facet.YEAR: N_("Tahun"),
}
SORT_LABELS = {
    Sort.RELEVANCE: N_("Relevansi"),
    Sort.NEWEST: N_("Terbaru"),
    Sort.OLDEST: N_("Terlama"),
}
ALL_LABELS = {
    Facet.SOURCE: N_("Semua penerbit"),
    Facet.PLACE: N_("Semua tempat"),
    Facet.AUTHOR: N_("Semua penulis"),
    Facet.TOPIC: N_("Semua topik"),
    Facet.YEAR: N_("Semua tahun"),
}
FIRST_VALUES = 6
"""Values of a facet that are shown beside the results, and those chosen; all are on a page of their own."""

COUNTED_VALUES = 1000
"""Values of a facet that are counted for a page of results, to say how many there are."""


NAMED_FILTERS = 3
"""Filters that a headline names."""

LONGEST_NAME = 60
"""Characters of a filter that a headline repeats."""


class Choice(Struct, frozen=True):
    """A link that changes the question."""

    label: str
    url: str
    active: bool = False
    count: int | None = None


class FacetGroup(Struct, frozen=True):
    """The values of one facet that stand beside the results, and the way to all of them.

    :param all_label: what all of them are called, with their number; ``all_url`` is empty if they are shown.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]
    all_label: str
    all_url: str


class PageLink(Struct, frozen=True):
    """A link to one page of the results."""

    number: int
    url: str
    active: bool


class Pager(Struct, frozen=True):
    """The pages of the results; ``None`` among the links is a gap."""

    number: int
    last: int
    links: tuple[PageLink | None, ...]
    previous_url: str
    next_url: str
    last_url: str


def facet_groups(answer: Answer, links: Links, translator: Translator) -> list[FacetGroup]:
    """The facets worth showing: at least two values, or one that is chosen."""
    groups = []
    for facet in FILTERS:
        counts = list(answer.facets.get(facet, ()))
        chosen = [links.chosen(facet, each.value) for each in counts]
        if len(counts) < 2 and not any(chosen):
            continue
        if facet is Facet.YEAR:
            counts.sort(key=lambda each: each.value, reverse=True)
        first = FIRST_VALUES if len(counts) > FIRST_VALUES + 1 else len(counts)
        late = [each for each in counts[first:] if links.chosen(facet, each.value)]
        groups.append(
            FacetGroup(
                facet.value,
                translator.gettext(FACET_LABELS[facet]),
                tuple(
                    Choice(
                        each.value,
                        links.toggle_in_panel(facet, each.value),
                        links.chosen(facet, each.value),
                        each.count,
                    )
                    for each in (*counts[:first], *late)
                ),
                _all_label(facet, len(counts), translator),
                links.values(facet) if len(counts) > first + len(late) else "",
            )
        )
    return groups


def _all_label(facet: Facet, number: int, translator: Translator) -> str:
    name = translator.gettext(ALL_LABELS[facet])
    shown = translator.number(min(number, COUNTED_VALUES))
    if number >= COUNTED_VALUES:
        return translator.gettext("{all} ({number} lebih)", all=name, number=shown)
    return f"{name} ({shown})"


def chips(question: Question, links: Links, translator: Translator) -> list[Choice]:
    """The filters in force, each as a link that removes it."""
    chosen = [
        Choice(value, links.toggle(facet, value), active=True)
        for facet in FILTERS
        for value in question.filters.get(facet, ())
    ]
    if not (question.first or question.last):
        return chosen
    days = describe_period(question.first, question.last, translator)
    return [*chosen, Choice(days, links.any_day(), active=True)]


def narrowed(filters: Sequence[Choice], translator: Translator) -> str:
    """The filters in force, in words behind a number of results; ``""`` if there are none."""
    names = ", ".join(shortened(each.label, LONGEST_NAME) for each in filters[:NAMED_FILTERS])
    more = len(filters) - NAMED_FILTERS
    if more > 0:
        return translator.gettext("disaring: {filters}, dan {number} lagi", filters=names, number=more)
    return translator.gettext("disaring: {filters}", filters=names) if names else ""


def sorts(question: Question, links: Links, translator: Translator) -> list[Choice]:
    """The orders that make sense. Without words there is no relevance, and the newest come first."""
    labels = dict(SORT_LABELS)
    active = question.sort
    if not question.text.strip():
        del labels[Sort.RELEVANCE]
        active = Sort.OLDEST if active is Sort.OLDEST else Sort.NEWEST
    return [
        Choice(translator.gettext(label), links.sort(sort), sort is active) for sort, label in labels.items()
    ]


def matches(
    question: Question, answer: Answer, wider: int, links: Links, translator: Translator
) -> list[Choice]:
    """How many articles hold all words, and how many hold all or some: to switch between the two. Nothing if
    it comes to the same.

    :param wider: how many are found where some of the words will do.
    """
    if question.match != "any" and answer.total_all in (0, wider):
        return []
    all_words = links.to(replace(question, match="all", page=1))
    strict = question.match == "all"
    choices = [Choice(translator.gettext("Semua kata"), all_words, strict, answer.total_all)]
    if question.match == "any":
        label = translator.gettext("Salah satu kata")
        return [*choices, Choice(label, links.page(1), True, answer.total)]
    label = translator.gettext("Termasuk sebagian kata")
    return [*choices, Choice(label, links.to(replace(question, match="auto", page=1)), not strict, wider)]


def pager(answer: Answer, links: Links) -> Pager:
    """Links to the other pages."""
    last = answer.pages
    inside = answer.page <= last
    return Pager(
        number=answer.page,
        last=last,
        links=tuple(
            None if number is None else PageLink(number, links.page(number), number == answer.page)
            for number in window(answer.page, last)
        )
        if inside
        else (),
        previous_url=links.page(answer.page - 1) if inside and answer.page > 1 else "",
        next_url=links.page(answer.page + 1) if answer.page < last else "",
        last_url=links.page(last) if last else "",
    )


class Downloads(Struct, frozen=True):
    """The results as files.

    :param count: articles that one holds.
    """

    count: int
    choices: tuple[Choice, ...]


def downloads(answer: Answer, links: Links, address: str, most: int) -> Downloads | None:
    """Files of the results; ``None`` if there are none.

    :param address: of the files, ``""`` if the site has none.
    :param most: articles that one holds at most.
    """
    if not (answer.total and address and most):
        return None
    asked = links.arguments(replace(links.question, page=1, per_page=links.per_page, fold=None))
    asked.pop("lang", None)  # of the pages; there it would be a filter
    return Downloads(
        min(answer.total, most),
        tuple(
            Choice(label, f"{address}?{urlencode({**asked, 'format': kind}, doseq=True)}")
            for label, kind in (("CSV", "csv"), ("JSON Lines", "jsonl"), ("Atom", "atom"))
        ),
    )


class WaysOut(Struct, frozen=True):
    """What a reader can do who found nothing.

    :param unknown: words that no article holds, each with the nearest known ones.
    :param others: other questions that find something.
    """

    unknown: tuple[tuple[str, tuple[Choice, ...]], ...]
    others: tuple[Choice, ...]


def ways_out(answer: Answer, links: Links, translator: Translator) -> WaysOut:
    """What a reader can do who found nothing."""
    near: dict[str, list[Choice]] = {word: [] for word in answer.unknown}
    others = []
    for way in answer.ways_out:
        url = links.to(way.question)
        if way.kind == "word":
            near[way.text].append(Choice(way.question.text, url, count=way.count))
        else:
            label = translator.gettext(_WAY_LABELS[way.kind], values=way.text)
            others.append(Choice(label, url, count=way.count))
    return WaysOut(tuple((word, tuple(choices)) for word, choices in near.items()), tuple(others))


_WAY_LABELS = {
    Facet.SOURCE: N_("Tanpa penerbit {values}"),
    Facet.PLACE: N_("Tanpa tempat {values}"),
    Facet.AUTHOR: N_("Tanpa penulis {values}"),
    Facet.TOPIC: N_("Tanpa topik {values}"),
    Facet.YEAR: N_("Tanpa tahun {values}"),
    Facet.LANG: N_("Tanpa bahasa {values}"),
    "date": N_("Tanpa batas tanggal"),
    "filters": N_("Tanpa saringan apa pun"),
    "quotes": N_("Tanpa tanda kutip"),
    "words": N_("Termasuk sebagian kata"),
}
