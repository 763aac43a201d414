"""Importing references in the CMS: hand in, look, choose, import."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView

from kenniskamer.desk_page import DeskPage
from kenniskamer.models.imports import ReferenceImport, Verdict
from kenniskamer.references import actions, tasks
from kenniskamer.references.forms import ReferencesForm
from kenniskamer.references.listing import lines, page_of, tabs

AT_ONCE_BYTES = 100_000
"""What is read while the editor waits; more is read in the background."""

AT_ONCE_ROWS = 10
RECENT = 20


class _ReferencesView(DeskPage):
    """What both pages share: who may, and where they stand."""

    page_title = gettext_lazy("Import references")
    header_icon = "download"


class ImportView(_ReferencesView, FormView):  # type: ignore[type-arg]  # generic only in the stubs
    """Hand in references; below, the imports of before."""

    form_class = ReferencesForm
    template_name = "kenniskamer/admin/references.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the recent imports."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["imports"] = (
            ReferenceImport.objects.select_related("user")
            .prefetch_related("files")
            .annotate(
                total=Count("rows"), imported=Count("rows", filter=Q(rows__page__isnull=False))
            )[:RECENT]
        )
        return context

    def form_valid(self, form: ReferencesForm) -> HttpResponse:
        """Store what was handed in; read little at once and much in the background."""
        contents = form.contents()
        batch = actions.hand_in(contents, self.request.user)
        if sum(len(content) for _name, content in contents) <= AT_ONCE_BYTES:
            actions.read(batch)
        else:
            tasks.wake(batch)
        return redirect("kenniskamer_admin:reference_import", batch.pk)


class PreviewView(_ReferencesView, TemplateView):
    """The records of one import, each with its verdict and a choice. `?part=rows`: the list."""

    template_name = "kenniskamer/admin/reference_import.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the import."""
        super().setup(request, *args, **kwargs)
        self.batch = get_object_or_404(ReferenceImport, pk=kwargs["batch_id"])

    def get_page_subtitle(self) -> str:
        """Name what was handed in."""
        return str(self.batch)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the form."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("kenniskamer_admin:references"), "label": self.page_title},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_template_names(self) -> list[str]:
        """Return the page, or the list alone for who refreshes it."""
        if self.request.GET.get("part") == "rows":
            return ["kenniskamer/admin/reference_rows.html"]
        return [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the records, the verdicts, and how far the import is."""
        page = page_of(self.batch, self.request.GET)
        rows = self.batch.rows
        chosen = rows.filter(wanted=True, failed=False)
        return super().get_context_data(
            **kwargs,
            batch=self.batch,
            page=page,
            lines=lines(page),
            tabs=tabs(self.batch, self.request.GET),
            verdict=self.request.GET.get("verdict", ""),
            waiting=chosen.filter(page=None).count(),
            imported=rows.exclude(page=None).count(),
            unread=self.batch.files.exclude(content=None).exists(),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep the choice, and import when that is asked."""
        actions.choose(self.batch, _numbers(request, "shown"), _numbers(request, "wanted"))
        if "all" in request.POST:
            rows = self.batch.rows.filter(page=None)
            rows.filter(verdict__in=[Verdict.NEW, Verdict.INCOMPLETE]).update(wanted=True)
        elif "none" in request.POST:
            self.batch.rows.filter(page=None).update(wanted=False)
        elif "import" in request.POST:
            self._import(request)
        else:
            messages.success(request, _("Your choice is kept."))
        return redirect(request.get_full_path())

    def _import(self, request: HttpRequest) -> None:
        waiting = self.batch.rows.filter(wanted=True, page=None).count()
        if not waiting:
            messages.error(request, _("Nothing is chosen. Tick the records you want."))
            return
        if not actions.begin(self.batch):
            messages.warning(request, _("This import is under way already."))
        elif waiting > AT_ONCE_ROWS:
            tasks.wake(self.batch)
            messages.success(request, _("The import goes on in the background; see below."))
        else:
            actions.bring_in(self.batch)
            made = self.batch.rows.exclude(page=None).count()
            text = ngettext("%(count)d draft from this import.", "%(count)d drafts from this import.",
                            made)  # fmt: skip
            messages.success(request, text % {"count": made})


def _numbers(request: HttpRequest, name: str) -> list[int]:
    return [int(text) for text in request.POST.getlist(name) if text.isascii() and text.isdigit()][
        :1000
    ]
