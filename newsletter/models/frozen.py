"""What was approved to be sent, in one language. It never changes."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.models.edition import Edition


class FrozenMail(models.Model):
    """Subject, HTML and plain text of an edition in one language, fixed when approved.

    HTML and text hold a few placeholders for what differs per person; `newsletter.wire`
    names them and fills them in.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="mails")
    language = models.CharField(_("language"), max_length=3)
    subject = models.CharField(_("subject"), max_length=200)
    preview = models.CharField(_("preview text"), max_length=200, blank=True)
    html = models.TextField("HTML")
    text = models.TextField(_("plain text"))
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    frozen_at = models.DateTimeField(_("fixed"), auto_now_add=True)

    class Meta:
        verbose_name = _("approved mail")
        verbose_name_plural = _("approved mails")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "language"], name="one_mail_per_edition_and_language"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store once, with the hash of what was approved."""
        if self.pk:
            raise TypeError("An approved mail never changes: withdraw the approval instead.")
        self.sha256 = self.content_hash()
        super().save(*args, **kwargs)

    def content_hash(self) -> str:
        """Return the SHA-256 over subject, preview text, HTML and text, NUL between them."""
        whole = "\0".join((self.subject, self.preview, self.html, self.text))
        return hashlib.sha256(whole.encode()).hexdigest()
