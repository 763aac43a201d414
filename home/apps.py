"""The front door."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Home page, standard pages, questions and answers, demo content."""

    name = "home"
    verbose_name = _("Front door")
