"""The page in the CMS with the downloads of a room: charts, tables, and everything as CSV."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from core.download_charts import DAYS, HEIGHT, WIDTH, CountedFile, charts
from core.download_counts import per_day
from core.spreadsheet import as_csv


class DownloadReport(WagtailAdminTemplateMixin, TemplateView):
    """The downloads of files. A room names them, and what exactly is counted.

    `explanation` is one or two sentences for editors; `export_name` names the CSV.
    """

    template_name = "core/admin/downloads.html"
    header_icon = "download"
    explanation: str | Promise = ""
    export_name = "downloads"

    def files(self) -> Sequence[CountedFile]:
        """Return the files to chart, in the order in which they are shown."""
        raise NotImplementedError

    def all_files(self) -> Sequence[CountedFile]:
        """Return the files for the CSV: all there are, where the page shows some."""
        return self.files()

    def user_may_see(self, user: Any) -> bool:
        """Say whether this user may see the counts."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in who may see them."""
        if not self.user_may_see(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the charts, or give all counts as a file (`?export=csv`)."""
        if request.GET.get("export") == "csv":
            header = [_("file"), _("day"), _("downloads")]
            return as_csv(header, self._rows(), self.export_name)
        return super().get(request, *args, **kwargs)

    def _rows(self) -> Iterator[Sequence[str | int]]:
        files = self.all_files()
        daily = per_day([file.key for file in files], dt.date.min)
        for file in files:
            for day, count in sorted(daily[file.key].items()):
                yield file.label, day.isoformat(), count

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Place the page under the home of the CMS."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_header_buttons(self) -> list[HeaderButton]:
        """Offer the file."""
        return [HeaderButton(_("Download CSV"), "?export=csv", icon_name="download")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the charts."""
        drawn = charts(self.files(), timezone.localdate())
        return super().get_context_data(
            **kwargs,
            charts=drawn,
            days=DAYS,
            width=WIDTH * DAYS,
            height=HEIGHT,
            explanation=self.explanation,
        )
