"""The models of the toolkit."""

from toolkit.models.kept_part import KeptPart
from toolkit.models.release import Release, ReleaseFile
from toolkit.models.release_page import ReleasePage
from toolkit.models.toolkit_page import ToolkitPage

__all__ = ["KeptPart", "Release", "ReleaseFile", "ReleasePage", "ToolkitPage"]
