"""Searches under ``/meili``: what their answers hold, parameter by parameter."""

from __future__ import annotations

import pytest

from search.meili.attributes import ATTRIBUTES, COUNTED

MARKS = {"highlightPreTag": "__ais-highlight__", "highlightPostTag": "__/ais-highlight__"}
MARKED = "__ais-highlight__banjir__/ais-highlight__"


def ids(answer):
    return "".join(hit["id"] for hit in answer["hits"])


def test_a_first_query_without_words_lists_everything_the_newest_first(client):
    query = {"indexUid": "articles", "facets": ["place", "source", "year"], "limit": 21, "offset": 0}
    response = client.post("/meili/multi-search", json={"queries": [query]})

    (answer,) = response.json["results"]
    assert answer.pop("processingTimeMs") >= 0
    hits = answer.pop("hits")
    assert "".join(hit["id"] for hit in hits) == "dcbae"
    assert answer == {
        "indexUid": "articles",
        "query": "",
        "limit": 21,
        "offset": 0,
        "estimatedTotalHits": 5,
        "facetDistribution": {
            "place": {"Demak": 2, "Kudus": 1, "Pati": 1},
            "source": {"Jum'at Berita": 2, "garis\\miring": 1, 'kompas "Cyber" Media': 1, "polos": 1},
            "year": {"2021": 1, "2022": 1, "2023": 1, "2024": 1},
        },
        "facetStats": {"year": {"min": 2021, "max": 2024}},
    }


def test_a_hit_has_every_attribute_or_those_that_are_wanted(search):
    (hit,) = search(filter="id = d")["hits"]
    assert tuple(hit) == ATTRIBUTES
    assert (hit["published"], hit["published_timestamp"], hit["year"]) == ("2024-11-12", 1_731_369_600, 2024)
    (undated,) = search(filter="id = e")["hits"]
    assert (undated["published"], undated["published_timestamp"], undated["year"]) == (None, None, None)
    assert (undated["place"], undated["url"]) == ("", "")
    assert undated["address"] == "http://localhost/dokumen/e"

    assert search(filter="id = d", attributesToRetrieve=["year", "x", "id"])["hits"] == [
        {"id": "d", "year": 2024}
    ]
    assert search(filter="id = d", attributesToRetrieve=[])["hits"] == [{}]
    assert tuple(search(filter="id = d", attributesToRetrieve=["*"])["hits"][0]) == ATTRIBUTES


def test_both_ways_of_paging_show_every_hit_once(search):
    endless = [search(limit=2, offset=offset) for offset in (0, 2, 3, 4, 9)]
    finite = [search(hitsPerPage=2, page=page) for page in (1, 2, 3, 4)]

    assert [ids(answer) for answer in endless] == ["dc", "ba", "ae", "e", ""]
    assert {(answer["limit"], answer["estimatedTotalHits"]) for answer in endless} == {(2, 5)}
    assert [ids(answer) for answer in finite] == ["dc", "ba", "e", ""]
    wanted = {"hitsPerPage": 2, "totalHits": 5, "totalPages": 3}
    for number, answer in enumerate(finite, 1):
        assert {name: answer[name] for name in (*wanted, "page")} == {**wanted, "page": number}
        assert not answer.keys() & {"limit", "offset", "estimatedTotalHits"}
    assert (ids(search(page=2)), search(page=2)["hitsPerPage"]) == ("", 20)
    assert (ids(search(page=0)), ids(search(hitsPerPage=0)), ids(search(limit=0))) == ("", "", "")
    assert search(hitsPerPage=0)["totalPages"] == 0
    assert search(limit=1_000_000)["limit"] == 101  # one more than a page may have: who pages asks for it


def test_sorting_goes_by_the_day_of_publication(search):
    assert ids(search(sort=["published:asc"])) == "abcde"
    assert ids(search(sort=[])) == ids(search()) == "dcbae"
    assert ids(search(q="banjir", sort=["published:desc"])) == "dcbae"
    assert ids(search(sort=["year:desc", "published:desc"])) == "dcbae"
    assert ids(search(sort=["published_timestamp:asc", "year:desc"])) == "abcde"


@pytest.mark.parametrize(
    "sort",
    [["title:asc"], ["published"], ["published:up"], ["year:asc", "published:desc"], "published:asc", [1]],
)
def test_what_cannot_be_sorted_by_is_refused(refused, sort):
    assert refused(sort=sort) == "invalid_search_sort"


