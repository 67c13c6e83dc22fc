"""The colours of readers' pages as their style sheet says them, and how well words in them are seen.

Contrast is that of WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio.
"""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

LEAST_CONTRAST = 7.0  # WCAG's enhanced level, 1.4.6
SCHEMES = ("light", "dark")
# Words and what they stand on, by the names of the style sheet.
PAIRS = (
    ("ink", "ground"), ("ink", "surface"), ("ink", "band"), ("ink-soft", "ground"), ("ink-soft", "surface"),
    ("ink-soft", "band"), ("link", "ground"), ("link", "surface"), ("link", "band"), ("link-hover", "surface"),
    ("on-brand", "brand"), ("on-demo", "demo"), ("warm-ink", "warm"), ("ink", "warm"), ("link", "warm"),
    ("on-emergency", "emergency"), ("emergency", "on-emergency"),
    ("emergency-ink", "surface"), ("emergency-edge", "emergency-ground"),
    ("ink", "emergency-ground"), ("link", "emergency-ground"), ("urgent", "urgent-ground"), ("urgent", "urgent-band"),
    ("urgent", "surface"), ("ink", "urgent-ground"), ("ink", "urgent-band"), ("link", "urgent-ground"),
    ("calm", "calm-ground"), ("calm", "surface"), ("ink", "calm-ground"), ("ink-soft", "calm-ground"),
    ("link", "calm-ground"),
)  # fmt: skip
_TOKEN = re.compile(r"--([a-z-]+): #([0-9a-f]{3}|[0-9a-f]{6});")


@cache
def read_colors() -> dict[str, dict[str, str]]:
    """{"light" or "dark": {name: "#rrggbb"}}, from static/css/site.css; dark has what light says of all else."""
    sheet = (Path(settings.BASE_DIR) / "static/css/site.css").read_text(encoding="utf-8")
    tokens = sheet[sheet.index("@layer tokens {") : sheet.index("@layer base {")]
    light, dark = tokens.split("@media (prefers-color-scheme: dark)")
    colors = {name: _six_digits(value) for name, value in _TOKEN.findall(light)}
    return {
        "light": colors,
        "dark": colors | {name: _six_digits(value) for name, value in _TOKEN.findall(dark)},
    }


def _six_digits(value: str) -> str:
    return "#" + (value if len(value) == 6 else "".join(digit * 2 for digit in value))


def _luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(color: str, ground: str) -> float:
    """Between two colours, "#rrggbb" each: from 1 to 21."""
    lighter, darker = sorted((_luminance(color), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def measure_pairs() -> list[dict[str, object]]:
    """Each pair in each scheme: `scheme`, `words` and `ground` by name, `color` and `on` as values, `ratio`."""
    measured: list[dict[str, object]] = []
    for scheme in SCHEMES:
        colors = read_colors()[scheme]
        for words, ground in PAIRS:
            color, on = colors[words], colors[ground]
            ratio = round(contrast(color, on), 2)
            measured.append(
                {"scheme": scheme, "words": words, "ground": ground, "color": color, "on": on, "ratio": ratio}
            )
    return measured
