"""The form in which editors change a document in the CMS."""

from __future__ import annotations

from typing import Any

from wagtail.documents.forms import BaseDocumentForm


class HubDocumentForm(BaseDocumentForm):
    """Wagtail's form, but a file that is replaced stays: the document keeps it as a version."""

    def save(self, commit: bool = True) -> Any:
        """Store the document without deleting the earlier file."""
        self.original_file = None
        return super().save(commit=commit)
