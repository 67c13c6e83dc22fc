"""The language for an address that names none: what the browser asks for, among what readers are offered."""

import pytest
from django.template.loader import get_template
from django.utils.translation import override

from editorial.accounts.languages import preferred_language
from editorial.accounts.roles import Role
from tests.factories import drugs, pages, people

EVERYTHING = people.EVERY_LANGUAGE


@pytest.mark.parametrize(
    ("accepted", "offered", "language"),
    [
        ("vi,es", ("en", "es"), "es"),
        ("fr, es;q=0", EVERYTHING, "en"),
        ("es;q=0, *", EVERYTHING, "en"),
        ("en;q=0, *", EVERYTHING, "es"),
        ("*;q=0", EVERYTHING, "en"),
        ("zh-TW", EVERYTHING, "en"),
        ("zh-Hant-HK, vi;q=0.5", EVERYTHING, "vi"),
        ("zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7", EVERYTHING, "zh-hans"),
        ("zh-CN", EVERYTHING, "zh-hans"),
        ("zh;q=0, zh-cn", EVERYTHING, "en"),
        ("es-MX", EVERYTHING, "es"),
        ("es-MX;q=0, es", EVERYTHING, "es"),
        ("ar;q=0.5, vi;q=0.9", EVERYTHING, "vi"),
        ("", EVERYTHING, "en"),
        ("nonsense;;q=x", EVERYTHING, "en"),
    ],
)
def test_a_reader_gets_the_first_language_that_is_asked_for_and_offered(accepted, offered, language):
    assert preferred_language(accepted, offered) == language


@pytest.mark.django_db
def test_an_address_without_language_leads_to_a_language_that_is_offered(client, settings):
    settings.PUBLIC_LANGUAGES = ["en", "es"]
    answer = client.get("/articles/", headers={"accept-language": "vi,es"})
    assert (answer.status_code, answer["Location"], answer["Vary"]) == (302, "/es/articles/", "Accept-Language")
    assert client.get("/articles/", headers={"accept-language": "fr, es;q=0"})["Location"] == "/en/articles/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/en/drugs/Pembrolizumab/", "/en/drugs/pembrolizumab/"),
        ("/EN/DRUGS/PEMBROLIZUMAB", "/en/drugs/pembrolizumab/"),
        ("/zh-Hans/Drugs/pembrolizumab/?x=1", "/zh-hans/drugs/pembrolizumab/?x=1"),
        ("/Drugs/Pembrolizumab", "/es/drugs/pembrolizumab/"),
        ("/EN/", "/en/"),
    ],
)
def test_a_request_in_capitals_redirects_to_lower_case(client, asked, leads_to):
    author, reviewer = people.person(Role.DRUG_ADMIN), people.reviewer()
    words = {"title": "Pembrolizumab", "lead": "A drug."}
    pages.publish(drugs.monograph(author, slug="pembrolizumab", **words), author, reviewer)
    answer = client.get(asked, headers={"accept-language": "es"})
    assert (answer.status_code in (301, 302), answer["Location"]) == (True, leads_to)
    assert client.get(leads_to).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/NOWHERE/", "/Admin/", "/PREVIEW/abc/", "/Healthz"])
def test_no_other_address_redirects(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("template", ["400.html", "403.html", "404.html", "500.html"])
@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_an_error_that_knows_nothing_of_the_request_is_told_in_a_language_that_it_names(template, language, direction):
    with override(language):
        text = get_template(template).render()
    assert f'<html lang="{language}" dir="{direction}">' in text
