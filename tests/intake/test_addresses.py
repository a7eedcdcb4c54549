"""An article is read from its address; no address leads into the operator's network, and none holds us up."""

from __future__ import annotations

import gzip
import time
from datetime import date
from ipaddress import ip_address
from typing import TYPE_CHECKING

import pytest

from quizapp import intake, outgoing
from quizapp.core.article import Source
from quizapp.core.errors import UnreadableError
from quizapp.intake import fetching
from tests.intake.sites import Site, Visit, site
from tests.intake.test_reading import PAGE
from tests.intake.test_word_documents import document, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def drip(visit: Visit) -> None:
    visit.send_response(200)
    visit.send_header("Content-Type", "text/plain")
    visit.end_headers()
    for _ in range(1000):
        visit.wfile.write(b"x")
        visit.wfile.flush()
        time.sleep(0.1)


def drip_headers(visit: Visit) -> None:
    visit.send_response(200)
    for number in range(1000):
        visit.send_header(f"X-{number}", "x")
        visit.flush_headers()
        time.sleep(0.1)
    visit.end_headers()


def flood(visit: Visit) -> None:
    visit.send_response(200)
    visit.send_header("Content-Type", "text/plain")
    visit.end_headers()
    for _ in range(1_000):
        visit.wfile.write(b"x" * 100_000)


PAGES = {
    "/page": lambda v: v.send(PAGE.replace('<link rel="canonical" href="https://example.org/kawa">', "").encode()),
    "/sjis": lambda v: v.send(PAGE.encode("cp932"), "text/html; charset=Shift_JIS"),
    "/wrong": lambda v: v.send(PAGE.encode(), "text/html; charset=nonsense"),
    "/gzip": lambda v: v.send(gzip.compress(PAGE.encode()), Content_Encoding="gzip"),
    "/br": lambda v: v.send(b"x", Content_Encoding="br"),
    "/cut": lambda v: v.send(gzip.compress(PAGE.encode())[:100] + b"broken", Content_Encoding="gzip"),
    "/text": lambda v: v.send("橋の話\n\n橋は2019年に開通した。".encode(), "text/plain"),
    "/word": lambda v: v.send(document(paragraph("橋は2019年に開通した。")), WORD),
    "/bomb": lambda v: v.send(gzip.compress(b"\0" * 30_000_000), Content_Encoding="gzip"),
    "/flood": flood,
    "/drip": drip,
    "/drip-headers": drip_headers,
    "/image": lambda v: v.send(b"\x89PNG", "image/png"),
    "/empty": lambda v: v.send(b""),
    "/moved": lambda v: v.send(b"", status=302, Location="/page"),
    "/circle": lambda v: v.send(b"", status=302, Location="/circle"),
    "/inside": lambda v: v.send(b"", status=302, Location=f"http://127.0.0.2:{v.server.server_address[1]}/secret"),
    "/file": lambda v: v.send(b"", status=302, Location="file:///etc/passwd"),
    "/secret": lambda v: v.send(PAGE.encode()),
    "/paid": lambda v: v.send(b"", status=402),
    "/refused": lambda v: v.send(b"", status=403),
    "/gone": lambda v: v.send(b"", status=404),
    "/broken": lambda v: v.send(b"", status=503),
}


@pytest.fixture(scope="module")
def here() -> Iterator[Site]:
    with site(PAGES) as running:
        yield running


def read(here: Site, path: str) -> intake.Intake:
    return intake.read_address(here.address + path, allow_private=True)


@pytest.mark.parametrize("path", ["/page", "/moved", "/sjis", "/wrong", "/gzip"])
def test_a_page_is_read_with_its_address_as_source(here: Site, path: str) -> None:
    article = read(here, path).article

    assert "1890年に初めての橋が架けられました。" in article.text
    assert article.title == "川の歴史"
    assert article.published == date(2024, 5, 3)
    assert article.sources[0].url.startswith(("http://127.0.0.1", "https://example.org/kawa"))


def test_a_redirect_names_the_last_address_as_source(here: Site) -> None:
    assert read(here, "/moved").article.sources[0].url == f"{here.address}/page"


def test_texts_and_documents_are_read_by_what_the_site_says_they_are(here: Site) -> None:
    assert read(here, "/text").article.title == "橋の話"
    assert read(here, "/text").article.sources == (Source("127.0.0.1", f"{here.address}/text"),)
    assert "2019年" in read(here, "/word").article.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/image", "sends image/png, not an article"),
        ("/empty", "there is no text in it"),
        ("/paid", "does not let programs read this page (402)"),
        ("/refused", "does not let programs read this page (403)"),
        ("/gone", "no such page at 127.0.0.1 (404)"),
        ("/broken", "cannot send the page now (503)"),
        ("/circle", "leads on and on"),
        ("/file", "must begin with http"),
        ("/bomb", "sends more than 20 MB"),
        ("/flood", "sends more than 20 MB"),
        ("/br", "packed in a way (br)"),
        ("/cut", "cannot be reached"),
    ],
)
def test_what_cannot_be_read_is_told_with_the_cure(here: Site, path: str, words: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(here, path)

    assert words in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/", "http://", "http:///x", "https://a:b@example.org/", "http://[::1", "http://" + "a" * 3000],
)
def test_what_is_no_address_of_a_page_is_refused(url: str) -> None:
    with pytest.raises(UnreadableError, match=r"no address of a page|cannot be reached"):
        intake.read_address(url)


@pytest.mark.parametrize("path", ["/drip", "/drip-headers"])
def test_a_site_that_drips_holds_nobody_up(here: Site, path: str) -> None:
    begun = time.monotonic()

    with pytest.raises(UnreadableError, match="does not answer in time"):
        fetching.fetch(here.address + path, is_allowed=lambda _: True, longest_seconds=0.6)
    assert time.monotonic() - begun < 30


def test_a_private_address_is_refused_and_not_even_knocked_at(here: Site) -> None:
    here.seen.clear()

    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0"):  # noqa: S104
        with pytest.raises(UnreadableError, match="private network"):
            intake.read_address(f"http://{host}:{here.port}/page")
    assert here.seen == []


def test_a_redirect_into_a_private_network_is_refused(here: Site) -> None:
    here.seen.clear()

    with pytest.raises(UnreadableError, match=r"127\.0\.0\.2 is an address inside a private network"):
        fetching.fetch(f"{here.address}/inside", is_allowed=lambda address: str(address) == "127.0.0.1")
    assert here.seen == ["/inside"]


@pytest.mark.parametrize(
    ("address", "is_public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("240.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::10.0.0.1", False),
        ("64:ff9b::93.184.215.14", True),
        ("2002:a00:1::", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, is_public: bool) -> None:
    assert outgoing.is_public(ip_address(address)) is is_public
