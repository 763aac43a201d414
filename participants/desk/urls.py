"""Addresses of the desk, under the CMS. Nobody's address stands in one."""

from django.urls import path

from participants.desk import adding, exporting, import_views, listing, person

app_name = "participants_admin"

urlpatterns = [
    path("", listing.PeopleView.as_view(), name="list"),
    path("results/", listing.PeopleView.as_view(results_only=True), name="list_results"),
    path("add/", adding.AddView.as_view(), name="add"),
    path("import/", import_views.ImportView.as_view(), name="import"),
    path("import/<int:batch_id>/", import_views.RowsView.as_view(), name="import_rows"),
    path(
        "import/<int:batch_id>/columns/", import_views.ColumnsView.as_view(), name="import_columns"
    ),
    path("export/", exporting.ExportView.as_view(), name="export"),
    path("log/", listing.LogView.as_view(), name="log"),
    path("log/results/", listing.LogView.as_view(results_only=True), name="log_results"),
    path("<uuid:key>/", person.PersonView.as_view(), name="person"),
    path("<uuid:key>/notes/<int:note_id>/", person.NoteView.as_view(), name="note"),
    path("<uuid:key>/erase/", person.EraseView.as_view(), name="erase"),
]
