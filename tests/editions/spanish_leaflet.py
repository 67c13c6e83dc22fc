"""Types, submits, signs and reads a leaflet whose source language is Spanish. Run in a process of its own.

The columns, a constraint and the forms follow the source language when Django starts: see test_source_language.py.
"""

import gc
import re

import django

gc.set_threshold(50_000, 20, 50)  # most of the time goes to migrating, and a sixth of that to looking for garbage
django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from editorial.editions.models import Document, Edition  # noqa: E402
from tests.factories import pages, people  # noqa: E402
from tests.leaflets.models import Leaflet  # noqa: E402

PAGE = "/es/leaflets/cebra/"


def hidden_fields(response) -> dict[str, str]:
    """The hidden fields of a writing form, as its browser sends them back."""
    page = response.content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("token", "was")
    }  # fmt: skip


def main() -> None:
    setup_test_environment()
    call_command("migrate", verbosity=0)
    author, reviewer = people.author(), people.reviewer("es")
    desk = Client()
    desk.force_login(author)

    made = desk.post("/admin/leaflets/leaflet/add/", {"title": "La cebra", "slug": "cebra"})
    assert made.status_code == 302, made.content.decode()
    words = hidden_fields(desk.get(made.url)) | {
        "title": "La cebra",
        "body": "<p>Tiene rayas.</p>",
        "reason": "",
        "_submit": "1",
    }
    saved = desk.post(made.url, words)
    assert saved.status_code == 302, saved.content.decode()
    leaflet = Leaflet.objects.get()
    assert (leaflet.title_es, leaflet.title_en) == ("La cebra", None), (leaflet.title_es, leaflet.title_en)
    assert "/es/" in saved.url, saved.url

    assert Client().get(PAGE).status_code == 404
    assert desk.post(saved.url).status_code == 302
    edition = Edition.objects.get()
    assert (edition.language, edition.source_edition) == ("es", None)
    pages.sign(edition, reviewer)
    page = Client().get(PAGE)
    assert page.status_code == 200
    assert "Tiene rayas." in page.content.decode()
    fallback = Client().get("/en/leaflets/cebra/")
    assert "Tiene rayas." in fallback.content.decode()

    pages.publish_translation(Document.objects.get(), "en", people.translator("en"), people.reviewer("en"))
    assert "en Tiene rayas." in Client().get("/en/leaflets/cebra/").content.decode()


if __name__ == "__main__":
    main()
