"""The first and last page of a publication. Pure."""

from __future__ import annotations

import re

_RANGE = re.compile(r"([\w.]+)-([\w.]+)\Z")
_SINGLE = re.compile(r"[\w.]+\Z")


def first_and_last(pages: str) -> tuple[str, str]:
    """Split "207-223" in two; what is no range has no last page, what is no page has neither.

    Of "101-14" the last page is given whole: 114.
    """
    text = pages.strip()
    if match := _RANGE.match(text):
        first, last = match.groups()
        short = len(first) - len(last)
        if short > 0 and first.isdigit() and last.isdigit():
            last = first[:short] + last
        return first, last
    return (text, "") if _SINGLE.match(text) else ("", "")
