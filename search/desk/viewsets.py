"""Synonym sets and promoted pages in the CMS. Their forms can be opened half filled in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet

from search.analysis import known_language
from search.desk.questions import set_handled
from search.models import Language, Promotion, SynonymSet, SynonymTerm
from search.query import MAX_CHARS, clean

LONGEST_WORD = 80


def asked_words(request: HttpRequest) -> tuple[str, str]:
    """Return the words and the language that an address gives to begin a form with."""
    text = clean(request.GET.get("words", "")[:MAX_CHARS])[:LONGEST_WORD].strip()
    language = known_language(request.GET.get("lang", ""))
    return text, language if language in Language.values else Language.NL.value


class SynonymSetCreateView(CreateView):
    """Begin a set with the words of the address, `?words=…&lang=…`."""

    def get_initial_form_instance(self) -> SynonymSet | None:
        """Put the words first."""
        text, language = asked_words(self.request)
        if not text or self.request.method != "GET":
            return None
        made = SynonymSet()
        made.terms = [SynonymTerm(text=text, language=language)]
        return made

    def save_instance(self) -> SynonymSet:
        """Save, and see the questions for its words as handled."""
        saved: SynonymSet = super().save_instance()
        set_handled(term.text for term in saved.terms.all())
        return saved


class SynonymSetViewSet(SnippetViewSet):
    """Synonym sets under Snippets."""

    model = SynonymSet
    icon = "link"
    add_view_class = SynonymSetCreateView


class _WarnsOfHidden:
    """Say after saving that nobody will see a promotion."""

    request: HttpRequest

    def save_instance(self) -> Any:
        """Save, and look whether the page is there for readers."""
        saved = super().save_instance()  # type: ignore[misc]  # the view it is mixed into has it
        if not saved.page.live:
            text = _("“%(title)s” is not published. It is shown as soon as it is.")
            messages.warning(self.request, text % {"title": saved.page.title})
        return saved


class PromotionCreateView(_WarnsOfHidden, CreateView):
    """Begin a promotion with the words of the address, `?words=…&lang=…`."""

    def get_initial(self) -> dict[str, Any]:
        """Fill in the words."""
        text, language = asked_words(self.request)
        return {**super().get_initial(), "words": text, "language": language}

    def save_instance(self) -> Promotion:
        """Save, and see the questions for its words as handled."""
        saved: Promotion = super().save_instance()
        set_handled(saved.lines)
        return saved


class PromotionEditView(_WarnsOfHidden, EditView):
    """Change a promotion."""


class PromotionViewSet(SnippetViewSet):
    """Promoted pages under Snippets."""

    model = Promotion
    icon = "pick"
    add_view_class = PromotionCreateView
    edit_view_class = PromotionEditView
    list_display = ["__str__", "language", "page", Column("state", label=gettext_lazy("State"))]
    list_filter = ["language"]
