"""Who may do what: every address of the desk and the admin, and every verb, by the four sorts of people."""

from contextlib import contextmanager
from copy import deepcopy
from zlib import crc32

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from editorial.accounts.models import User
from editorial.editions.working.discards import discard_draft
from editorial.reviews.services import add_remark, withdraw
from tests import PROVING
from tests.desk.addresses import DESK, EVERY, FRAME, NOBODY, SOME, VERBS_ONLY, WITH_A_ROLE, WITHOUT_ONE
from tests.desk.conftest import state
from tests.desk.sending import (
    away,
    bringing_back,
    corrected,
    described,
    figure,
    granted_before,
    monograph,
    proposing,
    reaffirming,
    resolving,
    restored,
    setting_aside,
    settling,
    signing,
    since,
    titled,
    units,
    write,
)
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.layers import layer


def some_of(people: list[str], name: str, count: int = 3) -> list[str]:
    """All of them in `make prove`; else at most `count`, others for another name."""
    start = crc32(name.encode())
    return people if PROVING else [people[(start + step) % len(people)] for step in range(min(count, len(people)))]


def is_leaflets(name: str | None) -> bool:
    return bool(name) and name.startswith("leaflets_")


def names(resolver=None, prefix: str = "") -> set:
    """Names of all patterns under /admin/, but for those of the tests' own kind of page."""
    found = set()
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found |= names(pattern, route)
        elif isinstance(pattern, URLPattern) and route.startswith("admin/") and not is_leaflets(pattern.name):
            found.add(pattern.name)
    return found


def test_no_address_is_forgotten_by_these_tests():
    assert names() == EVERY.keys() | FRAME


def asked_to_sign_in(response) -> bool:
    return response.status_code == 302 and response["Location"].startswith("/admin/login/?next=")


def test_somebody_who_is_not_signed_in_is_asked_to(client, world):
    before = state()
    for address in (address.format(**vars(world)) for address in EVERY.values()):
        assert asked_to_sign_in(client.get(address)), address
        assert asked_to_sign_in(client.post(address, {"reason": "x", "remarks": "x"})), address
    assert state() == before


def test_an_account_that_is_not_of_the_staff_is_asked_to_sign_in(signed_in, world):
    client = signed_in(world.reader)
    for address in (address.format(**vars(world)) for address in EVERY.values()):
        assert asked_to_sign_in(client.get(address)), address


@pytest.mark.parametrize("who", WITHOUT_ONE)
def test_an_account_without_a_role_sees_nothing(signed_in, world, who):
    client = signed_in(getattr(world, who))
    before = state()
    for address in (address.format(**vars(world)) for address in EVERY.values()):
        assert {client.get(address).status_code, client.post(address, {}).status_code} <= {403, 405}, address
    assert state() == before


@pytest.mark.parametrize("name", DESK)
def test_everybody_with_a_role_may_look(signed_in, world, name):
    for who in some_of(WITH_A_ROLE, name):
        response = signed_in(getattr(world, who)).get(DESK[name].format(**vars(world)))
        assert response.status_code == 200, who
        assert "no-cache" in response["Cache-Control"]
        assert "public" not in response["Cache-Control"]


@pytest.mark.parametrize("name", VERBS_ONLY)
def test_verbs_are_not_done_by_looking(signed_in, world, name):
    for who in WITH_A_ROLE:
        assert signed_in(getattr(world, who)).get(VERBS_ONLY[name].format(**vars(world))).status_code == 405


@pytest.mark.parametrize("name", SOME)
def test_some_pages_are_for_some_roles(signed_in, world, name):
    address, allowed = SOME[name]
    before = state()
    others = [who for who in WITH_A_ROLE if who not in allowed]
    for who in [*some_of(sorted(allowed), name, 2), *others]:
        client = signed_in(getattr(world, who))
        assert client.get(address.format(**vars(world))).status_code == (200 if who in allowed else 403), who
        if who not in allowed:
            assert client.post(address.format(**vars(world)), {}).status_code == 403, who
    assert state() == before


