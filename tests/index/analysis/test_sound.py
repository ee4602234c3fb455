"""Names by how they sound: the ways to spell one name have a key in common, other words have not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.sound import MOST_LETTERS, Names, name_keys
from index.analysis.wordlists import words_in_use

SPELT = """
soeharto suharto; soekarno sukarno; djakarta jakarta; muhammad mohammad mohamad mochamad muhamad mukhamad
achmad ahmad akhmad; tjokroaminoto cokroaminoto; joesoef yusuf yusup
tjahjo tjahyo cahyo; sjafrie syafri safri; soerjadi suryadi; wijaya widjaja widjaya; djoemadi jumadi
zainal zaenal; syaiful saeful saiful syaeful; chairul khairul choirul khoirul hairul; chandra candra tjandra
rachmat rahmat rahmad rokhmat rohmat; taufik taufiq tawfik; usman oesman utsman; dzulfikar zulfikar zulfiqar
saefudin saifuddin saepudin syaifudin; setiawan setyawan setiyawan; mulyono moelyono muliono
prasetyo prasetio prasetiyo; suwardi soewardi suardi; rudi rudy ruddy; dedi deddy dedy dedie
budi budhi boedi; andhika andika; ghazali gazali; martha marta; viktor victor; christian kristian cristian
aisyah aisya; fatimah fatima; hassan hasan; faisal faizal; philip filip phillip; eddy eddi eddie
"""
GROUPS = [line.split() for row in SPELT.split("\n") for line in row.split(";") if line.strip()]
APART = """
dua doa; tegak tekad; joko yoko; budi bodi; rudi dudi; ratna retno; wati watu; hasan husin; yanti yanto
ridwan ritwan; sara saras; anggi angie; putra putri
"""
FORMS = st.from_regex(r"[a-z]{1,30}", fullmatch=True)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group[0])
def test_spellings_of_one_name_have_a_key_in_common(group: list[str]) -> None:
    keys = [set(name_keys(form)) for form in group]
    assert set.intersection(*keys)


@pytest.mark.parametrize(
    "pair", [pair.split() for pair in APART.replace("\n", ";").split(";") if pair.strip()]
)
def test_other_names_have_none(pair: list[str]) -> None:
    assert not set(name_keys(pair[0])) & set(name_keys(pair[1]))


@given(st.lists(st.sampled_from(["soe", "tjo", "dja", "ri", "ma", "no", "wi", "su"]), min_size=2, max_size=5))
def test_a_name_in_the_spelling_before_1972_sounds_like_that_of_today(parts: list[str]) -> None:
    old = "".join(parts)
    today = old.replace("oe", "u").replace("tj", "c").replace("dj", "j")
    assert set(name_keys(old)) == set(name_keys(today))


@given(FORMS)
def test_a_key_is_bounded_and_nothing_without_letters_has_one(form: str) -> None:
    keys = name_keys(form)
    assert len(keys) <= 2
    assert (not keys) == (not 4 <= len(form) <= MOST_LETTERS)
    assert not name_keys(form[:3])
    assert not name_keys(form + "2")


def test_hardly_any_roots_sound_alike() -> None:
    roots = [root for root in words_in_use("living") if name_keys(root)]
    names = Names.of(roots)
    alike = [root for root in roots if names.alike(root)]
    assert len(alike) <= len(roots) / 200
    assert names.alike("masa") == ["massa"]


@given(st.sets(FORMS, max_size=12), FORMS)
def test_names_are_found_by_each_of_their_keys(forms: set[str], asked: str) -> None:
    names = Names.of(forms)
    kept = {form for form in forms if name_keys(form)}
    assert set(names) == kept
    assert {form for form in forms if form in names} == kept
    keys = set(name_keys(asked))
    assert set(names.alike(asked)) == {form for form in kept - {asked} if keys & set(name_keys(form))}
    assert (asked in names) == (asked in kept)
    assert Names(names.text).alike(asked) == names.alike(asked)


def test_more_names_are_added_and_known_ones_change_nothing() -> None:
    names = Names.of(["ahmad", "chandra"])
    assert names.with_more(["ahmad"]) is names
    assert names.with_more(["achmad"]).alike("ahmad") == ["achmad"]
    assert names.with_more(["achmad"]).text == Names.of(["achmad", "ahmad", "chandra"]).text
