"""The suggestions of source files, as an editor sees them and takes them over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kenniskamer.identifiers import clean_doi

if TYPE_CHECKING:
    from kenniskamer.models import ResearchPage

TARGETS = {
    "title": gettext_lazy("title"),
    "original_title": gettext_lazy("original title"),
    "published_year": gettext_lazy("year of publication"),
    "doi": gettext_lazy("DOI"),
}
FIELD_TARGETS = {
    "title": ("title", "original_title"),
    "published_year": ("published_year",),
    "doi": ("doi",),
}
KINDS = {
    "title": gettext_lazy("Title"),
    "published_year": gettext_lazy("Year"),
    "doi": gettext_lazy("DOI"),
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
}


@dataclass(frozen=True, slots=True)
class Target:
    """A field that an offer fits."""

    field: str
    label: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggestion: what, from where, how sure, and where it could go."""

    kind: str
    value: str
    where: str
    certainty: str
    certainty_label: str
    context: str
    targets: tuple[Target, ...]
    url: str

    @property
    def is_rejected(self) -> bool:
        """Say whether it is only shown to explain why it is not used."""
        return self.certainty == "rejected"


def offers_for(page: ResearchPage) -> list[Offer]:
    """Return what the files of a study say about it."""
    return [
        _offer(suggestion, source.source_file)
        for source in page.files
        for suggestion in source.source_file.suggestions
    ]


def take_over(page: ResearchPage, target: str, value: str, user: Any) -> None:
    """Put an offer into a new draft of the study; the live page stays as it is.

    Raises ValidationError when the value does not fit the field.
    """
    if target == "published_year":
        page.published_year = int(value)
    elif target == "doi":
        try:
            page.doi = clean_doi(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error
    else:
        setattr(page, target, value)
    page.clean_fields(exclude=[name for name in _field_names(page) if name != target])
    page.save_revision(user=user, log_action=True)


def _field_names(page: ResearchPage) -> list[str]:
    return [field.name for field in page._meta.fields]


def _offer(suggestion: Mapping[str, Any], source: Any) -> Offer:
    field, certainty = suggestion["field"], suggestion["certainty"]
    rejected = certainty == "rejected"
    page = suggestion["page"]
    return Offer(
        kind=str(KINDS[field]),
        value=suggestion["value"],
        where=_where(suggestion),
        certainty=certainty,
        certainty_label=str(CERTAINTIES[certainty]),
        context=suggestion["context"],
        targets=()
        if rejected
        else tuple(Target(name, str(TARGETS[name])) for name in FIELD_TARGETS[field]),
        url=source.page_url(page) if page else source.document.url,
    )


def _where(suggestion: Mapping[str, Any]) -> str:
    page = {"page": suggestion["page"]}
    if suggestion["reason"]:
        return _("in the properties of the file; %(reason)s") % {
            "reason": REASONS[suggestion["reason"]]
        }
    if suggestion["source"] == "type":
        return _("the largest letters on page %(page)d") % page
    if suggestion["source"] == "line":
        return _("a line on page %(page)d") % page
    return _("in the properties of the file")
