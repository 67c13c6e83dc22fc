"""The style sheet of readers' pages keeps what it promises."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from immuno_site.design_tokens import LEAST_CONTRAST, contrast, measure_pairs

SHEET = (Path(settings.BASE_DIR) / "static/css/site.css").read_text(encoding="utf-8")
LAYERS = ["tokens", "base", "frame", "parts", "pages", "print"]
# What names a side of the window and not of the text; `@media (max-width…)` names the window itself.
PHYSICAL = re.compile(
    r"(?:^|[{;\s])((?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[a-z-]*"
    r"|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b)",
    re.MULTILINE,
)


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("pair", measure_pairs(), ids=lambda pair: "{scheme}-{words}-on-{ground}".format(**pair))
def test_words_are_seen_on_what_they_stand_on(pair):
    assert pair["ratio"] >= LEAST_CONTRAST


def test_the_style_sheet_names_no_side_of_the_window():
    rules = re.sub(r"/\*.*?\*/|\([^()]*\)", "", SHEET, flags=re.DOTALL)
    assert PHYSICAL.findall(rules) == []


def test_every_rule_is_in_a_layer():
    """What is in none would win over all that is in one."""
    rest = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", SHEET, flags=re.DOTALL)
    assert rest.lstrip().startswith(f"@layer {', '.join(LAYERS)};")
    depth, outside = 0, ""
    for letter in rest:
        depth -= letter == "}"
        outside += letter if depth == 0 and letter not in "{}" else ""
        depth += letter == "{"
    assert depth == 0, "a brace is missing"
    assert {name.strip() for name in outside.split(";")[1].split("@layer") if name.strip()} <= set(LAYERS)
