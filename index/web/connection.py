"""One request over one connection: to a checked address, within a time and a size."""

from __future__ import annotations

import ssl
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore

from index.errors import PullquoteError
from index.web.addresses import resolved

AGENT = "Pullquote"
CHUNK = 65_536


class TooSlow(PullquoteError):
    """The server did not send everything within the time."""


class TooLarge(PullquoteError):
    """There is more than is taken in."""


class Unreachable(PullquoteError):
    """No answer could be had from the server."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` for one address with all its redirects; ``size`` in bytes, after unpacking."""

    seconds: float = 30.0
    size: int = 50_000_000
    redirects: int = 10
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """``body`` is empty where the status is that of a redirect."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    def header(self, name: str) -> str:
        """The first value of a header, "" without one; ``name`` in small letters."""
        return next((v for k, v in self.headers if k.lower() == name), "")


class _Timed(httpcore.NetworkStream):
    """A stream whose every wait ends at the deadline, however slowly bytes drip in."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, left(self._deadline))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        secure = self._inner.start_tls(ssl_context, server_hostname, left(self._deadline))
        return _Timed(secure, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Checked(httpcore.NetworkBackend):
    """Looks a name up once, checks the address, and connects to that very address."""

    def __init__(self, limits: Limits, deadline: float) -> None:
        self._limits, self._deadline = limits, deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        address = resolved(host, port, allow_private=self._limits.allow_private)
        stream = self._inner.connect_tcp(
            address, port, left(self._deadline), local_address, socket_options
        )
        return _Timed(stream, self._deadline)


def left(deadline: float) -> float:
    """Seconds until the deadline; raises TooSlow when it is over."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TooSlow("It took too long. Try again later, or save the page and add the file.")
    return seconds


def get(url: str, limits: Limits, deadline: float, *, cut: int = 0) -> Response:
    """Ask for one address, without following a redirect. No cookie and no password is sent.
    Of a body only the first ``cut`` bytes are taken, if that is given.

    Raises TooSlow, TooLarge, Unreachable and ForbiddenAddress.
    """
    headers = [("User-Agent", AGENT), ("Accept", "*/*"), ("Accept-Encoding", "identity")]
    backend = _Checked(limits, deadline)
    try:
        with (
            httpcore.ConnectionPool(network_backend=backend) as pool,
            pool.stream("GET", url, headers=headers) as answer,
        ):
            pairs = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in answer.headers)
            found = Response(url, answer.status, pairs, b"")
            if found.status in REDIRECTS and found.header("location"):
                return found
            return Response(url, answer.status, pairs, _body(answer, found, limits.size, cut))
    except httpcore.TimeoutException as error:
        raise TooSlow(
            f"{url} took longer than {limits.seconds:.0f} seconds. Try again later, or save the "
            "page and add the file."
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise Unreachable(
            f"{url} gave no answer that can be read ({error}). Check the address, or save the page "
            "and add the file."
        ) from error


REDIRECTS = frozenset({301, 302, 303, 307, 308})


def _body(answer: httpcore.Response, found: Response, most: int, cut: int) -> bytes:
    """All bytes, unpacked where the server packed them unasked."""
    stated = found.header("content-length")
    if not cut and stated.isdigit() and int(stated) > most:
        raise _too_large(found.url, most)
    unpack = _unpacker(found)
    parts: list[bytes] = []
    room = cut or most
    for chunk in answer.iter_stream():
        for at in range(0, len(chunk), CHUNK):
            parts.append(unpack.take(chunk[at : at + CHUNK], room + 1))
            room -= len(parts[-1])
            if room < 0 and cut:
                return b"".join(parts)[:cut]
            if room < 0:
                raise _too_large(found.url, most)
    if not unpack.done:
        raise Unreachable(f"{found.url} broke off before its end. Try again later.")
    return b"".join(parts)


def _too_large(url: str, most: int) -> TooLarge:
    return TooLarge(
        f"{url} is larger than {most / 1e6:g} MB. Save what you need of it and add the file."
    )


class _Plain:
    done = True

    def take(self, data: bytes, most: int) -> bytes:
        return data


class _Packed:
    """gzip or zlib, never unpacking more than was asked for: a small file may hold gigabytes."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 32)

    @property
    def done(self) -> bool:
        return self._inner.eof

    def take(self, data: bytes, most: int) -> bytes:
        try:
            return self._inner.decompress(data, most)
        except zlib.error as error:
            raise Unreachable(
                f"What was sent cannot be unpacked ({error}). Save the page and add the file."
            ) from error


def _unpacker(found: Response) -> _Plain | _Packed:
    coding = found.header("content-encoding").strip().lower()
    if coding in ("", "identity"):
        return _Plain()
    if coding in ("gzip", "x-gzip", "deflate"):
        return _Packed()
    raise Unreachable(
        f"{found.url} is packed as {coding}, which was not asked for. Save the page and add the "
        "file."
    )
