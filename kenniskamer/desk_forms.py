"""Forms of the worklist: what to show, and what to do with the chosen rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.models import Theme
from kenniskamer.choices import StudyKind
from kenniskamer.enums import Waiting
from kenniskamer.models import DeskEntry
from kenniskamer.worklist import MINE, NOBODY, themes_to_choose, workers


class WorklistFilter(forms.Form):
    """What the worklist shows. Values that do not exist filter nothing."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.SearchInput)
    state = forms.ChoiceField(label=_("State"), required=False)
    theme = forms.ModelChoiceField(
        label=_("Theme"),
        required=False,
        queryset=Theme.objects.none(),
        to_field_name="slug",
        empty_label=_("All"),
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All")), *StudyKind.choices]
    )
    who = forms.ChoiceField(label=_("Who works on it"), required=False)

    def __init__(self, data: Mapping[str, Any], per_state: Mapping[str, int] | None = None) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["state"].choices = [
            ("", _("All")),
            *((value, _counted(label, value, per_state)) for value, label in Waiting.choices),
        ]
        fields["theme"].queryset = themes_to_choose()
        fields["who"].choices = [
            ("", _("Everybody")),
            (MINE, _("Me")),
            (NOBODY, _("Nobody yet")),
            *workers(),
        ]

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that are filled in and exist."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class ActForm(forms.Form):
    """What to do with which rows."""

    entries = forms.ModelMultipleChoiceField(
        queryset=DeskEntry.objects.select_related("page", "source_file__document"),
        error_messages={
            "required": _("Choose at least one row."),
            "invalid_choice": _("A row you chose is not there any more. Look at the list again."),
        },
    )
    action = forms.ChoiceField(
        choices=[(name, name) for name in ("take", "let_go", "publish", "discard", "theme")],
        error_messages={"required": _("Choose what to do with the rows.")},
    )
    theme = forms.ModelChoiceField(
        label=_("Theme"),
        required=False,
        queryset=Theme.objects.none(),
        empty_label=_("Choose a theme"),
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["theme"].queryset = themes_to_choose()

    def clean(self) -> dict[str, Any]:
        """Ask for the theme only where it is needed."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("action") == "theme" and not values.get("theme"):
            self.add_error("theme", _("Choose the theme to give to these rows."))
        return values


def _counted(label: Any, value: str, per_state: Mapping[str, int] | None) -> str:
    """Return the name of a state with the number of rows in it."""
    return str(label) if per_state is None else f"{label} ({per_state.get(value, 0)})"
