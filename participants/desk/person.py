"""One person at the desk: what they agreed to, why they get no mail, notes, and leaving."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from core import personal_data
from participants import consent, standing
from participants.acts import note_act
from participants.desk.forms import AskedForm, NoteForm, SignOffForm
from participants.desk.listing import people_for_desk, person_url
from participants.desk.page import DeskPage
from participants.enums import Method, Purpose
from participants.mine_link import mail_link
from participants.models import Consent, Note, Participant
from participants.models.act import ActKind
from participants.purposes import OFFERED


class _OnePerson(DeskPage):
    """A page about one person."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the person."""
        super().setup(request, *args, **kwargs)
        self.person: Participant = get_object_or_404(people_for_desk(), key=kwargs["key"])

    def above(self) -> list[dict[str, Any]]:
        """Lead back to the person."""
        return [{"url": person_url(self.person), "label": str(self.person)}]


class PersonView(_OnePerson, TemplateView):
    """Everything about one person; the forms change one thing each."""

    template_name = "participants/admin/person.html"

    def get_page_title(self) -> str:
        """Name the person."""
        return str(self.person)

    def above(self) -> list[dict[str, Any]]:
        """Nothing between the list and the person."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name what we hold, and why no mail goes out."""
        person, agreed = self.person, consent.given(self.person)
        rows = [(one.label, consent.why_not(person, one)) for one in Purpose if one in OFFERED]
        return super().get_context_data(
            **{
                "person": person,
                "mail": rows,
                "consents": Consent.objects.filter(participant=person).select_related("text"),
                "rooms": _rooms(person),
                "notes": person.notes.select_related("author"),
                "note_form": NoteForm(),
                "sign_off_form": SignOffForm(agreed) if agreed else None,
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do what one of the forms asks."""
        acts = {"note": self._note, "sign_off": self._sign_off, "link": self._link}
        act = acts.get(request.POST.get("act", ""))
        wrong = act() if act else None
        if wrong:
            return self.render_to_response(self.get_context_data(**wrong))
        return redirect(person_url(self.person))

    def _note(self) -> dict[str, Any] | None:
        form = NoteForm(self.request.POST)
        if not form.is_valid():
            return {"note_form": form}
        form.instance.participant, form.instance.author = self.person, self.request.user
        form.save()
        messages.success(self.request, _("The note is kept."))
        return None

    def _sign_off(self) -> dict[str, Any] | None:
        form = SignOffForm(consent.given(self.person), self.request.POST)
        if not form.is_valid():
            return {"sign_off_form": form}
        with transaction.atomic():
            for name in form.cleaned_data["purposes"]:
                consent.withdraw(self.person, Purpose(name), method=Method.EDITOR)
            note_act(ActKind.SIGNED_OFF, user=self.request.user, remark=form.remark())
        messages.success(self.request, _("This is ended. The person gets no mail about it."))
        return None

    def _link(self) -> None:
        mail_link(self.person.address, self.person.language)
        messages.success(self.request, _("The link to their own page is on its way to them."))


def _rooms(person: Participant) -> list[Any]:
    """Return what other rooms hold; what this room holds stands on the page itself."""
    return [
        section
        for room in personal_data.registered()
        if room.name != "participants"
        for section in room.describe(person)
    ]


class NoteView(_OnePerson, FormView):  # type: ignore[type-arg]  # generic only in the stubs
    """Change a note, or throw it away."""

    template_name = "participants/admin/note.html"
    page_title = gettext_lazy("Note about this person")
    form_class = NoteForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill in the note."""
        note = get_object_or_404(Note, pk=self.kwargs["note_id"], participant=self.person)
        return {**super().get_form_kwargs(), "instance": note}

    def form_valid(self, form: NoteForm) -> HttpResponse:
        """Keep it, or not."""
        if "discard" in self.request.POST:
            form.instance.delete()
            messages.success(self.request, _("The note is thrown away."))
        else:
            form.save()
            messages.success(self.request, _("The note is kept."))
        return redirect(person_url(self.person))


class EraseView(_OnePerson, FormView):  # type: ignore[type-arg]  # generic only in the stubs
    """Erase everything about a person who asked an editor for that."""

    template_name = "participants/admin/erase.html"
    page_title = gettext_lazy("Erase everything")
    form_class = AskedForm

    def form_valid(self, form: AskedForm) -> HttpResponse:
        """Erase, and write down that it was done."""
        standing.erase(self.person)
        note_act(ActKind.ERASED, user=self.request.user, remark=form.remark())
        messages.success(self.request, _("Everything about this person is erased."))
        return redirect("participants_admin:list")
