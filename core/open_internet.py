"""Connections to addresses that people typed, without being led into our own network.

A name is looked up once; the connection goes to the addresses that were checked, so that
a second answer of the name server changes nothing. Who follows a redirect calls this again.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

PORTS = (80, 443)
MOST_ADDRESSES = 4
"""Addresses of one name that are tried."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_UNKNOWN_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class NotReachedError(Exception):
    """There is no connection to this address; the subclass says why."""


class NotAnAddressError(NotReachedError):
    """This is not the address of something on the web."""


class NoSuchNameError(NotReachedError):
    """No server has this name."""


class NameSilentError(NotReachedError):
    """The name server does not answer now."""


class NotPublicError(NotReachedError):
    """It leads to our own network, or to a port that is not of the web."""


def connect_to(url: str, *, seconds: float) -> tuple[http.client.HTTPConnection, str]:
    """Return a connection that is not opened yet, and the path to ask it for.

    `seconds` is how long each step may take: connecting, and waiting for the next piece.
    Raises NotReachedError.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise NotAnAddressError(url) from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        raise NotAnAddressError(url)
    port = port or (443 if parts.scheme == "https" else 80)
    kind = _Secure if parts.scheme == "https" else _Plain
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    return kind(host, port, checked_addresses(host, port), seconds), _ascii(path)


def checked_addresses(host: str, port: int) -> list[str]:
    """Return the addresses of a host when all are of the open internet. Raises NotReachedError."""
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        kind = NoSuchNameError if error.errno in _UNKNOWN_NAME else NameSilentError
        raise kind(host) from error
    except (OSError, UnicodeError) as error:
        raise NoSuchNameError(host) from error
    addresses = list(dict.fromkeys(str(row[4][0]) for row in rows))
    is_public = port in PORTS and all(_is_public(address) for address in addresses)
    if not is_public and not settings.FETCH_PRIVATE:
        raise NotPublicError(host)
    return addresses[:MOST_ADDRESSES]


def _is_public(address: str) -> bool:
    """Say whether an address is of the open internet, also when it holds an IPv4 one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv4Address):
        return _is_open(ip)
    if ip.ipv4_mapped:
        return _is_open(ip.ipv4_mapped)
    held = _translated(ip) or ip.sixtofour
    return _is_open(ip) and (held is None or _is_open(held))


def _translated(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return what a NAT64 gateway makes of an address under its well-known prefix (RFC 6052)."""
    return ipaddress.IPv4Address(ip.packed[-4:]) if ip in _NAT64 else None


def _is_open(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return ip.is_global and not ip.is_multicast


def _ascii(path: str) -> str:
    """Escape what may not stand in a request line: letters beyond ASCII, and spaces."""
    return "".join(
        sign if "!" <= sign <= "~" else "".join(f"%{byte:02X}" for byte in sign.encode())
        for sign in path
    )


class _Plain(http.client.HTTPConnection):
    """A connection to the addresses that were checked, under the name that was asked for."""

    def __init__(self, host: str, port: int, addresses: list[str], seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._addresses, self._seconds = addresses, seconds

    def connect(self) -> None:
        """Go to the first checked address that takes us. Raises OSError when none does."""
        failed: OSError = ConnectionError(self.host)
        for address in self._addresses:
            try:
                self.sock: Any = socket.create_connection((address, self.port), self._seconds)
            except OSError as error:
                failed = error
            else:
                return
        raise failed


class _Secure(_Plain):
    """The same with TLS: the certificate must be that of the name."""

    default_port = 443

    def connect(self) -> None:
        """Go to a checked address, and ask for the certificate of the name."""
        super().connect()
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(self.sock, server_hostname=self.host)
