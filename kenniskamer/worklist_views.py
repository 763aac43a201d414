"""The worklist in the CMS: everything that waits, narrowed, and done in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets.button import HeaderButton

from kenniskamer import desk_actions
from kenniskamer.desk_actions import Refused
from kenniskamer.desk_forms import ActForm, WorklistFilter
from kenniskamer.desk_page import DeskPage
from kenniskamer.models import DeskEntry, SourceFile
from kenniskamer.permissions import user_can_add_research
from kenniskamer.worklist import PER_PAGE, Row, counts, for_list, narrowed, waiting_imports

ACTIONS = {
    "take": desk_actions.take,
    "let_go": desk_actions.let_go,
    "publish": desk_actions.publish,
    "discard": desk_actions.discard,
}


class WorklistView(DeskPage, TemplateView):
    """Everything that waits for an editor. With `?part=rows` only the list."""

    template_name = "kenniskamer/admin/worklist.html"
    page_title = gettext_lazy("Worklist")
    header_icon = "tasks"

    def get_header_buttons(self) -> list[HeaderButton]:
        """Lead to the page where files come in."""
        add = reverse("kenniskamer_admin:add")
        return [HeaderButton(_("New research"), add, icon_name="plus")]

    def get_template_names(self) -> list[str]:
        """Return the page, or the list alone for who refreshes it."""
        if self.request.GET.get("part") == "rows":
            return ["kenniskamer/admin/worklist_rows.html"]
        return [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the filters, one page of rows and what can be done with them."""
        entries = DeskEntry.objects.open(timezone.localdate())
        choice = WorklistFilter(self.request.GET).chosen
        per_state = counts(narrowed(entries, choice, self.request.user, leave_out="state"))
        found = narrowed(entries, choice, self.request.user)
        paginator = WagtailPaginator(for_list(found), PER_PAGE)
        # The states are counted already; the list need not be counted again.
        state = choice.get("state")
        paginator.count = per_state.get(state, 0) if state else sum(per_state.values())
        items = paginator.get_page(self.request.GET.get("p"))
        rows = [Row(entry) for entry in items]
        return super().get_context_data(
            **kwargs,
            filter_form=WorklistFilter(self.request.GET, per_state=per_state),
            filtered=any(choice.values()),
            imports=[] if choice else waiting_imports(),
            items=items,
            elided_page_range=paginator.get_elided_page_range(items.number),
            rows=rows,
            busy=any(row.waiting == "reading" for row in rows),
            act_form=ActForm(),
            here=self._address(),
        )

    def _address(self) -> str:
        """Return the address of this list with its filters, to come back to."""
        query = self.request.GET.copy()
        query.pop("part", None)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do one thing with the chosen rows and answer for each of them."""
    if not user_can_add_research(request.user):
        raise PermissionDenied
    back = get_valid_next_url_from_request(request) or reverse("kenniskamer_admin:worklist")
    form = ActForm(request.POST)
    if not form.is_valid():
        for sentences in form.errors.values():
            messages.error(request, " ".join(map(str, sentences)))
        return redirect(back)
    name, entries = form.cleaned_data["action"], form.cleaned_data["entries"]
    if name == "discard" and "confirmed" not in request.POST:
        return _ask(request, entries, back)
    action = ACTIONS.get(name) or desk_actions.assign(form.cleaned_data["theme"])
    _tell(request, [(entry, *_result(action, entry, request.user)) for entry in entries])
    return redirect(back)


@require_POST
def make_draft(request: HttpRequest, source_id: int) -> HttpResponse:
    """Make the draft of a file that has none, and open it."""
    if not user_can_add_research(request.user):
        raise PermissionDenied
    source = get_object_or_404(SourceFile, pk=source_id)
    try:
        page = desk_actions.draft_for(source)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("kenniskamer_admin:worklist")
    return redirect("wagtailadmin_pages:edit", page.pk)


def _result(action: desk_actions.Action, entry: DeskEntry, user: Any) -> tuple[bool, str]:
    """Do one row; return whether it was done, and the sentence about it."""
    try:
        return True, action(entry, user)
    except Refused as refused:
        return False, str(refused)


def _ask(request: HttpRequest, entries: Sequence[DeskEntry], back: str) -> HttpResponse:
    """Name what would be thrown away, and what would stay, before it happens."""
    judged = [(entry, desk_actions.why_not_discard(entry)) for entry in entries]
    context = {
        "entries": [entry for entry, reason in judged if not reason],
        "kept": [(entry, reason) for entry, reason in judged if reason],
        "next": back,
        "page_title": _("Throw away"),
        "header_icon": "bin",
    }
    return render(request, "kenniskamer/admin/discard.html", context)


def _tell(request: HttpRequest, results: Sequence[tuple[DeskEntry, bool, str]]) -> None:
    """Leave one message with what was done and one with what was not, row by row."""
    for wanted, level in ((True, messages.SUCCESS), (False, messages.WARNING)):
        told = [(str(entry), sentence) for entry, done, sentence in results if done is wanted]
        if len(told) == 1:
            messages.add_message(request, level, format_html("{}: {}", *told[0]))
        elif told:
            items = format_html_join("", "<li>{}: {}</li>", told)
            messages.add_message(request, level, format_html("<ul>{}</ul>", items))
