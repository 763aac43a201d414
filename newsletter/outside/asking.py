"""Asking another site whether an address still leads somewhere. Knows no database.

HEAD first, and GET where HEAD is not taken well; nothing of the body is read. No cookies,
no signing in. Every hop of a redirect is checked like the first address.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from core.open_internet import (
    NameSilentError,
    NoSuchNameError,
    NotAnAddressError,
    NotPublicError,
    NotReachedError,
    connect_to,
)
from newsletter.enums import LinkVerdict

SECONDS = 8.0
"""For connecting, and for each wait."""

ALL_SECONDS = 20.0
"""For one question and its whole answer; a server that drips is hung up on."""

MOST_HOPS = 5
FOR_GOOD = (301, 308)
REDIRECTS = (301, 302, 303, 307, 308)
GONE = (404, 410)

Turn = Callable[[str], AbstractContextManager[object]]
"""Gives a host's turn: while it is held nobody else has a connection to that host."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an address: the status of the last answer (0: none), where it moved to."""

    verdict: LinkVerdict
    status: int = 0
    moved_to: str = ""


def agent() -> str:
    """Say who asks, with an address where more can be found."""
    return f"Mozilla/5.0 (compatible; HubLinkCheck/1.0; +{settings.BASE_URL}/)"


def ask(url: str, turn: Turn = lambda host: nullcontext()) -> Answer:
    """Return what another site says about an address. Never raises."""
    here, moved_to, for_good = url, "", True
    for _hop in range(MOST_HOPS + 1):
        try:
            with turn(_host(here)):
                status, location = _status_of(here)
        except (NotReachedError, OSError, http.client.HTTPException, ValueError) as error:
            return Answer(_why(error))
        if status not in REDIRECTS or not location:
            return _judged(status, url, moved_to)
        try:
            here = urljoin(here, location)
        except ValueError:
            return Answer(LinkVerdict.SILENT, status)
        for_good = for_good and status in FOR_GOOD
        moved_to = here if for_good else moved_to
    return Answer(LinkVerdict.ENDLESS, status)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _why(error: Exception) -> LinkVerdict:
    """Say in a verdict why there was no answer."""
    match error:
        case NoSuchNameError():
            return LinkVerdict.NO_NAME
        case NotPublicError():
            return LinkVerdict.INSIDE
        case NotAnAddressError():
            return LinkVerdict.NO_ADDRESS
        case NameSilentError():
            return LinkVerdict.SILENT
        case ssl.SSLCertVerificationError():
            return LinkVerdict.UNSAFE
        case _:
            return LinkVerdict.SILENT


def _judged(status: int, url: str, moved_to: str) -> Answer:
    if status in GONE:
        return Answer(LinkVerdict.GONE, status)
    if status >= 500:
        return Answer(LinkVerdict.SILENT, status)
    if status >= 400:
        return Answer(LinkVerdict.HIDDEN, status)
    if moved_to and _bare(moved_to) != _bare(url):
        return Answer(LinkVerdict.MOVED, status, moved_to)
    return Answer(LinkVerdict.ALIVE, status)


def _bare(url: str) -> str:
    """Return an address without a last slash and what follows #: no editor needs to mend those."""
    return url.partition("#")[0].rstrip("/")


def _status_of(url: str) -> tuple[int, str]:
    """Return the status of an address and where it leads on, by HEAD and if need be GET."""
    try:
        status, location = _once("HEAD", url)
    except (http.client.HTTPException, ConnectionResetError):
        return _once("GET", url)
    # Many a server knows no HEAD, and says so in ways of its own.
    return _once("GET", url) if status >= 400 and status != 429 else (status, location)


def _once(method: str, url: str) -> tuple[int, str]:
    connection, path = connect_to(url, seconds=SECONDS)
    hang_up = threading.Timer(ALL_SECONDS, _shut, [connection])
    hang_up.daemon = True
    hang_up.start()
    try:
        connection.request(method, path, headers={"User-Agent": agent(), "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        hang_up.cancel()
        connection.close()


def _shut(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)
