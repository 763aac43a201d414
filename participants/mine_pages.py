"""What every page about one person has in common: who it is for, and that nobody keeps it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from participants.link_form import LinkForm
from participants.links import participant_of

OwnView = Callable[..., HttpResponse]


def unkept(response: HttpResponse) -> HttpResponse:
    """Let nobody keep, list or pass on the address of an answer: the token stands in it."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def own_page(view: OwnView) -> OwnView:
    """Open a view with the token of its address; a wrong one gets a way to a new link.

    No session and no cookie: who has the address may act. A form elsewhere cannot know it,
    which is all that a CSRF token would prove.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        person = participant_of(token)
        if person is None:
            context = {"form": LinkForm(page=reverse("mine_link"))}
            return unkept(render(request, "participants/mine/unknown.html", context, status=404))
        return unkept(view(request, person, token, **kwargs))

    return opened
