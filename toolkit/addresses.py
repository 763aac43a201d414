"""The addresses of a toolkit and its releases. They stay as long as the toolkit does."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

LATEST = gettext_noop("latest")
COMPARE = gettext_noop("compare")

WHOLE = {"toolkit.pdf": "pdf", "toolkit.zip": "zip"}
"""Names that stand for the PDF and the ZIP of any release; kinds of file by name."""


def release_url(toolkit_url: str, version: str) -> str:
    """Return the address of a release."""
    return f"{toolkit_url}{version}/"


def latest_url(toolkit_url: str, rest: str = "") -> str:
    """Return the address that leads to the newest release, or to a file of it."""
    return f"{toolkit_url}{_(LATEST)}/{rest}"


def compare_url(toolkit_url: str, old: str = "", new: str = "") -> str:
    """Return the address of the comparison, of two versions where they are known."""
    query = f"?from={old}&to={new}" if old and new else ""
    return f"{toolkit_url}{_(COMPARE)}/{query}"
