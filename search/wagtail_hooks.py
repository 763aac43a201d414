"""Search in the CMS."""

from __future__ import annotations

from wagtail.snippets.models import register_snippet

from search.desk.viewsets import PromotionViewSet, SynonymSetViewSet

register_snippet(SynonymSetViewSet)
register_snippet(PromotionViewSet)
