"""Rounds along the links of an edition to other sites, in the worker.

A round is due when the drafts changed, a day went by, or an editor asked. The rows say so,
and the sweep of the worker sees it: no way to change an edition has to think of it.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from django_tasks import task

from newsletter.checking import drafts_of, mark_of
from newsletter.enums import DEAD, EditionState
from newsletter.framing import frozen_frame
from newsletter.links import OUTSIDE, links_of
from newsletter.models import Edition, EditionPage, LinkRound, OutsideLink
from newsletter.outside.asking import Answer
from newsletter.outside.politeness import ask_all
from newsletter.reading import content_of
from newsletter.rendering import as_html

LEASE = dt.timedelta(minutes=5)
FRESH = dt.timedelta(days=1)
"""How long an answer counts while an edition is composed."""

LONG = dt.timedelta(minutes=2)
"""After this a round that is due and did not come is worth a question."""

MOST_LINKS = 300
"""Links of one edition that are asked after; an edition fit to be mailed has fewer."""

COMPOSED = (EditionState.DRAFT, EditionState.FAILED)


def is_due(edition: Edition, now: dt.datetime | None = None) -> bool:
    """Say whether the links of an edition have to be looked at, or are being looked at."""
    found = LinkRound.objects.filter(edition=edition).first()
    if found is None or found.looked_at is None or found.mark != mark_of(edition):
        return True
    if found.asked_at and found.asked_at > found.looked_at:
        return True
    return found.looked_at < (now or timezone.now()) - FRESH


def is_overdue(edition: Edition, now: dt.datetime | None = None) -> bool:
    """Say whether a round that is due should have come by now: no worker may be running."""
    moment = now or timezone.now()
    found = LinkRound.objects.filter(edition=edition).first()
    pages = EditionPage.objects.filter(edition=edition)
    saved = pages.order_by("-latest_revision_created_at").values_list(
        "latest_revision_created_at", flat=True
    )
    since = [at for at in (saved.first(), found and found.asked_at) if at]
    busy = bool(found and found.busy_until and found.busy_until > moment)
    return bool(since) and max(since) < moment - LONG and not busy


def ask_again(edition: Edition) -> None:
    """Have every link looked at again, by the next worker that has time."""
    found, _made = LinkRound.objects.get_or_create(edition=edition)
    LinkRound.objects.filter(pk=found.pk).update(asked_at=timezone.now())
    wake(edition)


def keep(link: OutsideLink, user: object) -> None:
    """Note that an editor lets a dead link stay."""
    OutsideLink.objects.filter(pk=link.pk, verdict__in=DEAD).update(
        kept_by=user, kept_at=timezone.now()
    )


def wake(edition: Edition) -> None:
    """Ask a worker for a round, unless one has it already."""
    if not settings.LOOK_OUTSIDE:
        return
    now = timezone.now()
    LinkRound.objects.get_or_create(edition=edition)
    free = LinkRound.objects.filter(Q(busy_until=None) | Q(busy_until__lt=now), edition=edition)
    if free.update(busy_until=now + LEASE):
        look.enqueue(edition.pk)


def wake_due() -> None:
    """Wake a round for every edition that is composed and has one due."""
    if not settings.LOOK_OUTSIDE:
        return
    for edition in Edition.objects.filter(state__in=COMPOSED):
        if is_due(edition):
            wake(edition)


@task()
def look(edition_id: int) -> None:
    """Look at the links of an edition that have no fresh answer."""
    edition = Edition.objects.filter(pk=edition_id, state__in=COMPOSED).first()
    if edition is None or not settings.LOOK_OUTSIDE:
        return
    found, _made = LinkRound.objects.get_or_create(edition=edition)
    began, mark = timezone.now(), mark_of(edition)
    urls = outside_urls(edition)
    edition.outside_links.exclude(url__in=urls).delete()
    since = max(at for at in (began - FRESH, found.asked_at) if at)
    fresh = edition.outside_links.filter(looked_at__gte=since).values_list("url", flat=True)
    for url, answer in ask_all([url for url in urls if url not in set(fresh)]):
        _note(edition, url, answer)
        LinkRound.objects.filter(pk=found.pk).update(busy_until=timezone.now() + LEASE)
    LinkRound.objects.filter(pk=found.pk).update(mark=mark, looked_at=began, busy_until=None)


def outside_urls(edition: Edition) -> list[str]:
    """Return the addresses on other sites in all languages of an edition, each once."""
    urls: dict[str, None] = {}
    for draft in drafts_of(edition):
        html = as_html(content_of(draft), frozen_frame(draft.language))
        urls |= {link.url: None for link in links_of(html) if link.state in OUTSIDE}
    return list(urls)[:MOST_LINKS]


def _note(edition: Edition, url: str, answer: Answer) -> None:
    """Store an answer; that a dead link may stay holds for as long as it is dead."""
    row = edition.outside_links.filter(url=url).first() or OutsideLink(edition=edition, url=url)
    row.verdict, row.status, row.moved_to = answer.verdict, answer.status, answer.moved_to
    row.looked_at = timezone.now()
    if row.verdict not in DEAD:
        row.kept_by, row.kept_at = None, None
    row.save()
