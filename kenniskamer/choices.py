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
