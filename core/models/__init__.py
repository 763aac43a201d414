"""The models every room stands on."""

from core.models.announcement import Announcement, AnnouncementKind
from core.models.base import BasePage
from core.models.document_version import DocumentVersion
from core.models.download_count import DownloadCount
from core.models.form_count import FormCount
from core.models.letter import Letter, LetterState
from core.models.listener import DaySalt, Listener
from core.models.media import HubDocument, HubImage, HubRendition
from core.models.settings import SiteSettings
from core.models.theme import PageTheme, Theme
from core.models.user import User

__all__ = [
    "Announcement",
    "AnnouncementKind",
    "BasePage",
    "DaySalt",
    "DocumentVersion",
    "DownloadCount",
    "FormCount",
    "HubDocument",
    "HubImage",
    "HubRendition",
    "Letter",
    "LetterState",
    "Listener",
    "PageTheme",
    "SiteSettings",
    "Theme",
    "User",
]
