"""The blocks of an edition: few, and each looks right in every mail program."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from core.blocks import LinkValue

TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]


class News(models.TextChoices):
    """What is told about a page."""

    NEW = "new", _("New")
    CORRECTED = "corrected", _("Corrected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ItemBlock(blocks.StructBlock):
    """One piece of news: a page of the site, shown by its card."""

    page = blocks.PageChooserBlock(label=_("page"))
    news = blocks.ChoiceBlock(label=_("what is told"), choices=News.choices, default=News.NEW)
    lead = blocks.TextBlock(
        label=_("text"),
        required=False,
        max_length=600,
        help_text=_("Leave it empty for the text that the page shows in lists."),
    )
    note = blocks.CharBlock(
        label=_("what was corrected"),
        required=False,
        max_length=255,
        help_text=_("One sentence, shown in bold above the text."),
    )
    picture = blocks.BooleanBlock(label=_("show its picture"), required=False, default=True)

    class Meta:
        icon = "doc-full"
        label = _("Piece of news")
        label_format = "{news}: {page}"


class MailPictureBlock(blocks.StructBlock):
    """A picture across the column."""

    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(
        label=_("description"),
        required=False,
        max_length=300,
        help_text=_("What someone who does not see the picture should know. Many do not."),
    )
    decorative = blocks.BooleanBlock(
        label=_("it is decoration and needs no description"), required=False
    )
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Picture")


class ButtonBlock(blocks.StructBlock):
    """One thing the reader can do next."""

    label = blocks.CharBlock(label=_("text of the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    url = blocks.URLBlock(label=_("or address elsewhere"), required=False)

    class Meta:
        icon = "plus-inverse"
        label = _("Button")
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        """Ask for exactly one destination."""
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            raise StructBlockValidationError(
                non_block_errors=[_("Choose a page or give an address, one of the two.")]
            )
        return cleaned


class EditionBlock(blocks.StreamBlock):
    """What an edition consists of."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", max_length=120)
    item = ItemBlock()
    text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=TEXT)
    button = ButtonBlock()
    picture = MailPictureBlock()
