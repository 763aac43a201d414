"""Sample data for the components of forms."""

from __future__ import annotations

from django import forms

from core.contracts import PersonalSection
from home.samples.sample import Row, Rows
from participants.forms import JoinForm


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Naam")
    address = forms.EmailField(label="E-mailadres", help_text="Hier sturen wij de mail naartoe.")
    note = forms.CharField(label="Opmerking", required=False, widget=forms.Textarea)
    month = forms.ChoiceField(label="Maand", choices=[("1", "Januari"), ("2", "Februari")])
    agreed = forms.BooleanField(label="Ik wil de nieuwsbrief", help_text="Eén keer per maand.")
    topics = forms.MultipleChoiceField(
        label="Thema’s",
        help_text="Kiest u niets, dan krijgt u alles.",
        choices=[(str(number), f"Thema {number}") for number in range(1, 9)],
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(
        label="Taal", choices=[("nl", "Nederlands"), ("en", "English")], widget=forms.RadioSelect
    )


FILLED_IN = {"name": "Noor Jansen", "month": "2", "topics": ["1", "3"], "language": "nl"}
FORM, WRONG = SampleForm(initial=FILLED_IN), SampleForm({"address": "geen adres"})
ALONE = SampleForm({"address": "geen adres"}, auto_id="los-%s")


JOIN_FORM = JoinForm(page="/nl/", auto_id="aanmelden-%s")
JOIN_WRONG = JoinForm({"name": "", "address": "anna@", "alerts": "on"}, auto_id="aanmelden-fout-%s")

HELD = PersonalSection(
    "Wie u voor ons bent",
    (("Naam", "Noor Jansen"), ("Onderwerpen", "Framing, Polarisatie")),
    "Wij bewaren dit zolang u zich niet afmeldt.",
    (("Wijzig wat u volgt", "#held"),),
)


def _fields(form: SampleForm, state: str) -> list[Row]:
    form.auto_id = f"voorbeeld-{state.replace(' ', '-')}-%s"
    return [
        ("form_field.html", f"{form[name].label}, {state}", {"field": form[name]})
        for name in form.fields
    ]


ROWS: Rows = (
    *_fields(FORM, "zoals het is"),
    *_fields(WRONG, "met een fout"),
    ("held_section.html", "met uitleg", {"section": HELD}),
    ("follow_link.html", "een zoekopdracht", {"query": "?q=draagvlak"}),
    ("follow_link.html", "een thema", {"query": "?theme=framing", "text": "Volg dit thema"}),
    ("form_notes.html", "met een fout", {"field": ALONE["address"]}),
    ("join_form.html", "leeg", {"form": JOIN_FORM}),
    ("join_form.html", "met fouten", {"form": JOIN_WRONG}),
    ("join_form.html", "klein", {"form": JoinForm(auto_id="aanmelden-klein-%s"), "small": True}),
    (
        "streamfield/join.html",
        "met kop",
        {
            "value": {"title": "Blijf op de hoogte", "text": "Eén keer per maand."},
            "form": JoinForm(auto_id="aanmelden-blok-%s"),
        },
    ),
)
