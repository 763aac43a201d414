"""Every component has samples, and every sample renders as our policy allows."""

import re
from pathlib import Path

from django.conf import settings

import pytest

from home.samples import FOLDER, SAMPLES, Sample

ROOT = Path(settings.PROJECT_DIR) / "templates" / FOLDER
COMPONENTS = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html"))
INLINE = re.compile(r"<[^>]+\s(style|on[a-z]+)\s*=", re.IGNORECASE)


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_has_a_sample(name: str) -> None:
    assert name in {sample.template for sample in SAMPLES}


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_opens_with_what_it_takes(name: str) -> None:
    first = (ROOT / name).read_text().splitlines()[0]
    assert re.fullmatch(r"\{# .+ (Inputs: .+|No inputs)\. #\}", first)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: f"{s.template}: {s.state}")
def test_sample_renders_without_inline_style_or_script(sample: Sample) -> None:
    html = sample.html
    assert html.strip() or "één bladzijde" in sample.state
    assert not INLINE.search(html)
    assert "<script" not in html


@pytest.mark.parametrize(
    "markup", ['<p style="x">', "<a href='#' onclick=\"x\">", '<img alt="" onerror=x>']
)
def test_the_rule_against_inline_code_can_fail(markup: str) -> None:
    assert INLINE.search(markup)


def test_no_sample_names_a_component_that_is_gone() -> None:
    assert {sample.template for sample in SAMPLES} <= set(COMPONENTS)
