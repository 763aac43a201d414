"""Publishing what was scheduled, by the worker: nobody has to set up a clock for it."""

from __future__ import annotations

from django.core.management import call_command
from django.utils import timezone

from wagtail.models import Page, Revision


def publish_due() -> None:
    """Publish and withdraw what an editor gave a time that has come."""
    now = timezone.now()
    waiting = Revision.objects.filter(approved_go_live_at__lt=now).exists()
    if waiting or Page.objects.filter(live=True, expire_at__lt=now).exists():
        call_command("publish_scheduled")
