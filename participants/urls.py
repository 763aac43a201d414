"""Addresses of signing up."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from participants import views

urlpatterns = [
    path("", views.join, name="join"),
    path(_("sent/"), views.sent, name="join_sent"),
    path(_("done/"), views.done, name="join_done"),
    path(_("confirm/<str:token>/"), views.confirm, name="join_confirm"),
]
