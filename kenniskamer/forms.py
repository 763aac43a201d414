"""Forms of the CMS for files that come in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kenniskamer.intake import check, receive
from kenniskamer.models import SourceFile


class ManyFilesInput(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """The files of one input, as a list; what they hold is judged one by one later."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return all files given."""
        files = data if isinstance(data, list | tuple) else [data]
        if not any(files):
            raise ValidationError(self.error_messages["required"], code="required")
        return [file for file in files if file]


class AddResearchForm(forms.Form):
    """One or many PDFs."""

    pdfs = ManyFilesField(
        label=_("PDF files"),
        allow_empty_file=True,
        widget=ManyFilesInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={"required": _("Choose at least one PDF.")},
    )


class SourceFileForm(forms.Form):
    """One PDF for a study that already exists: stored and read, without a draft."""

    file = forms.FileField(
        label=_("PDF file"), widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"})
    )

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what cannot be a source."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        check(file)
        return file

    def save(self) -> SourceFile:
        """Store the file, or find it where it is already here."""
        file = self.cleaned_data["file"]
        source = receive(file, file.name or "", wants_draft=False).source_file
        if source is None:
            raise ValueError("save() comes after a form that is valid")
        return source
