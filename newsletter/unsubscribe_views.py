"""The pages behind the link that ends the newsletter (RFC 8058 for the machine's half).

No session, no cookie, no login: who has the address may leave. GET only shows; any POST
leaves, whatever its body, since programs send many things and none of it matters.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from newsletter import unsubscribing
from newsletter.unsubscribing import Found
from participants.consent import ConsentError
from participants.enums import Method
from participants.links import mine_token
from participants.masking import masked

BY_HAND = "page"
"""Stands in the address that our own button posts to, so that a person gets a whole page."""

View = Callable[[HttpRequest, Found], HttpResponse]


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _opened_by(find: Callable[[str], Found | None], *methods: str) -> Callable[[View], Any]:
    """Open a view with the token in its address; a wrong one gets a page that says so."""

    def decorate(view: View) -> Any:
        @csrf_exempt
        @require_http_methods(list(methods))
        @wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            found = find(token)
            if found is None:
                return _unkept(render(request, "newsletter/unsubscribe_unknown.html", status=404))
            return _unkept(view(request, found))

        return opened

    return decorate


@_opened_by(unsubscribing.find, "GET", "HEAD", "POST")
def unsubscribe(request: HttpRequest, found: Found) -> HttpResponse:
    """Show one big button; on POST leave, at once."""
    if request.method == "POST":
        by_hand = BY_HAND in request.GET
        unsubscribing.leave(found, Method.LINK if by_hand else Method.ONE_CLICK)
        if not by_hand:
            return HttpResponse("OK", content_type="text/plain; charset=utf-8")
        return _page(request, found, "newsletter/unsubscribed.html")
    return _page(request, found, "newsletter/unsubscribe.html")


@_opened_by(unsubscribing.find_undo, "POST")
def undo(request: HttpRequest, found: Found) -> HttpResponse:
    """Sign up again somebody who pressed the wrong button a moment ago."""
    try:
        unsubscribing.come_back(found)
    except ConsentError:
        return render(request, "newsletter/unsubscribe_unknown.html", status=404)
    return _page(request, found, "newsletter/unsubscribe_undone.html")


def _page(request: HttpRequest, found: Found, template: str) -> HttpResponse:
    context = {
        "masked": masked(found.person.address),
        "receives": unsubscribing.receives(found.person),
        "mine": mine_token(found.person),
        "undo": unsubscribing.undo_token(found),
        "by_hand": BY_HAND,
    }
    return render(request, template, context)
