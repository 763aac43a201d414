"""The addresses in an alert that its reader, or their mail program, opens."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core import signed_links
from newsletter.alerts.stopping import STOP_ALERT, STOP_FOLLOW
from newsletter.models import Alert, Follow
from newsletter.person_keys import subject_of
from participants.models import Participant

MANAGE = "follow.manage"


def stop_url(follow: Follow, language: str) -> str:
    """Return where following one thing is stopped."""
    return _address("follow_stop", signed_links.make(STOP_FOLLOW, follow.key.hex), language)


def stop_all_token(alert: Alert) -> str:
    """Return the token that stops everything of one mail."""
    return signed_links.make(STOP_ALERT, subject_of(alert.participant.key, alert.pk))


def stop_all_url(token: str, language: str) -> str:
    """Return where that is done."""
    return _address("alert_stop", token, language)


def manage_url(person: Participant) -> str:
    """Return where a person sees and changes what they follow; ends as their own page does."""
    token = signed_links.make(MANAGE, person.key.hex, nonce=str(person.link_number))
    return _address("follow_manage", token, person.language)


def _address(name: str, token: str, language: str) -> str:
    with translation.override(language):
        return settings.BASE_URL + reverse(name, args=[token])
