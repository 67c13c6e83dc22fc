"""The site with the language: a page is translated, signed and read in it, and no check fails. Run in the copy."""

import logging
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402 (settings are there only now)
from django.test import Client  # noqa: E402

from editorial.accounts.models import User  # noqa: E402
from editorial.checks.checked_pages import read_edition  # noqa: E402
from editorial.checks.registry import all_checks, run_checks, unread_checks  # noqa: E402
from editorial.editions.models import Document, Release  # noqa: E402
from editorial.translations.terms.services import TermWords, TypedTerm, add_term  # noqa: E402
from tests.factories import pages, people  # noqa: E402

PUBLIC = (
    "", "articles/", "articles/a-page/", "drugs/", "glossary/", "topics/", "a-z/", "search/?q=care",
    "reviewers/signer/", "feed/", "nothing/",
)  # fmt: skip


class Alarm(logging.Handler):
    """Whatever is logged as an error ends the program: a check that fails says so in the log alone."""

    def emit(self, record: logging.LogRecord) -> None:
        print(record.getMessage(), record.exc_info, file=sys.stderr)
        sys.exit(1)


def get(client: Client, address: str, *expected: int) -> str:
    response = client.get(address)
    assert response.status_code in (expected or (200,)), (address, response.status_code)
    return response.getvalue().decode()


def main(language: str) -> None:
    logging.getLogger("editorial").addHandler(Alarm(logging.ERROR))
    page = Document.objects.get(slug="a-page")
    signer, translator = User.objects.get(username="signer"), User.objects.get(username="translator")
    newcomer = people.translator(language)
    people.credentials(people.person(username="other"), language)
    signer.reviewer.languages.create(language=language)
    reader, desk = Client(), Client()

    for path in PUBLIC:  # nothing is translated yet
        get(reader, f"/{language}/{path}", 200, 404)
    add_term(TypedTerm("care team", translations={language: [TermWords("pangkat")]}), user=people.head())
    desk.force_login(newcomer)
    shown = get(desk, f"/admin/translate/{page.pk}/{language}/")
    assert "Call your" in shown
    edition = pages.publish_translation(page, language, newcomer, signer)
    found = read_edition(edition, None)
    assert "required-term" in {finding.check.id for finding in run_checks(found)}
    assert (
        {check.id for check in unread_checks(found)}
        == {check.id for check in all_checks() if not check.can_read(found)}
        > {"translated-negation"}
    )
    assert f'lang="{language}"' in get(reader, f"/{language}/articles/a-page/")
    for path in PUBLIC:
        get(reader, f"/{language}/{path}", 404 if path in ("nothing/",) else 200)
    get(reader, "/sitemap.xml")
    for person in (newcomer, signer, User.objects.get(username="writer"), translator):
        desk.force_login(person)
        for address in (
            "/admin/desk/", f"/admin/desk/documents/{page.pk}/", f"/admin/desk/editions/{edition.pk}/",
            f"/admin/desk/documents/{page.pk}/history/", f"/admin/desk/documents/{page.pk}/{language}/preview/",
            "/admin/translations/term/", "/admin/desk/mail/",
        ):  # fmt: skip
            shown = get(desk, address)
            assert "/editions/" not in address or "Not checked in" in shown, address
    pages.edit(page, User.objects.get(username="writer"), lead="Another lead, 5 mg.")
    pages.publish(page, User.objects.get(username="writer"), signer)
    assert Release.objects.filter(document=page, edition__language=language).exists()
    assert get(reader, f"/{language}/articles/a-page/")
    assert language in settings.PUBLIC_LANGUAGES


def hidden(language: str) -> None:
    """The language is offered to readers no more, and all that was signed in it stays."""
    page = Document.objects.get(slug="a-page")
    assert language not in settings.PUBLIC_LANGUAGES
    reader, desk = Client(), Client()
    for path in ("articles/a-page/", "feed/", "", "search/?q=care"):
        get(reader, f"/{language}/{path}", 404)
    assert f'hreflang="{language}"' not in get(reader, "/en/articles/a-page/")
    get(reader, "/es/articles/a-page/")
    desk.force_login(User.objects.get(username="signer"))
    release = Release.objects.filter(document=page, edition__language=language).first()
    assert release is not None
    for address in (f"/admin/desk/documents/{page.pk}/history/", f"/admin/desk/editions/{release.edition_id}/"):
        get(desk, address)
    get(desk, f"/admin/translate/{page.pk}/{language}/")


if __name__ == "__main__":
    (hidden if "hidden" in sys.argv else main)(sys.argv[1])
