"""The forms that stand on the own page, and what each does when it is sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from participants import mine
from participants.mine_address import ask_new_address
from participants.mine_forms import AddressForm, DetailsForm, PauseForm, PersonForm, WishesForm
from participants.models import Participant

DONE = {
    "details": _("Your details are changed."),
    "wishes": _("Your choice is kept."),
    "pause": _("You get no mail from us for a while. You can end that here at any time."),
    "resume": _("You get our mail again."),
    "address": _("Press the button in the mail we sent to the new address. Then it is changed."),
    "changed": _("Your address is changed. Links in mails to the old one do not work any more."),
    "links": _("Links in earlier mails do not open this page any more."),
}
"""What the page says after a change."""

Outcome = PersonForm | str
"""A form to mend, or a key of `DONE`."""

Handler = Callable[[HttpRequest, Participant], Outcome]


def _language(person: Participant) -> str:
    return translation.get_language() or person.language


def _details(request: HttpRequest, person: Participant) -> Outcome:
    form = DetailsForm(person, request.POST, language=_language(person))
    if not form.is_valid():
        return form
    values = form.cleaned_data
    mine.change_details(
        person, name=values["name"], language=values["language"], topics=form.themes()
    )
    return "details"


def _wishes(request: HttpRequest, person: Participant) -> Outcome:
    form = WishesForm(person, request.POST)
    if not form.is_valid() or not mine.can_choose(person):
        return form
    # The token stands in the address of the page: what is kept names the page only.
    page = f"/{_language(person)}/"
    mine.choose(person, form.wanted(), page=page, language=_language(person))
    return "wishes"


def _pause(request: HttpRequest, person: Participant) -> Outcome:
    form = PauseForm(person, request.POST)
    if not form.is_valid():
        return form
    mine.pause(person, form.cleaned_data["months"])
    return "pause"


def _resume(request: HttpRequest, person: Participant) -> Outcome:
    mine.resume(person)
    return "resume"


def _links(request: HttpRequest, person: Participant) -> Outcome:
    mine.close_links(person)
    return "links"


def _address(request: HttpRequest, person: Participant) -> Outcome:
    form = AddressForm(person, request.POST)
    if form.is_valid() and not ask_new_address(person, form.cleaned_data["address"]):
        form.add_error("address", _("We sent you several of these mails today. Go on tomorrow."))
    return form if form.errors else "address"


HANDLERS: dict[str, Handler] = {
    "details": _details,
    "wishes": _wishes,
    "pause": _pause,
    "resume": _resume,
    "links": _links,
    "address": _address,
}


@dataclass(slots=True)
class FormsOnPage:
    """Every form of the page; the one that was sent and is wrong comes back as it was."""

    person: Participant
    language: str
    wrong: PersonForm | None = None

    def _or(self, kind: type[PersonForm], fresh: PersonForm) -> PersonForm:
        return self.wrong if isinstance(self.wrong, kind) else fresh

    @property
    def details(self) -> PersonForm:
        """Name, language and topics."""
        return self._or(DetailsForm, DetailsForm(self.person, language=self.language))

    @property
    def wishes(self) -> PersonForm:
        """What we may mail about."""
        return self._or(WishesForm, WishesForm(self.person))

    @property
    def pause(self) -> PersonForm:
        """For how long we send nothing."""
        return self._or(PauseForm, PauseForm(self.person))

    @property
    def address(self) -> PersonForm:
        """The address that is to take the place of this one."""
        return self._or(AddressForm, AddressForm(self.person))
