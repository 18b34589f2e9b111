"""What is fetched from a real server on loopback, and what is refused."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import PullquoteError
from index.web.addresses import ForbiddenAddress, is_public
from index.web.connection import Limits, TooLarge, TooSlow, Unreachable
from index.web.fetch import NotWeb, fetch, tidy
from index.web.robots import Disallowed
from index.web.walls import Walled
from tests.sites import Site

ROOT = Path(__file__).parents[1]
PAGE = b"<!doctype html><html><head><title>Tide</title></head><body><p>High at six.</p></body>"
FORM = b"<!doctype html><body><form><input name=u><input type='password' name=p></form></body>"
WORDS = b"<p>" + b"The wall was raised and the town was dry. " * 30 + b"</p>"


HERE = Limits(allow_private=True, seconds=5, size=100_000, redirects=3)


def test_the_bytes_are_kept_as_received_with_time_and_headers(site: Site) -> None:
    url = site.page("/tide", PAGE, Content_Type="text/html", ETag='"7"')
    got = fetch(url, HERE)
    assert got.data == PAGE and got.asked == got.url == url
    assert got.content_type == "text/html" and ("ETag", '"7"') in got.headers
    assert got.at.endswith("+00:00") and got.name.endswith("/tide")


def test_the_request_tells_who_asks_and_nothing_else(site: Site) -> None:
    fetch(site.page("/tide", PAGE), HERE)
    assert [path for path, _ in site.asked] == ["/robots.txt", "/tide"]
    headers = site.asked[1][1]
    assert headers.pop("User-Agent") == "Pullquote" and "Cookie" not in headers
    assert set(headers) <= {"Host", "Accept", "Accept-Encoding"}


def test_private_addresses_are_refused_before_anything_is_sent(site: Site) -> None:
    with pytest.raises(ForbiddenAddress, match="--allow-private"):
        fetch(site.page("/tide", PAGE))
    assert site.asked == []


def test_names_of_this_machine_in_any_dress_are_refused() -> None:
    """In a process of its own: the tests' guard knows only the plainest of these as local."""
    hosts = ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "0", "::1",
             "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1"]  # fmt: skip
    code = (
        "import sys\nfrom index.web.addresses import ForbiddenAddress, resolved\n"
        "for host in sys.argv[1:]:\n"
        "    try: print(host, 'is let through to', resolved(host, 80))\n"
        "    except (ForbiddenAddress, OSError): pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *hosts], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("address", "public"),
    [("8.8.8.8", True), ("2606:4700::1111", True), ("10.1.2.3", False), ("172.16.0.1", False),
     ("192.168.1.1", False), ("169.254.169.254", False), ("100.64.0.1", False),
     ("224.0.0.1", False), ("255.255.255.255", False), ("fe80::1%eth0", False),
     ("fc00::1", False), ("fec0::1", False), ("ff02::1", False), ("ff0e::1", False),
     ("::", False), ("64:ff9b::a00:1", False), ("64:ff9b::808:808", True),
     ("2002:7f00:1::", False), ("::ffff:8.8.8.8", False), ("nonsense", False)],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


@given(st.ip_addresses(network="10.0.0.0/8"))
def test_no_private_address_gets_through_inside_ipv6(address: Any) -> None:
    for dress in ("::ffff:{}", "64:ff9b::{}", "::{}"):
        assert not is_public(dress.format(address))


def test_redirects_are_followed_and_counted(site: Site) -> None:
    site.page("/a", b"", 302, Location="/b")
    site.page("/b", b"", 301, Location="/tide")
    site.page("/tide", PAGE)
    assert fetch(f"{site.url}/a", HERE).url == f"{site.url}/tide"
    for i in range(9):
        site.page(f"/far{i}", b"", 302, Location=f"/far{i + 1}")
    with pytest.raises(PullquoteError, match="more than 3 times"):
        fetch(f"{site.url}/far0", HERE)


def test_a_circle_of_redirects_is_said(site: Site) -> None:
    site.page("/a", b"", 302, Location="/b")
    site.page("/b", b"", 302, Location="/a")
    with pytest.raises(PullquoteError, match="circle"):
        fetch(f"{site.url}/a", HERE)


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://a/"])
def test_a_redirect_to_another_scheme_is_refused(site: Site, target: str) -> None:
    with pytest.raises(NotWeb):
        fetch(site.page("/a", b"", 302, Location=target), HERE)


def test_too_much_is_refused_stated_or_not(site: Site) -> None:
    with pytest.raises(TooLarge):
        fetch(site.page("/big", b"x" * 200_000), HERE)

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 10_000)
        except OSError:
            return

    site.raw["/endless"] = endless
    with pytest.raises(TooLarge):
        fetch(f"{site.url}/endless", HERE)


def test_a_small_packed_body_cannot_unpack_to_a_large_one(site: Site) -> None:
    bomb = gzip.compress(b"0" * 10_000_000)
    assert len(bomb) < HERE.size
    with pytest.raises(TooLarge):
        fetch(site.page("/bomb", bomb, Content_Encoding="gzip"), HERE)


