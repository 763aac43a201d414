"""Addresses of the desk, under the CMS."""

from django.urls import path

from search.desk import try_views, views

app_name = "search_desk"

_synonyms = try_views.TrySynonymsView.as_view()
_promotion = try_views.TryPromotionView.as_view()

urlpatterns = [
    path("", views.DeskView.as_view(), name="questions"),
    path("handled/", views.handle, name="handle"),
    path("begin/", views.BeginDraftView.as_view(), name="begin"),
    path("try/synonyms/", _synonyms, name="try_synonymset"),
    path("try/synonyms/<int:pk>/", _synonyms, name="try_synonymset"),
    path("try/promotion/", _promotion, name="try_promotion"),
    path("try/promotion/<int:pk>/", _promotion, name="try_promotion"),
]
