"""The desk for podcasts: every episode with what it lacks, and what a recording says."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from podcasts.chapter_writing import write_chapters
from podcasts.models import EpisodePage, PodcastPage
from podcasts.permissions import episode_for, podcasts_of
from podcasts.suggestions import can_write, offers_for, take

MOST = 50
"""Episodes in the list of one series; older ones stand in the page explorer."""


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """Every series with its newest episodes. With `?part=rows` only the lists."""

    template_name = "podcasts/admin/desk.html"
    page_title = gettext_lazy("Podcasts")
    header_icon = "media"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in who may add episodes."""
        self.podcasts = podcasts_of(request.user)
        if not self.podcasts:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Place the page under the home of the CMS."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the episodes of each series."""
        rows = [(podcast, episodes_of(podcast)) for podcast in self.podcasts]
        return super().get_context_data(**kwargs, rows=rows)


def episodes_of(podcast: PodcastPage) -> list[EpisodePage]:
    """Return the newest episodes, drafts included, with what the list shows of them."""
    pages = EpisodePage.objects.child_of(podcast).select_related("audio", "transcript")
    pages = pages.defer("notes", "transcript__cues")
    return list(pages.order_by("-first_published_at", "-pk")[:MOST])


class EpisodeView(WagtailAdminTemplateMixin, TemplateView):
    """A page of the desk about one episode, for who may edit it."""

    page: EpisodePage

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> Any:
        """Let in who may edit this episode."""
        if not request.user.is_authenticated:
            raise PermissionDenied
        self.page = episode_for(request.user, page_id)
        return super().dispatch(request, page_id=page_id, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the episode."""
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the editor."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("podcasts_admin:desk"), "label": _("Podcasts")},
            {"url": self.edit_url, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    @property
    def edit_url(self) -> str:
        """The form of the episode."""
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the episode."""
        return super().get_context_data(**kwargs, page=self.page, edit_url=self.edit_url)


class SuggestionsView(EpisodeView):
    """What the recording says, to be taken over one by one."""

    template_name = "podcasts/admin/suggestions.html"
    page_title = gettext_lazy("Recording and form")
    header_icon = "media"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the offers."""
        draft = self.page.get_latest_revision_as_object()
        return super().get_context_data(
            **kwargs, offers=offers_for(draft), can_write=can_write(draft)
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take one offer over into a new draft."""
        draft = self.page.get_latest_revision_as_object()
        target = request.POST.get("target", "")
        try:
            if target == "write":
                write_chapters(episode=draft, user=request.user)
            else:
                take(draft, target, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Taken over into the draft."))
        return redirect("podcasts_admin:suggestions", self.page.pk)
