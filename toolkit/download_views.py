"""How often the files of the releases were downloaded, for editors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.download_charts import CountedFile
from core.download_report import DownloadReport
from toolkit.enums import FileKind
from toolkit.files import count_key
from toolkit.models import ReleaseFile, ToolkitPage
from toolkit.permissions import user_can_begin

MOST_RELEASES = 10


class DownloadsView(DownloadReport):
    """The PDF and the ZIP of the newest releases, with their downloads per day."""

    page_title = _("Downloads of the toolkit")
    explanation = _(
        "Each download is one line in a count per file and day; who it was is not kept. "
        "Crawlers that say so are left out."
    )
    export_name = "toolkit-downloads"

    @cached_property
    def toolkits(self) -> list[ToolkitPage]:
        """The toolkits this editor works on."""
        pages = ToolkitPage.objects.all()
        return [page for page in pages if user_can_begin(self.request.user, page)]

    def user_may_see(self, user: Any) -> bool:
        """Let in who works on a toolkit."""
        return bool(self.toolkits)

    def files(self) -> Sequence[CountedFile]:
        """Return what stands on the newest releases."""
        kinds = (FileKind.PDF, FileKind.ZIP)
        newest = self._of(MOST_RELEASES).filter(kind__in=kinds)
        return _counted(newest.order_by("-release__released_at", "kind", "pk"))

    def all_files(self) -> Sequence[CountedFile]:
        """Return every file of every release."""
        return _counted(self._of(None).exclude(kind=FileKind.PICTURE))

    def _of(self, most: int | None) -> Any:
        releases = [
            pk
            for page in self.toolkits
            for pk in page.releases().values_list("pk", flat=True)[:most]
        ]
        return ReleaseFile.objects.filter(release__in=releases)


def _counted(files: Iterable[ReleaseFile]) -> list[CountedFile]:
    return [CountedFile(count_key(file), file.filename) for file in files]
