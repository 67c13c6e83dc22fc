"""A page that is kept shows an urgent notice from the next request after its signature, and none after its end."""

import pytest

from editorial.reading.models import UrgentNotice
from editorial.reviews.models import Recheck
from editorial.reviews.services import end_notice, settle_together
from tests.factories import notices, pages
from tests.factories.notices import HAPPENED, OTHER, PHRASES, RESTING
from tests.factories.people import PASSWORD

from .asking import ask

pytestmark = pytest.mark.both_databases

ADDRESSES = [f"/{language}{path}" for language in ("en", "es") for path in RESTING]


@pytest.fixture
def desk(clock):
    made = notices.make_desk()
    made.event = notices.withdrawal(made)
    return made


def shown(kept, words: str) -> list[str]:
    return [address for address in ADDRESSES if words in ask(kept, address).body.decode()]


def test_every_kept_page_shows_a_notice_from_its_signature_until_it_ends(desk, kept):
    edition = notices.written(desk, desk.event)
    assert shown(kept, HAPPENED) == []
    pages.sign(edition, desk.reviewer)
    assert shown(kept, HAPPENED) == ADDRESSES
    pages.publish_translation(edition.document, "es", desk.translator, desk.reviewer)
    assert shown(kept, f"es {HAPPENED}") == [address for address in ADDRESSES if address.startswith("/es/")]
    *rechecks, last = Recheck.objects.open()
    for recheck in rechecks:
        settle_together([recheck], user=desk.second, password=PASSWORD, reason="Right.")
    assert shown(kept, HAPPENED) == ADDRESSES
    settle_together([last], user=desk.second, password=PASSWORD, reason="Right.")
    assert shown(kept, HAPPENED) == []


def test_every_kept_page_shows_a_stock_notice_from_when_it_is_sent_until_a_reviewer_ends_it(desk, kept):
    assert shown(kept, PHRASES["withdrawn"]) == []
    notices.sent(desk, desk.event)
    assert shown(kept, PHRASES["withdrawn"]) == ADDRESSES
    end_notice(UrgentNotice.objects.get(), user=desk.second, password=PASSWORD, reason="Wrong.")
    assert shown(kept, PHRASES["withdrawn"]) == []


def test_a_notice_and_its_end_change_the_tag_of_the_pages_that_it_stands_on_and_of_no_other(desk, kept, django):
    tags = {path: ask(kept, f"/en{path}").headers["ETag"] for path in (*RESTING, OTHER)}
    notices.sent(desk, desk.event)
    for path in RESTING:
        for method in ("GET", "HEAD"):
            told = ask(kept, f"/en{path}", method, HTTP_IF_NONE_MATCH=tags[path])
            assert (told.status, told.headers["ETag"] == tags[path]) == (200, False), path
    django.asked.clear()
    assert ask(kept, f"/en{OTHER}", HTTP_IF_NONE_MATCH=tags[OTHER]).status == 304
    assert django.asked == []  # its own evidence is what it was
    end_notice(UrgentNotice.objects.get(), user=desk.second, password=PASSWORD, reason="Wrong.")
    assert {path: ask(kept, f"/en{path}").headers["ETag"] for path in (*RESTING, OTHER)} == tags
