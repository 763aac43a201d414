"""Which releases wait for somebody, told where an editor begins: the home of the CMS, the menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.admin.ui.components import Component

from toolkit.enums import ReleaseState
from toolkit.models import Release
from toolkit.permissions import user_can_release
from toolkit.releasing import may_approve


@dataclass(frozen=True, slots=True)
class Waiting:
    """A release and what this person can do about it; `is_asked` when it waits for them."""

    release: Release
    url: str
    sentence: str
    is_asked: bool


def waiting_for(user: Any) -> list[Waiting]:
    """Return the offered releases, those that wait for this person first, and failed builds."""
    mine = Q(asked_by=user) | Q(approved_by=user)
    rows = Release.objects.filter(
        Q(state=ReleaseState.ASKED) | Q(mine, state=ReleaseState.FAILED)
    ).select_related("page__locale", "asked_by", "revision")
    found = [row for release in rows.defer("content") for row in _rows(release, user)]
    return sorted(found, key=lambda row: not row.is_asked)


def count_asked(user: Any) -> int:
    """Return how many releases wait for this person's eyes."""
    return sum(row.is_asked for row in waiting_for(user))


def _rows(release: Release, user: Any) -> Iterator[Waiting]:
    url = reverse("toolkit_admin:standing", args=[release.page_id])
    if release.state == ReleaseState.FAILED:
        yield Waiting(release, url, release.error, False)
    elif may_approve(release, user) and user_can_release(user, release.page):
        who = release.asked_by or "?"
        sentence = _("%(who)s offered this. Look at it, and release it.") % {"who": who}
        yield Waiting(release, url, sentence, True)
    elif release.asked_by_id == user.pk:
        yield Waiting(release, url, _("You offered this. Somebody else has to look."), False)


class WaitingPanel(Component):
    """The releases that wait, on the home of the CMS; nothing when none does."""

    name = "toolkit_waiting"
    template_name = "toolkit/admin/waiting.html"
    order = 190

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Name the rows."""
        return {"rows": waiting_for(parent_context["request"].user)}
