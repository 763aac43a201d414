"""Licences as addresses. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from kenniskamer.choices import Licence

_CREATIVE_COMMONS = "https://creativecommons.org"

ADDRESSES: Mapping[str, str] = {
    Licence.CC0.value: f"{_CREATIVE_COMMONS}/publicdomain/zero/1.0/",
    Licence.CC_BY.value: f"{_CREATIVE_COMMONS}/licenses/by/4.0/",
    Licence.CC_BY_SA.value: f"{_CREATIVE_COMMONS}/licenses/by-sa/4.0/",
    Licence.CC_BY_NC.value: f"{_CREATIVE_COMMONS}/licenses/by-nc/4.0/",
    Licence.CC_BY_ND.value: f"{_CREATIVE_COMMONS}/licenses/by-nd/4.0/",
    Licence.CC_BY_NC_ND.value: f"{_CREATIVE_COMMONS}/licenses/by-nc-nd/4.0/",
}
"""Where each licence is written down; what has no address gives nobody a right."""
