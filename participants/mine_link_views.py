"""Asking for a link to the own page, and confirming a new address."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.forms_rate import Limit
from participants.link_form import LinkForm
from participants.links import mine_token
from participants.mine_address import confirm, is_done, is_free, wish_of
from participants.mine_link import mail_link
from participants.mine_pages import unkept

PER_RANGE = Limit("mine", most=20, window=dt.timedelta(hours=1))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask_link(request: HttpRequest) -> HttpResponse:
    """Show the form, or mail the link; the answer is the same whether or not we know who asks."""
    if request.method != "POST":
        context = {"form": LinkForm(page=request.path), "sent": "sent" in request.GET}
        return render(request, "participants/mine/link.html", context)
    form = LinkForm(request.POST, page=request.path)
    if not form.is_valid():
        return unkept(render(request, "participants/mine/link.html", {"form": form}))
    if seconds := PER_RANGE.spend(request):
        form.add_error(None, _wait(seconds))
        response = render(request, "participants/mine/link.html", {"form": form}, status=429)
        response["Retry-After"] = str(seconds)
        return unkept(response)
    mail_link(form.cleaned_data["address"], translation.get_language() or "nl")
    return redirect(f"{reverse('mine_link')}?sent=1")


def _wait(seconds: int) -> str:
    minutes = -(-seconds // 60)
    text = ngettext(
        "This was asked very often from your network. Try again in %(count)d minute.",
        "This was asked very often from your network. Try again in %(count)d minutes.",
        minutes,
    )
    return text % {"count": minutes}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def new_address(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button, and change the address when it is pressed."""
    wish = wish_of(token)
    if wish is None and is_done(token):
        return unkept(render(request, "participants/mine/new_address_done.html"))
    if wish is None:
        return unkept(render(request, "participants/mine/new_address_unknown.html", status=404))
    if request.method == "POST" and confirm(wish):
        page = reverse("mine", args=[mine_token(wish.participant)])
        return unkept(redirect(f"{page}?done=changed#done"))
    context = {"address": wish.address, "taken": not is_free(wish)}
    return unkept(render(request, "participants/mine/new_address.html", context))
