"""Forms of the desk about one person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.widgets import AdminDateInput

from participants import suppression
from participants.addresses import LONGEST, clean_address
from participants.admitting import Proof
from participants.desk.listing import person_url
from participants.enums import Purpose
from participants.models import Note, Participant
from participants.models.note import LONGEST_NOTE
from participants.models.participant import LONGEST_NAME
from participants.purposes import OFFERED

HOW_ASKED = [
    ("mail", gettext_lazy("by mail")),
    ("phone", gettext_lazy("by telephone")),
    ("letter", gettext_lazy("by letter")),
    ("spoken", gettext_lazy("in person")),
]
"""How a person asked an editor. The log keeps this."""


class ProofForm(forms.Form):
    """What an editor must be able to show when somebody asks: prior consent, and to what."""

    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("What did they agree to?"),
        choices=[(purpose.value, purpose.label) for purpose in OFFERED],
        widget=forms.CheckboxSelectMultiple,
    )
    proof_source = forms.CharField(
        label=gettext_lazy("Where did they agree?"),
        max_length=200,
        help_text=gettext_lazy(
            "So that you can find the proof back: “Signed list of the meeting in Almere”, “Export"
            " of the old newsletter program”."
        ),
    )
    proof_date = forms.DateField(
        label=gettext_lazy("When did they agree?"),
        widget=AdminDateInput,
        help_text=gettext_lazy("Of a longer period: the last day."),
    )
    proof_text = forms.CharField(
        label=gettext_lazy("Which text did they agree to?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Exactly as it stood there. It becomes part of their consent."),
    )

    def clean_proof_date(self) -> dt.date:
        """Refuse a consent of tomorrow."""
        day: dt.date = self.cleaned_data["proof_date"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day

    def agreed(self) -> list[Purpose]:
        """Return what was agreed to, of a valid form."""
        return [Purpose(name) for name in self.cleaned_data["purposes"]]

    def proof(self) -> Proof:
        """Return the proof, of a valid form."""
        values = self.cleaned_data
        return Proof(values["proof_source"], values["proof_date"], values["proof_text"])


class AddForm(ProofForm):
    """One person, by hand."""

    field_order = ["address", "name", "language"]

    address = forms.CharField(label=gettext_lazy("E-mail address"), max_length=LONGEST)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )

    welcomes = forms.BooleanField(
        label=gettext_lazy("Send them the welcome mail"),
        required=False,
        help_text=gettext_lazy("Without a tick this person gets no mail now."),
    )

    def clean_address(self) -> str:
        """Refuse who is here already, and who left."""
        address = clean_address(self.cleaned_data["address"])
        known = Participant.objects.with_address(address).first()
        if known:
            text = _("This person is here already. See the page of {link}.")
            link = format_html('<a href="{}">{}</a>', person_url(known), known)
            raise ValidationError(format_html(text, link=link))
        if suppression.reason(address):
            raise ValidationError(
                _("This person left earlier. Only they can sign themselves up again, on the site.")
            )
        return address


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """One note about a person."""

    class Meta:
        model = Note
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_NOTE})}
        labels = {"text": gettext_lazy("Note about this person")}
        help_texts = {
            "text": gettext_lazy("The person reads it on their own page. Write it for them too.")
        }


class AskedForm(forms.Form):
    """How a person asked for what an editor is about to do."""

    how = forms.ChoiceField(
        label=gettext_lazy("How did they ask?"), choices=HOW_ASKED, widget=forms.RadioSelect
    )

    def remark(self) -> str:
        """Return it in words for the log, of a valid form."""
        return str(dict(HOW_ASKED)[self.cleaned_data["how"]])


class SignOffForm(AskedForm):
    """What a person does not want any more."""

    purposes = forms.MultipleChoiceField(
        label=gettext_lazy("What do they want no more?"), widget=forms.CheckboxSelectMultiple
    )
    field_order = ["purposes", "how"]

    def __init__(self, agreed: set[Purpose], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.value, one.label) for one in Purpose if one in agreed]
        self.fields["purposes"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.initial = {"purposes": [value for value, _label in choices]}
