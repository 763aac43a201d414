"""Fetching from an address that an editor gave, without being led into our own network.

A name is looked up once; the connection goes to the address that was checked, so that
a second answer of the name server changes nothing. Redirects are checked like the first.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

PIECE = 1 << 16
SECONDS = 20
"""How long each step may take: connecting, and waiting for the next piece."""

ALL_SECONDS = 1800
MOST_REDIRECTS = 5
AGENT = "Hub podcast import"

Progress = Callable[[int, int], None]


class FetchError(Exception):
    """What was asked for cannot be fetched; the argument is a sentence."""


def fetch(url: str, into: IO[bytes], *, limit: int, on_progress: Progress | None = None) -> str:
    """Write what stands at an address into a file; return the address where it was in the end.

    `limit` in bytes; `on_progress` gets the bytes done and those there are, 0 when not
    known. Raises FetchError.
    """
    for _step in range(MOST_REDIRECTS + 1):
        connection, path = _connect(url)
        try:
            connection.request("GET", path, headers={"User-Agent": AGENT, "Accept": "*/*"})
            answer = connection.getresponse()
            if answer.status in (301, 302, 303, 307, 308):
                url = urljoin(url, answer.headers.get("Location", ""))
                continue
            if answer.status != 200:
                raise FetchError(
                    _("The server of this address answers with an error (%(status)d).")
                    % {"status": answer.status}
                )
            _save(answer, into, limit, on_progress)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise FetchError(_("The server of this address does not answer properly.")) from error
        finally:
            connection.close()
        return url
    raise FetchError(_("This address leads from one to the next without end."))


def _save(
    answer: http.client.HTTPResponse, into: IO[bytes], limit: int, on_progress: Progress | None
) -> None:
    told = answer.headers.get("Content-Length", "")
    total = int(told) if told.isdecimal() else 0
    done, began = 0, time.monotonic()
    while piece := answer.read(PIECE):
        done += len(piece)
        if max(done, total) > limit:
            raise FetchError(
                _("What stands at this address is larger than %(limit)d MB.")
                % {"limit": limit // 1_000_000}
            )
        if time.monotonic() - began > ALL_SECONDS:
            raise FetchError(_("Fetching took too long. Try it again later."))
        into.write(piece)
        if on_progress:
            on_progress(done, total)
    if total and done < total:
        raise FetchError(_("The connection broke off. Try it again."))


def _connect(url: str) -> tuple[http.client.HTTPConnection, str]:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise FetchError(_("This is not an address of a website.")) from error
    if parts.scheme not in ("http", "https") or not host or parts.username:
        raise FetchError(_("This is not an address of a website."))
    port = port or (443 if parts.scheme == "https" else 80)
    address = _checked(host, port)
    kind = _Secure if parts.scheme == "https" else _Plain
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    return kind(host, port, address), _ascii(path)


def _ascii(path: str) -> str:
    """Escape what may not stand in a request line: letters beyond ASCII, and spaces."""
    return "".join(
        sign if "!" <= sign <= "~" else "".join(f"%{byte:02X}" for byte in sign.encode())
        for sign in path
    )


def _checked(host: str, port: int) -> str:
    """Return an address of the open internet for a host. Raises FetchError."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(_("There is no server of this name: check the address.")) from error
    addresses = [str(row[4][0]) for row in rows]
    public = port in (80, 443) and all(_is_public(address) for address in addresses)
    if not public and not settings.PODCAST_FETCH_PRIVATE:
        raise FetchError(_("This address is not on the open internet, so it is not fetched."))
    return addresses[0]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_global and not (mapped or ip).is_multicast


class _Plain(http.client.HTTPConnection):
    """A connection to the address that was checked, under the name that was asked for."""

    def __init__(self, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=SECONDS)
        self._address = address

    def connect(self) -> None:
        """Go to the checked address and no other."""
        self.sock: Any = socket.create_connection((self._address, self.port), SECONDS)


class _Secure(_Plain):
    """The same with TLS: the certificate must be that of the name."""

    default_port = 443

    def connect(self) -> None:
        """Go to the checked address, and ask for the certificate of the name."""
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
