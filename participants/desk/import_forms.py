"""The forms of an import: the list with its proof, what each column is, and the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.desk.forms import ProofForm
from participants.importing.columns import Column, Role, body
from participants.importing.sheet import MOST_BYTES, MOST_ROWS, SheetError, read_sheet


class ListForm(ProofForm):
    """A list to import, from a file or pasted, and the proof that its people agreed."""

    field_order = ["upload", "pasted", "language"]

    upload = forms.FileField(
        label=gettext_lazy("CSV file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        help_text=gettext_lazy("From Excel: Save as, CSV UTF-8. At most 20,000 people at a time."),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste the rows here"),
        required=False,
        strip=False,
        max_length=MOST_BYTES // 4,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language, where the list does not say it"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )

    def clean_upload(self) -> UploadedFile[Any] | None:
        """Refuse a file that is too large before it is read."""
        file: UploadedFile[Any] | None = self.cleaned_data["upload"]
        if file and (file.size or 0) > MOST_BYTES:
            raise ValidationError(
                _("This file is larger than %(most)d MB. Split it, and import the parts.")
                % {"most": MOST_BYTES // 1_000_000}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Read the list, so that what is wrong with it is said here."""
        values = super().clean() or {}
        if "upload" in self.errors or "pasted" in self.errors:
            return values
        file, pasted = values.get("upload"), values.get("pasted") or ""
        content = file.read() if file else pasted.encode()
        name = (file.name or "") if file else _("Pasted")
        try:
            sheet = read_sheet(content)
        except SheetError as error:
            raise ValidationError(str(error)) from error
        if not body(sheet):
            raise ValidationError(_("Choose a file or paste rows: there is nobody in this list."))
        if len(body(sheet)) > MOST_ROWS:
            raise ValidationError(
                _("This list has more than %(most)d rows. Split it, and import the parts.")
                % {"most": MOST_ROWS}
            )
        return {**values, "content": content, "name": " ".join(name.split())[:120]}


class ColumnsForm(forms.Form):
    """What each column of a list is."""

    def __init__(self, columns: Sequence[Column], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        choices = [("", _("leave out")), *Role.choices]
        for column in columns:
            self.fields[f"column-{column.place}"] = forms.ChoiceField(
                label=column.name or _("Column %(number)d") % {"number": column.place + 1},
                choices=choices,
                required=False,
                initial=column.role,
            )

    @property
    def rows(self) -> list[tuple[Column, forms.BoundField]]:
        """Each column with its field."""
        return [(column, self[f"column-{column.place}"]) for column in self.columns]

    def clean(self) -> dict[str, Any]:
        """Ask for one column with addresses, and no role twice."""
        values = super().clean() or {}
        chosen = [role for role in values.values() if role]
        if chosen.count(Role.ADDRESS) != 1:
            raise ValidationError(_("Choose one column that holds the e-mail address."))
        for role in Role:
            if chosen.count(role) > 1:
                raise ValidationError(
                    _("Two columns are “%(role)s”. Choose one of them.") % {"role": role.label}
                )
        return values

    def roles(self) -> list[str]:
        """Return the role of each column in order, of a valid form."""
        return [self.cleaned_data[f"column-{column.place}"] for column in self.columns]


class DecisionForm(forms.Form):
    """What is to happen with the list."""

    takes_unnamed = forms.BooleanField(
        label=gettext_lazy("Also take in who has no name in the list"), required=False
    )
    welcomes = forms.BooleanField(
        label=gettext_lazy("Send everybody who comes in the welcome mail"),
        required=False,
        help_text=gettext_lazy("Without a tick nobody gets a mail because of this import."),
    )
