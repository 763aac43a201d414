"""Recordings in the CMS: choosing one for an episode, and the list of all."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from podcasts.audio_forms import AudioForm
from podcasts.models import AudioFile


class AudioChooser(ChooserViewSet):
    """Choose a recording for an episode, or upload one."""

    model = AudioFile
    icon = "media"
    choose_one_text = _("Choose a recording")
    choose_another_text = _("Choose another recording")
    edit_item_text = _("Look at this recording")
    create_action_label = _("Upload")
    create_action_clicked_label = _("Uploading…")
    creation_tab_label = _("Upload a recording")
    creation_form_class = AudioForm


class AudioIndexView(generic.IndexView):
    """All recordings, newest first."""

    def get_base_queryset(self) -> QuerySet[AudioFile]:
        """Load the episodes along, by which a list says what is used."""
        rows: QuerySet[AudioFile] = super().get_base_queryset()
        return rows.prefetch_related("episodes")


class AudioCreateView(generic.CreateView):
    """Upload one from the list, with the form of the chooser: it finds or makes the row itself."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """Leave out what only the form of a model takes."""
        taken = {"data", "files", "prefix", "initial"}
        return {name: value for name, value in super().get_form_kwargs().items() if name in taken}

    def get_form(self, form_class: Any = None) -> Any:
        """Give the panel of the page the empty row it asks the form for."""
        form = super().get_form(form_class)
        form.instance = self.model()
        return form


class AudioViewSet(ModelViewSet):
    """The list of recordings. A new one comes in here or by the chooser of an episode."""

    model = AudioFile
    name = "recordings"
    icon = "media"
    menu_label = _("Recordings")
    menu_order = 117
    add_to_admin_menu = True
    index_view_class = AudioIndexView
    add_view_class = AudioCreateView
    list_display = [
        "title",
        Column("length", label=_("Length")),
        Column("uses_label", label=_("Episode")),
        Column("get_state_display", label=_("State")),
        "stored_at",
    ]
    search_fields = ["title", "name"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "title",
        "name",
        "length",
        "file_size",
        "bit_rate",
        "sample_rate",
        "channels",
        "state",
        "error",
        "sha256",
        "stored_at",
    ]

    def get_form_class(self, for_update: bool = False) -> Any:
        """Take a file for a new one; of a stored one only its title can change."""
        return super().get_form_class(for_update) if for_update else AudioForm
