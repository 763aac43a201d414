"""The list of people, with search and filters, and the log of what was done with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button, HeaderButton

import django_filters

from participants.consent import mailable
from participants.desk import finding
from participants.desk.page import TITLE
from participants.enums import Purpose, State
from participants.models import Act, Participant
from participants.models.act import ActKind
from participants.permissions import ManagingPolicy

ON_A_PAGE = 50
SHOWN_STATES = [choice for choice in State.choices if choice[0] != State.ERASED]


class PeopleFilters(WagtailFilterSet):
    """What the list is narrowed by."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=SHOWN_STATES)
    gets = django_filters.ChoiceFilter(
        label=gettext_lazy("Gets"), choices=Purpose.choices, method="who_gets"
    )
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES
    )
    paused = django_filters.ChoiceFilter(
        label=gettext_lazy("Pause"),
        choices=[("yes", gettext_lazy("Takes a pause now"))],
        method="who_paused",
    )

    class Meta:
        model = Participant
        fields: list[str] = []

    def who_gets(self, people: QuerySet[Participant], name: str, value: str) -> Any:
        """Keep who may be mailed for a purpose now."""
        return people.filter(pk__in=mailable(Purpose(value)).values("pk"))

    def who_paused(self, people: QuerySet[Participant], name: str, value: str) -> Any:
        """Keep who asked for silence."""
        return people.filter(paused_until__gt=timezone.now())


def people_for_desk() -> QuerySet[Participant]:
    """Return everybody who has a name or address here: an erased person has neither."""
    return Participant.objects.exclude(state=State.ERASED)


def person_url(person: Participant) -> str:
    """Return the page of a person at the desk."""
    return reverse("participants_admin:person", args=[person.key])


class HiddenWords(forms.Form):
    """Words that were posted, carried along by the form of the filters."""

    find = forms.CharField(required=False, label="", widget=forms.HiddenInput)


class PeopleView(IndexView):
    """Everybody we know, newest first. Words are posted: see `participants.desk.finding`."""

    model = Participant
    template_name = "participants/admin/list.html"
    permission_policy = ManagingPolicy(Participant)
    any_permission_required = ["change"]
    page_title = TITLE
    header_icon = "group"
    index_url_name = "participants_admin:list"
    index_results_url_name = "participants_admin:list_results"
    add_url_name = "participants_admin:add"
    add_item_label = gettext_lazy("Add one person")
    search_fields = ["address", "name"]
    filterset_class = PeopleFilters
    default_ordering = "-created_at"
    paginate_by = ON_A_PAGE
    columns = [
        TitleColumn(
            "address",
            label=gettext_lazy("E-mail address"),
            sort_key="address_key",
            get_url=person_url,
        ),
        Column("name", label=gettext_lazy("Name"), sort_key="name"),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor="get_state_display",
            primary=lambda person: person.state == State.ACTIVE,
            sort_key="state",
        ),
        Column("language", label=gettext_lazy("Language"), accessor="get_language_display"),
        DateColumn("created_at", label=gettext_lazy("Known since"), sort_key="created_at"),
    ]

    def get_base_queryset(self) -> QuerySet[Participant]:
        """Leave out who was erased."""
        return people_for_desk()

    def get_search_form(self) -> HiddenWords:
        """Carry the words along, instead of asking for them in the address."""
        return HiddenWords(self.request.GET)

    @cached_property
    def search_query(self) -> str:
        """What is looked for."""
        return finding.words_in(self.request.GET)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take words."""
        return finding.kept_out_of_address(request)

    @property
    def header_more_buttons(self) -> list[Button]:
        """Lead to bringing in, taking out, and the log."""
        query = self.request.GET.urlencode()
        export = reverse("participants_admin:export") + (f"?{query}" if query else "")
        bringing_in = reverse("participants_admin:import")
        return [
            Button(_("Import a list"), bringing_in, icon_name="upload", priority=10),
            Button(_("Export"), export, icon_name="download", priority=20),
            Button(_("Log"), reverse("participants_admin:log"), icon_name="history", priority=30),
        ]

    def get_add_url(self) -> str:
        """Lead to adding one."""
        return reverse("participants_admin:add")

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to adding one."""
        return [HeaderButton(self.add_item_label, self.get_add_url(), icon_name="plus")]


class LogFilters(WagtailFilterSet):
    """What the log is narrowed by."""

    kind = django_filters.ChoiceFilter(label=gettext_lazy("What"), choices=ActKind.choices)

    class Meta:
        model = Act
        fields: list[str] = []


class LogView(IndexView):
    """Who exported, imported or erased, when, and how many."""

    model = Act
    permission_policy = ManagingPolicy(Act)
    any_permission_required = ["change"]
    page_title = gettext_lazy("Log")
    header_icon = "history"
    index_url_name = "participants_admin:log"
    index_results_url_name = "participants_admin:log_results"
    filterset_class = LogFilters
    default_ordering = "-at"
    paginate_by = ON_A_PAGE
    columns = [
        DateColumn("at", label=gettext_lazy("When"), sort_key="at"),
        Column("kind", label=gettext_lazy("What"), accessor="get_kind_display"),
        Column("count", label=gettext_lazy("People")),
        Column("user", label=gettext_lazy("Who")),
        Column("remark", label=gettext_lazy("Remark")),
    ]

    def get_base_queryset(self) -> QuerySet[Act]:
        """Fetch who did it at once."""
        return Act.objects.select_related("user")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Place the log under the list of people."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("participants_admin:list"), "label": TITLE},
            {"url": "", "label": self.page_title},
        ]
