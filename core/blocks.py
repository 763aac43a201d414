"""Blocks that every room can use in a StreamField."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "superscript"]


class HeadingBlock(blocks.CharBlock):
    """A heading inside running text; becomes an h2 with an anchor."""

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "components/streamfield/heading.html"


class ParagraphBlock(blocks.RichTextBlock):
    """Running text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": ["h3", *TEXT_FEATURES], **kwargs})

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        template = "components/streamfield/paragraph.html"


class PictureBlock(blocks.StructBlock):
    """A picture that says something. Without a description it is decoration."""

    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(
        label=_("description"),
        required=False,
        help_text=_("What someone who cannot see the picture should know."),
    )
    caption = blocks.CharBlock(label=_("caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "components/streamfield/picture.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words, with their name."""

    text = blocks.TextBlock(label=_("quote"))
    source = blocks.CharBlock(label=_("who said it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "components/streamfield/quote.html"


class LinkValue(blocks.StructValue):
    """A link to a page of ours or to an address elsewhere."""

    @property
    def href(self) -> str:
        """The address, of the page in the reader's language where there is one."""
        page = self.get("page")
        if page:
            return str(page.localized.url or "")
        return str(self.get("url") or "")


class CallToActionBlock(blocks.StructBlock):
    """One thing the reader can do next."""

    title = blocks.CharBlock(label=_("title"))
    text = blocks.TextBlock(label=_("text"), required=False)
    label = blocks.CharBlock(label=_("text of the button"))
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    url = blocks.URLBlock(label=_("or address elsewhere"), required=False)

    class Meta:
        icon = "plus-inverse"
        label = _("Call to action")
        template = "components/streamfield/call_to_action.html"
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        """Ask for exactly one destination."""
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            raise StructBlockValidationError(
                non_block_errors=[_("Choose a page or give an address, one of the two.")]
            )
        return cleaned


class DocumentBlock(blocks.StructBlock):
    """A document to download, with its type and size."""

    document = DocumentChooserBlock(label=_("document"))
    title = blocks.CharBlock(label=_("title"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "components/streamfield/document.html"


class SocialLinkBlock(blocks.StructBlock):
    """A place elsewhere where the organisation can be found."""

    label = blocks.CharBlock(label=_("name"))
    url = blocks.URLBlock(label=_("address"))

    class Meta:
        icon = "link"
        label = _("Link")


class BodyBlock(blocks.StreamBlock):
    """The running text of a page."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    call_to_action = CallToActionBlock()
    document = DocumentBlock()
