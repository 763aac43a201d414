"""What the pages of a source file say otherwise since an editor replaced the file."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

MOST_NUMBERS = 12
"""Page numbers in a sentence; more are only counted."""


class SourceChange(models.Model):
    """The difference between an earlier file and the one that replaced it.

    Page numbers count from 1: `changed` and `added` in the new file, `removed` in the earlier one.
    """

    source_file = models.ForeignKey(
        "kenniskamer.SourceFile", on_delete=models.CASCADE, related_name="changes"
    )
    version = models.OneToOneField(
        "core.DocumentVersion", on_delete=models.CASCADE, related_name="source_change"
    )
    pages_before = models.PositiveIntegerField()
    pages_after = models.PositiveIntegerField()
    changed = models.JSONField(default=list)
    added = models.JSONField(default=list)
    removed = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of a source file")
        verbose_name_plural = _("changes of source files")

    def __str__(self) -> str:
        return " ".join(self.sentences)

    @property
    def sentences(self) -> list[str]:
        """What changed, in words."""
        said = []
        if self.pages_before != self.pages_after:
            said.append(
                gettext("%(before)d pages became %(after)d.")
                % {"before": self.pages_before, "after": self.pages_after}
            )
        said += [
            sentence for sentence in (self._changed(), self._added(), self._removed()) if sentence
        ]
        return said or [gettext("The text of all pages stayed the same.")]

    def _changed(self) -> str:
        sentence = ngettext(
            "The text of page %(numbers)s changed.",
            "The text of pages %(numbers)s changed.",
            len(self.changed),
        )
        return self._sentence(self.changed, sentence)

    def _added(self) -> str:
        sentence = ngettext(
            "Page %(numbers)s is new.", "Pages %(numbers)s are new.", len(self.added)
        )
        return self._sentence(self.added, sentence)

    def _removed(self) -> str:
        sentence = ngettext(
            "Page %(numbers)s of the earlier file is gone.",
            "Pages %(numbers)s of the earlier file are gone.",
            len(self.removed),
        )
        return self._sentence(self.removed, sentence)

    @staticmethod
    def _sentence(numbers: Sequence[int], sentence: str) -> str:
        return sentence % {"numbers": in_ranges(numbers)} if numbers else ""


def in_ranges(numbers: Sequence[int]) -> str:
    """Return page numbers as people write them: 1, 4–7, 12."""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    said = [str(first) if first == last else f"{first}–{last}" for first, last in ranges]
    if len(said) > MOST_NUMBERS:
        said = [*said[:MOST_NUMBERS], "…"]
    return ", ".join(said)
