"""Speaking with servers: only with addresses that are allowed, within limits of time and size, without proxies.

The host is looked up once, by us, at the moment of connecting; the connection goes to the address that was checked.
So neither a redirect nor a name that changes its meaning in between (rebinding) leads anywhere else.
"""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any, TypeAlias

import httpcore
import httpx

from quizapp.core.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Address: TypeAlias = IPv4Address | IPv6Address

# How long one step (connecting, waiting for the next bytes) may take.
PATIENCE_SECONDS = 10.0
# Ranges that carry an IPv4 address inside, so that the public wrapping may hide a private one (RFC 6052).
_TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


def is_public(address: Address) -> bool:
    """Say whether an address belongs to the public Internet, also looking at an IPv4 address it carries inside."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and any(address in network for network in _TRANSLATED):
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def client(
    longest_seconds: float,
    *,
    is_allowed: Callable[[Address], bool] = is_public,
    patience_seconds: float = PATIENCE_SECONDS,
    most_redirects: int = 0,
) -> httpx.Client:
    """Return a client whose connections end ``longest_seconds`` from now, however slowly the other side drips.

    Every network address that is connected to must be allowed: else ``UnreadableError`` is raised.
    """
    return httpx.Client(
        transport=_GuardedTransport(_Guard(time.monotonic() + longest_seconds, is_allowed)),
        timeout=patience_seconds,
        follow_redirects=most_redirects > 0,
        max_redirects=most_redirects,
        trust_env=False,
        # Packed content is unpacked here, within limits; only gzip is.
        headers={"User-Agent": "quizapp (reads one article for a teacher)", "Accept-Encoding": "gzip"},
    )


def unpacked(response: httpx.Response, largest: int) -> Iterator[bytes]:
    """Yield the content, unpacked; httpx itself would unpack a chunk whole, however much it holds.

    :raise UnreadableError: it is larger than ``largest`` bytes, or packed in an unknown way.
    """
    encoding = response.headers.get("content-encoding", "identity").strip().casefold()
    if encoding not in {"identity", "gzip", "x-gzip", ""}:
        raise UnreadableError("the address sends its page packed in a way (%(name)s) that is not known", name=encoding)
    unpacker = zlib.decompressobj(wbits=31) if "gzip" in encoding else None
    left = largest
    for chunk in response.iter_raw():
        piece = unpacker.decompress(chunk, left + 1) if unpacker else chunk
        left -= len(piece)
        if left < 0:
            raise UnreadableError(
                "%(host)s sends more than %(most)d MB", host=response.url.host, most=largest // 1024 // 1024
            )
        yield piece


class _GuardedTransport(httpx.HTTPTransport):
    """The transport of httpx over connections that a guard makes.

    httpx takes no network backend from outside, so its pool is put in place here; its version is held below 1 for that.
    """

    def __init__(self, guard: _Guard) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=guard, keepalive_expiry=0
        )


class _Guard(httpcore.SyncBackend):
    """Looks up a host, checks every address it has, and connects to one of those that were checked."""

    def __init__(self, deadline: float, is_allowed: Callable[[Address], bool]) -> None:
        self._deadline = deadline
        self._is_allowed = is_allowed

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a checked address of ``host``; TLS still asks for the host by name.

        :raise UnreadableError: it has an address that is not allowed.
        """
        addresses = _addresses(host, port)
        if not all(map(self._is_allowed, addresses)):
            raise UnreadableError(
                "%(host)s is an address inside a private network, which is not read; an operator may allow it with "
                "QUIZAPP_PRIVATE_ADDRESSES=1",
                host=host,
            )
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in addresses:
            try:
                stream = super().connect_tcp(
                    str(address), port, _left(self._deadline, timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _BoundedStream(stream, self._deadline)
        raise failure or httpcore.ConnectError(f"no address for {host}")


class _BoundedStream(httpcore.NetworkStream):
    """A connection that ends at a moment, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _BoundedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for the whole page is over")
    return left if timeout is None else min(left, timeout)


def _addresses(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise httpcore.ConnectError(str(error)) from error
    return [ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
