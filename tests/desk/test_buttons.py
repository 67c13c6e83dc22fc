"""Never a button that fails after the click: where a service would refuse, the page that leads there says so first."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from editorial.editions.models import Edition, EndCause, Release
from editorial.reviews.models import Cause, Recheck
from editorial.reviews.services import revoke_sign_off, send_back, withdraw
from editorial.reviews.services.intervals import end_release
from tests.desk.forms import agreed, filled
from tests.factories import pages
from tests.factories.pages import submit
from tests.factories.people import PASSWORD
from tests.parsing import parse_page

EDITION, DOCUMENT = "/admin/desk/editions/{edition.pk}/", "/admin/desk/documents/{document.pk}/"
SUBMIT, WITHDRAW = f"{DOCUMENT}en/submit/", f"{DOCUMENT}en/withdraw/"
REVOKE, DISMISS = "/admin/desk/sign-offs/{sign_off.pk}/revoke/", "/admin/desk/rechecks/{recheck.pk}/dismiss/"
REVOKE_ALL = "/admin/desk/sign-offs/revoke/?signer={reviewer.username}&since=2020-01-01"
TRANSLATE = "/admin/translate/{live.pk}/es/"


# --- States: what is done to the world; `edition`, `document`, `sign_off` and `recheck` say what the page is about ---


def of(world, edition: Edition, **more) -> SimpleNamespace:
    return SimpleNamespace(**{**vars(world), "edition": edition, "document": edition.document, **more})


def waiting(world):
    return of(world, world.waiting)


def live(world):
    return of(world, world.edition)


def sent_back(world):
    send_back(world.waiting, user=world.reviewer, remarks="No.")
    return waiting(world)


def superseded(world):
    pages.edit(world.waiting_document, world.author, title="Newer")
    submit(world.waiting_document, "en", user=world.author)
    return waiting(world)


def withdrawn(world):
    withdraw(world.live, "en", user=world.operator, reason="An error.")
    return live(world)


def revoked(world):
    revoke_sign_off(world.sign_off, user=world.head, reason="An error.")
    return live(world)


def scheduled(world):
    pages.sign(world.waiting, world.reviewer, publish_at=timezone.now() + timedelta(days=3))
    return waiting(world)


def held(world):
    """A decision is recorded about what a scheduled edition rests on."""
    scheduled(world)
    release = Release.objects.get(edition=world.waiting)
    Recheck.objects.create(
        edition=world.waiting, cause=Cause.EVENT, document=world.live, because="y", opened_at=timezone.now(),
        opened_by=world.author, opened_by_name=world.author.name,
    )  # fmt: skip
    end_release(release, release.released_from, EndCause.HELD, user=world.author, now=timezone.now())
    return of(world, world.waiting, recheck=Recheck.objects.get(because="y"))


def nothing_new(world):
    pages.edit(world.live, world.author, lead="Its last words.")
    return of(world, pages.publish(world.live, world.author, world.reviewer))


# --- What a browser would send ---


def signing(world) -> dict:
    return {"sign-password": PASSWORD, **agreed(world.edition, "sign")}


def reaffirming(world) -> dict:
    return {"reaffirm-password": PASSWORD, **agreed(world.edition, "reaffirm")}


def since(world) -> dict:
    return {
        "signer": world.reviewer.username,
        "signer_key": world.reviewer.pk,
        "since": "2020-01-01",
        "reason": "Wrong.",
    }


BACK, REASON, SHARING = {"back-remarks": "No."}, {"reason": "Wrong."}, {"language": "en", "days": "7"}
# {what is wanted: (page, where its button leads, what is sent; None is the page's own form)}
VERBS = {
    "sign": (EDITION, f"{EDITION}sign/", signing),
    "send back": (EDITION, f"{EDITION}send-back/", BACK),
    "reaffirm": (EDITION, f"{EDITION}reaffirm/", reaffirming),
    "dismiss": (EDITION, DISMISS, REASON | {"password": PASSWORD}),
    "submit": (SUBMIT, SUBMIT, {"no_note": "on"}),
    "withdraw": (WITHDRAW, WITHDRAW, {**REASON, "languages": ["en"]}),
    "revoke": (REVOKE, REVOKE, REASON),
    "revoke all": (REVOKE_ALL, REVOKE_ALL, since),
    "remark": (EDITION, f"{EDITION}remark/", {"text": "Says who?"}),
    "translate": (TRANSLATE, TRANSLATE, None),
    "share": (f"{DOCUMENT}previews/", f"{DOCUMENT}previews/", SHARING),
}
# (verb, who, state): a service refuses.
REFUSED = [
    *(("sign", "reviewer", state) for state in (sent_back, superseded, live, withdrawn, revoked, scheduled, held)),
    *(("sign", who, waiting) for who in ("author", "translator", "head", "operator")),
    *(("send back", "reviewer", state) for state in (sent_back, superseded, live, withdrawn, revoked, scheduled, held)),
    *(("send back", who, waiting) for who in ("author", "translator", "head", "operator")),
    *(("reaffirm", who, live) for who in ("author", "translator", "head", "operator")),
    *(("dismiss", who, live) for who in ("author", "translator", "head", "operator")),
    ("dismiss", "author", held),
    ("submit", "reviewer", live),
    ("submit", "author", waiting),
    ("submit", "author", nothing_new),
    *(("withdraw", who, live) for who in ("author", "translator", "head")),
    ("withdraw", "operator", waiting),
    ("withdraw", "reviewer", withdrawn),
    *(("revoke", who, live) for who in ("author", "translator", "operator", "other_reviewer")),
    ("revoke", "head", revoked),
    ("revoke", "reviewer", revoked),
    *(("revoke all", who, live) for who in ("author", "translator", "operator", "other_reviewer")),
    *(("remark", who, waiting) for who in ("operator", "admin")),
    *(("translate", who, live) for who in ("author", "reviewer", "arabic_translator")),
    *(("share", who, live) for who in ("operator", "admin")),
]
# Panels that are not shown where nobody could use them.
ABSENT = [("reaffirm", "reviewer", state) for state in (waiting, sent_back, withdrawn, revoked, scheduled, held)]
# ... and where it does it, its button is there.
DONE = [
    ("sign", "reviewer", waiting),
    ("send back", "reviewer", waiting),
    ("reaffirm", "reviewer", live),
    ("dismiss", "reviewer", live),
    ("dismiss", "reviewer", held),
    ("submit", "author", live),
    ("withdraw", "operator", live),
    ("withdraw", "operator", scheduled),
    ("revoke", "head", live),
    ("revoke all", "reviewer", live),
    ("remark", "author", waiting),
    ("translate", "translator", live),
    ("share", "author", live),
]


def named(value) -> str:
    return value.__name__ if isinstance(value, Callable) else " and ".join(value) if isinstance(value, list) else value


def by_page(cases: list[tuple]) -> list[tuple]:
    """[(verbs, who, state)] of [(verb, who, state)]: a page is opened once for all verbs on it."""
    groups: dict[tuple, list[str]] = {}
    for verb, who, state in cases:
        groups.setdefault((VERBS[verb][0], who, state), []).append(verb)
    return [(verbs, who, state) for (_page, who, state), verbs in groups.items()]


def looked_at(world, signed_in, verbs: list[str], who: str, state) -> Iterator[tuple]:
    """(the page, the buttons on it that lead where the verb is done, the answer to pressing one) of each verb."""
    shown = state(world)
    page = VERBS[verbs[0]][0].format(**vars(shown))
    client = signed_in(getattr(world, who))
    response = client.get(page)
    assert response.status_code == 200
    root = parse_page(response)
    for verb in verbs:
        _page, leads_to, sent = VERBS[verb]
        leads_to = leads_to.format(**vars(shown))
        data = filled(response) if sent is None else sent(shown) if callable(sent) else sent
        yield root, buttons(root, page, leads_to), client.post(leads_to, data)


def buttons(root, page: str, leads_to: str) -> list:
    owners = {form.get("id"): form for form in root.iter("form") if form.get("id")}
    inside = {button: form for form in root.iter("form") for button in form.iter("button")}
    return [
        button
        for button in root.iter("button")
        if button.get("type") == "submit"
        and (form := owners.get(button.get("form")) if button.get("form") else inside.get(button)) is not None
        and form.get("method", "").lower() == "post"
        and (button.get("formaction") or form.get("action") or page) == leads_to
    ]


def text_of(element) -> str:
    return " ".join("".join(element.itertext()).split())


def refusals(response) -> list[str]:
    root = parse_page(response)
    boxes = [node for node in root.iter("div") if node.get("class") == "blockers"]
    return [text_of(item) for box in boxes for item in box.iter("li")]


@pytest.mark.parametrize(("verbs", "who", "state"), by_page(REFUSED), ids=named)
def test_what_would_be_refused_has_no_button_that_works_and_the_words_are_there(world, signed_in, verbs, who, state):
    for root, found, response in looked_at(world, signed_in, verbs, who, state):
        assert response.status_code == 409
        assert [text_of(button) for button in found if button.get("disabled") is None] == []
        told = refusals(response)
        assert told
        said = text_of(next(node for node in root.iter("div") if node.get("id") == "content"))
        assert [words for words in told if words not in said] == []
        for button in found:
            described = {node.get("id") for node in root.iter() if isinstance(node.tag, str)}
            assert button.get("aria-describedby") in described, text_of(button)


@pytest.mark.parametrize(("verb", "who", "state"), ABSENT, ids=named)
def test_what_nobody_could_do_there_is_not_spoken_of(world, signed_in, verb, who, state):
    [(_root, found, response)] = looked_at(world, signed_in, [verb], who, state)
    assert (found, response.status_code) == ([], 409)


@pytest.mark.parametrize(("verb", "who", "state"), DONE, ids=named)
def test_a_button_that_is_offered_works(world, signed_in, verb, who, state):
    [(_root, found, response)] = looked_at(world, signed_in, [verb], who, state)
    assert [text_of(button) for button in found if button.get("disabled") is not None] == []
    assert found
    assert response.status_code == (200 if verb == "share" else 302)
