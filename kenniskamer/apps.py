"""The research library."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KenniskamerConfig(AppConfig):
    """Studies, their source files, and how those are read."""

    name = "kenniskamer"
    verbose_name = _("Kenniskamer")

    def ready(self) -> None:
        """Connect what follows a stored file, and the recovery of lost work."""
        from wagtail.models import ReferenceIndex

        from core import exports, recovery
        from kenniskamer import entries, following, tasks
        from kenniskamer.exports.links import found_links
        from kenniskamer.metadata import serving
        from kenniskamer.models import SourceFile
        from kenniskamer.oai import following as oai_following
        from kenniskamer.references import tasks as reference_tasks

        # Before a document is deleted the CMS then knows that a source file uses it.
        ReferenceIndex.register_model(SourceFile)
        following.connect()
        oai_following.connect()
        entries.connect()
        serving.connect()
        exports.register(found_links)
        recovery.register(tasks.wake_overdue)
        recovery.register(reference_tasks.wake_overdue)
