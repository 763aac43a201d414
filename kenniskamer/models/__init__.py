"""The models of the research library."""

from kenniskamer.models.desk import DeskEntry
from kenniskamer.models.harvest import HarvestRecord, HarvestSet
from kenniskamer.models.imports import ReferenceFile, ReferenceImport, ReferenceRow
from kenniskamer.models.library import KenniskamerPage
from kenniskamer.models.lookalike import DeskKey, Lookalike, MergedWork
from kenniskamer.models.parts import RelatedResearch, ResearchAuthor, ResearchSource
from kenniskamer.models.research import ResearchPage
from kenniskamer.models.source import SourceFile, SourcePage
from kenniskamer.models.source_change import SourceChange
from kenniskamer.models.versions import ResearchNotice, ResearchVersion

__all__ = [
    "HarvestRecord",
    "HarvestSet",
    "DeskEntry",
    "DeskKey",
    "Lookalike",
    "MergedWork",
    "KenniskamerPage",
    "ReferenceFile",
    "ReferenceImport",
    "ReferenceRow",
    "RelatedResearch",
    "ResearchAuthor",
    "ResearchNotice",
    "ResearchPage",
    "ResearchSource",
    "ResearchVersion",
    "SourceChange",
    "SourceFile",
    "SourcePage",
]
