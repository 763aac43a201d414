"""Addresses of the desk for editions, under the CMS."""

from django.urls import path

from newsletter import desk_log, desk_looks, desk_views
from newsletter.sender import desk as sender_desk

app_name = "newsletter_admin"

urlpatterns = [
    path("", desk_views.desk, name="desk"),
    path("new/", desk_views.new, name="new"),
    path("sender/", sender_desk.show, name="sender"),
    path("sender/again/", sender_desk.again, name="sender_again"),
    path("<int:edition_id>/", desk_views.edition, name="edition"),
    path("<int:edition_id>/act/", desk_views.act, name="act"),
    path("<int:edition_id>/figures.csv", desk_log.figures_csv, name="figures_csv"),
    path("<int:edition_id>/recipients/", desk_log.recipients, name="recipients"),
    path("<int:edition_id>/recipients.csv", desk_log.recipients_csv, name="recipients_csv"),
    path("<int:edition_id>/look/<str:language>/<str:mode>/", desk_looks.look, name="look"),
]
