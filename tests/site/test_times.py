"""Whoever is told a time of day, or types one, reads whose time it is."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import to_locale

from editorial.accounts.languages import all_languages
from editorial.reviews.models import Mail
from immuno_site.formats.zone import zone_format
from tests.databases import ROOT
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.reading import rendered

NAMES = ("TIME_FORMAT", "DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")
JULY, NOVEMBER = (timezone.make_aware(timezone.datetime(2026, month, 5, 14, 30)) for month in (7, 11))


@pytest.mark.parametrize("language", all_languages())
def test_every_time_of_day_names_its_zone_in_every_language(language):
    assert import_module(f"immuno_site.formats.{to_locale(language)}.formats")
    with translation.override(language):
        for name in NAMES:
            assert re.search(r"\bEDT\b", date_format(JULY, name)), name
            assert re.search(r"\bEST\b", date_format(NOVEMBER, name)), name
        assert not re.search("E[SD]T", date_format(JULY, "DATE_FORMAT"))


@pytest.mark.parametrize(
    ("zone", "told"),
    [("America/New_York", "EST"), ("Europe/Madrid", "CET"), ("Asia/Ho_Chi_Minh", "UTC+0700"), ("UTC", "UTC")],
)
def test_a_zone_without_a_short_name_is_told_by_its_distance(zone, told):
    with timezone.override(zone):
        assert date_format(timezone.localtime(NOVEMBER), zone_format(zone)) == told


def test_no_page_or_letter_tells_a_time_by_a_format_of_its_own():
    """Formats that name the zone have names; a day alone needs none, and machines read "c"."""
    told = re.compile(r"""\|(?:date|time)[:(]["']([^"']+)["']|date_format\([^"'\n]*, ["']([^"']+)["']\)""")
    formats = {
        match[1] or match[2]
        for folder, ending in (("templates", "html"), ("templates", "txt"), ("editorial", "py"), ("drugs", "py"),
                               ("articles", "py"), ("immuno_site", "py"))
        for path in (ROOT / folder).rglob(f"*.{ending}")
        for match in told.finditer(path.read_text())
    }  # fmt: skip
    named = {
        *NAMES,
        "DATE_FORMAT",
        "SHORT_DATE_FORMAT",
        "MONTH_DAY_FORMAT",
        "YEAR_MONTH_FORMAT",
        "SHORT_MONTH_FORMAT",
        "c",
        "Y-m-d",
    }
    assert {*NAMES} <= formats
    assert not {form for form in formats - named if re.search(r"(?<!\\)[aAgGhHisPufru]", form)}


@pytest.mark.django_db
def test_whoever_types_the_time_of_publication_reads_whose_time_it_is(signed_in):
    edition = submit(pages.article(author := people.author()), "en", user=author)
    words = rendered.words(signed_in(people.reviewer()).get(f"/admin/desk/editions/{edition.pk}/"))
    assert f"Times are those of {settings.HOME_TIME_ZONE}; it is " in words
    assert re.search(r"it is [\d:]+ [ap]\.m\. E[SD]T there\.", words)


@pytest.mark.django_db
def test_a_review_due_before_publication_is_said_beside_its_field(signed_in):
    edition = submit(pages.article(author := people.author()), "en", user=author)
    start = timezone.localtime() + timedelta(days=60)
    due = start - timedelta(days=30)
    typed = {"sign-publish_at": f"{start:%Y-%m-%dT%H:%M}", "sign-review_due_on": f"{due:%Y-%m-%d}"}
    answer = signed_in(people.reviewer()).post(f"/admin/desk/editions/{edition.pk}/sign/", typed)
    assert answer.status_code == 400
    assert "The next review must be after the page is published, which is on" in rendered.words(answer)
    assert typed["sign-publish_at"] in answer.content.decode()


@pytest.mark.django_db
def test_a_letter_that_tells_a_time_names_the_zone(mailoutbox):
    edition = submit(pages.article(author := people.author()), "en", user=author)
    pages.sign(edition, people.reviewer(), publish_at=timezone.now() + timedelta(days=3))
    assert Mail.objects.filter(user=author).exists()
    call_command("send_mail", verbosity=0)
    [letter] = [message for message in mailoutbox if message.to == [author.email]]
    assert re.search(r"E[SD]T", letter.body)
