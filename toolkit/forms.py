"""What editors fill in about a release that is out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from toolkit.enums import NoticeKind
from toolkit.models import Release


class ReleaseChoice(forms.ModelChoiceField[Release]):
    """A release, by its number."""

    def label_from_instance(self, obj: Any) -> str:
        """Name it as readers do."""
        return str(obj.version)


class NoticeForm(forms.Form):
    """A notice on a release: corrected in another one, or withdrawn."""

    kind = forms.ChoiceField(label=_("What do you tell?"), choices=NoticeKind.choices)
    corrected_in = ReleaseChoice(
        label=_("Corrected in release"), queryset=Release.objects.none(), required=False
    )
    reason = forms.CharField(
        label=_("What is wrong, for people who use it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, release: Release, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Release.objects.child_of(release.page.get_parent()).usable()
        self.fields["corrected_in"].queryset = others.exclude(pk=release.pk).newest_first()  # type: ignore[attr-defined]  # set on the field of this form
