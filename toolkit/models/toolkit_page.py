"""The toolkit: what it is, and its releases."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from core.blocks import BodyBlock
from core.fields import BodyField
from core.models import BasePage
from toolkit.models.release import Release, ReleaseQuerySet
from toolkit.public_toolkit import PublicToolkit


class ToolkitPage(PublicToolkit, BasePage):
    """A series of releases."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["toolkit.ReleasePage"]
    max_count_per_parent = 1

    announces = False
    search_kind = "toolkit"
    search_kind_label = _("Toolkit")
    show_in_menus_default = True

    body = BodyField(BodyBlock(), blank=True, verbose_name=_("text"))

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        BasePage.themes_panel,
    ]

    class Meta:
        verbose_name = _("Toolkit")

    def releases(self) -> ReleaseQuerySet:
        """What readers know of: the released and the withdrawn, newest version first."""
        return Release.objects.child_of(self).public().newest_first()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete the toolkit as long as nothing came out."""
        Release.objects.forget_drafts(self)
        return super().delete(*args, **kwargs)
