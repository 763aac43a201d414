"""The releases of one toolkit as readers meet them: newest, earlier, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from wagtail.models import Page

from core.licences import licence_url
from toolkit.addresses import compare_url, release_url
from toolkit.enums import FileKind, NoticeKind, ReleaseState
from toolkit.models.release import Release, ReleaseFile
from toolkit.versions import Version, VersionError

WHOLE = (FileKind.PDF, FileKind.ZIP)


@dataclass(frozen=True)
class Standing:
    """One release on the shelf. Its content is not loaded."""

    release: Release
    url: str
    compare_url: str = ""

    @property
    def number(self) -> str:
        """The version as people write it."""
        return self.release.page.version

    @property
    def is_withdrawn(self) -> bool:
        """Say whether it was taken back."""
        return self.release.state == ReleaseState.WITHDRAWN

    @property
    def is_corrected(self) -> bool:
        """Say whether a later release mends a fault in it."""
        return self.release.notice_kind == NoticeKind.CORRECTED

    @property
    def licence_url(self) -> str:
        """Where the licence is written down."""
        return licence_url(self.release.page.licence)

    @cached_property
    def files(self) -> list[ReleaseFile]:
        """The PDF and the ZIP, loaded together with those of the others."""
        found = [file for file in self.release.files.all() if file.kind in WHOLE]
        return sorted(found, key=lambda file: WHOLE.index(FileKind(file.kind)))


class Shelf:
    """The public releases of a toolkit, newest version first."""

    def __init__(self, toolkit: Page) -> None:
        self.url = toolkit.url or ""
        whole = Prefetch("files", ReleaseFile.objects.filter(kind__in=WHOLE))
        rows = Release.objects.child_of(toolkit).public().newest_first()
        joined = rows.select_related("page", "corrected_in__page").prefetch_related(whole)
        releases: Iterable[Release] = joined.defer("content", "corrected_in__content")
        self.all = [Standing(row, release_url(self.url, row.page.version)) for row in releases]

    @cached_property
    def newest(self) -> Standing | None:
        """The newest that was not withdrawn."""
        return next((one for one in self.all if not one.is_withdrawn), None)

    @property
    def earlier(self) -> list[Standing]:
        """All but the newest, each with the way to what changed since."""
        new = self.newest
        return [
            Standing(one.release, one.url, compare_url(self.url, one.number, new.number))
            if new
            else one
            for one in self.all
            if new is None or one.number != new.number
        ]

    def before(self, release: Standing) -> Standing | None:
        """Return the one before it by number; withdrawn ones too, because people hold them."""
        own = Version.parse(release.number)
        return next((one for one in self.all if Version.parse(one.number) < own), None)

    def find(self, text: str) -> Standing | None:
        """Return the release with a version number, however it is written."""
        try:
            wanted = Version.parse(text)
        except VersionError:
            return None
        return next((one for one in self.all if Version.parse(one.number) == wanted), None)
