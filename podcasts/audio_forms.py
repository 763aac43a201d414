"""Forms of the CMS by which a recording comes in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from podcasts.audio_storing import store
from podcasts.models import AudioFile
from podcasts.probing import Probed, probe

ACCEPT = ".mp3,.m4a,.mp4,audio/mpeg,audio/mp4,audio/x-m4a"


class AudioForm(forms.Form):
    """One recording: looked at before it is stored."""

    file = forms.FileField(
        label=_("recording"),
        help_text=_("MP3 or M4A. Its length and chapters are read from the file."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        allow_empty_file=True,
    )
    title = forms.CharField(
        label=_("title"),
        max_length=255,
        required=False,
        help_text=_("How you find it back. Empty: what the file says."),
    )

    probed: Probed

    def clean_file(self) -> UploadedFile[Any]:
        """Refuse what listeners could not play."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        self.probed = probe(file)
        return file

    def save(self) -> AudioFile:
        """Store the recording, or find it where it is already here."""
        file = self.cleaned_data["file"]
        return store(
            file, self.probed, name=file.name or "", title=self.cleaned_data["title"].strip()
        )
