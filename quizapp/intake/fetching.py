"""Fetching the page at an address that a person names."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from quizapp import outgoing
from quizapp.core.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable

LARGEST = 20 * 1024 * 1024
LONGEST_SECONDS = 30.0
_MOST_REDIRECTS = 5
_LONGEST_ADDRESS = 2_000
_HEADERS = {"Accept": "text/html, application/xhtml+xml, text/plain, text/markdown, application/pdf, */*;q=0.1"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address sent; text that named its encoding is in UTF-8 with a byte order mark.

    ``content_type`` is lower-case and without parameters, ``url`` is where redirects ended.
    """

    content: bytes
    content_type: str
    url: str


def fetch(
    url: str,
    *,
    is_allowed: Callable[[outgoing.Address], bool] = outgoing.is_public,
    largest: int = LARGEST,
    longest_seconds: float = LONGEST_SECONDS,
) -> Fetched:
    """Return what the address sends; every network address that is connected to must be allowed.

    :raise UnreadableError: it is no http(s) address, leads to an address that is not allowed, does not answer, refuses,
    or sends more than ``largest`` bytes or for longer than ``longest_seconds``.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError) as error:
        raise _no_address() from error
    if parsed.scheme not in {"http", "https"} or not parsed.host or parsed.userinfo or len(url) > _LONGEST_ADDRESS:
        raise _no_address()
    try:
        with (
            outgoing.client(longest_seconds, is_allowed=is_allowed, most_redirects=_MOST_REDIRECTS) as client,
            client.stream("GET", parsed, headers=_HEADERS) as response,
        ):
            _require_success(response)
            content = b"".join(outgoing.unpacked(response, largest))
            kind = response.headers.get("content-type", "").partition(";")[0].strip().casefold()
            return Fetched(_as_utf_8(content, response.charset_encoding, kind), kind, str(response.url))
    except httpx.TooManyRedirects as error:
        raise UnreadableError("the address leads on and on: open it in your browser and use the last one") from error
    except httpx.TimeoutException as error:
        raise UnreadableError("%(host)s does not answer in time: try again later", host=parsed.host) from error
    except (httpx.UnsupportedProtocol, httpx.InvalidURL, UnicodeError) as error:
        raise _no_address() from error
    except (httpx.HTTPError, zlib.error) as error:
        raise UnreadableError(
            "%(host)s cannot be reached: see whether the address is right", host=parsed.host
        ) from error


def _no_address() -> UnreadableError:
    return UnreadableError("this is no address of a page: it must begin with http:// or https://")


def _require_success(response: httpx.Response) -> None:
    host, status = response.url.host, response.status_code
    if status in {401, 402, 403, 451}:
        raise UnreadableError(
            "%(host)s does not let programs read this page (%(status)d): open it in your browser, copy the article's "
            "text and paste it",
            host=host,
            status=status,
        )
    if status in {404, 410}:
        raise UnreadableError("there is no such page at %(host)s (%(status)d)", host=host, status=status)
    if status != 200:
        raise UnreadableError(
            "%(host)s cannot send the page now (%(status)d): try again later", host=host, status=status
        )


def _as_utf_8(content: bytes, charset: str | None, kind: str) -> bytes:
    """Return text in the encoding that the server named as UTF-8; what it named wrongly stays as it is."""
    if not charset or not kind.startswith(("text/", "application/xhtml")):
        return content
    try:
        return content.decode(charset).removeprefix("\ufeff").encode("utf-8-sig")
    except (LookupError, UnicodeError):
        return content
