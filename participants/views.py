"""The public pages of signing up. A GET shows; only a POST does something."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.forms_rate import Limit
from participants import joining
from participants.forms import JoinForm
from participants.joining import Link

JOIN = Limit("join", most=20, window=dt.timedelta(minutes=10))
"""Sign-ups from one range of addresses: a class or an office passes, a flood does not."""

GONE = 410


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Show the form; take it, and say the same whoever it is about."""
    if request.method != "POST":
        return render(request, "participants/join.html", {"form": JoinForm(page=request.path)})
    form = JoinForm(request.POST, page=request.path)
    wait = JOIN.spend(request)
    if wait:
        form.is_valid()
        return _slowed(request, form, wait)
    if not form.is_valid():
        return render(request, "participants/join.html", {"form": form})
    joining.ask(
        address=form.cleaned_data["address"],
        name=form.cleaned_data["name"],
        language=form.language,
        purposes=form.purposes,
        form_address=form.page,
    )
    return _see(reverse("join_sent"))


def _slowed(request: HttpRequest, form: JoinForm, wait: int) -> HttpResponse:
    context = {"form": form, "wait_minutes": -(-wait // 60)}
    response = render(request, "participants/join.html", context, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Send the reader to their mail."""
    return render(request, "participants/sent.html")


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """Say that it is done."""
    return render(request, "participants/done.html")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button; pressing it confirms. Programs that follow links confirm nothing."""
    link, row = joining.read_link(token)
    if request.method == "POST" and row:
        if link is Link.READY:
            joining.confirm(row)
            return _see(reverse("join_done"))
        if link is Link.EXPIRED:
            joining.send_again(row)
            return _see(reverse("join_sent"))
    status = GONE if row is None else 200
    context = {"state": link.value, "can_resend": link is Link.EXPIRED and row is not None}
    response = render(request, "participants/confirm.html", context, status=status)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _see(url: str) -> HttpResponseRedirect:
    """Go on to a page that can be loaded again without sending anything twice."""
    return HttpResponseRedirect(url, status=303)
