"""Addresses: files and machines first, then the CMS, then pages per language."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.views import serve as serve_page

from core.downloads import serve_document, serve_media, serve_version
from core.site_files import favicon, robots_txt, security_txt
from home.views import style_page
from hub.sitemap import sitemap
from kenniskamer.exports import urls as export_urls
from kenniskamer.oai.views import oai
from kenniskamer.permanent_views import follow
from newsletter import urls as newsletter_urls
from podcasts import urls as podcast_urls
from search import api_urls as search_api_urls
from search import urls as search_urls

_documents = [
    path(
        "documenten/<int:document_id>/v<int:number>/<str:filename>",
        serve_version,
        name="document_version",
    ),
    path(
        "documenten/<int:document_id>/<path:document_filename>",
        serve_document,
        name="wagtaildocs_serve",
    ),
    path("documenten/", include(wagtaildocs_urls)),
]

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    *_documents,
    path("media/<path:path>", serve_media, name="media"),
    path("api/v1/", include(search_api_urls)),
    path("id/<uuid:key>", follow, name="permanent"),
    path("id/", include(export_urls.permanent)),
    path("audio/", include(podcast_urls)),
    path("oai", oai, name="oai"),
    path("robots.txt", robots_txt),
    path("favicon.ico", favicon),
    path(".well-known/security.txt", security_txt),
    path("sitemap.xml", sitemap, name="sitemap"),
]

if settings.ANYMAIL.get("WEBHOOK_SECRET"):
    urlpatterns.append(path("anymail/", include("anymail.urls")))

urlpatterns += i18n_patterns(
    path(_("search/"), include(search_urls)),
    path(_("references/"), include(export_urls.lists)),
    path(_("style/"), style_page, name="style_page"),
    path(_("follow/"), include("newsletter.following.urls")),
    path(_("sign-up/"), include("participants.urls")),
    path(_("my/"), include("participants.mine_urls")),
    path(_("unsubscribe/"), include(newsletter_urls.unsubscribing)),
    # Wagtail's own pattern knows no dots; the address of a release ends in its number.
    re_path(r"^((?:[\w-]+/)+\d+\.\d+(?:\.\d+)?/(?:[\w-]+/)*)$", serve_page, name="wagtail_serve"),
    # A file of a release, or of the newest.
    re_path(
        r"^((?:[\w-]+/)+(?:\d+\.\d+(?:\.\d+)?/)?[\w.-]+\.[a-z][a-z0-9]*)$",
        serve_page,
        name="wagtail_serve",
    ),
    path("", include(wagtail_urls)),
)
