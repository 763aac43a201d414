"""Importing people: hand in a list, say what its columns are, look, decide."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from core.models import User
from participants.desk.import_forms import ColumnsForm, DecisionForm, ListForm
from participants.desk.import_listing import lines, page_of, tabs
from participants.desk.page import DeskPage
from participants.importing import actions, tasks
from participants.importing.columns import columns
from participants.importing.sheet import read_sheet
from participants.models.importing import ImportState, PeopleImport, Verdict

AT_ONCE_BYTES = 30_000
"""A list that is judged while the editor waits; a longer one is judged in the background."""

AT_ONCE_PEOPLE = 50
RECENT = 20
TITLE = gettext_lazy("Import a list")


class ImportView(DeskPage, FormView):  # type: ignore[type-arg]  # generic only in the stubs
    """Hand in a list; below, the imports of before."""

    form_class = ListForm
    template_name = "participants/admin/import.html"
    page_title = TITLE
    header_icon = "upload"

    def get_initial(self) -> dict[str, Any]:
        """Begin in the language of the site."""
        return {**super().get_initial(), "language": "nl"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the recent imports."""
        recent = PeopleImport.objects.select_related("user").defer("content")[:RECENT]
        return super().get_context_data(**kwargs, imports=recent)

    def form_valid(self, form: ListForm) -> HttpResponse:
        """Keep the list, and go on to its columns."""
        values, user = form.cleaned_data, cast("User", self.request.user)
        batch = PeopleImport.objects.create(
            user=user,
            name=values["name"],
            content=values["content"],
            language=values["language"],
            purposes=values["purposes"],
            proof_source=values["proof_source"],
            proof_date=values["proof_date"],
            proof_text=values["proof_text"],
        )
        return redirect("participants_admin:import_columns", batch.pk)


class _OneImport(DeskPage, FormView):  # type: ignore[type-arg]  # generic only in the stubs
    """A page about one import."""

    header_icon = "upload"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the import."""
        super().setup(request, *args, **kwargs)
        self.batch = get_object_or_404(PeopleImport, pk=kwargs["batch_id"])

    def get_page_title(self) -> str:
        """Name what was handed in."""
        return str(self.batch)

    def above(self) -> list[dict[str, Any]]:
        """Lead back to the form."""
        return [{"url": reverse("participants_admin:import"), "label": TITLE}]


class ColumnsView(_OneImport):
    """What each column of the list is."""

    form_class = ColumnsForm
    template_name = "participants/admin/import_columns.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A list that was brought in already has no columns left to choose."""
        response = super().dispatch(request, *args, **kwargs)
        if self.batch.state not in (ImportState.COLUMNS, ImportState.READY):
            return redirect("participants_admin:import_rows", self.batch.pk)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the columns."""
        sheet = read_sheet(bytes(self.batch.content or b""))
        return {**super().get_form_kwargs(), "columns": columns(sheet)}

    def form_valid(self, form: ColumnsForm) -> HttpResponse:
        """Judge a short list at once, and a long one in the background."""
        if actions.choose_columns(self.batch, form.roles()):
            self.batch.refresh_from_db()
            if len(self.batch.content or b"") <= AT_ONCE_BYTES:
                actions.judge(self.batch)
            else:
                tasks.wake(self.batch)
        return redirect("participants_admin:import_rows", self.batch.pk)


class RowsView(_OneImport):
    """The rows of a list with their verdicts, and the decision. `?part=rows`: the list alone."""

    form_class = DecisionForm
    template_name = "participants/admin/import_rows.html"

    def get_template_names(self) -> list[str]:
        """Return the page, or the list alone for who refreshes it."""
        if self.request.GET.get("part") == "rows":
            return ["participants/admin/import_list.html"]
        return [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the rows, the verdicts, and how far the import is."""
        page = page_of(self.batch, self.request.GET)
        counts = dict(self.batch.rows.order_by().values_list("verdict").annotate(count=Count("pk")))
        return super().get_context_data(
            **kwargs,
            batch=self.batch,
            page=page,
            lines=lines(page),
            tabs=tabs(counts, self.request.GET),
            new=counts.get(Verdict.NEW, 0),
            unnamed=counts.get(Verdict.UNNAMED, 0),
            done=self.batch.rows.exclude(participant=None).count(),
            purposes=self.batch.purpose_labels,
        )

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        """Bring few people in at once, and many in the background."""
        choice = form.cleaned_data
        wanted = actions.wanted(takes_unnamed=choice["takes_unnamed"])
        count = self.batch.rows.filter(verdict__in=wanted).count()
        if not count:
            messages.error(self.request, _("There is nobody in this list to bring in."))
        elif not actions.begin(self.batch, **choice):
            messages.warning(self.request, _("This import is under way already."))
        elif count > AT_ONCE_PEOPLE:
            tasks.wake(self.batch)
            messages.success(self.request, _("The import goes on in the background; see below."))
        else:
            self.batch.refresh_from_db()
            actions.bring_in(self.batch)
            messages.success(self.request, _("The list is imported."))
        return redirect("participants_admin:import_rows", self.batch.pk)
