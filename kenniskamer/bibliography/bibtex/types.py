"""Which entry stands for which type of CSL, and the reverse."""

from __future__ import annotations

ENTRY_TYPES = {
    "article-journal": "article", "book": "book", "chapter": "incollection",
    "paper-conference": "inproceedings", "report": "techreport", "thesis": "phdthesis",
    "manuscript": "unpublished", "document": "misc",
}  # fmt: skip
"""The entry of each type; the others are `misc` with their type as `entrysubtype`."""

TYPE_OF_ENTRY = {kind: csl for csl, kind in ENTRY_TYPES.items()} | {
    "inbook": "chapter", "suppbook": "chapter", "conference": "paper-conference",
    "report": "report", "mastersthesis": "thesis", "thesis": "thesis", "online": "webpage",
    "www": "webpage", "electronic": "webpage", "webpage": "webpage", "dataset": "dataset",
    "software": "software", "booklet": "pamphlet", "manual": "report", "mvbook": "book",
    "collection": "book", "proceedings": "book", "mvcollection": "book", "reference": "book",
    "inreference": "entry-encyclopedia", "periodical": "periodical", "patent": "patent",
    "preprint": "article", "video": "motion_picture", "movie": "motion_picture",
    "legislation": "legislation", "standard": "standard", "review": "review",
    "newspaper": "article-newspaper", "magazine": "article-magazine",
}  # fmt: skip
MASTERS = "Master's thesis"
"""What the type of a thesis says of one for a master's degree."""

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
