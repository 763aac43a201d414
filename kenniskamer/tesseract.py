"""Whether scans can be read on this machine, and in which languages (Tesseract, OCR)."""

from __future__ import annotations

import logging
import shutil
import subprocess
from functools import cache

from django.conf import settings

logger = logging.getLogger(__name__)

LANGUAGES = ("nld", "eng")
ANSWER_SECONDS = 30


def is_available() -> bool:
    """Say whether Tesseract is installed, allowed and knows one of our languages."""
    return bool(languages())


def command() -> str:
    """Return the path of Tesseract, "" when it is not there or not wanted."""
    return (shutil.which(settings.TESSERACT) or "") if settings.TESSERACT else ""


def languages() -> str:
    """Return which of our languages Tesseract knows, in the form it wants: `nld+eng`."""
    path = command()
    return _languages(path) if path else ""


@cache
def _languages(path: str) -> str:
    try:
        listed = subprocess.run(  # noqa: S603 - the operator's own command, no shell
            [path, "--list-langs"],
            capture_output=True,
            check=True,
            text=True,
            timeout=ANSWER_SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        logger.warning("Tesseract does not answer; scans stay without text")
        return ""
    known = listed.stdout.split()
    return "+".join(language for language in LANGUAGES if language in known)
