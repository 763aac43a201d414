"""How the text of a variable is read; what cannot be used raises ValueError or KeyError."""

from __future__ import annotations

import json
from typing import Any


def boolean(text: str) -> bool:
    """Read yes/no as people write it; anything else is an error, not False."""
    known = {"1": True, "true": True, "yes": True, "on": True}
    known |= {"0": False, "false": False, "no": False, "off": False, "": False}
    return known[text.strip().lower()]


def days(text: str) -> int:
    """Read a number of days; below zero is an error."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def hour(text: str) -> int:
    """Read an hour of the day, 0 to 23."""
    number = int(text)
    if not 0 <= number <= 23:
        raise ValueError(text)
    return number


def positive(text: str) -> int:
    """Read a number of one or more."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def options(text: str) -> dict[str, Any]:
    """Read options as a JSON object."""
    found = json.loads(text or "{}")
    if not isinstance(found, dict):
        raise ValueError(text)
    return found


def giver(text: str) -> str:
    """Read who gives out files."""
    return {"hub": "hub", "nginx": "nginx"}[text.strip().lower()]


def rate(text: str) -> float:
    """Read a number a second; 0 is no limit."""
    number = float(text)
    if not 0 <= number < float("inf"):
        raise ValueError(text)
    return number


def rates(text: str) -> dict[str, float]:
    """Read rates per name, as `name=number`, separated by commas."""
    pairs = (word.partition("=") for word in words(text))
    return {name.strip().lower(): rate(number) for name, _is, number in pairs}


def words(text: str) -> list[str]:
    """Read a list separated by commas."""
    return [word.strip() for word in text.split(",") if word.strip()]
