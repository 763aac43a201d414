"""The toolkit."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToolkitConfig(AppConfig):
    """Composing, releasing and keeping numbered releases."""

    name = "toolkit"
    verbose_name = _("Toolkit")

    def ready(self) -> None:
        """Take part in the recovery of lost work."""
        from core import recovery
        from toolkit import following, tasks

        following.connect()
        recovery.register(tasks.wake_overdue)
