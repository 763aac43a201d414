"""The own page: what we hold about somebody, in every room, and how to change it."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from core import personal_data
from participants import mine as acts
from participants.consent import given
from participants.links import mine_token
from participants.masking import masked
from participants.mine_changes import DONE, HANDLERS, FormsOnPage
from participants.mine_forms import PersonForm
from participants.mine_pages import own_page, unkept
from participants.models import Participant

SHAPE = 1
"""Of the download; raised when a key changes its meaning. See docs/own-data.md."""


@own_page
def mine(request: HttpRequest, person: Participant, token: str) -> HttpResponse:
    """Show everything, and change what a form asks."""
    handler = HANDLERS.get(request.POST.get("part", ""))
    if request.method != "POST" or handler is None:
        return _page(request, person, token)
    outcome = handler(request, person)
    if isinstance(outcome, PersonForm):
        return _page(request, person, token, outcome)
    # A fresh token: the form may have been the one that ends all earlier links.
    return redirect(f"{reverse('mine', args=[mine_token(person)])}?done={outcome}#done")


def _page(
    request: HttpRequest, person: Participant, token: str, wrong: PersonForm | None = None
) -> HttpResponse:
    language = translation.get_language() or person.language
    context = {
        "person": person,
        "token": token,
        "masked": masked(person.address),
        "agreed": given(person),
        "can_choose": acts.can_choose(person),
        "forms": FormsOnPage(person, language, wrong),
        "wrong": wrong,
        "rooms": [
            section for room in personal_data.registered() for section in room.describe(person)
        ],
        "done": "" if wrong else DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "participants/mine/mine.html", context)


@own_page
def download(request: HttpRequest, person: Participant, token: str) -> HttpResponse:
    """Give everything that every room holds, as JSON."""
    rooms = {room.name: room.export(person) for room in personal_data.registered()}
    held: dict[str, Any] = {
        "version": SHAPE,
        "site": settings.BASE_URL,
        "made_at": timezone.now().isoformat(),
        **{name: values for name, values in rooms.items() if values is not None},
    }
    text = json.dumps(held, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = translation.gettext("my-data")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@own_page
def erase(request: HttpRequest, person: Participant, token: str) -> HttpResponse:
    """Ask once, and erase on the answer."""
    if request.method == "POST":
        acts.erase(person)
        return redirect("mine_erased")
    context = {"person": person, "token": token, "masked": masked(person.address)}
    return render(request, "participants/mine/erase.html", context)


@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that everything is gone. This page knows nobody."""
    return unkept(render(request, "participants/mine/erased.html"))