@pytest.mark.parametrize("name", NOBODY)
def test_nothing_is_deleted_or_reverted_here(signed_in, world, name):
    before = state()
    for who in some_of(WITH_A_ROLE, name):
        client = signed_in(getattr(world, who))
        address = NOBODY[name].format(**vars(world))
        assert client.get(address).status_code == 403, who
        assert client.post(address, {"post": "yes"}).status_code == 403, who
    assert state() == before


@pytest.mark.parametrize("app", ["accounts", "reviews", "library", "articles", "drugs"])
def test_an_app_is_listed_for_those_who_may_see_something_in_it(signed_in, world, app):
    assert signed_in(world.nobody).get(f"/admin/{app}/").status_code in (403, 404)
    assert signed_in(world.admin).get(f"/admin/{app}/").status_code == 200


# --- Verbs: who does them, who does not, and what is then changed ---


DRUG_ADMINS = {"drug_admin", "other_drug_admin"}


def quoted(world, client, address) -> dict:
    return {"sentence": f"{world.drug.monograph.title_en} was approved.", "password": people.PASSWORD}


def agreed(world, client, address) -> dict:
    return {f"answer-{world.policy_request.pk}-answer": "agree"}


VERBS = {
    "write": ("/admin/articles/article/{live.pk}/change/", write, {"author", "head"}),
    "new article": ("/admin/articles/article/add/", {"title": "New", "slug": "new"}, {"author", "head"}),
    "new topic": ("/admin/library/topic/add/", {"slug": "new", "name_en": "New"}, {"author", "head"}),
    "name topic": ("/admin/library/topic/{topic.pk}/change/", {"name_en": "Other"}, {"author", "head"}),
    "new words": (
        "/admin/library/sitewords/add/", {"slug": "new", "title": "New", "body": "<p>x</p>"}, {"author", "head"},
    ),
    "write words": ("/admin/library/sitewords/{words.pk}/change/", titled, {"author", "head"}),
    "new entry": ("/admin/library/glossaryentry/add/", {"slug": "new", "title": "New"}, {"author", "head"}),
    "write entry": ("/admin/library/glossaryentry/{entry.pk}/change/", titled, {"author", "head"}),
    "new reference": (
        "/admin/library/reference/add/",
        {"key": "new", "title": "New", "source": "x", "pmid": "1", "accessed_on": "2026-01-01"},
        {"author", "head", *DRUG_ADMINS},
    ),
    "change reference": (
        "/admin/library/reference/{reference.pk}/change/", titled, {"author", "head", *DRUG_ADMINS},
    ),
    "new monograph": ("/admin/drugs/monograph/add/", {"title": "New", "slug": "new"}, DRUG_ADMINS),
    "write monograph": ("/admin/drugs/monograph/{drug.pk}/change/", monograph, DRUG_ADMINS),
    "record a decision": ("/admin/drugs/monograph/{drug.pk}/record/", granted_before, DRUG_ADMINS),
    "correct a decision": ("/admin/drugs/monograph/decisions/{event.pk}/correct/", corrected, DRUG_ADMINS),
    "verify a decision": (
        "/admin/drugs/monograph/decisions/{event.pk}/verify/", quoted,
        {"other_drug_admin", "reviewer", "other_reviewer", "english_reviewer"},
    ),
    "new figure": ("/admin/library/figure/add/", figure, {"author", "head", *DRUG_ADMINS}),
    "change figure": ("/admin/library/figure/{figure.pk}/change/", described, {"author", "head", *DRUG_ADMINS}),
    "submit": ("/admin/desk/documents/{live.pk}/en/submit/", {"no_note": "on"}, {"author", "head"}),
    "submit translation": ("/admin/desk/documents/{live.pk}/es/submit/", {}, {"translator"}),
    "translate": ("/admin/translate/{live.pk}/es/", units, {"translator"}),
    "sign": ("/admin/desk/editions/{waiting.pk}/sign/", signing, {"reviewer", "other_reviewer", "english_reviewer"}),
    "reaffirm": (
        "/admin/desk/editions/{edition.pk}/reaffirm/", reaffirming,
        {"reviewer", "other_reviewer", "english_reviewer"},
    ),
    "remark": (
        "/admin/desk/editions/{waiting.pk}/remark/", {"text": "Says who?"},
        {"author", "head", "reviewer", "other_reviewer", "english_reviewer", "translator", "arabic_translator",
         *DRUG_ADMINS},
    ),
    "send back": (
        "/admin/desk/editions/{waiting.pk}/send-back/", {"back-remarks": "No."},
        {"reviewer", "other_reviewer", "english_reviewer"},
    ),
    "withdraw": (
        "/admin/desk/documents/{live.pk}/en/withdraw/", {"reason": "Wrong.", "languages": ["en"]},
        {"reviewer", "other_reviewer", "english_reviewer", "operator"},
    ),
    "bring back": (
        "/admin/desk/editions/{down.pk}/bring-back/", bringing_back,
        {"reviewer", "other_reviewer", "english_reviewer"},
    ),
    "revoke": ("/admin/desk/sign-offs/{sign_off.pk}/revoke/", {"reason": "Wrong."}, {"reviewer", "head", "admin"}),
    "share a preview": (
        "/admin/desk/documents/{live.pk}/previews/", {"language": "en", "days": "7"},
        {"author", "head", "reviewer", "other_reviewer", "english_reviewer"},
    ),
    "take a preview back": ("/admin/desk/previews/{preview_link.pk}/revoke/", {}, {"author", "head", "admin"}),
    "answer a request": ("/admin/desk/policies/{policy_request.pk}/answer/", agreed, {"admin"}),
    "note an absence": ("/admin/desk/absence/", away, {"reviewer", "other_reviewer", "head"}),
    "end an absence": ("/admin/desk/absence/{absence.pk}/end/", {}, {"english_reviewer", "head"}),
    "revoke since": ("/admin/desk/sign-offs/revoke/", since, {"reviewer", "head", "admin"}),
    "dismiss": (
        "/admin/desk/rechecks/{recheck.pk}/dismiss/", {"reason": "A comma.", "password": people.PASSWORD},
        {"reviewer", "other_reviewer", "english_reviewer"},
    ),
    "settle": (
        "/admin/desk/rechecks/{recheck.cause}/{recheck.document_id}/", settling,
        {"reviewer", "other_reviewer", "english_reviewer"},
    ),
    "propose": (
        "/admin/desk/rechecks/{recheck.cause}/{recheck.document_id}/", proposing, {"author", "head", *DRUG_ADMINS},
    ),
    "dismiss advice": (
        "/admin/desk/documents/{live.pk}/en/findings/",
        {"check": "no-when-to-call", "node": "article", "reason": "A page about the site."}, {"author", "head"},
    ),
    "agree to a change of a signer": (
        "/admin/desk/people/{change_request.pk}/answer/", {"agree": "1"},
        {"head", "reviewer", "other_reviewer", "english_reviewer"},
    ),
    "refuse or take back a change of a signer": (
        "/admin/desk/people/{change_request.pk}/answer/", {"refuse": "1", "reason": "No."},
        {"head", "admin", "reviewer", "other_reviewer", "english_reviewer"},
    ),
    "end somebody's sessions": ("/admin/accounts/user/{author.pk}/log-out/", {}, {"admin"}),
    "send a password link": ("/admin/accounts/user/{author.pk}/link/", {}, {"admin"}),
    "set a policy": (
        "/admin/reviews/overduepolicy/add/", {"kind": "glossary", "after_days": "30"}, {"head", "admin"},
    ),
    "move": ("/admin/desk/documents/{live.pk}/address/", {"slug": "moved"}, {"head", "admin"}),
    "restore": ("/admin/desk/documents/{live.pk}/en/restore/", restored, {"author", "head"}),
    "discard a draft": ("/admin/desk/documents/{draft.pk}/discard/", {}, {"author", "head"}),
    "bring back a draft": ("/admin/desk/documents/{discarded.pk}/bring-back/", {}, {"head"}),
    "resolve a remark": ("/admin/desk/editions/{remarked.pk}/remark/", resolving, {"head"}),
    "set a remark aside": (
        "/admin/desk/editions/{remarked.pk}/remark/", setting_aside, {"reviewer", "other_reviewer", "english_reviewer"},
    ),
}  # fmt: skip
EVERYBODY = [*WITH_A_ROLE, "other_reviewer", "arabic_translator", "other_drug_admin"]


