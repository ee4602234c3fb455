"""Who asks is known behind proxies, and nobody can pass for somebody else."""

from __future__ import annotations

import pytest

from index.settings import SettingError, load_settings
from search.access.clients import Client, Proxies

OURS = ("10.1.0.0/16",)


def client(peer: str, forwarded: str = "", **headers: str) -> Client:
    return Proxies(OURS).client({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded, **headers})


@pytest.mark.parametrize(
    ("peer", "forwarded", "name"),
    [
        ("203.0.113.7", "", "203.0.113.7"),
        ("203.0.113.7", "198.51.100.1", "203.0.113.7"),  # no proxy of ours: what it says is not believed
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the first was written by the visitor
        ("127.0.0.1", "198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7"),  # through two proxies of ours
        ("127.0.0.1", "203.0.113.7:50123", "203.0.113.7"),
        ("::ffff:127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"),
        ("::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::1", '"[2001:db8:1:2:ffff::1]:443"', "2001:db8:1:2::/64"),
        ("2001:db8:1:2::99", "", "2001:db8:1:2::/64"),
        ("127.0.0.1", "unknown", "127.0.0.1"),  # a proxy that names nobody: all of its visitors are one
        ("127.0.0.1", "203.0.113.7, nonsense", "127.0.0.1"),
        ("127.0.0.1", "1.1.1.1, " * 100_000 + "203.0.113.7", "203.0.113.7"),
    ],
)
def test_the_last_address_that_is_no_proxy_of_ours_counts(peer: str, forwarded: str, name: str) -> None:
    assert client(peer, forwarded).name == name


def test_a_trusted_machine_that_asks_for_itself_is_counted_as_nobody() -> None:
    assert client("127.0.0.1").name == client("10.1.0.9", "10.1.0.8").name == client("").name == ""


def test_the_other_header_is_not_read_which_proxies_pass_on_as_visitors_wrote_it() -> None:
    assert client("127.0.0.1", "203.0.113.7", HTTP_FORWARDED="for=198.51.100.1").name == "203.0.113.7"
    assert client("127.0.0.1", HTTP_FORWARDED="for=198.51.100.1").name == ""


def test_private_is_the_machine_itself_and_its_own_network() -> None:
    assert all(client(*asked).private for asked in [("127.0.0.1",), ("192.168.1.5",), ("::1", "fd00::1")])
    assert not any(
        client(*asked).private for asked in [("8.8.8.8",), ("127.0.0.1", "8.8.8.8"), ("127.0.0.1", "unknown")]
    )


def test_a_proxy_of_ones_own_network_that_nobody_named_does_not_make_one_visitor_of_all() -> None:
    assert client("172.17.0.1", "203.0.113.7") == client("172.17.0.1", "203.0.113.8") == Client("", False)
    assert client("172.17.0.1") == Client("172.17.0.1", True)


def test_the_machine_itself_is_always_believed() -> None:
    assert Proxies(()).client({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}).name


def test_several_in_the_environment_are_separated_by_commas_and_checked() -> None:
    proxies = load_settings({"TELUSUR_TRUSTED_PROXIES": "::1, 10.0.0.0/8"}).texts("trusted_proxies")
    assert proxies == ("::1", "10.0.0.0/8")
    with pytest.raises(SettingError, match=r"10\.0\.0\.0/40"):
        load_settings({"TELUSUR_TRUSTED_PROXIES": "10.0.0.0/40"})
