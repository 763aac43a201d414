"""The mails of one morning: what is new for everybody who is due, each search asked once.

Nothing is remembered in a process: a follow is due until it was considered, and what a mail
tells is written in the transaction that makes the mail. A worker that dies halfway, two
workers, a late worker and a second run all come to the same.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from django.conf import settings
from django.core.cache import cache
from django.db.models import Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from django_tasks import task

from newsletter.alerts import calendar
from newsletter.alerts.finding import Found, find
from newsletter.alerts.news import News, news_since
from newsletter.alerts.sending import Group, tell
from newsletter.alerts.subjects import Subject
from newsletter.delivery import guard
from newsletter.models import Alert, Edition, Follow
from participants.consent import mailable
from participants.enums import Purpose
from search.engines.base import SearchUnavailable

logger = logging.getLogger(__name__)

PEOPLE_AT_ONCE = 200
LOOK_EVERY = dt.timedelta(minutes=1)
_LOOKED = "newsletter.alerts.looked"


def send_due(at: dt.datetime | None = None) -> int:
    """Make the mails that are due at a moment; return how many. Outside the morning none are.

    While search is away nobody is told anything: the next sweep tries again. A copy of the
    site, or one that was put back from a backup, tells nobody anything.
    """
    now = at or timezone.now()
    if not calendar.is_open(now):
        return 0
    if reason := guard.why_not_here():
        logger.warning("Alerts are not sent: %s", reason)
        return 0
    due = due_follows(now)
    oldest = due.aggregate(seen=Min("seen_until"), waiting=Min("waiting_since"))
    if oldest["seen"] is None:
        return 0
    since = oldest["seen"] - calendar.OVERLAP
    news = news_since(max(min(since, oldest["waiting"] or since), now - calendar.LONGEST))
    answers = Answers(news)
    made = 0
    try:
        for people in _in_parts(due):
            made += _consider(people, answers, now)
    except SearchUnavailable:
        logger.warning("Alerts wait: search is not available.")
    if made:
        guard.step()
    return made


def send_when_due() -> None:
    """Ask for the mails of this morning when somebody is due. Called every few seconds."""
    now = timezone.now()
    if not calendar.is_open(now) or not cache.add(_LOOKED, True, LOOK_EVERY.total_seconds()):
        return
    if due_follows(now).exists():
        make_mails.enqueue()


@task()
def make_mails() -> None:
    """Make the mails that are due now."""
    send_due()


def due_follows(at: dt.datetime) -> QuerySet[Follow]:
    """Return what is followed and due, of people who may be mailed."""
    finished = Edition.objects.sent().filter(finished_at__lte=at)
    newsletter_at = finished.aggregate(newest=Max("finished_at"))["newest"]
    moments = calendar.due_moments(at, newsletter_at)
    is_due = Q(pk__in=())
    for frequency, moment in moments.items():
        is_due |= Q(frequency=frequency, seen_until__lt=moment)
    people = mailable(Purpose.ALERTS).values("pk")
    today = Alert.objects.filter(day=timezone.localdate(at)).values("participant")
    active = Follow.objects.active().filter(participant__in=people)
    active = active.exclude(participant__in=today)
    return active.annotate(seen_until=Coalesce("considered_at", "confirmed_at")).filter(is_due)


class Answers:
    """What is new for each followed thing: found once, whoever follows it."""

    def __init__(self, news: Sequence[News]) -> None:
        self.news = news
        self._found: dict[Subject, list[Found]] = {}
        self._labels: dict[Subject, str] = {}

    def about(self, subject: Subject) -> list[Found]:
        """Return the news on a subject. Raises SearchUnavailable."""
        if subject not in self._found:
            self._found[subject] = find(subject, self.news)
        return self._found[subject]

    def label(self, subject: Subject) -> str:
        """Return what a subject is called."""
        if subject not in self._labels:
            self._labels[subject] = subject.label
        return self._labels[subject]


def url_of(subject: Subject) -> str:
    """Return the whole address where all of a subject can be seen."""
    return settings.BASE_URL + subject.url


def _in_parts(due: QuerySet[Follow]) -> Iterator[list[Follow]]:
    """Yield the follows of some people at a time, all of one person together."""
    last = 0
    while True:
        people = list(
            due.filter(participant__gt=last)
            .order_by("participant_id")
            .values_list("participant_id", flat=True)
            .distinct()[:PEOPLE_AT_ONCE]
        )
        if not people:
            return
        last = people[-1]
        mine = due.filter(participant__in=people).select_related("participant")
        yield list(mine.order_by("participant_id", "asked_at", "pk"))


def _consider(follows: Iterable[Follow], answers: Answers, now: dt.datetime) -> int:
    """Tell some people what is new for them; return how many got a mail."""
    nothing: list[int] = []
    made = 0
    for _person, theirs in groupby(follows, key=lambda follow: follow.participant_id):
        mine = list(theirs)
        groups = [group for follow in mine if (group := _group(follow, answers, now)).found]
        if groups:
            made += tell(mine[0].participant, mine, groups, now)
        else:
            nothing += [follow.pk for follow in mine]
    Follow.objects.filter(pk__in=nothing).update(considered_at=now, waiting_since=None)
    return made


def _group(follow: Follow, answers: Answers, now: dt.datetime) -> Group:
    """Return the news that may be new for one follow."""
    since = calendar.look_back_to(
        follow.confirmed_at or now, follow.considered_at, follow.waiting_since, now
    )
    subject = follow.subject
    found = [one for one in answers.about(subject) if one.at >= since]
    return Group(follow, since, found, answers.label(subject) if found else "", url_of(subject))
