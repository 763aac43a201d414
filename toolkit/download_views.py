"""How often the files of the releases were downloaded, for editors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.download_counts import per_day, totals
from toolkit.enums import FileKind
from toolkit.files import count_key
from toolkit.models import ReleaseFile, ToolkitPage
from toolkit.permissions import user_can_begin

DAYS = 30
MOST_RELEASES = 10
HEIGHT = 60
WIDTH = 10


@dataclass(frozen=True, slots=True)
class DayBar:
    """One day of a chart; `left`, `top` and `height` in units of the drawing."""

    day: dt.date
    count: int
    left: int
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class FileChart:
    """The downloads of one file: in all, in the last days, and on each of those."""

    file: ReleaseFile
    total: int
    recent: int
    bars: list[DayBar]


def bars(counts: Mapping[dt.date, int], today: dt.date) -> list[DayBar]:
    """Draw the last days, oldest first; the tallest bar fills the height."""
    most = max(counts.values(), default=0)
    days = [today - dt.timedelta(ago) for ago in range(DAYS - 1, -1, -1)]
    drawn = []
    for place, day in enumerate(days):
        count = counts.get(day, 0)
        height = max(round(HEIGHT * count / most), 1) if count else 0
        drawn.append(DayBar(day, count, WIDTH * place, HEIGHT - height, height))
    return drawn


def charts(files: list[ReleaseFile], today: dt.date) -> list[FileChart]:
    """Return a chart for each file."""
    keys = [count_key(file) for file in files]
    daily = per_day(keys, today - dt.timedelta(DAYS - 1))
    in_all = totals(keys)
    return [
        FileChart(file, in_all.get(key, 0), sum(daily[key].values()), bars(daily[key], today))
        for file, key in zip(files, keys, strict=True)
    ]


class DownloadsView(WagtailAdminTemplateMixin, TemplateView):
    """The PDF and the ZIP of the newest releases, with their downloads per day."""

    template_name = "toolkit/admin/downloads.html"
    page_title = _("Downloads of the toolkit")
    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in who works on a toolkit."""
        self.toolkits = [
            page for page in ToolkitPage.objects.all() if user_can_begin(request.user, page)
        ]
        if not self.toolkits:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the charts."""
        releases = [
            pk
            for page in self.toolkits
            for pk in page.releases().values_list("pk", flat=True)[:MOST_RELEASES]
        ]
        whole = ReleaseFile.objects.filter(
            release__in=releases, kind__in=(FileKind.PDF, FileKind.ZIP)
        )
        files = list(whole.order_by("-release__released_at", "kind", "pk"))
        drawn = charts(files, timezone.localdate())
        return super().get_context_data(
            **kwargs, charts=drawn, days=DAYS, width=WIDTH * DAYS, height=HEIGHT
        )
