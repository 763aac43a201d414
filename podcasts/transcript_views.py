"""The desk for transcripts: bring one in, correct it, take it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from podcasts.cues import Cue, speakers_of
from podcasts.desk_views import EpisodeView
from podcasts.models import Transcript
from podcasts.transcripts import editing, storing
from podcasts.transcripts.reading import read_transcript
from podcasts.transcripts.rows import Act, Row, act_of, apply, posted_rows, rows_of
from podcasts.transcripts.text import MOST_BYTES, NAME_CHARACTERS, TranscriptError, line_of
from podcasts.transcripts.writing import FORMS

PER_PAGE = 100


class TranscriptView(EpisodeView):
    """The transcript of one episode: a hundred cues at a time."""

    template_name = "podcasts/admin/transcript.html"
    page_title = gettext_lazy("Transcript")
    header_icon = "openquote"
    rows: list[Row] | None = None

    @cached_property
    def transcript(self) -> Transcript | None:
        """The transcript of this episode itself."""
        return Transcript.objects.filter(episode=self.page).first()

    @property
    def number(self) -> int:
        """The page of the table."""
        return self.paginator.get_page(self.request.GET.get("p")).number

    @property
    def paginator(self) -> Paginator[Cue]:
        """The table in pages."""
        return Paginator(self.transcript.cue_list if self.transcript else (), PER_PAGE)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the rows of this page of the table, and who speaks."""
        context = super().get_context_data(**kwargs)
        if self.transcript is None:
            return context
        shown = self.paginator.get_page(self.number)
        cues = self.transcript.cue_list
        first = (shown.number - 1) * PER_PAGE
        found, query = self._found(cues)
        return {
            **context,
            "transcript": self.transcript,
            "shown": shown,
            "rows": self.rows if self.rows is not None else rows_of(cues, first, PER_PAGE),
            "speakers": speakers_of(cues),
            "audio": self.page.audio,
            "forms": list(FORMS),
            "query": query,
            "found": found,
        }

    def _found(self, cues: tuple[Cue, ...]) -> tuple[list[tuple[Row, int]], str]:
        """Return the first cues with some words, each with its page in the table."""
        query = self.request.GET.get("q", "").strip()
        if not query:
            return [], ""
        places = [n for n, cue in enumerate(cues) if query.casefold() in cue.text.casefold()]
        return [(rows_of(cues, n, 1)[0], n // PER_PAGE + 1) for n in places[:20]], query

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do one of the acts, or save what was typed."""
        act = ACTS.get(request.POST.get("do", ""))
        if act:
            return act(self, request)
        return self.save(request)

    def save(self, request: HttpRequest) -> HttpResponse:
        """Save the rows of this page, and do what the button of a row says."""
        if self.transcript is None:
            return self._back()
        act, rows = act_of(request.POST.dict()), posted_rows(request.POST.dict())
        self.transcript = storing.correct(
            transcript_id=self.transcript.pk,
            change=lambda cues: apply(rows, act, cues),
            user=request.user,
        )
        if any(row.errors for row in rows):
            messages.error(request, _("Some rows were not saved; below them it says why."))
            self.rows = rows
            return self.render_to_response(self.get_context_data())
        messages.success(request, _("Saved."))
        return self._back(act)

    def _back(self, act: Act | None = None) -> HttpResponseRedirect:
        """Return to the page of the table, at the row that was worked on."""
        url = reverse("podcasts_admin:transcript", args=[self.page.pk])
        place = f"#row-{act.index}" if act and act.name else ""
        return redirect(f"{url}?p={self.number}{place}")

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Read a file, or text that was pasted, as the transcript."""
        file, pasted = request.FILES.get("file"), request.POST.get("pasted", "")
        name = (file.name if file else "") or ""
        data = file.read(MOST_BYTES + 1) if file else pasted.encode()
        duration = self.page.audio.duration if self.page.audio else 0
        try:
            read = read_transcript(data, duration)
        except TranscriptError as error:
            messages.error(request, str(error))
            return self.render_to_response(self.get_context_data(pasted=pasted))
        language = self.page.get_parent().specific.audio_language
        storing.put(episode=self.page, read=read, name=name, user=request.user, language=language)
        self.__dict__.pop("transcript", None)
        text = ngettext("%(count)d cue was read.", "%(count)d cues were read.", len(read.cues))
        messages.success(request, text % {"count": len(read.cues)})
        return self._back()

    def rename(self, request: HttpRequest) -> HttpResponse:
        """Give somebody another name everywhere."""
        old = request.POST.get("old", "")
        new = line_of(request.POST.get("new", ""), NAME_CHARACTERS)
        self._change(lambda cues: editing.renamed(cues, old, new))
        messages.success(request, _("The name is changed everywhere."))
        return self._back()

    def shift(self, request: HttpRequest) -> HttpResponse:
        """Move all cues, after an intro was added or cut."""
        try:
            seconds = float(request.POST.get("seconds", "").replace(",", "."))
            by = int(seconds * 1000)
        except (ValueError, OverflowError):
            messages.error(request, _("Write a number of seconds, such as 12.5 or -3."))
            return self._back()
        self._change(lambda cues: editing.shifted(cues, max(min(by, 36_000_000), -36_000_000)))
        messages.success(request, _("All times are moved."))
        return self._back()

    def check(self, request: HttpRequest) -> HttpResponse:
        """Say that somebody listened along, or take that back."""
        if self.transcript:
            checked = not self.transcript.checked
            storing.mark_checked(transcript=self.transcript, checked=checked, user=request.user)
        return self._back()

    def remove(self, request: HttpRequest) -> HttpResponse:
        """Take the transcript away."""
        if self.transcript:
            storing.remove(self.transcript)
            self.__dict__.pop("transcript", None)
            messages.success(request, _("The transcript is removed."))
        return self._back()

    def _change(self, change: storing.Change) -> None:
        if self.transcript:
            self.transcript = storing.correct(
                transcript_id=self.transcript.pk, change=change, user=self.request.user
            )


ACTS: dict[str, Callable[[TranscriptView, HttpRequest], HttpResponse]] = {
    "upload": TranscriptView.upload,
    "rename": TranscriptView.rename,
    "shift": TranscriptView.shift,
    "check": TranscriptView.check,
    "remove": TranscriptView.remove,
}


class TranscriptFileView(TranscriptView):
    """The transcript as a file, also of a draft."""

    def get(self, request: HttpRequest, *args: Any, form: str = "", **kwargs: Any) -> HttpResponse:
        """Give out one of the forms."""
        if self.transcript is None or form not in FORMS:
            return self._back()
        kind = FORMS[form]
        response = HttpResponse(
            kind.write(self.transcript.cue_list), content_type=f"{kind.content_type}; charset=utf-8"
        )
        name = f"{self.page.slug}.{form}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
