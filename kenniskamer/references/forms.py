"""The form that takes references: files, pasted text, or both."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenniskamer.bibliography.sandboxed import MOST_BYTES
from kenniskamer.forms import ManyFilesField, ManyFilesInput

MOST_FILES = 40


class OptionalFiles(ManyFilesField):
    """Files of one input, or none."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return all files given."""
        files = data if isinstance(data, list | tuple) else [data]
        return [file for file in files if file]


class ReferencesForm(forms.Form):
    """References to import. What is pasted comes back when something is wrong."""

    uploads = OptionalFiles(
        label=gettext_lazy("Files"),
        required=False,
        allow_empty_file=True,
        widget=ManyFilesInput(attrs={"accept": ".ris,.bib,.bibtex,.json,.txt,.enw,.ciw"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste them here"),
        required=False,
        strip=False,
        max_length=MOST_BYTES // 4,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def clean_uploads(self) -> list[UploadedFile[Any]]:
        """Refuse what is too much for one go, by name."""
        files: list[UploadedFile[Any]] = self.cleaned_data["uploads"]
        if len(files) > MOST_FILES:
            raise ValidationError(
                _("These are more than %(most)d files. Add them in parts.") % {"most": MOST_FILES}
            )
        for file in files:
            if (file.size or 0) > MOST_BYTES:
                raise ValidationError(
                    _("“%(name)s” is larger than %(most)d MB. Split it, and add the parts.")
                    % {"name": file.name, "most": MOST_BYTES // 1_000_000}
                )
        return files

    def clean(self) -> dict[str, Any]:
        """Ask for something to read."""
        values = super().clean() or {}
        if (
            not self.errors
            and not values.get("uploads")
            and not (values.get("pasted") or "").strip()
        ):
            raise ValidationError(_("Choose a file or paste references."))
        return values

    def contents(self) -> list[tuple[str, bytes]]:
        """Return name and bytes of everything handed in."""
        found = [(file.name or "", file.read()) for file in self.cleaned_data["uploads"]]
        pasted = self.cleaned_data["pasted"]
        if pasted.strip():
            found.append((_("Pasted"), pasted.encode()))
        return found
