"""People who asked for something."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ParticipantsConfig(AppConfig):
    """Sign-up, consent, and what the hub holds about a person."""

    name = "participants"
    verbose_name = _("Participants")

    def ready(self) -> None:
        """Join the rooms that hold something about people, and the recovery of lost work."""
        from core import personal_data, recovery
        from participants import joining, mine_address, permissions, retention
        from participants.importing import actions, tasks
        from participants.own_data import OwnData

        personal_data.register(OwnData())
        recovery.register(joining.take_up_overdue)
        recovery.register(joining.forget_unconfirmed)
        recovery.register(mine_address.forget_old_wishes)
        recovery.register(tasks.wake_overdue)
        recovery.register(actions.forget_old)
        recovery.register(retention.forget_now_and_then)
        post_migrate.connect(permissions.make_group, dispatch_uid="participants.group")
