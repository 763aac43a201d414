"""The ground floor."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Base page, themes, media, change log, sandbox, contracts."""

    name = "core"
    verbose_name = _("Ground floor")

    def ready(self) -> None:
        """Connect signals and checks."""
        from core import (
            announcements,
            checks,
            earlier_files,
            forms_rate,
            groups,
            mail_sending,
            publishing,
            recovery,
            task_privacy,
        )

        checks.register_checks()
        announcements.connect()
        earlier_files.connect()
        task_privacy.connect()
        recovery.register(mail_sending.wake_overdue)
        recovery.register(forms_rate.forget_old)
        recovery.register(publishing.publish_due)
        post_migrate.connect(groups.equip_groups, dispatch_uid="core.groups")
