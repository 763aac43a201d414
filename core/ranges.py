"""Which part of a file a request asks for (RFC 9110 §13 and §14)."""

from __future__ import annotations

import re

from django.http import HttpRequest

# The name of the unit is told in any case; spaces may stand around the range.
_RANGE = re.compile(r"bytes[ \t]*=[ \t]*([0-9]*)-([0-9]*)[ \t]*", re.IGNORECASE)
_DIGITS = 19
"""More digits than the size of any file has."""


class RangeNotSatisfiable(Exception):
    """The range asked for lies outside the file (RFC 9110 §15.5.17)."""


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Read a Range header (RFC 9110 §14.2) as first and last byte, both included.

    Returns None for what a server may ignore, and we do: no range, another unit, a range
    that ends before it begins, and several ranges at once, for which a few bytes of request
    could ask a file many times over. The answer to those is the whole file, once.
    Raises RangeNotSatisfiable when the range lies outside the file.
    """
    match = _RANGE.fullmatch(header.strip())
    if not match or match.groups() == ("", ""):
        return None
    first, last = (_number(digits) if digits else None for digits in match.groups())
    if first is None:
        start, stop = max(size - (last or 0), 0), size - 1
        if last == 0:
            raise RangeNotSatisfiable
    else:
        if last is not None and last < first:
            return None
        start, stop = first, size - 1 if last is None else min(last, size - 1)
    if start >= size:
        raise RangeNotSatisfiable
    return start, stop


def asked_range(
    request: HttpRequest, size: int, etag: str, last_modified: str
) -> tuple[int, int] | None:
    """Return the range a request asks of a file, None for the whole of it.

    A range is defined for GET only. With If-Range it counts as long as the file is the
    same, told by its strong tag or its exact date (RFC 9110 §13.1.5).
    Raises RangeNotSatisfiable.
    """
    same = request.headers.get("If-Range", etag).strip() in (etag, last_modified)
    if request.method != "GET" or not same:
        return None
    return byte_range(request.headers.get("Range", ""), size)


def asks_again(request: HttpRequest) -> bool:
    """Say whether a request asks only whether what it has is still the same."""
    return "If-None-Match" in request.headers or "If-Modified-Since" in request.headers


def _number(digits: str) -> int:
    return int(digits.lstrip("0")[:_DIGITS] or "0")
