"""A stock notice warns in every language at once: by a reviewer or duty operator who did not record the decision."""

import pytest

from editorial.accounts.roles import Role
from editorial.editions.blockers import Blocked
from editorial.reading.models import UrgentNotice
from editorial.reviews.services import send_stock_notice
from tests.drugs.noticed import told, words
from tests.factories import notices, people
from tests.factories.notices import ACTION, CITING, HAPPENED, OTHER, PHRASES, RESTING
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@layer
def desk():
    return notices.make_desk()


@layer
def recorded(desk):
    desk.event = notices.withdrawal(desk)
    return desk


@layer
def wordless():
    """The same where no words of notices are signed."""
    return notices.make_desk(with_words=False)


def test_a_stock_notice_is_in_every_language_of_its_words_at_once(recorded, client):
    notices.sent(recorded, recorded.event)
    for path in RESTING:
        assert words(client, path, "en") == [("en", PHRASES["withdrawn"])]
        assert "Drug Zebramab Date Aug. 3, 2021" in told(client, path)
    assert words(client, CITING, "es") == [("es", f"es {PHRASES['withdrawn']}")]
    assert PHRASES["line"] not in told(client, CITING, "es")
    assert words(client, CITING, "vi") == [("en", PHRASES["withdrawn"])]
    line = "Có thể một điều gì đó trên trang này đã thay đổi. Hãy hỏi nhóm chăm sóc sức khỏe của quý vị."
    assert line in told(client, CITING, "vi")
    assert not told(client, OTHER)


def test_a_written_notice_takes_the_place_of_the_stock_one_in_the_languages_that_it_is_signed_in(recorded, client):
    notices.sent(recorded, recorded.event)
    notices.live(recorded, recorded.event)
    assert words(client, CITING, "en") == [("en", f"{HAPPENED} {ACTION}")]
    assert words(client, CITING, "es") == [("en", f"{HAPPENED} {ACTION}"), ("es", f"es {PHRASES['withdrawn']}")]


@pytest.mark.parametrize(
    ("who", "message"),
    [
        ("author", "Only a medical reviewer or a duty operator"),
        ("translator", "Only a medical reviewer or a duty operator"),
        ("head", "Only a medical reviewer or a duty operator"),
        ("other", "Only a medical reviewer or a duty operator"),
        ("admin", "You recorded this"),
        ("second", ""),
        ("operator", ""),
    ],
)
def test_reviewers_and_duty_operators_send_stock_notices_about_what_others_recorded(recorded, who, message):
    user = getattr(recorded, who)
    if message:
        with pytest.raises(Blocked, match=message):
            notices.sent(recorded, recorded.event, user)
        assert not UrgentNotice.objects.exists()
    else:
        assert notices.sent(recorded, recorded.event, user).recorded_by == user


def test_whoever_recorded_a_decision_sends_no_notice_about_it_whatever_else_they_may(desk):
    both = people.person(Role.DRUG_ADMIN, Role.REVIEWER, signs_in=people.EVERY_LANGUAGE)
    desk.admin = both
    event = notices.withdrawal(desk)
    with pytest.raises(Blocked, match="Somebody else has to send the notice"):
        notices.sent(desk, event, both)


def test_a_stock_notice_takes_a_password_and_is_sent_once(recorded):
    with pytest.raises(Blocked, match="password"):
        send_stock_notice(recorded.event, user=recorded.second, password="wrong")
    notices.sent(recorded, recorded.event)
    with pytest.raises(Blocked, match="stands already"):
        notices.sent(recorded, recorded.event, recorded.operator)


def test_a_stock_notice_of_which_the_words_are_not_signed_says_what_to_do(wordless):
    event = notices.withdrawal(wordless)
    with pytest.raises(Blocked, match=r"add the phrase “withdrawn” to the site words “notice-words”"):
        notices.sent(wordless, event)
