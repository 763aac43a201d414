"""Wake-up calls for building. A lost or doubled one costs nothing: the rows decide."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from django_tasks import task

from toolkit import building
from toolkit.enums import ReleaseState
from toolkit.models import Release

WAKE_AGAIN = dt.timedelta(minutes=2)
"""After this long a release that waits is woken once more; its call may have been lost."""

MOST_ATTEMPTS = 3


@task()
def build_release(release_id: int) -> None:
    """Build one release, unless that is not needed any more."""
    building.build(release_id)


def wake(release: Release) -> None:
    """Ask for a release to be built, once it is stored for certain."""
    transaction.on_commit(lambda: build_release.enqueue(release.pk))


def wake_overdue() -> None:
    """Take up the builds whose worker is gone or whose wake-up call was lost."""
    now = timezone.now()
    overdue = Release.objects.filter(state=ReleaseState.BUILDING, lease_until__lt=now)
    for release in overdue:
        # The same row as was seen, or a worker has just taken it.
        same = overdue.filter(pk=release.pk, claim=release.claim)
        if release.attempts >= MOST_ATTEMPTS:
            with translation.override(release.content.get("language", "nl")):
                error = _("Building was interrupted too often. Build it again.")
            same.update(state=ReleaseState.FAILED, claim="", lease_until=None, error=error)
        elif same.update(claim="", lease_until=now + WAKE_AGAIN):
            build_release.enqueue(release.pk)