def body(world, signed_in, verb: str) -> dict:
    """What somebody who may would send."""
    address, data, _allowed = VERBS[verb]
    if not callable(data):
        return data
    client = signed_in(world.translator if verb == "translate" else world.author)
    return data(world, client, address.format(**vars(world)))


def attempt(world, signed_in, verb: str, who: str, data: dict):
    # An upload is read to its end once.
    return signed_in(getattr(world, who)).post(VERBS[verb][0].format(**vars(world)), deepcopy(data))


@layer
def prepared(world):
    """Changes in both languages, so that every verb has something to do."""
    pages.edit(world.live, world.author, title="Second title")
    pages.translate(world.live, "es", world.translator, {("article", "title"): "Un título"})
    page = pages.article(world.author, slug="down")
    world.down = pages.publish(page, world.author, world.reviewer)
    withdraw(page, "en", user=world.reviewer, reason="An error.")
    world.discarded = pages.article(world.author, slug="discarded")
    discard_draft(world.discarded, user=world.author)
    world.remarked = submit(pages.article(world.author, slug="remarked"), "en", user=world.author)
    add_remark(world.remarked, user=world.head, text="Says who?")
    return world


@pytest.mark.parametrize("verb", VERBS)
def test_the_right_role_does_it(prepared, signed_in, verb):
    data, before = body(prepared, signed_in, verb), state()
    for who in some_of(sorted(VERBS[verb][2]), verb):
        with undone():
            response = attempt(prepared, signed_in, verb, who, data)
            changed = state() != before
        # A link to a preview is shown in the answer and kept nowhere, so that answer leads nowhere else.
        assert (response.status_code, changed) == (200 if verb == "share a preview" else 302, True), who


