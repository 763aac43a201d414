"""A page that tells in public what changed, and keeps what stood there before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import Resolver404
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page
from wagtail.url_routing import RouteResult

from core.announcements import announce
from core.languages import language_of
from core.models import AnnouncementKind, BasePage
from core.models.base import has_unsaved
from core.plain_text import until
from kenniskamer.choices import NoticeKind
from kenniskamer.models.versions import ResearchNotice, ResearchVersion


@dataclass(frozen=True, slots=True)
class PublicState:
    """What visitors saw of a page just before something was published."""

    content: Mapping[str, Any]
    notices: frozenset[int]
    published_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Change:
    """One notice as readers see it. `version_url` leads to what stood there before."""

    notice: ResearchNotice
    language: str
    version_url: str

    @property
    def number(self) -> int:
        """The number of the notice; 0 for one that is not saved yet."""
        return self.notice.number or 0


class VersionedPage(BasePage):
    """A page with `notices`: each published notice keeps the version before it."""

    withdrawn = models.BooleanField(_("withdrawn"), default=False, editable=False)

    class Meta:
        abstract = True

    # --- Writing ----------------------------------------------------------------

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Number new notices, and bring back those that readers have seen."""
        self._keep_public_notices()
        self._number_notices()
        notices = in_order(self.notices.all())
        self.withdrawn = bool(notices) and notices[-1].kind == NoticeKind.WITHDRAWN
        return super().save_revision(*args, **kwargs)

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Publish; when that brings a new notice, keep what was public until now."""
        with transaction.atomic():
            before = public_state(self) if revision.content.get("notices") else None
            super().publish(revision, *args, **kwargs)
            if before:
                follow(self, before)

    def _keep_public_notices(self) -> None:
        """Notices that were public can be reworded, but not taken away."""
        # Asked of the database: an old revision does not know what came after it.
        public = ResearchNotice.objects.filter(
            page_id=self.pk, page__last_published_at__isnull=False
        )
        here = {notice.translation_key for notice in self.notices.all()}
        for notice in public:
            if notice.translation_key not in here:
                self.notices.add(notice)

    def _number_notices(self) -> None:
        fresh = [notice for notice in self.notices.all() if notice.number is None]
        if not fresh:
            return
        stored = ResearchNotice.objects.filter(page__translation_key=self.translation_key)
        highest = stored.aggregate(highest=models.Max("number"))["highest"] or 0
        known = [notice.number for notice in self.notices.all() if notice.number]
        for number, notice in enumerate(fresh, start=max(highest, *known, 0) + 1):
            notice.number = number

    # --- Reading ----------------------------------------------------------------

    @cached_property
    def public_notices(self) -> list[ResearchNotice]:
        """The notices by number, each in the reader's language where it exists in it.

        A correction that is not translated yet is shown as it is rather than not at all.
        """
        if has_unsaved(self, "notices"):
            return in_order(self.notices.all())
        found = (
            ResearchNotice.objects.filter(page__translation_key=self.translation_key)
            .filter(models.Q(page=self) | models.Q(page__live=True))
            .with_version_before(self.pk)
        )
        best: dict[int, ResearchNotice] = {}
        for notice in found:
            if notice.number and (notice.page_id == self.pk or notice.number not in best):
                best[notice.number] = notice
        return [best[number] for number in sorted(best)]

    @property
    def changes(self) -> list[Change]:
        """What changed in public, newest first, each with the version it replaced."""
        return [
            Change(
                notice,
                language_of(notice.locale_id),
                self.version_url(before) if (before := version_before(notice)) else "",
            )
            for notice in reversed(self.public_notices)
        ]

    def version_url(self, number: int) -> str:
        """Return the permanent address of a version."""
        return f"{self.url}{self._word}/{number}/"

    @property
    def _word(self) -> str:
        """The word before the number in an address, in the language of the page."""
        with translation.override(self.language):
            return gettext("version")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Know the addresses of earlier versions."""
        match path_components:
            case [word, number] if word == self._word and _is_number(number):
                if self.live:
                    return RouteResult(self, kwargs={"version": int(number)})
                raise Http404("This study is not public.")
        return super().route(request, path_components)

    def serve(
        self, request: HttpRequest, *args: Any, version: int = 0, **kwargs: Any
    ) -> HttpResponseBase:
        """Answer with the study, or with an earlier version of it."""
        if not version:
            return super().serve(request, *args, **kwargs)
        row = self.versions.filter(number=version).first()
        if row is None:
            if version == self.versions.count() + 1:
                return HttpResponseRedirect(self.url)
            raise Http404("There is no such version.")
        old = row.as_page(self)
        later = [change for change in self.changes if change.number > row.last_notice]
        context = old.get_context(request) | {"version": row, "later": later}
        response = TemplateResponse(request, old.get_template(request), context)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def get_route_paths(self) -> list[str]:
        """Return the addresses that must keep working when the page moves."""
        numbers: Sequence[int] = self.versions.values_list("number", flat=True) if self.pk else ()
        return ["/", *(f"/{self._word}/{number}/" for number in numbers)]

    def resolve_subpage(self, path: str) -> None:
        """Let the redirects of the CMS lead to these addresses too. Raises Resolver404."""
        if path.rstrip("/") not in {known.rstrip("/") for known in self.get_route_paths()}:
            raise Resolver404({"path": path})


def in_order(notices: Iterable[ResearchNotice]) -> list[ResearchNotice]:
    """Return notices by number; those without a number yet come last."""
    return sorted(notices, key=lambda notice: notice.number or inf)


def version_before(notice: ResearchNotice) -> int | None:
    """Return the number of the version a notice replaced, where that was asked for."""
    return getattr(notice, "version_before", None)


def public_state(page: Any) -> PublicState | None:
    """Return what visitors see of a page now; None when it was never published.

    That is the revision published last: translating a page writes its row before it
    publishes. A page that was published without a revision is read from its row.
    """
    stored = type(page).objects.filter(pk=page.pk, last_published_at__isnull=False).first()
    if stored is None:
        return None
    live = stored.live_revision
    content: dict[str, Any] = live.content if live else stored.serializable_data()
    numbers = (notice["number"] for notice in content.get("notices", ()))
    return PublicState(
        content, frozenset(number for number in numbers if number), stored.last_published_at
    )


def follow(page: Any, before: PublicState) -> None:
    """Keep the version that new notices replaced, and announce the notices."""
    public = ResearchNotice.objects.filter(page_id=page.pk, page__live=True)
    fresh = [notice for notice in public if notice.number not in before.notices]
    if not fresh:
        return
    ResearchVersion.objects.create(
        page_id=page.pk,
        number=ResearchVersion.objects.filter(page_id=page.pk).count() + 1,
        last_notice=max(before.notices, default=0),
        content=before.content,
        published_at=before.published_at,
        replaced_at=timezone.now(),
    )
    for notice in fresh:
        if notice.announce:
            announce(
                page=Page.objects.get(pk=page.pk),
                kind=AnnouncementKind.WITHDRAWN
                if notice.kind == NoticeKind.WITHDRAWN
                else AnnouncementKind.CORRECTED,
                note=until(notice.reason, 255),
                about=notice.translation_key,
            )


def _is_number(text: str) -> bool:
    """Say whether this is a number of a version as we write it."""
    return text.isascii() and text.isdigit() and len(text) <= 4 and text[0] != "0"
