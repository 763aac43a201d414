"""What the buttons at the desk of an edition do, and the sentence that tells it was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsletter import approving, scheduling
from newsletter.approving import EditionError
from newsletter.composing import add_latest, left_out, put_back
from newsletter.delivery import control
from newsletter.enums import EditionState
from newsletter.models import Edition
from newsletter.outside import rounds
from newsletter.taking_over import take_over
from newsletter.trial import send_test

Act = Callable[[HttpRequest, Edition, Mapping[str, Any]], str]


def _composing(edition: Edition) -> None:
    if edition.state != EditionState.DRAFT:
        raise EditionError(_("This edition is approved. Take back the approval to change it."))


def _add_latest(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    _composing(edition)
    number = add_latest(edition=edition, user=request.user)
    if not number:
        return _("Nothing was announced since this edition was begun.")
    return ngettext("%(n)s piece of news added.", "%(n)s pieces of news added.", number) % {
        "n": number
    }


def _put_back(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    _composing(edition)
    chosen = [one for one in left_out(edition) if str(one.work) == values.get("work")]
    if not chosen:
        raise EditionError(_("It stands in the edition already, or is not public any more."))
    put_back(edition=edition, news=chosen, user=request.user)
    return _("Put back in every language.")


def _take_over(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    _composing(edition)
    take_over(edition=edition, user=request.user)
    return _("The other languages now follow the Dutch choice and order.")


def _check_links(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    _composing(edition)
    if not settings.LOOK_OUTSIDE:
        raise EditionError(_("On this installation links to other sites are not looked at."))
    rounds.ask_again(edition)
    return _("The links to other sites are being looked at again.")


def _keep_link(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    _composing(edition)
    links = {str(link.pk): link for link in edition.outside_links.all()}
    link = links.get(str(values.get("link", "")))
    if link is None:
        raise EditionError(_("This link stands in the edition no more."))
    rounds.keep(link, request.user)
    return _("The link stays as it is.")


def _test(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    number = send_test(
        edition=edition,
        addresses=values["addresses"],
        language=values["language"],
        user=request.user,
    )
    return ngettext(
        "%(n)s test mail is on its way.", "%(n)s test mails are on their way.", number
    ) % {"n": number}


def _approve(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    approving.approve(edition_id=edition.pk, user=request.user, seen=str(values.get("seen", "")))
    return _("Approved. What people will receive is fixed now; nothing is sent yet.")


def _take_back(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    approving.take_back(edition_id=edition.pk, user=request.user)
    return _("The approval is taken back. You can edit it again.")


def _send(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    scheduling.send_now(edition_id=edition.pk)
    return _("It goes out now.")


def _schedule(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    scheduling.schedule(edition_id=edition.pk, at=values["moment"])
    when = formats.date_format(scheduling.shown(values["moment"]), "l j F Y H:i")
    return _("It goes out on %(when)s, Amsterdam time.") % {"when": when}


def _cancel(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    scheduling.cancel(edition_id=edition.pk)
    return _("It is not sent any more; it stays approved.")


def _pause(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    control.pause(edition)
    return _("Paused. What a server was just taking still arrives.")


def _resume(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    control.resume(edition)
    return _("Sending goes on.")


def _stop(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    control.stop(edition)
    return _("Stopped. Who has not got it will not get it.")


def _consider_sent(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    number = control.consider_sent(_chosen(request, edition), request.user)
    return ngettext("%(n)s taken as sent.", "%(n)s taken as sent.", number) % {"n": number}


def _send_again(request: HttpRequest, edition: Edition, values: Mapping[str, Any]) -> str:
    number = control.send_again(_chosen(request, edition), request.user)
    return ngettext("%(n)s is sent again.", "%(n)s are sent again.", number) % {"n": number}


def _chosen(request: HttpRequest, edition: Edition) -> list[int]:
    """Return the chosen deliveries of this edition. Raises EditionError when none is."""
    numbers = [int(text) for text in request.POST.getlist("delivery") if text.isdecimal()][:1000]
    found = list(edition.deliveries.filter(pk__in=numbers).values_list("pk", flat=True))
    if not found:
        raise EditionError(_("Choose at least one person."))
    return found


ACTS: dict[str, Act] = {
    "add_latest": _add_latest,
    "put_back": _put_back,
    "take_over": _take_over,
    "check_links": _check_links,
    "keep_link": _keep_link,
    "test": _test,
    "approve": _approve,
    "take_back": _take_back,
    "send": _send,
    "schedule": _schedule,
    "cancel": _cancel,
    "pause": _pause,
    "resume": _resume,
    "stop": _stop,
    "consider_sent": _consider_sent,
    "send_again": _send_again,
}
FOR_COMPOSERS = ("add_latest", "put_back", "take_over", "check_links", "keep_link", "test")
ABOUT_PEOPLE = ("consider_sent", "send_again")
