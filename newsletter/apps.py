"""The newsletter."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    """Making editions, delivering them, and mailing what people follow."""

    name = "newsletter"
    verbose_name = _("Newsletter")

    def ready(self) -> None:
        """Say what is held about people; mend what was lost; make the mails of the morning."""
        from core import personal_data, recovery
        from newsletter import checks, publishing, waiting
        from newsletter.alerts import forgetting, morning, own_data
        from newsletter.bounces import collecting, webhooks
        from newsletter.bounces.own_data import ReturnedMail
        from newsletter.delivery import looking_after
        from newsletter.outside import rounds
        from newsletter.own_data import SentEditions
        from newsletter.sender import looking

        checks.register_checks()
        personal_data.register(SentEditions())
        personal_data.register(own_data.FollowedThings())
        recovery.register(looking_after.sweep)
        personal_data.register(ReturnedMail())
        webhooks.connect()
        recovery.register(publishing.publish_missing)
        recovery.register(waiting.ask_editors)
        recovery.register(morning.send_when_due)
        recovery.register(forgetting.forget_now_and_then)
        recovery.register(collecting.collect_now_and_then)
        recovery.register(rounds.wake_due)
        recovery.register(looking.wake_due)
