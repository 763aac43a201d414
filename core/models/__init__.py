"""The models every room stands on."""

from core.models.announcement import Announcement, AnnouncementKind
from core.models.base import BasePage
from core.models.document_version import DocumentVersion
from core.models.download_count import DownloadCount
from core.models.media import HubDocument, HubImage, HubRendition
from core.models.settings import SiteSettings
from core.models.theme import PageTheme, Theme
from core.models.user import User

__all__ = [
    "Announcement",
    "AnnouncementKind",
    "BasePage",
    "DocumentVersion",
    "DownloadCount",
    "HubDocument",
    "HubImage",
    "HubRendition",
    "PageTheme",
    "SiteSettings",
    "Theme",
    "User",
]
