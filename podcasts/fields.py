"""A field for a moment in a recording, typed as minutes and seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from podcasts import timecodes

if TYPE_CHECKING:
    _Number = models.PositiveIntegerField[Any, Any]
else:
    _Number = models.PositiveIntegerField

WRONG = _("Write minutes and seconds, such as 12:34, or with hours 1:02:03.")


class MomentFormField(forms.CharField):
    """Reads "12:34" as milliseconds and shows it like that."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("min_value", None)
        kwargs.pop("max_value", None)
        super().__init__(**{"max_length": 16, **kwargs})

    def to_python(self, value: Any) -> Any:
        """Return milliseconds, or None for nothing. Raises ValidationError."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return timecodes.parse(text)
        except timecodes.TimecodeError as error:
            raise ValidationError(WRONG, code="invalid") from error

    def clean(self, value: Any) -> Any:
        """Check what was typed, not the number it became."""
        moment = self.to_python(value)
        self.validate(moment)
        return moment

    def prepare_value(self, value: Any) -> Any:
        """Show a stored moment as people write it."""
        return timecodes.exact(value) if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare moments, not their spelling."""
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


class MomentField(_Number):
    """A moment in a recording, in milliseconds from its beginning."""

    def formfield(self, **kwargs: Any) -> Any:
        """Let people type minutes and seconds."""
        return super().formfield(**{"form_class": MomentFormField, **kwargs})
