"""Adding one person by hand, with proof that they agreed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from participants.acts import note_act
from participants.admitting import admit
from participants.desk.forms import AddForm
from participants.desk.listing import person_url
from participants.desk.page import DeskPage
from participants.joining_mail import send_welcome
from participants.models import Participant
from participants.models.act import ActKind


class AddView(DeskPage, FormView):  # type: ignore[type-arg]  # generic only in the stubs
    """One person, and where, when and to what they agreed."""

    form_class = AddForm
    template_name = "participants/admin/add.html"
    page_title = gettext_lazy("Add one person")

    def get_initial(self) -> dict[str, Any]:
        """Begin in the language of the site."""
        return {**super().get_initial(), "language": "nl"}

    def form_valid(self, form: AddForm) -> HttpResponse:
        """Let the person in."""
        values = form.cleaned_data
        with transaction.atomic():
            person = Participant.objects.create(
                address=values["address"], name=values["name"], language=values["language"]
            )
            admit(person, form.agreed(), form.proof())
            note_act(ActKind.ADDED, user=self.request.user)
            if values["welcomes"]:
                send_welcome(person)
        messages.success(self.request, _("This person is added."))
        return redirect(person_url(person))
