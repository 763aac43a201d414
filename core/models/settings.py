"""What a site says about itself: who sends, who answers, where else to find us."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from core.blocks import SocialLinkBlock
from core.fields import BodyField


@register_setting(icon="site")
class SiteSettings(BaseSiteSetting):
    """Settings of one site, edited under Settings in the CMS."""

    organisation = models.CharField(_("name of the organisation"), max_length=80, default="Hub")
    tagline_nl = models.CharField(_("tagline (Dutch)"), max_length=160, blank=True)
    tagline_en = models.CharField(_("tagline (English)"), max_length=160, blank=True)
    sender_name = models.CharField(_("sender of mail"), max_length=80, blank=True)
    sender_address = models.EmailField(_("sender address"), blank=True)
    contact_address = models.EmailField(_("contact address"), blank=True)
    postal_address = models.TextField(_("postal address"), blank=True)
    security_contact = models.CharField(
        _("security contact"),
        max_length=200,
        blank=True,
        help_text=_("An address starting with mailto: or https:, for security.txt (RFC 9116)."),
    )
    community_invite = models.URLField(_("invitation link of the community"), blank=True)
    social_links = BodyField([("link", SocialLinkBlock())], blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("organisation"), FieldPanel("tagline_nl"), FieldPanel("tagline_en")],
            heading=_("Name"),
        ),
        MultiFieldPanel(
            [FieldPanel("sender_name"), FieldPanel("sender_address")], heading=_("Mail")
        ),
        MultiFieldPanel(
            [
                FieldPanel("contact_address"),
                FieldPanel("postal_address"),
                FieldPanel("security_contact"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [FieldPanel("community_invite"), FieldPanel("social_links")], heading=_("Elsewhere")
        ),
    ]

    class Meta:
        verbose_name = _("site settings")

    def __str__(self) -> str:
        return self.organisation
