"""The site's own address outside a request."""

import pytest

from participation.kernel import addresses


@pytest.mark.parametrize(
    ("site", "path", "whole"),
    [
        ("https://ts.example", "/desk/dossiers/7", "https://ts.example/desk/dossiers/7"),
        ("https://ts.example/", "/desk/dossiers/7", "https://ts.example/desk/dossiers/7"),
        ("https://city.example/ts", "/me", "https://city.example/ts/me"),
        ("http://127.0.0.1:8000", "/", "http://127.0.0.1:8000/"),
        ("https://ts.example", "https://ts.example/x", "https://ts.example/x"),
    ],
)
def test_whole_addresses(site: str, path: str, whole: str) -> None:
    addresses.use_site(site)
    assert addresses.absolute(path) == whole


def test_the_host_has_no_port() -> None:
    addresses.use_site("http://127.0.0.1:8000")
    assert addresses.host() == "127.0.0.1"


def test_without_a_site_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "_site", "")
    with pytest.raises(RuntimeError, match="use_site"):
        addresses.absolute("/x")