def test_facets_are_counted_under_their_filters_and_all_of_them_for_a_star(search):
    some = search(q="banjir", facets=["place", "published_timestamp"], filter="year >= 2022 AND year <= 2023")

    assert some["facetDistribution"] == {
        "place": {"Demak": 1, "Kudus": 1},
        "published_timestamp": {"1672444800": 1, "1672531200": 1},
    }
    assert some["facetStats"] == {"published_timestamp": {"min": 1672444800, "max": 1672531200}}
    every = search(facets=["*"], limit=0)
    assert tuple(every["facetDistribution"]) == COUNTED
    assert every["facetDistribution"]["published"] == dict.fromkeys(
        ["2021-03-05", "2022-12-31", "2023-01-01", "2024-11-12"], 1
    )
    nothing = search(q="takadakatanya", facets=["place", "year"])
    assert (nothing["facetDistribution"], nothing["facetStats"]) == ({"place": {}, "year": {}}, {})
    assert "facetDistribution" not in search()


def test_marks_are_the_tags_that_were_sent_and_nothing_is_escaped(search):
    (hit,) = search(q="banjir", filter="id = d", attributesToHighlight=["*"], **MARKS)["hits"]

    assert hit["_formatted"]["title"] == f"{MARKED.replace('banjir', 'Banjir')} di pasar d"
    assert f"karena {MARKED} besar" in hit["_formatted"]["body"]
    assert "petugas & relawan <3 tetap semangat." in hit["_formatted"]["body"]
    assert (hit["_formatted"]["year"], hit["_formatted"]["source"]) == ("2024", "garis\\miring")
    assert hit["_formatted"].keys() == set(ATTRIBUTES)
    assert "__ais" not in hit["title"] + hit["body"]


def test_by_default_marks_are_em_and_only_attributes_that_are_named_have_them(search):
    asked = {"attributesToRetrieve": ["id"], "attributesToHighlight": ["title"]}
    (hit,) = search(q="banjir", filter="id = d", **asked)["hits"]

    assert hit == {"id": "d", "_formatted": {"id": "d", "title": "<em>Banjir</em> di pasar d"}}
    assert "_formatted" not in search(q="banjir")["hits"][0]


@pytest.mark.parametrize(
    ("crop", "options", "body"),
    [
        (["body:6"], {}, "…rusak karena banjir besar pekan lalu…"),
        (["body"], {"cropLength": 3, "cropMarker": "[...]"}, "[...]karena banjir besar[...]"),
        (["*:1"], {}, "…banjir…"),
    ],
)
def test_a_text_is_cropped_around_what_was_found(search, crop, options, body):
    (hit,) = search(q="banjir", filter="id = d", attributesToCrop=crop, **options)["hits"]

    assert hit["_formatted"]["body"] == body


def test_a_text_without_what_was_found_is_cropped_behind_its_first_words(search):
    (hit,) = search(filter="id = d", attributesToCrop=["body:3", "title:9"])["hits"]

    assert hit["_formatted"]["body"] == "Satu dua tiga…"
    assert hit["_formatted"]["title"] == "Banjir di pasar d"


def test_crop_and_marks_go_together(search):
    asked = {"attributesToCrop": ["body:4"], "attributesToHighlight": ["body"], "cropMarker": "…"}
    (hit,) = search(q="banjir pasar", filter="id = d", **asked, **MARKS)["hits"]

    assert hit["_formatted"]["body"].count("__ais-highlight__") == 1


def test_positions_are_counted_in_bytes(search):
    (hit,) = search(q="banjir", filter="id = d", showMatchesPosition=True)["hits"]

    body = hit["body"].encode()
    assert hit["_matchesPosition"]["title"] == [{"start": 0, "length": 6}]
    places = [body[at["start"] : at["start"] + at["length"]] for at in hit["_matchesPosition"]["body"]]
    assert places == [b"banjir"]
    assert search(filter="id = d", showMatchesPosition=True)["hits"][0]["_matchesPosition"] == {}


def test_ranking_scores_lie_between_0_and_1_and_fall(search, client):
    scores = [hit["_rankingScore"] for hit in search(q="banjir sari", showRankingScore=True)["hits"]]
    assert len(set(scores)) > 1
    assert all(0 < score < 1 for score in scores)
    assert scores == sorted(scores, reverse=True)

    dated = search(q="banjir sari", showRankingScore=True, sort=["published:asc"])["hits"]
    both = {hit["id"]: hit["_rankingScore"] for hit in dated}
    assert list(both) == list("adbce")  # those with every word come first, as in Meilisearch
    assert 1 > min(both["a"], both["d"]) > max(both["b"], both["c"], both["e"]) > 0
    assert {hit["_rankingScore"] for hit in search(showRankingScore=True)["hits"]} == {1.0}


