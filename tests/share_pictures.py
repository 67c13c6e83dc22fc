"""The picture that others show with a link to the site, one for each language: `python -m tests.share_pictures`.

Drawn by a browser from the mark and the site's name, in the name's own script and direction. They are committed, so
that a site needs no browser; run it again when the name or the mark changes. The machine needs a font for each script.
"""

import os
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from tests.browser import launch

ROOT = Path(__file__).parents[1]
OUT = ROOT / "static" / "img"
SIZE = {"width": 1200, "height": 630}  # pixels, as Open Graph readers show it uncut

PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}">
  <style>
    body {{
      box-sizing: border-box; height: 630px; margin: 0; padding: 90px 100px; background: #0b4d44; color: #fff;
      display: flex; flex-direction: column; justify-content: space-between; font-family: system-ui, sans-serif;
    }}
    svg {{ display: block; width: 176px; margin-inline-start: -36px; margin-block-start: -36px; }}
    p {{ margin: 0; font-size: 84px; font-weight: 700; line-height: 1.25; text-wrap: balance; }}
  </style>
  <body><div>{mark}</div><p>{name}</p></body>
</html>"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "immuno_site.settings.test")
    django.setup()
    from django.conf import settings
    from django.utils.html import escape
    from django.utils.translation import gettext, override

    from editorial.accounts.languages import bcp47, direction

    mark = (OUT / "mark.svg").read_text()
    with sync_playwright() as playwright:
        page = launch(playwright).new_page(viewport=SIZE)
        for code, _name in settings.LANGUAGES:
            with override(code):
                name = escape(gettext("Plain answers about immunotherapy"))
            page.set_content(PAGE.format(lang=bcp47(code), dir=direction(code), mark=mark, name=name))
            page.screenshot(path=OUT / f"share-{code}.png")


if __name__ == "__main__":
    main()
