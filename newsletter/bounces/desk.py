"""What came back, for editors: the list, one report with its mail, and undoing it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

import django_filters

from newsletter.bounces.undoing import can_undo, undo
from newsletter.models import Bounce, BounceKind, BounceSource
from participants.permissions import ManagingPolicy, user_can_manage_people

TITLE = gettext_lazy("Returned mail")
NAMESPACE = "bounces_admin"
BAD = (BounceKind.HARD, BounceKind.COMPLAINT)


class BounceFilters(WagtailFilterSet):
    """What the list is narrowed by."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("What"), choices=BounceKind.choices)
    source = django_filters.ChoiceFilter(
        label=gettext_lazy("Came by"), choices=BounceSource.choices
    )

    class Meta:
        model = Bounce
        fields: list[str] = []


def bounce_url(bounce: Bounce) -> str:
    """Return the page of a report."""
    return reverse(f"{NAMESPACE}:bounce", args=[bounce.pk])


class BouncesView(IndexView):
    """Every report, newest first."""

    model = Bounce
    permission_policy = ManagingPolicy(Bounce)
    any_permission_required = ["change"]
    page_title = TITLE
    header_icon = "mail"
    index_url_name = f"{NAMESPACE}:list"
    index_results_url_name = f"{NAMESPACE}:list_results"
    filterset_class = BounceFilters
    default_ordering = "-received_at"
    paginate_by = 50
    columns = [
        TitleColumn(
            "kind",
            label=gettext_lazy("What"),
            accessor="get_kind_display",
            get_url=bounce_url,
        ),
        Column("participant", label=gettext_lazy("Participant"), accessor="participant"),
        Column("status", label=gettext_lazy("Code")),
        StatusTagColumn(
            "state",
            label=gettext_lazy("What followed"),
            accessor=lambda bounce: what_followed(bounce),
            primary=lambda bounce: bounce.kind in BAD and not bounce.undone_at,
        ),
        Column("source", label=gettext_lazy("Came by"), accessor="get_source_display"),
        DateColumn("received_at", label=gettext_lazy("Received"), sort_key="received_at"),
    ]

    def get_base_queryset(self) -> QuerySet[Bounce]:
        """Read the people along."""
        return Bounce.objects.select_related("participant").defer("raw")


def what_followed(bounce: Bounce) -> str:
    """Say in a few words what a report did."""
    if bounce.undone_at:
        return _("undone")
    if bounce.participant is None:
        return _("the person is erased") if bounce.kind != BounceKind.UNSUBSCRIBE else _("left")
    if not bounce.counted:
        return _("nothing: about an earlier address")
    return {
        BounceKind.HARD: _("gets no more mail"),
        BounceKind.COMPLAINT: _("gets no more mail"),
        BounceKind.SOFT: _("counted"),
        BounceKind.UNSUBSCRIBE: _("left"),
    }.get(BounceKind(bounce.kind), _("nothing"))


class UndoForm(forms.Form):
    """Why the report is set aside."""

    reason = forms.CharField(
        label=gettext_lazy("How do you know that the address works?"),
        max_length=150,
        help_text=gettext_lazy("It is kept with the consent of this person, as proof."),
    )


class BounceView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]  # not generic at run time
    """One report, what the server said, and undoing what it did."""

    template_name = "bounces/admin/bounce.html"
    form_class = UndoForm
    header_icon = "mail"
    page_title = TITLE
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Only for who may see addresses."""
        if not user_can_manage_people(request.user):
            raise PermissionDenied
        rows = Bounce.objects.select_related("participant", "delivery__edition", "undone_by")
        self.bounce = get_object_or_404(rows, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the list."""
        above = {"url": reverse(f"{NAMESPACE}:list"), "label": TITLE}
        return [*self.breadcrumbs_items, above, {"url": "", "label": str(self.bounce)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the report."""
        raw = bytes(self.bounce.raw).decode("utf-8", "replace") if self.bounce.raw else ""
        return super().get_context_data(
            **{
                "bounce": self.bounce,
                "followed": what_followed(self.bounce),
                "can_undo": can_undo(self.bounce),
                "raw": raw,
                **kwargs,
            }
        )

    def form_valid(self, form: UndoForm) -> HttpResponse:
        """Undo it."""
        proof = f"{self.request.user}: {form.cleaned_data['reason']}"
        if undo(self.bounce, user=self.request.user, proof=proof):
            messages.success(self.request, _("This person gets mail again, as before."))
        else:
            messages.error(self.request, _("There is nothing left to undo here."))
        return redirect(bounce_url(self.bounce))


app_name = NAMESPACE
urlpatterns = [
    path("", BouncesView.as_view(), name="list"),
    path("results/", BouncesView.as_view(results_only=True), name="list_results"),
    path("<int:pk>/", BounceView.as_view(), name="bounce"),
]
