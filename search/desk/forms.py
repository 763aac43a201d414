"""Forms of the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from search.desk.drafts import TITLE_CHARACTERS, DraftKind
from search.query import clean


class DraftForm(forms.Form):
    """Which page to begin, and its title."""

    title = forms.CharField(label=_("Title"), max_length=TITLE_CHARACTERS)

    def __init__(self, kinds: Sequence[DraftKind], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {kind.name: kind for kind in kinds}
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of page"),
            widget=forms.RadioSelect,
            choices=[(kind.name, f"{kind.label} ({kind.parent.title})") for kind in kinds],
            initial=next(iter(self.kinds), None),
        )

    def clean_title(self) -> str:
        """Take out what no title holds."""
        title = clean(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(_("Give the page a title."))
        return title

    @property
    def chosen(self) -> DraftKind:
        """The kind that was chosen, of a valid form."""
        return self.kinds[self.cleaned_data["kind"]]
