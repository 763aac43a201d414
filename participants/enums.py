"""The words in which people are known."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a person stands."""

    PENDING = "pending", _("Waiting for confirmation")
    ACTIVE = "active", _("Signed up")
    UNSUBSCRIBED = "unsubscribed", _("Signed off")
    BOUNCED = "bounced", _("Address does not work")
    COMPLAINED = "complained", _("Complained")
    ERASED = "erased", _("Erased")


STOPPED = (State.UNSUBSCRIBED, State.BOUNCED, State.COMPLAINED, State.ERASED)
"""Their address stands in the list of suppressed addresses, and they agree to nothing."""


class Purpose(models.TextChoices):
    """What somebody may agree to. Each has a box and a text of its own."""

    NEWSLETTER = "newsletter", _("Newsletter")
    ALERTS = "alerts", _("Alerts")
    MEETINGS = "meetings", _("Meetings")


class Method(models.TextChoices):
    """How a consent was given or withdrawn."""

    CONFIRMED = "confirmed", _("Sign-up, confirmed by mail")
    OWN_PAGE = "own_page", _("On the person's own page")
    IMPORT = "import", _("Import with stated proof")
    EDITOR = "editor", _("By an editor, on request")
    ONE_CLICK = "one_click", _("One click in the mail program")
    LINK = "link", _("Link in a mail")
    REPLY = "reply", _("By mail")
    BOUNCE = "bounce", _("Mail could not be delivered")
    COMPLAINT = "complaint", _("Marked as spam")
    ERASURE = "erasure", _("Everything erased")


ADMITTING: dict[State, frozenset[Method]] = {
    State.PENDING: frozenset({Method.CONFIRMED, Method.IMPORT}),
    State.ACTIVE: frozenset({Method.CONFIRMED, Method.IMPORT, Method.OWN_PAGE, Method.EDITOR}),
    State.UNSUBSCRIBED: frozenset({Method.CONFIRMED, Method.OWN_PAGE, Method.EDITOR}),
    State.BOUNCED: frozenset({Method.CONFIRMED}),
    State.COMPLAINED: frozenset({Method.CONFIRMED}),
    State.ERASED: frozenset(),
}
"""Which ways of agreeing count for somebody in each state.

Only the person, by a link sent to the very address, brings back one whose mail bounced or
who complained; an import never brings anybody back.
"""
