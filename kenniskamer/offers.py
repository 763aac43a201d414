"""The suggestions of source files, as an editor sees them beside the form.

What a reading stored says something about the file; here it becomes something that
fits a field of the study, with where it came from and how sure it is, in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.models import Theme
from kenniskamer.bibliography.licences import licence
from kenniskamer.choices import Licence, OriginalLanguage, StudyKind, original_language
from kenniskamer.theme_offers import ThemeOffer, theme_offers

if TYPE_CHECKING:
    from kenniskamer.models import ResearchPage, SourceFile

KINDS = {
    "title": gettext_lazy("Title"),
    "subtitle": gettext_lazy("Subtitle"),
    "authors": gettext_lazy("Authors"),
    "published_year": gettext_lazy("Year"),
    "publisher": gettext_lazy("Publisher"),
    "doi": gettext_lazy("DOI"),
    "isbn": gettext_lazy("ISBN"),
    "original_language": gettext_lazy("Language"),
    "licence": gettext_lazy("Licence"),
    "study_kind": gettext_lazy("Kind"),
    "theme": gettext_lazy("Theme"),
}
"""Everything that is suggested, in the order of the panel."""

TARGETS = {
    "title": gettext_lazy("title"),
    "original_title": gettext_lazy("original title"),
    "subtitle": gettext_lazy("subtitle, behind the title"),
    "authors": gettext_lazy("authors"),
    "published_year": gettext_lazy("year of publication"),
    "publisher": gettext_lazy("publisher or institute"),
    "doi": gettext_lazy("DOI"),
    "isbn": gettext_lazy("ISBN"),
    "original_language": gettext_lazy("language of the original"),
    "licence": gettext_lazy("licence of the original"),
    "study_kind": gettext_lazy("kind of publication"),
    "theme": gettext_lazy("theme"),
}
CHOICES = {
    "original_language": OriginalLanguage,
    "licence": Licence,
    "study_kind": StudyKind,
}
CERTAINTIES = {
    "high": gettext_lazy("quite sure"),
    "medium": gettext_lazy("likely"),
    "low": gettext_lazy("uncertain"),
    "rejected": gettext_lazy("not used"),
}
REASONS = {
    "file_name": gettext_lazy("this is the name of a file, not a title"),
    "template": gettext_lazy("this is the name of a template or program"),
    "too_short": gettext_lazy("this is too short to be a title"),
    "not_on_pages": gettext_lazy("these words do not stand on the first pages"),
    "program": gettext_lazy("this is a program or an address, not an author"),
    "login": gettext_lazy("this is the name somebody signs in with"),
    "cited": gettext_lazy("it may belong to a work that is cited"),
}
SURE_SHARE = 0.9
"""Pages that must agree on a language to be quite sure of it."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggestion: for what, which value, from where, how sure, and where it could go.

    `value` is what is stored, `shown` what people read; `reason` says why it is
    doubted or not used.
    """

    field: str
    value: str
    shown: str
    where: str
    certainty: str
    context: str = ""
    reason: str = ""
    url: str = ""
    targets: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What it is a suggestion for."""
        return str(KINDS[self.field])

    @property
    def certainty_label(self) -> str:
        """How sure it is, in words."""
        return str(CERTAINTIES[self.certainty])

    @property
    def is_rejected(self) -> bool:
        """Say whether it is only shown to explain why it is not used."""
        return self.certainty == "rejected"

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """Where it can go, as (target, label)."""
        return [(target, str(TARGETS[target])) for target in self.targets]


def offers_for(page: ResearchPage) -> list[Offer]:
    """Return what the files of a study say about it, by field and the surest first."""
    found: dict[tuple[str, str], Offer] = {}
    for row in page.files:
        for offer in (
            *_stored(row.source_file),
            *_language(row.source_file),
            *_themes(row.source_file, page),
        ):
            found.setdefault((offer.field, offer.value), offer)
    order = list(KINDS)
    return sorted(found.values(), key=lambda offer: order.index(offer.field))


def best_offers(offers: list[Offer]) -> list[Offer]:
    """Return what “take all over” takes: the first usable offer of each field, and all themes.

    What may belong to a cited work is never taken along.
    """
    usable = [offer for offer in offers if not offer.reason and not offer.is_rejected]
    first: dict[str, Offer] = {}
    for offer in usable:
        if offer.field not in ("title", "subtitle", "theme"):
            first.setdefault(offer.field, offer)
    themes = [o for o in usable if o.field == "theme" and o.certainty != "low"]
    return [*first.values(), *themes]


def _stored(source: SourceFile) -> Iterator[Offer]:
    """Yield what a reading stored."""
    for suggestion in source.suggestions:
        field, value = suggestion["field"], suggestion["value"]
        stored = licence(value) if field == "licence" else value
        if field not in KINDS or not stored:
            continue
        rejected = suggestion["certainty"] == "rejected"
        targets = ("title", "original_title") if field == "title" else (field,)
        page = suggestion["page"]
        yield Offer(
            field=field,
            value=stored,
            shown=_shown(field, stored),
            where=_where(suggestion),
            certainty=suggestion["certainty"],
            context=suggestion["context"],
            reason=str(REASONS.get(suggestion["reason"], "")),
            url=source.page_url(page) if page else source.document.url,
            targets=() if rejected else targets,
        )


def _language(source: SourceFile) -> Iterator[Offer]:
    """Yield the language most pages are written in."""
    if not source.language:
        return
    votes = Counter(source.pages.exclude(text="").values_list("language", flat=True))
    agreed, total = votes[source.language], sum(votes.values())
    value = original_language(source.language)
    sure = total >= 3 and agreed >= SURE_SHARE * total
    yield Offer(
        field="original_language",
        value=value,
        shown=_shown("original_language", value),
        where=_("the text of %(agreed)d of %(total)d pages") % {"agreed": agreed, "total": total},
        certainty="high" if sure else "medium",
        url=source.document.url,
        targets=("original_language",),
    )


def _themes(source: SourceFile, page: ResearchPage) -> Iterator[Offer]:
    """Yield themes by the words of the text, in the language of the study."""
    found = theme_offers(source)
    rows = Theme.objects.filter(
        translation_key__in=[offer.translation_key for offer in found], locale_id=page.locale_id
    )
    own = {str(theme.translation_key): theme for theme in rows}
    for offer in found:
        theme = own.get(offer.translation_key)
        if theme:
            yield Offer(
                field="theme",
                value=str(theme.pk),
                shown=theme.label,
                where=_of_words(offer),
                certainty=offer.certainty,
                url=source.document.url,
                targets=("theme",),
            )


def _of_words(offer: ThemeOffer) -> str:
    where = ngettext(
        "%(words)s: on %(pages)d page of the text",
        "%(words)s: on %(pages)d pages of the text",
        offer.pages,
    )
    return where % {"words": ", ".join(f"“{word}”" for word in offer.words), "pages": offer.pages}


def _shown(field: str, value: str) -> str:
    choices: Any = CHOICES.get(field)
    return str(choices(value).label) if choices and value in choices.values else value


def _where(suggestion: Mapping[str, Any]) -> str:
    page = {"page": suggestion["page"]}
    if suggestion["source"] == "type":
        return _("the largest letters on page %(page)d") % page
    if suggestion["source"] == "line":
        return _("a line on page %(page)d") % page
    return _("in the properties of the file")
