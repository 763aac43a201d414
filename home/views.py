"""The style page: every component with sample data, for editors and developers."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.samples import SAMPLES


@require_safe
@permission_required("wagtailadmin.access_admin", login_url="wagtailadmin_login")
def style_page(request: HttpRequest) -> HttpResponse:
    """Show all components. Only for people who work in the CMS."""
    return render(request, "style/index.html", {"samples": SAMPLES})
