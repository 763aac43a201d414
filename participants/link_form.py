"""The form by which people ask for a link to their own page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import GuardedForm
from participants.addresses import LONGEST, clean_address


class LinkForm(GuardedForm):
    """One address. What the answer is does not depend on whether we know it."""

    guard = "mine"

    address = forms.CharField(
        label=_("E-mail address"),
        max_length=LONGEST,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, data: Any = None, *, page: str = "") -> None:
        super().__init__(data, page=page, auto_id="link-%s", label_suffix="")

    def clean_address(self) -> str:
        """Refuse what is no address."""
        return clean_address(self.cleaned_data["address"])
