"""The fixed lists of a bibliographic record and of the evidence label."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StudyKind(models.TextChoices):
    """What kind of publication it is."""

    REPORT = "report", _("Report")
    ARTICLE = "article", _("Article")
    BOOK = "book", _("Book")
    CHAPTER = "chapter", _("Chapter")
    THESIS = "thesis", _("Thesis")
    REVIEW = "review", _("Review of studies")
    BRIEF = "brief", _("Policy brief")
    PAPER = "paper", _("Working paper")
    GUIDE = "guide", _("Guide")
    OTHER = "other", _("Other")


class OriginalLanguage(models.TextChoices):
    """Language of the original publication (ISO 639-1)."""

    DUTCH = "nl", _("Dutch")
    ENGLISH = "en", _("English")
    GERMAN = "de", _("German")
    FRENCH = "fr", _("French")
    SPANISH = "es", _("Spanish")
    OTHER = "mul", _("Another language")


def original_language(code: str) -> str:
    """Return the choice of the form for a detected language (ISO 639-1), "" for none."""
    return code if not code or code in OriginalLanguage.values else OriginalLanguage.OTHER.value


class Licence(models.TextChoices):
    """What a reader may do with the original (SPDX identifiers where they exist)."""

    UNKNOWN = "", _("Not known")
    CC0 = "CC0-1.0", "CC0 1.0"
    CC_BY = "CC-BY-4.0", "CC BY 4.0"
    CC_BY_SA = "CC-BY-SA-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "CC-BY-NC-4.0", "CC BY-NC 4.0"
    CC_BY_ND = "CC-BY-ND-4.0", "CC BY-ND 4.0"
    CC_BY_NC_ND = "CC-BY-NC-ND-4.0", "CC BY-NC-ND 4.0"
    COPYRIGHT = "copyright", _("All rights reserved")


class EvidenceKind(models.TextChoices):
    """How the study knows what it says."""

    META_ANALYSIS = "meta", _("Meta-analysis or systematic review")
    EXPERIMENT = "experiment", _("Experiment")
    LONGITUDINAL = "longitudinal", _("Study over time")
    SURVEY = "survey", _("Survey")
    QUALITATIVE = "qualitative", _("Interviews or observation")
    CASE = "case", _("Case study")
    THEORY = "theory", _("Theory or essay")
    PRACTICE = "practice", _("Experience from practice")


class EvidenceStrength(models.TextChoices):
    """How far one can lean on it."""

    STRONG = "strong", _("Strong")
    FAIR = "fair", _("Fair")
    LIMITED = "limited", _("Limited")
    INDICATIVE = "indicative", _("Indicative")


class EvidenceTransfer(models.TextChoices):
    """How far it carries to the Netherlands."""

    DUTCH = "dutch", _("Studied in the Netherlands")
    COMPARABLE = "comparable", _("Studied in comparable countries")
    PARTLY = "partly", _("Carries over in part")
    UNSURE = "unsure", _("Not known whether it carries over")


MEANINGS = {
    EvidenceStrength.STRONG: _(
        "Several sound studies, or one very large one, point the same way. You can build on it."
    ),
    EvidenceStrength.FAIR: _(
        "A sound study with limits, which the summary names. Use it, and keep looking."
    ),
    EvidenceStrength.LIMITED: _(
        "A small study, or one that leaves other explanations open. A sign, not a proof."
    ),
    EvidenceStrength.INDICATIVE: _("An idea or an experience that still has to be tested."),
    EvidenceKind.META_ANALYSIS: _("Puts the results of many studies together and weighs them."),
    EvidenceKind.EXPERIMENT: _(
        "Compares people who saw or did something with people who did not, so that the "
        "difference can be put down to it."
    ),
    EvidenceKind.LONGITUDINAL: _("Follows the same people, or the same question, over time."),
    EvidenceKind.SURVEY: _(
        "Asks many people the same questions at one moment. Shows what goes together, not what "
        "causes what."
    ),
    EvidenceKind.QUALITATIVE: _(
        "Talks with people or watches them. Shows how and why, not how many."
    ),
    EvidenceKind.CASE: _("Looks closely at one place, group or campaign."),
    EvidenceKind.THEORY: _("Thinks a question through, without collecting data of its own."),
    EvidenceKind.PRACTICE: _("Tells what people saw work, without having measured it."),
    EvidenceTransfer.DUTCH: _("The people or messages that were studied are in the Netherlands."),
    EvidenceTransfer.COMPARABLE: _(
        "Studied in countries with a similar debate, such as Belgium, Germany or Denmark."
    ),
    EvidenceTransfer.PARTLY: _(
        "Some conclusions hold here and others do not; the summary says which."
    ),
    EvidenceTransfer.UNSURE: _("Nobody has looked yet whether it holds here."),
}
"""What each word of the evidence label means, for readers."""


class NoticeKind(models.TextChoices):
    """What a public notice under a study says happened to our page about it."""

    CORRECTION = "correction", _("Correction")
    VERSION = "version", _("New version")
    WITHDRAWN = "withdrawn", _("Withdrawn")
