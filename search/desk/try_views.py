"""Answers to “What would this change?”: a comparison, saved nowhere. In the CMS only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language, gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.panels import get_edit_handler
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from search.analysis import guess_language
from search.desk.comparison import Comparison
from search.desk.trying import Asked, with_promotion, with_synonyms
from search.engines.base import SearchUnavailable
from search.models import Promotion, SynonymSet
from search.query import MAX_CHARS, clean


class TryView(WagtailAdminTemplateMixin, TemplateView):
    """Compares with the form that is sent; nothing is saved. As a page, or a part of one."""

    model: type[SynonymSet | Promotion]
    http_method_names = ["post"]
    template_name = "search/admin/try.html"
    page_title = gettext_lazy("What would this change?")
    header_icon = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in who may save such a form."""
        action = "change" if "pk" in kwargs else "add"
        if not request.user.has_perm(f"search.{action}_{self.model._meta.model_name}"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Place the page under the home of the CMS."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_template_names(self) -> list[str]:
        """Return the page, or the comparison alone for a script that shows it in the form."""
        if self.request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return ["search/admin/comparisons.html"]
        return [self.template_name]

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Read the form and compare."""
        instance = get_object_or_404(self.model, pk=pk) if pk else self.model()
        form_class = get_edit_handler(self.model).get_form_class()
        form = form_class(request.POST, instance=instance, for_user=request.user)
        context: dict[str, Any] = {"form": form, "comparisons": []}
        if form.is_valid():
            changed = form.save(commit=False)
            try:
                context["comparisons"] = self.try_out(changed, self.asked())
            except SearchUnavailable:
                context["unavailable"] = True
        return self.render_to_response(self.get_context_data(**context))

    def try_out(self, changed: Any, asked: Sequence[Asked]) -> list[Comparison]:
        """Compare with what was changed. Raises SearchUnavailable."""
        raise NotImplementedError

    def asked(self) -> list[Asked]:
        """Return the question the editor wants to try, if any."""
        text = clean(self.request.POST.get("try-question", "")[: 2 * MAX_CHARS])[:MAX_CHARS]
        language = guess_language(text) or get_language() or ""
        return [(text, language)] if text else []


class TrySynonymsView(TryView):
    """A synonym set."""

    model = SynonymSet

    def try_out(self, changed: SynonymSet, asked: Sequence[Asked]) -> list[Comparison]:
        """Compare with the set."""
        return with_synonyms(changed, asked)


class TryPromotionView(TryView):
    """A promotion."""

    model = Promotion

    def try_out(self, changed: Promotion, asked: Sequence[Asked]) -> list[Comparison]:
        """Compare with the promotion."""
        return with_promotion(changed, asked)
