"""Fetching from an address that an editor gave; each redirect is checked like the first."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from typing import IO
from urllib.parse import urljoin

from django.utils.translation import gettext as _

from core.open_internet import NotAnAddressError, NotPublicError, NotReachedError, connect_to

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
        return connect_to(url, seconds=SECONDS)
    except NotAnAddressError as error:
        raise FetchError(_("This is not an address of a website.")) from error
    except NotPublicError as error:
        text = _("This address is not on the open internet, so it is not fetched.")
        raise FetchError(text) from error
    except NotReachedError as error:
        raise FetchError(_("There is no server of this name: check the address.")) from error
