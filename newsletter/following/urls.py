"""The addresses of following; the language and the word stand before them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from newsletter.following import feeds, views

urlpatterns = [
    path("", views.follow, name="follow"),
    path("feed/<str:form>/", feeds.theme_feed, name="follow_feed"),
    path(_("asked/"), views.asked, name="follow_asked"),
    path(_("confirm/<str:token>/"), views.confirm, name="follow_confirm"),
    path(_("stop/<str:token>/"), views.stop_follow, name="follow_stop"),
    path(_("stop-all/<str:token>/"), views.stop_alert, name="alert_stop"),
    path(_("manage/<str:token>/"), views.manage, name="follow_manage"),
]
