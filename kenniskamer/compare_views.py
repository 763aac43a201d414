"""Two studies that may be one, beside each other in the CMS: merge them, or keep both."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from kenniskamer.merging import FIELDS, keep_apart, merge, must_stay
from kenniskamer.models import Lookalike, ResearchPage
from kenniskamer.permissions import user_can_edit_research
from kenniskamer.side_by_side import field_rows, in_words

OLDER, NEWER = "older", "newer"


class CompareView(WagtailAdminTemplateMixin, TemplateView):
    """One pair. Every field can be chosen from either side; files and themes are all kept."""

    template_name = "kenniskamer/admin/compare.html"
    page_title = gettext_lazy("Possibly double")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, pair_id: int, **kwargs: Any) -> Any:
        """Let in who may change both studies."""
        pairs = Lookalike.objects.select_related("older__page__locale", "newer__page__locale")
        self.pair = get_object_or_404(pairs, pk=pair_id)
        self.pages: dict[str, Any] = {OLDER: self.pair.older.page, NEWER: self.pair.newer.page}
        if not all(user_can_edit_research(request.user, page) for page in self.pages.values()):
            raise PermissionDenied
        return super().dispatch(request, pair_id=pair_id, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the worklist."""
        worklist = reverse("kenniskamer_admin:worklist")
        return [
            *self.breadcrumbs_items,
            {"url": worklist, "label": _("Worklist")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name both studies, their fields and what they share."""
        drafts = {side: page.get_latest_revision_as_object() for side, page in self.pages.items()}
        fixed = must_stay(self.pages[OLDER], self.pages[NEWER])
        stays = NEWER if fixed is self.pages[NEWER] else OLDER
        return super().get_context_data(
            **kwargs,
            pair=self.pair,
            signs=in_words(self.pair.signs),
            older=self.pages[OLDER],
            newer=self.pages[NEWER],
            drafts=drafts,
            rows=field_rows(drafts[OLDER], drafts[NEWER], stays),
            stays=stays,
            is_fixed=fixed is not None,
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Merge the two, or remember that they are two."""
        if request.POST.get("decision") == "keep":
            keep_apart(self.pair, request.user)
            messages.success(request, _("Both stay. You will not be asked about these two again."))
            return redirect("kenniskamer_admin:worklist")
        fixed = must_stay(self.pages[OLDER], self.pages[NEWER])
        side = NEWER if request.POST.get("stays") == NEWER else OLDER
        stays = fixed or self.pages[side]
        goes = self.pages[OLDER] if stays is self.pages[NEWER] else self.pages[NEWER]
        self._check(request.user, stays, goes)
        other = OLDER if goes is self.pages[OLDER] else NEWER
        chosen = {name for name in FIELDS if request.POST.get(f"field-{name}") == other}
        try:
            page = merge(stays=stays, goes=goes, from_goes=chosen, user=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("kenniskamer_admin:compare", self.pair.pk)
        messages.success(request, _("Merged into “%(title)s”.") % {"title": page.draft_title})
        return redirect("wagtailadmin_pages:edit", page.pk)

    def _check(self, user: Any, stays: ResearchPage, goes: ResearchPage) -> None:
        """Refuse who may not publish the one or take away the other."""
        kept, gone = stays.permissions_for_user(user), goes.permissions_for_user(user)
        may_go = gone.can_unpublish() if goes.live else gone.can_delete()
        if not may_go or (stays.live and not kept.can_publish()):
            raise PermissionDenied
