"""The page on which an editor puts a new PDF in the place of another. In the CMS only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from kenniskamer.intake import page_of
from kenniskamer.models import SourceFile
from kenniskamer.permissions import user_can_add_research
from kenniskamer.replacing import replace


class ReplaceForm(forms.Form):
    """A new PDF, and what readers should know about it."""

    file = forms.FileField(
        label=gettext_lazy("The new PDF"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": gettext_lazy("Choose the new PDF.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("What changed, and why"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Readers see this beside the file."),
    )


class ReplaceView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]  # generic only in the stubs
    """Replace the file of a source; the address and the earlier file stay."""

    form_class = ReplaceForm
    template_name = "kenniskamer/admin/replace.html"
    page_title = gettext_lazy("Replace the file")
    header_icon = "doc-full-inverse"

    def dispatch(self, request: HttpRequest, source_id: int, **kwargs: Any) -> Any:
        """Let in who may add studies."""
        if not user_can_add_research(request.user):
            raise PermissionDenied
        rows = SourceFile.objects.select_related("document").defer("outline", "metadata")
        self.source = get_object_or_404(rows, pk=source_id)
        return super().dispatch(request, source_id=source_id, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the file."""
        return str(self.source)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the desk."""
        desk = {"url": reverse("kenniskamer_admin:worklist"), "label": _("Worklist")}
        return [*self.breadcrumbs_items, desk, {"url": "", "label": self.page_title}]

    def get_success_url(self) -> str:
        """Stay here: the page shows how far the reading is."""
        return reverse("kenniskamer_admin:replace", args=[self.source.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the file, the study it belongs to and the files before it."""
        versions = self.source.document.versions.select_related("replaced_by", "source_change")
        return super().get_context_data(
            **kwargs, source=self.source, page=page_of(self.source), versions=versions
        )

    def form_valid(self, form: ReplaceForm) -> HttpResponse:
        """Store the new file, or say why it cannot be."""
        file = form.cleaned_data["file"]
        reason = form.cleaned_data["reason"]
        try:
            replace(self.source, file, file.name or "", user=self.request.user, reason=reason)
        except ValidationError as error:
            form.add_error("file", " ".join(error.messages))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("The new file is stored and is being read. Its address stayed the same."),
        )
        return super().form_valid(form)
