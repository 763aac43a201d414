"""The research library."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KenniskamerConfig(AppConfig):
    """Studies, their source files, and how those are read."""

    name = "kenniskamer"
    verbose_name = _("Kenniskamer")

    def ready(self) -> None:
        """Connect what follows a stored file, and the recovery of lost work."""
        from core import recovery
        from kenniskamer import following, tasks

        following.connect()
        recovery.register(tasks.wake_overdue)
