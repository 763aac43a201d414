"""A study as lists and search see it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.functional import cached_property
from django.utils.translation import gettext

from core.contracts import Badge, CardImage, SearchPassage
from core.plain_text import rich_text, until
from kenniskamer.metadata.coins import coins
from kenniskamer.metadata.described import described
from kenniskamer.models.evidence import EvidencePage
from kenniskamer.models.parts import ResearchSource
from kenniskamer.models.record import RecordPage
from kenniskamer.models.summary import SummaryPage


class StudyPage(RecordPage, EvidencePage, SummaryPage):
    """Summary, record, label and `sources` together, as a card and as a search document."""

    class Meta:
        abstract = True

    @cached_property
    def files(self) -> list[ResearchSource]:
        """The source files of this study in order."""
        prefetched = "sources" in getattr(self, "_prefetched_objects_cache", {})
        rows = self.sources.all()
        if not prefetched:
            rows = rows.select_related("source_file__document")
        return [source for source in rows if source.source_file_id]

    @property
    def page_count(self) -> int:
        """The number of pages in all source files together."""
        return sum(source.source_file.page_count or 0 for source in self.files)

    def card_badges(self) -> Sequence[Badge]:
        """Return the strength of the evidence and the language of the original."""
        badges = []
        if self.withdrawn:
            badges.append(Badge(gettext("Withdrawn"), "withdrawn"))
        if self.evidence_strength:
            badges.append(
                Badge(
                    gettext("Evidence: %(strength)s")
                    % {"strength": str(self.get_evidence_strength_display()).lower()},
                    f"evidence-{self.evidence_strength}",
                )
            )
        if self.original_language and self.original_language != self.language:
            badges.append(Badge(self.get_original_language_display(), "language"))
        return badges

    def card_facts(self) -> Sequence[str]:
        """Return authors, year, kind and pages."""
        facts = [self.authors_in_short, str(self.published_year or "")]
        facts.append(str(self.get_study_kind_display()))
        if self.page_count:
            facts.append(gettext("%(count)d p.") % {"count": self.page_count})
        return [fact for fact in facts if fact]

    def card_image(self) -> CardImage | None:
        """Return the cover of the first source file that has one."""
        for source in self.files:
            cover = source.source_file.cover_image
            if cover:
                return cover
        return None

    def card_coins(self) -> str:
        """Return the bibliographic record as an OpenURL."""
        return coins(described(self))

    @property
    def card_lead(self) -> str:
        """The short summary."""
        return until(self.lead or rich_text(self.findings), 220)

    def search_year(self) -> int | None:
        """Return the year of publication."""
        return self.published_year

    def search_summary(self) -> str:
        """The short summary, the original title and the authors."""
        names = ", ".join(author.full_name for author in self.author_list)
        return "\n".join(
            part
            for part in (
                self.lead,
                self.original_title,
                names,
                self.container_title,
                self.publisher,
            )
            if part
        )

    def search_body(self) -> str:
        """The rest of the summary and the identifiers."""
        parts = [
            rich_text(getattr(self, name))
            for name in ("question", "findings", "practice", "limits")
        ]
        return "\n\n".join(part for part in (*parts, self.doi, self.isbn) if part)

    def search_passages(self) -> Iterator[SearchPassage]:
        """Yield the sections of the summary, then the pages of the source files."""
        url = self.url or ""
        for section in self.sections:
            yield SearchPassage(
                locator=f"#{section.anchor}",
                label=section.title,
                text=rich_text(section.html),
                language=self.language,
                url=f"{url}#{section.anchor}",
            )
        for source in self.files:
            yield from source.source_file.search_passages()
