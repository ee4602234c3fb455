"""Whatever a request carries, it is answered or refused in Meilisearch's shape; nothing fails."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.app import create_app
from search.meili.attributes import ATTRIBUTES
from search.meili.documents import KNOWN as OF_DOCUMENTS
from search.meili.queries import KNOWN, UNSUPPORTED

TEXTS = [
    "",
    "*",
    "banjir",
    '"',
    "year > 2020",
    "place = Demak",
    "published:asc",
    "all",
    "body:3",
    "<b>",
    "é",
    "\x00",
]
texts = st.sampled_from([*TEXTS, *ATTRIBUTES]) | st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 10**18) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=2),
    max_leaves=5,
)
searches = st.dictionaries(st.sampled_from(sorted(set(KNOWN) - UNSUPPORTED.keys())), values, max_size=4)
fitting = st.fixed_dictionaries(
    {},
    optional={
        "q": texts,
        "limit": st.integers(0, 200),
        "offset": st.integers(0, 10**15 - 1),
        "page": st.integers(0, 10**15 - 1),
        "hitsPerPage": st.integers(0, 200),
        "facets": st.lists(st.sampled_from(["*", "place", "year", "published"])),
        "attributesToCrop": st.lists(st.sampled_from(["*:0", "body", "title:2"])),
        "attributesToHighlight": st.lists(texts),
        "cropMarker": texts,
        "highlightPreTag": texts,
        "showMatchesPosition": st.booleans(),
        "showRankingScore": st.booleans(),
        "sort": st.lists(st.sampled_from(["year:asc", "published:desc"]), max_size=2),
    },
)
requests = st.one_of(
    st.tuples(st.just("/indexes/articles/search"), searches | fitting),
    st.tuples(
        st.just("/indexes/articles/facet-search"),
        st.builds(lambda search, name: search | {"facetName": name}, searches, values),
    ),
    st.tuples(
        st.just("/indexes/articles/documents/fetch"),
        st.dictionaries(st.sampled_from(OF_DOCUMENTS), values, max_size=3),
    ),
    st.tuples(
        st.just("/multi-search"),
        st.fixed_dictionaries(
            {
                "queries": st.lists(
                    fitting.map(lambda search: search | {"indexUid": "articles"}) | values, max_size=3
                )
            }
        ),
    ),
    st.tuples(st.just("/multi-search"), values),
)


@pytest.fixture(scope="module")
def site(site_settings):
    return create_app(site_settings).test_client()


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(request=requests)
def test_any_body_is_answered_or_refused(site, request):
    path, body = request
    response = site.post(f"/meili{path}", data=orjson.dumps(body), content_type="application/json")

    assert response.status_code in (200, 400), (request, response.json)
    assert response.status_code == 200 or response.json.keys() == {"message", "code", "type", "link"}


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    query=st.dictionaries(st.sampled_from(KNOWN), st.text(max_size=9) | st.sampled_from(TEXTS), max_size=4)
)
def test_any_address_is_answered_or_refused(site, query):
    clean = {name: text.encode(errors="replace").decode() for name, text in query.items()}
    response = site.get("/meili/indexes/articles/search", query_string=clean)

    assert response.status_code in (200, 400), (query, response.json)
