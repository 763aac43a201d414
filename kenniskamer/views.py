"""The desk for files that come in. In the CMS only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView

from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from kenniskamer.desk_page import DeskPage
from kenniskamer.forms import AddResearchForm
from kenniskamer.intake import IntakeResult, IntakeStatus, delete, receive
from kenniskamer.models import ResearchPage, SourceFile
from kenniskamer.offers import TARGETS, Offer, best_offers, offers_for
from kenniskamer.permissions import user_can_add_research, user_can_edit_research
from kenniskamer.takeover import take_all, take_over
from kenniskamer.tasks import begin_again

RECENT = 40
"""Files in the list: what a person still remembers handing in."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one file, for the person who handed it in.

    `sentence` is for people; `url` leads to the study, where there is one.
    """

    filename: str
    status: str
    sentence: str
    url: str = ""


class AddResearchView(DeskPage, FormView):  # type: ignore[type-arg]  # generic only in the stubs
    """Take in PDFs and show how far they are. With `?part=rows` only the list."""

    form_class = AddResearchForm
    template_name = "kenniskamer/admin/add.html"
    success_url = reverse_lazy("kenniskamer_admin:add")
    page_title = gettext_lazy("New research")
    header_icon = "doc-full-inverse"

    def get_template_names(self) -> list[str]:
        """Return the page, or the list alone for who refreshes it."""
        if self.request.GET.get("part") == "rows":
            return ["kenniskamer/admin/rows.html"]
        return [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the recent files."""
        context = super().get_context_data(**kwargs)
        sources = list(
            SourceFile.objects.select_related("document")
            .defer("outline", "metadata", "suggestions")
            .prefetch_related("research_sources__page")[:RECENT]
        )
        context["sources"] = sources
        context["busy"] = any(source.is_under_way for source in sources)
        return context

    def form_valid(self, form: AddResearchForm) -> HttpResponse:
        """Take in each file and say what became of it."""
        answers = [take_in(file, self.request.user) for file in form.cleaned_data["pdfs"]]
        if wants_json(self.request):
            return JsonResponse({"files": [asdict(answer) for answer in answers]})
        tell(self.request, answers)
        return super().form_valid(form)

    def form_invalid(self, form: AddResearchForm) -> HttpResponse:
        """Show what is wrong with the form itself."""
        if wants_json(self.request):
            sentences = " ".join(map(str, form.errors.get("pdfs", [])))
            return JsonResponse({"error": sentences}, status=400)
        response: HttpResponse = super().form_invalid(form)
        return response


def wants_json(request: HttpRequest) -> bool:
    """Say whether a script asks, which shows the answer itself."""
    return request.headers.get("Accept", "") == "application/json"


def take_in(file: UploadedFile[Any], user: Any) -> Answer:
    """Take in one uploaded file and put the result in words."""
    name = file.name or ""
    result = receive(file, name, user)
    page = result.page
    url = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else ""
    return Answer(name, result.status.value, sentence_for(result), url)


def sentence_for(result: IntakeResult) -> str:
    """Say in one sentence what became of a file."""
    if result.status is IntakeStatus.FAILED:
        return result.error
    if result.status is IntakeStatus.CREATED:
        return _("Added. It is being read now.")
    if result.page:
        return _("This file is already here, in “%(title)s”.") % {"title": result.page.title}
    return _("This file is already here; see the list below.")


def tell(request: HttpRequest, answers: Iterable[Answer]) -> None:
    """Leave the answers as messages: the new files counted, the others by name."""
    added = 0
    for answer in answers:
        if answer.status == IntakeStatus.CREATED:
            added += 1
            continue
        level = messages.ERROR if answer.status == IntakeStatus.FAILED else messages.WARNING
        text = f"{answer.filename}: {answer.sentence}"
        if answer.url:
            link = '<a href="{}">{}</a>'
            text = format_html("{} " + link, text, answer.url, _("Open the study"))
        messages.add_message(request, level, text)
    if added:
        text = ngettext(
            "%(count)d file is added and is being read.",
            "%(count)d files are added and are being read.",
            added,
        )
        messages.success(request, text % {"count": added})


@require_POST
def try_again(request: HttpRequest, source_id: int) -> HttpResponse:
    """Put a file back in line to be read."""
    source = _source_for(request, source_id)
    if not source.is_under_way:
        begin_again(source)
        messages.success(request, _("“%(title)s” will be read again.") % {"title": source})
    return redirect("kenniskamer_admin:add")


@require_POST
def remove(request: HttpRequest, source_id: int) -> HttpResponse:
    """Remove a file that belongs to no study."""
    source = _source_for(request, source_id)
    with transaction.atomic():
        if source.research_sources.exists():
            messages.error(request, _("This file belongs to a study. Remove it there first."))
        else:
            messages.success(request, _("“%(title)s” is removed.") % {"title": source})
            delete(source)
    return redirect("kenniskamer_admin:add")


def _source_for(request: HttpRequest, source_id: int) -> SourceFile:
    if not user_can_add_research(request.user):
        raise PermissionDenied
    source: SourceFile = get_object_or_404(SourceFile, pk=source_id)
    return source


class SuggestionsView(WagtailAdminTemplateMixin, TemplateView):
    """What the files of a study say about it, to be taken over one by one."""

    template_name = "kenniskamer/admin/suggestions.html"
    page_title = gettext_lazy("What the file says")
    header_icon = "doc-full-inverse"

    def dispatch(self, request: HttpRequest, page_id: int, **kwargs: Any) -> Any:
        """Let in who may edit this study."""
        self.page = get_object_or_404(ResearchPage, pk=page_id)
        if not user_can_edit_research(request.user, self.page):
            raise PermissionDenied
        return super().dispatch(request, page_id=page_id, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the study."""
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the editor."""
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the offers."""
        draft = self.page.get_latest_revision_as_object()
        offers = offers_for(draft)
        return super().get_context_data(
            **kwargs, page=self.page, offers=offers, can_take_all=bool(best_offers(offers))
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take one offer, or all, over into a new draft of the study."""
        target, value = request.POST.get("target", ""), request.POST.get("value", "")
        draft = self.page.get_latest_revision_as_object()
        offers = offers_for(draft)
        if target == "all":
            taken = take_all(draft, best_offers(offers), request.user)
            fields = ", ".join(taken) or _("nothing: every field is filled in")
            messages.success(request, _("Taken over: %(fields)s.") % {"fields": fields})
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        if not any(_offers(offer, target, value) for offer in offers):
            return render(request, "400.html", status=400)
        try:
            take_over(draft, target, value, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            label = TARGETS[target]
            messages.success(request, _("Taken over as %(field)s.") % {"field": label})
        return redirect("wagtailadmin_pages:edit", self.page.pk)


def _offers(offer: Offer, target: str, value: str) -> bool:
    return offer.value == value and target in offer.targets