@contextmanager
def undone():
    """What happens inside is undone: each in turn finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("verb", VERBS)
def test_any_other_role_changes_nothing(prepared, signed_in, verb):
    # Some forty verbs ask three of them each, so every role is refused many a verb here, and in `make prove` each.
    others = some_of([who for who in EVERYBODY if who not in VERBS[verb][2]], verb)
    data, before = body(prepared, signed_in, verb), state()
    with undone():
        for who in others:
            assert attempt(prepared, signed_in, verb, who, data).status_code in (403, 409), who
        changed = state() != before
    # All tables are read once for all of them, and after each only to say who changed something.
    assert not changed, f"changed by {culprits(prepared, signed_in, verb, others, data)}"


def culprits(world, signed_in, verb: str, people: list[str], data: dict) -> list[str]:
    """Those of them who change something by the verb, each tried alone and undone."""
    guilty = []
    for who in people:
        before = state()
        with undone():
            attempt(world, signed_in, verb, who, data)
            if state() != before:
                guilty.append(who)
    return guilty


@pytest.mark.parametrize("verb", VERBS)
def test_somebody_deactivated_in_the_middle_of_a_session_changes_nothing(prepared, signed_in, verb):
    address, _data, allowed = VERBS[verb]
    who = sorted(allowed)[0]
    client, address = signed_in(getattr(prepared, who)), address.format(**vars(prepared))
    assert client.get("/admin/desk/mail/").status_code == 200
    data = body(prepared, signed_in, verb)
    User.objects.filter(pk=getattr(prepared, who).pk).update(is_active=False)
    before = state()
    response = client.post(address, data)
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")
    assert state() == before


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_done_without_the_forms_own_secret(prepared, verb):
    address, data, allowed = VERBS[verb]
    client = Client(enforce_csrf_checks=True)
    client.force_login(getattr(prepared, sorted(allowed)[0]))
    before = state()
    assert client.post(address.format(**vars(prepared)), {} if callable(data) else data).status_code == 403
    assert state() == before
