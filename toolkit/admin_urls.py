"""Addresses of the desk for releases, under the CMS."""

from django.urls import path

from toolkit import views
from toolkit.download_views import DownloadsView

app_name = "toolkit_admin"

urlpatterns = [
    path("", views.desk, name="desk"),
    path("downloads/", DownloadsView.as_view(), name="downloads"),
    path("<int:toolkit_id>/new/", views.new, name="new"),
    path("releases/<int:page_id>/", views.standing, name="standing"),
    path("releases/<int:page_id>/act/", views.act, name="act"),
    path("releases/<int:page_id>/preview.pdf", views.preview, name="preview"),
]
