"""The forms of the own page. Each changes one thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.models import Theme
from core.models.theme import theme_labels
from participants import consent
from participants.addresses import LONGEST, address_key, clean_address
from participants.enums import Purpose
from participants.mine import LONGEST_PAUSE
from participants.models import Participant
from participants.models.participant import LONGEST_NAME
from participants.purposes import OFFERED, text_of


class PersonForm(forms.Form):
    """A form about one person; fields have ids of their own, as several stand on one page."""

    id_prefix = ""

    def __init__(self, person: Participant, data: Mapping[str, Any] | None = None) -> None:
        self.person = person
        super().__init__(data, auto_id=f"{self.id_prefix}-%s", label_suffix="")


class DetailsForm(PersonForm):
    """Name, language and topics."""

    id_prefix = "details"

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=LONGEST_NAME,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of our mail"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"),
        required=False,
        help_text=gettext_lazy("Choose nothing and you hear about everything."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, person: Participant, data: Mapping[str, Any] | None = None, *, language: str
    ) -> None:
        super().__init__(person, data)
        labels = sorted(theme_labels(language).items(), key=lambda pair: pair[1].casefold())
        self.fields["topics"].choices = labels  # type: ignore[attr-defined]  # a choice field
        if not labels:
            del self.fields["topics"]
        self.initial = {
            "name": person.name,
            "language": person.language,
            "topics": sorted({theme.slug for theme in person.topics.all()}),
        }

    def clean_name(self) -> str:
        """Put a name on one line."""
        return " ".join(str(self.cleaned_data["name"]).split())

    def themes(self) -> list[Theme]:
        """Return the chosen topics, each in one language only: they stand for all."""
        first: dict[str, Theme] = {}
        chosen = self.cleaned_data.get("topics", [])
        for theme in Theme.objects.filter(slug__in=chosen).order_by("pk"):
            first.setdefault(theme.slug, theme)
        return list(first.values())


class WishesForm(PersonForm):
    """What we may mail about, with the exact text of each box."""

    id_prefix = "wishes"

    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("What may we mail you?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, person: Participant, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(person, data)
        choices = [(purpose.value, text_of(purpose)) for purpose in OFFERED]
        self.fields["purposes"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.initial = {"purposes": [purpose.value for purpose in consent.given(person)]}

    def wanted(self) -> set[Purpose]:
        """Return what was ticked, of a valid form."""
        return {Purpose(name) for name in self.cleaned_data["purposes"]}


class PauseForm(PersonForm):
    """For how long we send nothing."""

    id_prefix = "pause"

    months = forms.TypedChoiceField(label=gettext_lazy("How long?"), coerce=int)

    def __init__(self, person: Participant, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(person, data)
        self.fields["months"].choices = [  # type: ignore[attr-defined]  # a choice field
            (number, ngettext("%(count)d month", "%(count)d months", number) % {"count": number})
            for number in range(1, LONGEST_PAUSE + 1)
        ]


class AddressForm(PersonForm):
    """The address that is to take the place of this one."""

    id_prefix = "address"

    address = forms.CharField(
        label=gettext_lazy("New e-mail address"),
        max_length=LONGEST,
        help_text=gettext_lazy(
            "We mail a button to this address. Nothing changes before you press it."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_address(self) -> str:
        """Refuse what is no address, and the one we have already."""
        address = clean_address(self.cleaned_data["address"])
        if address_key(address) == self.person.address_key:
            raise ValidationError(_("This is the address we have already."))
        return address
