"""Make the database and the template of the peer that PEER names, from our page: `fill.py page.html`.

What is inside <main> is the page's body, kept in the peer's database as its editors would; the rest is its template.
"""

import os
import sys
from pathlib import Path

import django

SLUG, TITLE = "page", "Immunotherapy for breast cancer"
BODY = {
    "plain": "{{ page.body|safe }}",
    "wagtail": "{% load wagtailcore_tags %}{{ page.body|richtext }}",
    "cms": '{% load cms_tags %}{% placeholder "content" %}',
}


def split(html: str) -> tuple[str, str, str]:
    """(what is before the inside of <main>, that, what is after it)"""
    start = html.index(">", html.index("<main")) + 1
    end = html.index("</main>")
    return html[:start], html[start:end], html[end:]


def write_templates(folder: Path, peer: str, before: str, after: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    verbatim = "{% verbatim %}", "{% endverbatim %}"
    (folder / "page.html").write_text(before.join(verbatim) + BODY[peer] + after.join(verbatim))
    (folder / "html.html").write_text("{{ instance.body|safe }}")


def fill(peer: str, body: str) -> str:
    """Make the page; return its path."""
    if peer == "plain":
        from plain_pages.models import Page

        Page.objects.create(slug=SLUG, title_en=TITLE, body_en=body, title_es=TITLE, body_es=body)
        return f"/en/{SLUG}/"
    if peer == "wagtail":
        from wagtail.models import Page, Site
        from wagtail_pages.models import ArticlePage

        page = Page.get_first_root_node().add_child(instance=ArticlePage(title=TITLE, slug=SLUG, body=body))
        page.save_revision().publish()
        Site.objects.update(root_page=page.get_parent(), hostname="127.0.0.1")
        return f"/{SLUG}/"
    from cms import api
    from django.contrib.auth.models import User

    user = User.objects.create_superuser("editor")
    page = api.create_page(TITLE, "page.html", "en", slug=SLUG, created_by=user, in_navigation=True)
    placeholder = page.get_placeholders("en").get(slot="content")
    api.add_plugin(placeholder, "HtmlPlugin", "en", body=body)
    return f"/en/{SLUG}/"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")
    before, body, after = split(Path(sys.argv[1]).read_text())
    write_templates(Path(os.environ["PEER_FOLDER"]) / "templates", os.environ["PEER"], before, after)
    made = Path(os.environ["PEER_FOLDER"]) / "made"  # where MIGRATION_MODULES says
    made.mkdir()
    (made / "__init__.py").touch()
    django.setup()
    from django.core.management import call_command

    call_command("makemigrations", f"{os.environ['PEER']}_pages", verbosity=0)
    call_command("migrate", verbosity=0, interactive=False)
    print(fill(os.environ["PEER"], body))
