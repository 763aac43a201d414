"""What tests of the toolkit share."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import SiteTree
from tests.toolkit.releases import make_toolkit


@pytest.fixture
def toolkit(site_tree: SiteTree) -> Any:
    """An empty toolkit under the home page."""
    return make_toolkit(site_tree.home)
