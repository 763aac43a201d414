"""Public forms without an account, a cookie or a third party.

A form carries a signed token that says which form it is, on which page it stood and since
when. The token is no secret and belongs to nobody, so a page that shows a form stays the
same for everybody. It stops what posts without looking: robots that fill in every field
(the empty field) or answer within seconds (the time). What it stops by mistake is shown
again, filled in, with a sentence: nothing typed is lost.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import signed_links

FASTEST = dt.timedelta(seconds=2)
"""Nobody reads and fills in a form sooner than this."""

LONGEST = dt.timedelta(days=2)
"""A form that stood open for longer is shown again, with the texts of today."""

TOKEN_FIELD = "form_token"  # noqa: S105 (the name of a field)


class GuardedForm(forms.Form):
    """A form that anybody may send. Give it a `guard`, the name its tokens are made for.

    A view of such a form is exempt from the CSRF check: no cookie takes part in it, so
    another site can do no more with it than anybody with a keyboard.
    """

    guard: ClassVar[str]

    # Filled in by robots only: people do not see it.
    leave_empty = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    form_token = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, page: str = "", **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._opened = signed_links.open_token(self._purpose, self.data.get(TOKEN_FIELD, ""))
        self.page = self._opened.subject if self._opened else page[:200]

    @property
    def _purpose(self) -> str:
        return f"form:{self.guard}"

    @property
    def token(self) -> str:
        """The token to show: the one that came while it counts, or else a new one."""
        if self._opened and not self._opened.is_older_than(LONGEST):
            return str(self.data[TOKEN_FIELD])
        return signed_links.make(self._purpose, self.page)

    def clean(self) -> dict[str, Any] | None:
        """Refuse, in one sentence, what no person who reads would send."""
        cleaned = super().clean()
        if self.data.get(self.add_prefix("leave_empty")):
            raise ValidationError(
                _("Empty the field “Leave this field empty” and send the form again."), "robot"
            )
        if not self._opened or self._opened.is_older_than(LONGEST):
            raise ValidationError(
                _("This form stood open for a long time. Look it over and send it again."), "old"
            )
        if not self._opened.is_older_than(FASTEST):
            raise ValidationError(
                _("That went very fast. Look the form over and send it again."), "fast"
            )
        return cleaned
