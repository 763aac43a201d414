"""The page of the CMS where a feed from elsewhere comes in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from podcasts.enums import AudioState
from podcasts.importing import actions, tasks
from podcasts.importing.feed import MOST_BYTES, text_of
from podcasts.models import AudioFile, FeedImport, PodcastPage
from podcasts.permissions import podcasts_of

RECENT = 10


class ImportForm(forms.Form):
    """A feed, as an address or as a file, and the series it goes into."""

    podcast = forms.ModelChoiceField(PodcastPage.objects.none(), label=gettext_lazy("Podcast"))
    address = forms.URLField(
        label=gettext_lazy("address of the feed"),
        max_length=1000,
        required=False,
        assume_scheme="https",
    )
    file = forms.FileField(label=gettext_lazy("or the feed as a file"), required=False)
    publish = forms.BooleanField(
        label=gettext_lazy("publish the episodes at once, with their old dates"),
        required=False,
        initial=True,
    )
    fetch_audio = forms.BooleanField(
        label=gettext_lazy("fetch the recordings; until then they play from their old address"),
        required=False,
        initial=True,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and refuse what is too large."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if bool(cleaned.get("address")) == bool(file) and not self.errors:
            self.add_error("address", _("Give an address or choose a file, one of the two."))
        if file and file.size > MOST_BYTES:
            self.add_error("file", _("This feed is larger than 20 MB."))
        return cleaned


class ImportView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]  # stubs only
    """Begin an import, and see how far the last ones are. With `?part=rows` only those."""

    form_class = ImportForm
    template_name = "podcasts/admin/import.html"
    success_url = reverse_lazy("podcasts_admin:import")
    page_title = gettext_lazy("Import a podcast")
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in who may add episodes."""
        self.podcasts = podcasts_of(request.user)
        if not self.podcasts:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        """Return the page, or the list alone for who refreshes it."""
        if self.request.GET.get("part") == "rows":
            return ["podcasts/admin/import_rows.html"]
        return [self.template_name]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Place the page under the desk."""
        desk = {"url": reverse("podcasts_admin:desk"), "label": _("Podcasts")}
        return [*self.breadcrumbs_items, desk, {"url": "", "label": self.page_title}]

    def get_form(self, form_class: Any = None) -> ImportForm:
        """Offer the series this user may add to."""
        form: ImportForm = super().get_form(form_class)
        pks = [podcast.pk for podcast in self.podcasts]
        field: Any = form.fields["podcast"]
        field.queryset = PodcastPage.objects.filter(pk__in=pks)
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the last imports, and the recordings that are not here yet."""
        pks = [podcast.pk for podcast in self.podcasts]
        imports = FeedImport.objects.filter(podcast__in=pks).select_related("podcast")
        waiting = AudioFile.objects.exclude(state=AudioState.READY).prefetch_related("episodes")
        rows = list(imports.defer("feed")[:RECENT])
        busy = any(row.is_under_way for row in rows) or any(
            audio.state == AudioState.FETCHING for audio in waiting
        )
        return super().get_context_data(**kwargs, imports=rows, waiting=waiting, busy=busy)

    def form_valid(self, form: ImportForm) -> HttpResponse:
        """Write the import down and wake the worker."""
        values = form.cleaned_data
        user: Any = self.request.user
        file = values["file"]
        row = FeedImport.objects.create(
            podcast=values["podcast"],
            address=values["address"],
            name=(file.name if file else "")[:255],
            feed=text_of(file.read()) if file else "",
            publish=values["publish"]
            and values["podcast"].permissions_for_user(user).can_publish_subpage(),
            fetch_audio=values["fetch_audio"],
            lease_until=timezone.now() + actions.LEASE,
            asked_by=user,
        )
        tasks.wake(row)
        messages.success(self.request, _("The import has begun. You see below how far it is."))
        return super().form_valid(form)


@require_POST
def again(request: HttpRequest, audio_id: int) -> HttpResponse:
    """Try to fetch a recording, again or for the first time."""
    if not podcasts_of(request.user):
        raise PermissionDenied
    audio = get_object_or_404(AudioFile, pk=audio_id)
    actions.again(audio)
    tasks.wake_recording(audio)
    messages.success(request, _("The recording is being fetched."))
    return redirect("podcasts_admin:import")
