"""Addresses of the own page, under each language."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from participants import mine_link_views, mine_views

urlpatterns = [
    path("", mine_link_views.ask_link, name="mine_link"),
    path(_("new-address/<str:token>/"), mine_link_views.new_address, name="mine_new_address"),
    path(_("erased/"), mine_views.erased, name="mine_erased"),
    path("<str:token>/", mine_views.mine, name="mine"),
    path(_("<str:token>/download/"), mine_views.download, name="mine_download"),
    path(_("<str:token>/erase/"), mine_views.erase, name="mine_erase"),
]
