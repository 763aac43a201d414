"""What people can agree to here, in the exact words that stand beside each box."""

from __future__ import annotations

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participants.enums import Purpose

OFFERED = (Purpose.NEWSLETTER, Purpose.ALERTS)
"""In the order in which forms show them. More come with the rooms that need them."""

_TEXTS: dict[Purpose, str | Promise] = {
    Purpose.NEWSLETTER: _(
        "Send me the newsletter: once a month, what is new in research, toolkit, podcast and"
        " meetings."
    ),
    Purpose.ALERTS: _("Send me a mail when there is something new about what I follow here."),
    Purpose.MEETINGS: _("Send me a mail about new meetings."),
}


def text_of(purpose: Purpose, language: str = "") -> str:
    """Return the text beside the box of a purpose; in the active language when none is given."""
    with translation.override(language or translation.get_language()):
        return str(_TEXTS[purpose])
