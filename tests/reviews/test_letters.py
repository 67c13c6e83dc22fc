"""Letters in words: plain text and HTML, each person's language, no words of a page besides its title."""

from unittest import mock as mocking

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone, translation

from editorial.accounts.models import MailChoice
from editorial.reviews.mail import events, letters, obsolete, outbox, worker
from editorial.reviews.models import Cause, Mail, MailState
from editorial.reviews.services import send_back
from tests.factories.workplace import DAY
from tests.parsing import parse_page
from tests.reviews.mail_backends import choose

LANGUAGES = [code for code, _name in settings.LANGUAGES]
# One of each direction; that no catalogue loses a placeholder, tests/site/test_locale.py says.
DIRECTIONS = [
    "en",
    "ar",
    *(pytest.param(code, marks=pytest.mark.prove) for code in LANGUAGES if code not in ("en", "ar")),
]
# What each event may say besides the title.
SAID = {
    events.ASKED: {"name": "Ana Ruiz"},
    events.BACK_CHECK: {},
    events.SENT_BACK: {"name": "Ana Ruiz", "reason": "Say it <b>more</b> simply."},
    events.RELEASED: {"from": "2030-01-01T00:00:00+00:00"},
    events.WITHDRAWN: {"name": "Ana Ruiz", "reason": "An error.", "everywhere": True},
    events.REVOKED: {"name": "Ana Ruiz", "signer": "Li Wei", "reason": "An error."},
    events.RECHECK: {"cause": Cause.EVENT, "what": "A drug"},
    events.RECHECKS: {"cause": Cause.EVENT, "what": "An <i>unusual</i> title & more", "count": 1234},
    events.REMARK: {"name": "Ana Ruiz", "reason": "Says <b>who</b>?", "remark": 7},
    events.MENTION: {"name": "Ana Ruiz", "reason": "Is this so, @bo?", "remark": 7},
    events.UNANSWERED: {"since": "2026-01-01T00:00:00+00:00"},
    events.DUE: {"on": "2026-12-31"},
    events.FACT: {
        "name": "Ana Ruiz",
        "title": "An <i>unusual</i> title & more",
        "path": "/admin/desk/",
        "reason": "A source",
    },
}


def html(message) -> str:
    return message.alternatives[0].content


def letter_of(desk, event: str, language: str, said: dict, **fields) -> mail.EmailMultiAlternatives:
    edition = desk.submitted("An <i>unusual</i> title & more")
    Mail.objects.all().delete()
    choose(desk.author, MailChoice.AT_ONCE, language)
    outbox.write_mail(event, [desk.author.pk], edition, "a reason", said=said, **fields)
    with mocking.patch.object(obsolete, "find_pending_facts", set):  # as if all of them still waited
        worker.send_waiting()
    return mail.outbox[-1]


@pytest.mark.parametrize("language", DIRECTIONS)
@pytest.mark.parametrize("event", events.EVENTS)
def test_every_event_can_be_told_in_every_language(desk, event, language):
    message = letter_of(desk, event, language, SAID[event])
    page = parse_page(html(message))
    assert page.get("lang") == {"zh-hans": "zh-Hans"}.get(language, language)
    assert page.get("dir") == ("rtl" if language == "ar" else "ltr")
    title = next(item for item in page.iter("bdi"))
    assert (title.text, title.get("lang"), title.get("dir")) == ("An <i>unusual</i> title & more", "en", "ltr")
    assert "An <i>unusual</i> title & more" in message.body
    links = [link.get("href") for link in page.iter("a")]
    assert all(link.startswith(f"{settings.SITE_URL}/admin/desk/") for link in links)
    assert all(link in message.body for link in links)
    assert links[-1].endswith("/admin/desk/mail/")
    assert message.to == [desk.author.email]
    for told in (SAID[event].get("name"), SAID[event].get("reason"), SAID[event].get("signer")):
        assert told is None or (told in message.body and told in "".join(page.itertext()))


def test_every_event_has_its_example_here():
    assert SAID.keys() == events.EVENTS.keys()


@pytest.mark.parametrize(("language", "kept_apart"), [("en", False), ("es", True), ("ar", True)])
def test_a_title_in_another_language_is_kept_apart_in_the_subject(desk, language, kept_apart):
    subject = letter_of(desk, events.ASKED, language, SAID[events.ASKED]).subject
    assert ("\u2068An <i>unusual</i> title & more\u2069" in subject) == kept_apart
    assert "An <i>unusual</i> title & more" in subject


def test_mail_comes_in_the_language_of_who_gets_it_whoever_acts(desk):
    choose(desk.author, MailChoice.AT_ONCE, "es")
    with translation.override("vi"):
        send_back(desk.submitted(), user=desk.reviewer, remarks="No.")
        worker.send_waiting()
    (told,) = [item for item in mail.outbox if item.to == [desk.author.email]]
    assert told.subject.startswith("Devuelta: ")
    assert 'lang="es"' in html(told)


def test_no_letter_carries_words_of_the_page_besides_its_title(desk):
    edition = desk.submitted()
    words = {node.plain("text") for node in edition.tree.walk() if "text" in node.words}
    worker.send_waiting()
    assert words
    for message in mail.outbox:
        assert not [word for word in words if word in message.body or word in html(message)]


def test_a_letter_is_one_message_however_often_it_is_sent(desk):
    desk.submitted()
    letter = outbox.claim_letter(desk.reviewer.pk, timezone.now())
    first, second = (letters.compose_letter(letter).message() for _time in range(2))
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].endswith("@localhost>")
    assert first["Auto-Submitted"] == "auto-generated"


def test_safety_is_said_first(desk):
    message = letter_of(desk, events.RECHECK, "en", SAID[events.RECHECK], urgent=True)
    assert message.subject.startswith("Safety: ")
    assert "Safety:" in message.body and "Safety" in html(message)


def test_a_letter_of_very_many_events_lists_some_and_says_how_many_more(desk):
    edition = desk.submitted()
    choose(desk.author, MailChoice.DAILY)
    Mail.objects.all().delete()
    for number in range(letters.LONGEST + 2):
        outbox.write_mail(events.SENT_BACK, [desk.author.pk], edition, f"{number}", said={"name": "Ana Ruiz"})
    desk.clock.shift(DAY)
    worker.send_waiting()
    [message] = [item for item in mail.outbox if item.to == [desk.author.email]]
    assert message.body.count("sent edition") == letters.LONGEST
    assert "More like these, which are not listed here: 2" in message.body
    assert f"{settings.SITE_URL}/admin/desk/\n" in message.body and "not listed here: 2" in html(message)
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.SENT}
