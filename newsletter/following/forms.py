"""The form to follow something, and the one to change how often."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import GuardedForm
from newsletter.models import Frequency
from participants.enums import Purpose
from participants.models.participant import LONGEST_NAME
from participants.purposes import text_of


class FrequencyForm(forms.Form):
    """How often."""

    frequency = forms.ChoiceField(label=_("How often?"), choices=Frequency.choices)


class FollowForm(GuardedForm):
    """Who wants to follow, how often, and the box with what they agree to."""

    guard = "follow"

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    address = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    frequency = forms.ChoiceField(
        label=_("How often?"),
        choices=Frequency.choices,
        initial=Frequency.WEEKLY,
        widget=forms.RadioSelect,
        help_text=_("Only when there is something new."),
    )
    agree = forms.BooleanField(
        error_messages={"required": _("Tick the box: without it we may not mail you.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agree"].label = text_of(Purpose.ALERTS)
