"""Taking a list out: who does so, when, and how many is written down first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from participants.acts import note_act
from participants.desk import finding
from participants.desk.listing import PeopleFilters, people_for_desk
from participants.desk.page import DeskPage
from participants.exporting import as_csv
from participants.models import Participant
from participants.models.act import ActKind


class ExportView(DeskPage, TemplateView):
    """Say how many it will be, and give the file on a POST: looking writes nothing down."""

    template_name = "participants/admin/export.html"
    page_title = gettext_lazy("Export")
    header_icon = "download"

    def people(self) -> QuerySet[Participant]:
        """Return who the filters of the list leave."""
        filters = PeopleFilters(self.request.GET, queryset=people_for_desk(), request=self.request)
        found: QuerySet[Participant] = filters.qs if filters.is_valid() else people_for_desk()
        if words := finding.words_in(self.request.GET):
            found = found.filter(address__icontains=words) | found.filter(name__icontains=words)
        return found.order_by("address_key")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name how many people it is about."""
        narrowed = any(value for key, value in self.request.GET.items() if key != "p")
        return super().get_context_data(**kwargs, count=self.people().count(), narrowed=narrowed)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Write it down, and give the file."""
        people = self.people()
        count = people.count()
        if not count:
            return HttpResponse(status=204)
        note_act(ActKind.EXPORT, user=request.user, count=count)
        response = StreamingHttpResponse(as_csv(people), content_type="text/csv; charset=utf-8")
        name = f"{_('participants')}-{timezone.localdate():%Y-%m-%d}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response
