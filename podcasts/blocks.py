"""The show notes of an episode: text, and links to what it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from core.blocks import BodyBlock

LINKABLE = ["kenniskamer.ResearchPage", "toolkit.ReleasePage", "home.StandardPage"]


class PageLinkBlock(blocks.StructBlock):
    """A study, a release of the toolkit or another page, with why it matters here."""

    page = blocks.PageChooserBlock(label=_("page"), page_type=LINKABLE)
    note = blocks.TextBlock(label=_("why it is here"), required=False, max_length=500)

    class Meta:
        icon = "link"
        label = _("Study, release or page")
        template = "components/streamfield/page_link.html"


class NotesBlock(BodyBlock):
    """What an episode is about, and where to read on."""

    page_link = PageLinkBlock()
