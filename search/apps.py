"""Finding things."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The index, what keeps it true, and the page that searches it."""

    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow what happens to pages."""
        from core import recovery
        from search import checks, forgetting, promotions, signals, synonyms

        register(checks.address_can_be_used)
        promotions.connect()
        recovery.register(forgetting.forget_now_and_then)
        signals.connect()
        synonyms.connect()
