"""Words that somebody looks for, kept out of addresses: they are names and e-mail addresses.

An address of a page stays in the history of a browser and in the log of every server on the
way. So words are posted, and the page that shows what they find carries them encrypted: it can
be sorted, paged through and exported like any other, and says nothing to who reads the log.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cryptography.fernet import Fernet, InvalidToken

PARAMETER = "find"
LONGEST = 200


def kept_out_of_address(request: HttpRequest) -> HttpResponse:
    """Lead from posted `words` to the same list with them hidden; other parameters stay."""
    words = " ".join(request.POST.get("words", "").replace("\x00", " ").split())[:LONGEST]
    query = request.GET.copy()
    for gone in (PARAMETER, "p", "page"):
        query.pop(gone, None)
    if state := request.POST.get("state", ""):
        query["state"] = state
    if words:
        query[PARAMETER] = hidden(words)
    text = query.urlencode()
    return redirect(f"{request.path}?{text}" if text else request.path)


def hidden(words: str) -> str:
    """Return words so that only this site reads them."""
    return _box().encrypt(words.encode()).decode("ascii")


def words_in(query: Mapping[str, Any]) -> str:
    """Return the words that an address carries; "" for none, or when they are not ours."""
    try:
        return _box().decrypt(str(query.get(PARAMETER, "")).encode()).decode()
    except InvalidToken:
        return ""


def _box() -> Fernet:
    key = hashlib.sha256(f"desk search\0{settings.SECRET_KEY}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
