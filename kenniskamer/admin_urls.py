"""Addresses of the desk for files, under the CMS."""

from django.urls import path

from kenniskamer import review_views, views, worklist_views
from kenniskamer.compare_views import CompareView
from kenniskamer.references import urls as references
from kenniskamer.replace_views import ReplaceView

app_name = "kenniskamer_admin"

urlpatterns = [
    path("worklist/", worklist_views.WorklistView.as_view(), name="worklist"),
    path("worklist/act/", worklist_views.act, name="act"),
    path("lookalikes/<int:pair_id>/", CompareView.as_view(), name="compare"),
    path("sources/<int:source_id>/draft/", worklist_views.make_draft, name="make_draft"),
    path("studies/<int:page_id>/checked/", review_views.checked, name="checked"),
    path("add/", views.AddResearchView.as_view(), name="add"),
    path("sources/<int:source_id>/again/", views.try_again, name="try_again"),
    path("sources/<int:source_id>/replace/", ReplaceView.as_view(), name="replace"),
    path("sources/<int:source_id>/remove/", views.remove, name="remove"),
    path("suggestions/<int:page_id>/", views.SuggestionsView.as_view(), name="suggestions"),
    *references.urlpatterns,
]
