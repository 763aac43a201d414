"""People who work in the CMS. Participants are never users."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An editor or administrator."""
