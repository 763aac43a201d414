"""Addresses of the desk for files, under the CMS."""

from django.urls import path

from kenniskamer import views

app_name = "kenniskamer_admin"

urlpatterns = [
    path("add/", views.AddResearchView.as_view(), name="add"),
    path("sources/<int:source_id>/again/", views.try_again, name="try_again"),
    path("sources/<int:source_id>/remove/", views.remove, name="remove"),
    path("suggestions/<int:page_id>/", views.SuggestionsView.as_view(), name="suggestions"),
]
