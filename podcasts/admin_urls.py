"""Addresses of the desk for podcasts, under the CMS."""

from django.urls import path

from podcasts.desk_views import DeskView, SuggestionsView
from podcasts.importing_views import ImportView, again
from podcasts.listening_report import ListenersView
from podcasts.transcript_views import TranscriptFileView, TranscriptView

app_name = "podcasts_admin"

urlpatterns = [
    path("listeners/", ListenersView.as_view(), name="listeners"),
    path("", DeskView.as_view(), name="desk"),
    path("import/", ImportView.as_view(), name="import"),
    path("recordings/<int:audio_id>/fetch/", again, name="fetch"),
    path("episodes/<int:page_id>/recording/", SuggestionsView.as_view(), name="suggestions"),
    path("episodes/<int:page_id>/transcript/", TranscriptView.as_view(), name="transcript"),
    path(
        "episodes/<int:page_id>/transcript.<slug:form>",
        TranscriptFileView.as_view(),
        name="transcript_file",
    ),
]