def test_words_are_looked_for_in_the_attributes_that_are_named(search):
    assert search(q="pati")["estimatedTotalHits"] == 1
    assert search(q="pati", attributesToSearchOn=["title", "body"])["estimatedTotalHits"] == 0
    assert ids(search(q="pati", attributesToSearchOn=["place", "title"])) == "d"
    assert search(q="relawan", attributesToSearchOn=["title"])["estimatedTotalHits"] == 0
    assert search(q="relawan", attributesToSearchOn=["body"])["estimatedTotalHits"] == 5
    assert search(q="relawan", attributesToSearchOn=["*"])["estimatedTotalHits"] == 5
    assert search(q="pasar -pati", attributesToSearchOn=["title", "place"])["estimatedTotalHits"] == 4


def test_matching_strategies(search, refused):
    words = "banjir sari katakosong"
    assert search(q=words, matchingStrategy="all")["estimatedTotalHits"] == 0
    for strategy in ("last", "frequency"):
        found = search(q=words, matchingStrategy=strategy)
        assert {*ids(found)[:2]} == {"a", "d"}
        assert found["estimatedTotalHits"] == 5
    assert refused(matchingStrategy="some") == "invalid_search_matching_strategy"


def test_a_word_that_is_still_being_typed_finds_what_begins_so(search):
    for typed in ("rela", "relaw", "relawa", "relawan", "banjir rela"):
        assert search(q=typed)["estimatedTotalHits"] == 5, typed
    assert search(q="relawxx")["estimatedTotalHits"] == 0


def test_an_address_asks_as_a_body_does(client, search):
    query = "q=banjir&limit=2&offset=1&facets=place,year&sort=published:asc&attributesToRetrieve=id,title"
    query += "&showMatchesPosition=true&filter=year >= 2022&attributesToHighlight=title&cropLength=3"
    query += "&highlightPreTag=<b>"
    answer = client.get(f"/meili/indexes/articles/search?{query}").json
    body = {
        "q": "banjir",
        "limit": 2,
        "offset": 1,
        "facets": ["place", "year"],
        "sort": ["published:asc"],
        "attributesToRetrieve": ["id", "title"],
        "showMatchesPosition": True,
        "filter": "year >= 2022",
        "attributesToHighlight": ["title"],
        "cropLength": 3,
        "highlightPreTag": "<b>",
    }
    wanted = search(**body)

    del answer["processingTimeMs"], wanted["processingTimeMs"]
    assert answer == wanted
    assert ids(wanted) == "cd"
    both = {"filter": '[["year = 2021"], "place=Demak"]'}
    assert ids(client.get("/meili/indexes/articles/search", query_string=both).json) == "a"
    assert client.get("/meili/indexes/articles/search?q=true").json["query"] == "true"
    assert client.get("/meili/indexes/articles/search?limit=x").json["code"] == "invalid_search_limit"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"q": 1}, "invalid_search_q"),
        ({"limit": -1}, "invalid_search_limit"),
        ({"limit": "3"}, "invalid_search_limit"),
        ({"limit": True}, "invalid_search_limit"),
        ({"limit": 10**30}, "invalid_search_limit"),
        ({"offset": 1.5}, "invalid_search_offset"),
        ({"page": "1"}, "invalid_search_page"),
        ({"hitsPerPage": -1}, "invalid_search_hits_per_page"),
        ({"facets": "place"}, "invalid_search_facets"),
        ({"facets": ["title"]}, "invalid_search_facets"),
        ({"attributesToRetrieve": "id"}, "invalid_search_attributes_to_retrieve"),
        ({"attributesToHighlight": [1]}, "invalid_search_attributes_to_highlight"),
        ({"attributesToCrop": ["body:x"]}, "invalid_search_attributes_to_crop"),
        ({"attributesToCrop": ["body"] * 2000}, "invalid_search_attributes_to_crop"),
        ({"attributesToSearchOn": ["year"]}, "invalid_search_attributes_to_search_on"),
        ({"cropLength": "x"}, "invalid_search_crop_length"),
        ({"cropMarker": 1}, "invalid_search_crop_marker"),
        ({"highlightPreTag": 1}, "invalid_search_highlight_pre_tag"),
        ({"highlightPostTag": "x" * 20_000}, "invalid_search_highlight_post_tag"),
        ({"showMatchesPosition": "yes"}, "invalid_search_show_matches_position"),
        ({"showRankingScore": 1}, "invalid_search_show_ranking_score"),
        ({"locales": "id"}, "invalid_search_locales"),
        ({"showRankingScoreDetails": True}, "invalid_search_show_ranking_score_details"),
        ({"rankingScoreThreshold": 0.5}, "invalid_search_ranking_score_threshold"),
        ({"distinct": "source"}, "invalid_search_distinct"),
        ({"hybrid": {"embedder": "x"}}, "invalid_search_hybrid_query"),
        ({"vector": [0.1]}, "invalid_search_vector"),
        ({"retrieveVectors": True}, "invalid_search_retrieve_vectors"),
        ({"media": {}}, "invalid_search_media"),
        ({"kata": "banjir"}, "bad_request"),
    ],
    ids=str,
)
def test_a_parameter_that_cannot_be_used_is_named_by_its_code(refused, body, code):
    assert refused(**body) == code


