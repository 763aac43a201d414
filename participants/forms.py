"""The form to sign up with."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.forms import GuardedForm
from participants.addresses import clean_address
from participants.enums import Purpose
from participants.models.participant import LONGEST_NAME
from participants.purposes import OFFERED, text_of

_ADDRESS_IN_NAME = re.compile(r"://|www\.|@|[<>]", re.IGNORECASE)


class JoinForm(GuardedForm):
    """A name, an address, and a box for each thing one may agree to."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Fill in your name."),
            "max_length": _("This name is too long: write at most %(limit_value)d characters."),
        },
    )
    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=1000,  # so that a long one gets the sentence of `clean_address`
        widget=forms.EmailInput(attrs={"autocomplete": "email", "maxlength": "254"}),
        error_messages={"required": _("Fill in your e-mail address.")},
    )

    def __init__(self, data: Any = None, *, page: str = "", **kwargs: Any) -> None:
        super().__init__(data, page=page, **kwargs)
        for purpose in OFFERED:
            self.fields[purpose.value] = forms.BooleanField(
                label=text_of(purpose, self.language), required=False
            )

    @property
    def language(self) -> str:
        """The language of the page the form stands on."""
        return get_language() or "nl"

    @property
    def guard(self) -> str:  # type: ignore[override]
        """The form with these very texts: a form with older ones is shown again."""
        texts = "\n".join(text_of(purpose, self.language) for purpose in OFFERED)
        return f"join:{hashlib.sha256(texts.encode()).hexdigest()[:8]}"

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The boxes, for templates."""
        return [self[purpose.value] for purpose in OFFERED]

    @property
    def purposes(self) -> list[Purpose]:
        """What was ticked; for a valid form."""
        return [purpose for purpose in OFFERED if self.cleaned_data.get(purpose.value)]

    def clean_name(self) -> str:
        """Keep a name on one line; refuse what is no name but an advertisement."""
        name = " ".join(unicodedata.normalize("NFC", self.cleaned_data["name"]).split())
        if _ADDRESS_IN_NAME.search(name) or any(
            unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") for character in name
        ):
            raise ValidationError(_("Write your name only, without an address or special signs."))
        return name

    def clean_address(self) -> str:
        """Return an address that mail can be sent to."""
        return clean_address(self.cleaned_data["address"])

    def clean(self) -> dict[str, Any] | None:
        """Ask for at least one box: without one there is nothing to sign up for."""
        cleaned = super().clean()
        if cleaned is not None and not any(cleaned.get(purpose.value) for purpose in OFFERED):
            first = OFFERED[0].value
            self.add_error(first, _("Tick what you want to receive."))
        return cleaned
