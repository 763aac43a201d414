"""Where the text of an open licence is, by its SPDX identifier. Pure."""

from __future__ import annotations

import re

CREATIVE_COMMONS = re.compile(r"CC-(BY(?:-NC)?(?:-(?:SA|ND))?)-(\d\.\d)")
ZERO = "CC0-1.0"


def licence_url(identifier: str) -> str:
    """Return the address of a Creative Commons licence; "" for what gives nobody a right."""
    if identifier == ZERO:
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    match = CREATIVE_COMMONS.fullmatch(identifier)
    if not match:
        return ""
    return f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
