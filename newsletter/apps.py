"""The newsletter."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsletterConfig(AppConfig):
    """Making editions, delivering them, and mailing what people follow."""

    name = "newsletter"
    verbose_name = _("Newsletter")
