"""The rows of search: what must reach the index, and what editors gave it to know."""

from search.models.asked import AskedQuestion
from search.models.promotion import Promotion
from search.models.request import IndexRequest
from search.models.synonym import Language, SynonymSet, SynonymTerm

__all__ = ["AskedQuestion", "IndexRequest", "Language", "Promotion", "SynonymSet", "SynonymTerm"]
