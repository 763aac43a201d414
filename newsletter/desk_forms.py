"""What editors fill in at the desk of an edition."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsletter.scheduling import NoSuchTimeError, TwiceError, moment_of
from newsletter.trial import MOST_ADDRESSES

LONGEST_AHEAD = dt.timedelta(days=3650)
"""A day further on is a slip of the keys; near the year 9999 there is no moment to work out."""

PASSED = _("This moment has passed. Choose one that lies ahead.")


class TestForm(forms.Form):
    """Where a test mail goes."""

    addresses = forms.CharField(
        label=pgettext_lazy("mail", "To"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One or more addresses, with a comma or on lines of their own."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("All languages")), *settings.LANGUAGES],
    )

    def clean_addresses(self) -> list[str]:
        """Return the addresses, each once. Raises ValidationError."""
        typed = re.split(r"[\s,;]+", self.cleaned_data["addresses"])
        found = list(dict.fromkeys(address for address in typed if address))
        if len(found) > MOST_ADDRESSES:
            raise ValidationError(
                _("At most %(most)s addresses at a time."), params={"most": MOST_ADDRESSES}
            )
        for address in found:
            try:
                validate_email(address)
            except ValidationError as error:
                raise ValidationError(
                    _("“%(address)s” is no e-mail address."), params={"address": address}
                ) from error
        return found


class ScheduleForm(forms.Form):
    """When an edition goes out, as the clock in Amsterdam shows it."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}))
    which = forms.ChoiceField(
        label=_("This time comes twice"),
        required=False,
        widget=forms.HiddenInput,
        choices=[
            ("", _("Choose one")),
            ("first", _("The first: summer time")),
            ("second", _("The second: winter time, an hour later")),
        ],
    )

    def clean(self) -> dict[str, Any]:
        """Work out the moment; say it when the clock skips it or shows it twice."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "day" not in cleaned or "time" not in cleaned:
            return cleaned
        if not dt.timedelta() <= cleaned["day"] - timezone.localdate() <= LONGEST_AHEAD:
            is_past = cleaned["day"] < timezone.localdate()
            self.add_error("day", PASSED if is_past else _("That is too far ahead: is it right?"))
            return cleaned
        wall = dt.datetime.combine(cleaned["day"], cleaned["time"])
        second = {"first": False, "second": True}.get(cleaned.get("which") or "")
        try:
            cleaned["moment"] = moment_of(wall, second=second)
        except NoSuchTimeError:
            self.add_error(
                "time",
                _("The clock goes forward that night: this time does not exist. Choose another."),
            )
        except TwiceError:
            self.fields["which"].widget = forms.Select(choices=self.fields["which"].choices)  # type: ignore[attr-defined]  # a field of this form
            self.add_error(
                "which", _("The clock goes back that night, so this time comes twice. Say which.")
            )
        if cleaned.get("moment") and cleaned["moment"] < timezone.now():
            self.add_error("day", PASSED)
        return cleaned
