"""The pages of following: ask, confirm, change, stop. Looking at one never changes anything."""

from __future__ import annotations

import datetime as dt
import functools
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core import signed_links
from core.forms_rate import Limit
from newsletter.alerts import stopping
from newsletter.alerts.links import MANAGE
from newsletter.alerts.stopping import Stoppable
from newsletter.alerts.subjects import Subject, read_subject
from newsletter.following import asking
from newsletter.following.feeds import feeds_of
from newsletter.following.forms import FollowForm, FrequencyForm
from newsletter.models import Follow, Frequency
from participants.consent import given
from participants.enums import Method, Purpose
from participants.models import Participant
from search.presentation import read_names
from search.query import parse

LIMIT = Limit("follow", most=20, window=dt.timedelta(minutes=10))

View = Callable[..., HttpResponse]


def open_to_anybody(view: View) -> View:
    """Let a page be shown, and its form be sent, without a cookie: its token is the proof.

    Addresses with a token stay out of search engines, caches and other sites' logs.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        if args or kwargs:
            response["Cache-Control"] = "private, no-store"
            response["Referrer-Policy"] = "no-referrer"
        return response

    return guarded


@open_to_anybody
def follow(request: HttpRequest) -> HttpResponse:
    """Show what would be followed and the form; on sending it, mail a link to confirm."""
    subject = read_subject(request.GET, translation.get_language() or settings.LANGUAGE_CODE)
    if subject is None or request.GET.get("in"):
        return _nothing(request)
    if request.method != "POST":
        form = FollowForm(page=request.path)
        return _form(request, subject, form)
    form = FollowForm(request.POST, page=request.path)
    if not form.is_valid():
        return _form(request, subject, form, 422)
    if wait := LIMIT.spend(request):
        response = _form(request, subject, form, 429, wait=wait)
        response["Retry-After"] = str(wait)
        return response
    asking.ask(_wish(subject, form))
    return redirect("follow_asked")


def _nothing(request: HttpRequest) -> HttpResponse:
    """Offer what can be followed, and say what is wrong with what was asked, if anything."""
    reason = "" if not request.GET else "unknown"
    if parse(request.GET.get("q", "")):
        reason = "one_study" if request.GET.get("in") else "too_long"
    themes = sorted(read_names().theme.items(), key=lambda pair: pair[1].lower())
    context = {"reason": reason, "themes": themes}
    return render(request, "following/nothing.html", context, status=404 if reason else 200)


def _form(
    request: HttpRequest, subject: Subject, form: FollowForm, status: int = 200, wait: int = 0
) -> HttpResponse:
    minutes = -(-wait // 60)
    context = {"subject": subject, "form": form, "minutes": minutes}
    context["feeds"] = feeds_of(subject)
    return render(request, "following/follow.html", context, status=status)


def _wish(subject: Subject, form: FollowForm) -> asking.Wish:
    given = form.cleaned_data
    return asking.Wish(
        subject=subject,
        address=given["address"],
        name=given["name"],
        frequency=Frequency(given["frequency"]),
        page=form.page,
    )


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way; the same for everybody."""
    return render(request, "following/asked.html")


@open_to_anybody
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button; pressing it begins the following."""
    found = asking.asked(token)
    if found is None:
        return render(request, "following/gone.html", {"asked_to": "confirm"}, status=410)
    was_done = found.is_done
    if request.method == "POST":
        asking.confirm(found, request.path.partition(token)[0])
    context = {"follow": found.follow, "often": found.frequency.label, "was_done": was_done}
    context |= {"done": found.is_done, "subject": found.follow.subject}
    return render(request, "following/confirm.html", context)


@open_to_anybody
def stop_follow(request: HttpRequest, token: str) -> HttpResponse:
    """Stop following one thing, on one press of a button."""
    return _stop(request, stopping.of_follow(token))


@open_to_anybody
def stop_alert(request: HttpRequest, token: str) -> HttpResponse:
    """Stop following everything of one mail; mail programs press the button themselves.

    That is RFC 8058: a POST from anywhere, no redirect, whatever is in it.
    """
    return _stop(request, stopping.of_alert(token))


def _stop(request: HttpRequest, found: Stoppable | None) -> HttpResponse:
    if found is None:
        return render(request, "following/gone.html", {"asked_to": "change"}, status=410)
    if request.method == "POST":
        is_machine = "List-Unsubscribe" in request.POST
        stopping.stop(found, Method.ONE_CLICK if is_machine else Method.LINK)
        for one in found.follows:
            one.refresh_from_db()
    context = {"follows": found.follows, "done": not found.active}
    return render(request, "following/stop.html", context)


@open_to_anybody
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show everything somebody follows; change how often, or stop."""
    person = _person(token)
    if person is None:
        return render(request, "following/gone.html", {"asked_to": "change"}, status=410)
    if request.method == "POST":
        _change(request, person)
        return redirect(f"{reverse('follow_manage', args=[token])}?done=1#done")
    rows = [
        (one, FrequencyForm({"frequency": one.frequency}, auto_id=f"id_{one.pk}_%s"))
        for one in person.follows.active()
    ]
    paused = person.paused_until if person.is_paused(timezone.now()) else None
    context = {"rows": rows, "done": "done" in request.GET, "paused_until": paused}
    context["ended"] = bool(rows) and Purpose.ALERTS not in given(person)
    return render(request, "following/manage.html", context)


def _change(request: HttpRequest, person: Participant) -> None:
    """Do what one of the forms on the page asks. What does not exist any more is no error."""
    if "stop_all" in request.POST:
        stopping.stop(Stoppable(person, list(person.follows.active())), Method.OWN_PAGE)
        return
    try:
        key = uuid.UUID(request.POST.get("follow", ""))
    except ValueError as error:
        raise Http404("There is no such follow.") from error
    row = person.follows.active().filter(key=key).first()
    form = FrequencyForm(request.POST)
    if row and "stop" in request.POST:
        stopping.stop(Stoppable(person, [row]), Method.OWN_PAGE)
    elif row and form.is_valid():
        Follow.objects.filter(pk=row.pk).update(frequency=form.cleaned_data["frequency"])


def _person(token: str) -> Participant | None:
    subject = signed_links.read(MANAGE, token, nonce=_link_number)
    return Participant.objects.filter(key=uuid.UUID(subject)).first() if subject else None


def _link_number(subject: str) -> str | None:
    try:
        key = uuid.UUID(subject)
    except ValueError:
        return None
    number = Participant.objects.filter(key=key).values_list("link_number", flat=True).first()
    return None if number is None else str(number)
