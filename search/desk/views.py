"""The desk: what visitors asked and missed, and what to do about it. In the CMS only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView

from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from search.desk.drafts import begin, draft_kinds
from search.desk.forms import DraftForm
from search.desk.questions import PERIODS, Choice, Show, questions, read_choice, set_handled
from search.desk.sheet import MOST_ROWS, as_csv
from search.desk.viewsets import asked_words

ON_A_PAGE = 50
SEE = "search.see_asked_questions"
TITLE = gettext_lazy("Asked questions")


def user_can_see_questions(user: Any) -> bool:
    """Say whether this user may see what visitors asked."""
    return bool(user.has_perm(SEE))


class DeskView(WagtailAdminTemplateMixin, TemplateView):
    """What was asked in a period; `?export=csv` gives it as a file."""

    template_name = "search/admin/desk.html"
    page_title = TITLE
    header_icon = "search"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in who may see it."""
        if not user_can_see_questions(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Place the page under the home of the CMS."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the list, or give it as a file."""
        choice = read_choice(request.GET, dict(settings.LANGUAGES))
        rows = questions(choice, timezone.localdate())
        if request.GET.get("export") == "csv":
            return as_csv(rows[:MOST_ROWS], f"zoekvragen-{choice.show}-{choice.days}")
        page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("p"))
        return self.render_to_response(self.get_context_data(choice=choice, page=page))

    def get_header_buttons(self) -> list[HeaderButton]:
        """Lead to what editors give search to know, and to the file."""
        user, address = self.request.user, self.request.GET.copy()
        address["export"] = "csv"
        buttons = [
            HeaderButton(_("Synonym sets"), _list("synonymset"), icon_name="link"),
            HeaderButton(_("Promoted pages"), _list("promotion"), icon_name="pick"),
        ]
        allowed = [user.has_perm("search.add_synonymset"), user.has_perm("search.add_promotion")]
        shown = [button for button, may in zip(buttons, allowed, strict=True) if may]
        file = HeaderButton(_("Download CSV"), f"?{address.urlencode()}", icon_name="download")
        return [*shown, file]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Name the list and what may be done."""
        context = super().get_context_data(**kwargs)
        user = self.request.user
        return {
            **context,
            "languages": settings.LANGUAGES,
            "periods": PERIODS,
            "tabs": [(Show.ASKED, _("Most asked")), (Show.MISSED, _("Asked and missed"))],
            "counting": bool(settings.SEARCH_COUNTS_DAYS),
            "may_add_synonyms": user.has_perm("search.add_synonymset"),
            "may_promote": user.has_perm("search.add_promotion"),
            "may_begin": bool(draft_kinds(user)),
            "elided_page_range": context["page"].paginator.get_elided_page_range(
                context["page"].number
            ),
            "plain": context["choice"] == Choice(context["choice"].show),
        }


@require_POST
def handle(request: HttpRequest) -> HttpResponse:
    """Set a question aside, or put it back in the list."""
    if not user_can_see_questions(request.user):
        raise PermissionDenied
    text, language = request.POST.get("text", ""), request.POST.get("lang", "")
    done = request.POST.get("handled") != "0"
    if set_handled([text], handled=done, language=language):
        said = _("“%(text)s” is handled.") if done else _("“%(text)s” is back in the list.")
        messages.success(request, said % {"text": text[:100]})
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if safe else reverse("search_desk:questions"))


class BeginDraftView(WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]  # generic only in the stubs
    """Begin a page from a question, `?words=…&lang=…`."""

    form_class = DraftForm
    template_name = "search/admin/begin.html"
    page_title = gettext_lazy("Begin a page")
    header_icon = "doc-empty"
    success_url = reverse_lazy("search_desk:questions")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in who may add a page somewhere."""
        self.kinds = draft_kinds(request.user)
        if not self.kinds:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Lead back to the questions."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("search_desk:questions"), "label": TITLE},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form its kinds."""
        return {**super().get_form_kwargs(), "kinds": self.kinds}

    def get_initial(self) -> dict[str, Any]:
        """Begin with the question as the title."""
        words = asked_words(self.request)[0]
        return {**super().get_initial(), "title": words[:1].upper() + words[1:]}

    def form_valid(self, form: DraftForm) -> HttpResponse:
        """Make the draft and open it."""
        page = begin(form.chosen, form.cleaned_data["title"], self.request.user)
        set_handled([form.cleaned_data["title"]])
        return redirect("wagtailadmin_pages:edit", page.pk)


def _list(model: str) -> str:
    return reverse(f"wagtailsnippets_search_{model}:list")
