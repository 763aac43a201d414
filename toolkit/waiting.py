"""Which releases wait for somebody, told where an editor begins: the home of the CMS, the menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.sidebar import LinkMenuItem

from toolkit.enums import ReleaseState
from toolkit.models import Release, ToolkitPage
from toolkit.permissions import user_can_begin, user_can_release
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


class ToolkitItem(MenuItem):
    """A menu item for who may begin a release."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Show it to who can use it."""
        return any(user_can_begin(request.user, page) for page in ToolkitPage.objects.all())


class ReleasesItem(ToolkitItem):
    """The way to the desk, with the number of releases that wait for this person."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        """Count at each page, so that the number is that of now."""
        waiting = count_asked(request.user)
        label = f"{self.label} ({waiting})" if waiting else str(self.label)
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name)
