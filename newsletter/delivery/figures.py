"""What became of an edition, in numbers. Nobody is followed for them.

What is known is what servers and people tell by themselves: taken, refused, come back,
complained about, unsubscribed with the link in it, answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from newsletter.delivery.progress import Progress
from newsletter.enums import DeliveryState, SkipReason
from newsletter.models import BounceKind, Delivery, Edition, Reply


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `key` never changes; `is_part` says that it belongs to the one above it.

    `state` is the state of the deliveries it counts, "" when they have several.
    """

    key: str
    label: str
    number: int
    is_part: bool = False
    state: str = ""


def figures(edition: Edition, progress: Progress) -> list[Figure]:
    """Return the numbers of an edition. Three queries, whatever the number of participants."""
    sent = progress.counts[DeliveryState.SENT]
    hard = _hard(edition) if progress.returned else 0
    found = [
        Figure("list", _("On the list"), progress.total),
        Figure("sent", _("Sent"), sent, state=DeliveryState.SENT),
        Figure("delivered", _("Delivered: nothing came back"), sent - progress.returned, True),
        Figure("bounced_hard", _("Came back: the address does not exist"), hard, True),
        Figure("bounced_soft", _("Came back for another reason"), progress.returned - hard, True),
    ]
    for state in (DeliveryState.PERMANENT, DeliveryState.IN_DOUBT):
        found.append(Figure(state.value, str(state.label), progress.counts[state], state=state))
    found += _unfinished(progress)
    skipped, state = progress.counts[DeliveryState.SKIPPED], DeliveryState.SKIPPED
    found.append(Figure("skipped", str(state.label), skipped, state=state))
    if skipped:
        found += _skipped(edition)
    return [
        *found,
        Figure("complained", _("Marked as spam"), progress.complained),
        Figure("unsubscribed", _("Unsubscribed through this edition"), progress.unsubscribed),
        Figure("answers", _("Answers"), Reply.objects.filter(edition=edition).count()),
    ]


def _unfinished(progress: Progress) -> Iterator[Figure]:
    """Give what still waits, while something does."""
    waiting = progress.unfinished - progress.counts[DeliveryState.TEMPORARY]
    if waiting:
        yield Figure("waiting", _("Waiting"), waiting)
    later = progress.counts[DeliveryState.TEMPORARY]
    if later:
        state = DeliveryState.TEMPORARY
        yield Figure(state.value, str(state.label), later, state=state)


def _skipped(edition: Edition) -> Iterator[Figure]:
    rows = Delivery.objects.filter(edition=edition, state=DeliveryState.SKIPPED).order_by()
    for reason, number in rows.values_list("skipped_because").annotate(Count("pk")):
        label = SkipReason(reason).label if reason else _("No reason given")
        yield Figure(f"skipped_{reason or 'unknown'}", str(label), number, True)


def _hard(edition: Edition) -> int:
    """Count what was sent and came back because there is no such address."""
    rows = Delivery.objects.filter(edition=edition, state=DeliveryState.SENT)
    hard = rows.filter(bounced_at__isnull=False, bounces__kind=BounceKind.HARD)
    return hard.order_by().values("pk").distinct().count()
