"""Export of a selection in the CMS: a bulk action of its list of pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from kenniskamer.bibliography.formats import EXPORTS
from kenniskamer.exports.files import loaded, response
from kenniskamer.models import ResearchPage


class FormatForm(forms.Form):
    """The choice of a format."""

    extension = forms.ChoiceField(
        label=_("Format"),
        choices=[(extension, export.name) for extension, export in EXPORTS.items()],
        widget=forms.RadioSelect,
        initial="ris",
    )


class ExportReferences(PageBulkAction):
    """Download the references of the pages chosen, as far as they are studies."""

    display_name = _("Export references")
    aria_label = _("Export the references of the pages chosen")
    action_type = "export_references"
    template_name = "kenniskamer/admin/export_selection.html"
    action_priority = 90
    form_class = FormatForm

    def check_perm(self, page: Page) -> bool:
        """Say whether the page is a study that this user may see in the CMS."""
        permissions = page.permissions_for_user(self.request.user)
        is_study = issubclass(page.specific_class or Page, ResearchPage)
        return bool(is_study and (page.live or permissions.can_edit()))

    def prepare_action(self, pages: Sequence[Page], without_access: Any) -> HttpResponse:
        """Answer with the file: nothing is changed, so there is nothing to carry out."""
        studies = ResearchPage.objects.filter(pk__in=[page.pk for page in pages])
        extension = self.cleaned_form.cleaned_data["extension"]
        return response(loaded(studies.order_by("title")), extension, "selection")
