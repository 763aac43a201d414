"""Addresses of the import of references, under the CMS."""

from django.urls import path

from kenniskamer.references.views import ImportView, PreviewView

urlpatterns = [
    path("references/", ImportView.as_view(), name="references"),
    path("references/<int:batch_id>/", PreviewView.as_view(), name="reference_import"),
]