def test_null_is_no_value_and_locales_make_no_difference(search):
    nulls = dict.fromkeys(["q", "filter", "sort", "facets", "limit", "vector", "hybrid", "distinct", "page"])

    assert ids(search(**nulls)) == "dcbae"
    assert ids(search(locales=["ind"], retrieveVectors=False)) == "dcbae"


def test_several_searches_are_answered_in_their_order(client):
    queries = [
        {"indexUid": "articles", "q": "banjir", "limit": 0, "filter": f"id = {name}"} for name in "abx"
    ]
    response = client.post("/meili/multi-search", json={"queries": queries, "federation": None})

    assert [answer["estimatedTotalHits"] for answer in response.json["results"]] == [1, 1, 0]
    assert client.post("/meili/multi-search", json={"queries": []}).json == {"results": []}


@pytest.mark.parametrize(
    ("body", "status", "code", "words"),
    [
        ({}, 400, "bad_request", "queries"),
        ({"queries": [{}]}, 400, "missing_index_uid", ".queries[0]"),
        ({"queries": [3]}, 400, "bad_request", ".queries[0]"),
        ({"queries": [{"indexUid": "articles"}, {"indexUid": "news"}]}, 404, "index_not_found", "articles"),
        ({"queries": [{"indexUid": "articles", "limit": "x"}]}, 400, "invalid_search_limit", "limit"),
        ({"queries": [], "federation": {}}, 400, "invalid_multi_search_federated", "federation"),
        (
            {"queries": [{"indexUid": "articles", "federationOptions": {"weight": 1}}]},
            *(400, "invalid_multi_search_federation_options", "federationOptions"),
        ),
        ({"queries": [{"indexUid": "articles"}] * 31}, 400, "bad_request", "30"),
        (
            {"queries": [{"indexUid": "articles", "filter": ["year > 1"] * 101}] * 2},
            *(400, "invalid_search_filter", "200"),
        ),
    ],
    ids=str,
)
def test_one_search_that_cannot_be_answered_refuses_them_all(client, body, status, code, words):
    response = client.post("/meili/multi-search", json=body)

    assert (response.status_code, response.json["code"]) == (status, code)
    assert words in response.json["message"]


def test_values_of_a_facet_are_found_by_their_beginning(client):
    def values(**body):
        return client.post("/meili/indexes/articles/facet-search", json=body).json

    found = values(facetName="source", facetQuery="jum'", q="banjir", facets=["x"], limit=21, offset=0)
    assert found.pop("processingTimeMs") >= 0
    assert found == {"facetHits": [{"value": "Jum'at Berita", "count": 2}], "facetQuery": "jum'"}
    some = values(facetName="place", filter="author = Sari")
    assert some["facetHits"] == [{"value": "Demak", "count": 1}, {"value": "Pati", "count": 1}]
    assert some["facetQuery"] is None
    assert [each["value"] for each in values(facetName="year", facetQuery="202")["facetHits"]][:1] == ["2024"]
    assert values()["code"] == "missing_facet_search_facet_name"
    assert values(facetName="title")["code"] == "invalid_facet_search_facet_name"
    assert values(facetName="place", facetQuery=3)["code"] == "invalid_facet_search_facet_query"
    assert values(facetName="place", filter="x = 1")["code"] == "invalid_search_filter"
