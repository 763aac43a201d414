"""Hearing from a results page that something on it was opened: not what, not by whom."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.machines import is_machine
from search.counting import count_chosen
from search.pace import Pace

LARGEST_BODY = 2_000

pace = Pace(per_second=10, burst=100)


@csrf_exempt  # pages for everybody hold no token; the worst a stranger can do is count
@require_POST
def something_chosen(request: HttpRequest) -> HttpResponse:
    """Count for `q` and `lang` that something was opened. Answers 204, whatever was counted.

    It can only raise the count of a question that was asked today, up to the number of
    times it was asked.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return HttpResponse(status=403)
    size = request.headers.get("Content-Length") or "0"
    if not size.isascii() or not size.isdigit() or int(size) > LARGEST_BODY:
        return HttpResponse(status=413)
    text, language = request.POST.get("q", ""), request.POST.get("lang", "")
    if not text or language not in dict(settings.LANGUAGES):
        return HttpResponse(status=400)
    if not pace.allows():
        return HttpResponse(status=429)
    if not is_machine(request):
        count_chosen(text, language)
    return HttpResponse(status=204)
