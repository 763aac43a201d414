"""Who got an edition: one row a person, on a screen and as CSV. It holds addresses."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wagtail.log_actions import log as write_log

from core.listing import paginate
from core.spreadsheet import as_csv
from newsletter.delivery import log
from newsletter.delivery.figures import figures
from newsletter.delivery.progress import progress
from newsletter.enums import DeliveryState
from newsletter.models import Edition, EditionPage
from newsletter.permissions import user_can_compose
from participants.acts import note_act
from participants.desk import finding
from participants.models.act import ActKind
from participants.permissions import user_can_manage_people

PER_PAGE = 100
EXPORTED = "newsletter.export"


@require_http_methods(["GET", "HEAD", "POST"])
def recipients(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Show the deliveries of an edition, narrowed by state and by words, which are posted."""
    edition = _edition(request, edition_id)
    if request.method == "POST":
        return finding.kept_out_of_address(request)
    state, words = _asked(request)
    context = {
        "edition": edition,
        "rows": paginate(log.rows(edition, state=state, words=words), request.GET, PER_PAGE),
        "states": DeliveryState.choices,
        "chosen": state,
        "words": words,
    }
    return render(request, "newsletter/admin/recipients.html", context)


@require_POST
def recipients_csv(request: HttpRequest, edition_id: int) -> HttpResponseBase:
    """Give the same list as a file; who took it stands in the history and in the log."""
    edition = _edition(request, edition_id)
    state, words = _asked(request)
    found = log.rows(edition, state=state, words=words)
    note_act(ActKind.EXPORT, user=request.user, count=found.count(), remark=edition.title)
    for page in EditionPage.objects.filter(edition=edition)[:1]:
        write_log(page, EXPORTED, user=request.user)
    lines = log.as_csv(found)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="nieuwsbrief-{edition.pk}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def figures_csv(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Give the numbers of an edition as a file; there are no people in it."""
    if not user_can_compose(request.user):
        raise PermissionDenied
    edition = get_object_or_404(Edition, pk=edition_id)
    found = figures(edition, progress(edition))
    rows = [(edition.title, one.key, one.label, one.number) for one in found]
    header = [_("edition"), _("figure"), _("name"), _("number")]
    response = as_csv(header, rows, f"nieuwsbrief-{edition.pk}-cijfers")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _edition(request: HttpRequest, edition_id: int) -> Edition:
    if not user_can_manage_people(request.user):
        raise PermissionDenied
    return get_object_or_404(Edition, pk=edition_id)


def _asked(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("state", ""), finding.words_in(request.GET)
