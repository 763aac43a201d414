"""Suggestions as JSON, for the box in which a question is typed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search.engines.base import SearchUnavailable
from search.pace import Pace
from search.query import MAX_CHARS
from search.typeahead import Group, suggest

PER_SECOND, BURST = 40, 120
KEPT_SECONDS = 60
pace = Pace(PER_SECOND, BURST)


def suggest_api(request: HttpRequest) -> JsonResponse:
    """Answer `?q=&lang=`; errors are `{"error": "…"}`. May be kept for a minute by anyone."""
    if request.method not in ("GET", "HEAD"):
        return _error(_("Ask with GET."), 405, Allow="GET, HEAD")
    if not pace.allows():
        message = _("Too many suggestions are asked for at once. Try again in a moment.")
        return _error(message, 429, **{"Retry-After": "1", "Cache-Control": "no-store"})
    asked = request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    typed = request.GET.get("q", "")[:MAX_CHARS]
    with translation.override(language):
        try:
            groups = suggest(typed, language or "")
        except SearchUnavailable:
            message = _("Search is being rebuilt. Try again in a moment.")
            return _error(message, 503, **{"Retry-After": "30", "Cache-Control": "no-store"})
        answer = JsonResponse(_as_json(typed, groups), json_dumps_params={"ensure_ascii": False})
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return answer


def _as_json(typed: str, groups: list[Group]) -> dict[str, Any]:
    count = sum(len(group.items) for group in groups)
    return {
        "query": typed,
        "count": count,
        "message": _message(count),
        "groups": [
            {
                "kind": group.kind,
                "label": group.label,
                "items": [
                    {
                        "text": item.text,
                        "url": item.url,
                        "language": item.language,
                        "pieces": item.pieces,
                        "note": item.note,
                    }
                    for item in group.items
                ],
            }
            for group in groups
        ],
    }


def _message(count: int) -> str:
    """Say what a screen reader tells when the list opens."""
    if not count:
        return _("No suggestions.")
    counted = ngettext("%(count)s suggestion.", "%(count)s suggestions.", count)
    how = _("Use the arrow keys to choose.")
    return f"{counted % {'count': count}} {how}"


def _error(message: str, status: int, **headers: str) -> JsonResponse:
    return JsonResponse({"error": message}, status=status, headers=headers)