def test_packed_bodies_are_unpacked(site: Site) -> None:
    url = site.page("/tide", gzip.compress(PAGE), Content_Encoding="gzip")
    assert fetch(url, HERE).data == PAGE
    with pytest.raises(Unreachable, match="broke off"):
        fetch(site.page("/half", gzip.compress(PAGE)[:-9], Content_Encoding="gzip"), HERE)
    with pytest.raises(Unreachable, match="packed as br"):
        fetch(site.page("/br", b"...", Content_Encoding="br"), HERE)


def test_dripping_bytes_do_not_hold_us_longer_than_the_limit(site: Site) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:  # only the limit ends it
                handler.wfile.write(b"x")
                time.sleep(0.1)
        except OSError:
            return

    site.raw["/slow"] = drip
    with pytest.raises(TooSlow):
        fetch(f"{site.url}/slow", Limits(allow_private=True, seconds=1))


def test_a_body_shorter_than_stated_is_no_document(site: Site) -> None:
    with pytest.raises(Unreachable):
        fetch(site.page("/cut", PAGE, Content_Length="5000"), HERE)


@pytest.mark.parametrize(
    ("status", "said"),
    [(401, "login"), (402, "paid"), (403, "refused"), (404, "not exist"), (410, "no longer"),
     (429, "too often"), (451, "legal"), (418, "418"), (500, "later"), (503, "later"),
     (204, "204")],
)  # fmt: skip
def test_what_a_status_means_is_said(site: Site, status: int, said: str) -> None:
    with pytest.raises(Walled, match=said):
        fetch(site.page("/x", b"" if status == 204 else PAGE, status), HERE)


def test_login_pages_are_told_from_articles_with_a_login_form(site: Site) -> None:
    html = {"Content_Type": "text/html"}
    with pytest.raises(Walled, match=r"login page.*save the page"):
        fetch(site.page("/form", FORM, **html), HERE)
    site.page("/account/login", b"<!doctype html><p>Please go on.</p>", **html)
    with pytest.raises(Walled, match="login page"):
        fetch(site.page("/story", b"", 302, Location="/account/login"), HERE)
    assert fetch(site.page("/article", FORM + WORDS, **html), HERE).data


def test_a_page_that_says_it_is_not_free_gets_a_note(site: Site) -> None:
    body = b'<!doctype html><script type="application/ld+json">{"isAccessibleForFree": false}'
    assert "not free" in fetch(site.page("/paid", body + b"</script>" + WORDS), HERE).note
    assert fetch(site.page("/tide", PAGE), HERE).note == ""


def test_robots_are_honoured_and_reported(site: Site) -> None:
    site.page("/robots.txt", b"User-agent: *\nDisallow: /private/\nAllow: /private/*.html$\n")
    site.page("/private/a", PAGE)
    site.page("/private/a.html", PAGE)
    with pytest.raises(Disallowed, match=r"robots\.txt.*browser"):
        fetch(f"{site.url}/private/a", HERE)
    assert all(path != "/private/a" for path, _ in site.asked)
    assert fetch(f"{site.url}/private/a.html", HERE).data == PAGE
    site.page("/robots.txt", b"User-agent: pullquote\nDisallow: /\n")
    with pytest.raises(Disallowed):
        fetch(f"{site.url}/private/a.html", HERE)


def test_failing_robots_forbid_and_missing_ones_allow(site: Site) -> None:
    url = site.page("/tide", PAGE)
    site.page("/robots.txt", b"", 503)
    with pytest.raises(Disallowed, match="503"):
        fetch(url, HERE)
    site.page("/robots.txt", b"", 403)
    assert fetch(url, HERE).data == PAGE
    site.page("/robots.txt", b"", 302, Location="/robots.txt")
    assert fetch(url, HERE).data == PAGE
    site.page("/robots.txt", b"User-agent: *\nDisallow: /tide\n" + b"#" * 900_000)
    with pytest.raises(Disallowed):
        fetch(url, HERE)


@pytest.mark.parametrize(
    ("given_", "made"),
    [("HTTP://Example.ORG:80/a#b", "http://example.org/a"),
     ("https://example.org", "https://example.org/"),
     ("https://example.org:8443/ä?q=ü&r=1%202", "https://example.org:8443/%C3%A4?q=%C3%BC&r=1%202"),
     ("https://bücher.example/", "https://xn--bcher-kva.example/")],
)  # fmt: skip
def test_addresses_are_remembered_in_one_form(given_: str, made: str) -> None:
    assert tidy(given_) == made and tidy(made) == made


@pytest.mark.parametrize(
    "bad", ["http://", "https://:80/", "http://a:99999/", "mailto://x", "://x"]
)
def test_what_is_no_address_is_said(bad: str) -> None:
    with pytest.raises(NotWeb):
        tidy(bad)


def test_an_unknown_host_and_a_closed_port_are_one_line(site: Site) -> None:
    site.server.shutdown()
    site.server.server_close()
    with pytest.raises(Unreachable, match="Check the address"):
        fetch(f"{site.url}/x", HERE)
