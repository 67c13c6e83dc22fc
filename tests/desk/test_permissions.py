"""Who may do what: every address of the desk and the admin, and every verb, by the four sorts of people."""

from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from editorial.accounts.models import User
from editorial.editions.working.copies import version
from tests.factories import figures, pages
from tests.factories.people import PASSWORD

from .conftest import state
from .forms import filled

pytestmark = pytest.mark.once

# Pages of the desk that everybody with a role may open.
DESK = {
    "queue": "/admin/desk/",
    "mail": "/admin/desk/mail/",
    "export": "/admin/desk/table/?tab=all",
    "edition": "/admin/desk/editions/{waiting.pk}/",
    "reader-view": "/admin/desk/editions/{waiting.pk}/page/",
    "document": "/admin/desk/documents/{live.pk}/",
    "submit": "/admin/desk/documents/{live.pk}/en/submit/",
    "withdraw": "/admin/desk/documents/{live.pk}/en/withdraw/",
    "changes": "/admin/desk/documents/{live.pk}/en/changes/",
    "revoke": "/admin/desk/sign-offs/{sign_off.pk}/revoke/",
    "translate": "/admin/translate/{live.pk}/es/",
    "articles_article_changelist": "/admin/articles/article/",
    "articles_article_change": "/admin/articles/article/{live.pk}/change/",
    "articles_topic_changelist": "/admin/articles/topic/",
    "articles_topic_change": "/admin/articles/topic/{topic.pk}/change/",
    "articles_topic_history": "/admin/articles/topic/{topic.pk}/history/",
    "library_sitewords_changelist": "/admin/library/sitewords/",
    "library_sitewords_change": "/admin/library/sitewords/{words.pk}/change/",
    "library_glossaryentry_changelist": "/admin/library/glossaryentry/",
    "library_glossaryentry_change": "/admin/library/glossaryentry/{entry.pk}/change/",
    "library_figure_changelist": "/admin/library/figure/",
    "library_figure_change": "/admin/library/figure/{figure.pk}/change/",
    "drugs_monograph_changelist": "/admin/drugs/monograph/",
    "drugs_monograph_change": "/admin/drugs/monograph/{drug.pk}/change/",
    "library_reference_changelist": "/admin/library/reference/",
    "library_reference_change": "/admin/library/reference/{reference.pk}/change/",
}
# Addresses that only take POST: see VERBS.
VERBS_ONLY = {
    "drugs_event_verify": "/admin/drugs/monograph/decisions/{event.pk}/verify/",
    "dismiss": "/admin/desk/rechecks/{recheck.pk}/dismiss/",
    "dismiss-finding": "/admin/desk/documents/{live.pk}/en/findings/",
    **{
        f"{name}_findings": DESK[f"{name}_change"].replace("/change/", "/findings/")
        for name in ("articles_article", "library_sitewords", "library_glossaryentry", "drugs_monograph")
    },
    "sign": "/admin/desk/editions/{waiting.pk}/sign/",
    "reaffirm": "/admin/desk/editions/{edition.pk}/reaffirm/",
    "remark": "/admin/desk/editions/{waiting.pk}/remark/",
    "send-back": "/admin/desk/editions/{waiting.pk}/send-back/",
    "address": "/admin/desk/documents/{live.pk}/address/",
}
# Pages of the admin for some roles only: {name: (address, who may)}.
SOME = {
    "overview": ("/admin/desk/overview/", {"head"}),
    "overview-export": ("/admin/desk/overview/table/?table=current", {"head"}),
    "articles_article_add": ("/admin/articles/article/add/", {"author", "head"}),
    "articles_topic_add": ("/admin/articles/topic/add/", {"author", "head"}),
    "library_sitewords_add": ("/admin/library/sitewords/add/", {"author", "head"}),
    "library_glossaryentry_add": ("/admin/library/glossaryentry/add/", {"author", "head"}),
    "library_reference_add": ("/admin/library/reference/add/", {"author", "head", "drug_admin"}),
    "library_figure_add": ("/admin/library/figure/add/", {"author", "head", "drug_admin"}),
    "drugs_monograph_add": ("/admin/drugs/monograph/add/", {"drug_admin"}),
    "drugs_event_record": ("/admin/drugs/monograph/{drug.pk}/record/", {"drug_admin"}),
    "drugs_event_correct": ("/admin/drugs/monograph/decisions/{event.pk}/correct/", {"drug_admin"}),
    "accounts_user_changelist": ("/admin/accounts/user/", {"admin"}),
    "accounts_user_add": ("/admin/accounts/user/add/", {"admin"}),
    "accounts_user_change": ("/admin/accounts/user/{author.pk}/change/", {"admin"}),
    "accounts_user_history": ("/admin/accounts/user/{author.pk}/history/", {"admin"}),
    "auth_user_password_change": ("/admin/accounts/user/{author.pk}/password/", {"admin"}),
    "accounts_reviewer_changelist": ("/admin/accounts/reviewer/", {"admin"}),
    "accounts_reviewer_add": ("/admin/accounts/reviewer/add/", {"admin"}),
    "accounts_reviewer_change": ("/admin/accounts/reviewer/{reviewer.reviewer.pk}/change/", {"admin"}),
    "accounts_reviewer_history": ("/admin/accounts/reviewer/{reviewer.reviewer.pk}/history/", {"admin"}),
    "reviews_mail_changelist": ("/admin/reviews/mail/", {"admin"}),
    "reviews_mail_change": ("/admin/reviews/mail/{mail.pk}/change/", {"admin"}),
    "reviews_mail_history": ("/admin/reviews/mail/{mail.pk}/history/", {"admin"}),
    "reviews_signoffpolicy_changelist": ("/admin/reviews/signoffpolicy/", {"head", "admin"}),
    "reviews_signoffpolicy_add": ("/admin/reviews/signoffpolicy/add/", {"head", "admin"}),
    "reviews_signoffpolicy_change": ("/admin/reviews/signoffpolicy/{policy.pk}/change/", {"head", "admin"}),
    "reviews_signoffpolicy_history": ("/admin/reviews/signoffpolicy/{policy.pk}/history/", {"head", "admin"}),
    "reviews_signoffpolicy_delete": ("/admin/reviews/signoffpolicy/{policy.pk}/delete/", {"head", "admin"}),
}
# Nobody: records and people are not deleted, and no stock page writes or reverts a working copy.
NOBODY = {
    "reviews_mail_add": "/admin/reviews/mail/add/",
    "reviews_mail_delete": "/admin/reviews/mail/{mail.pk}/delete/",
    "articles_article_history": "/admin/articles/article/{live.pk}/history/",
    "articles_article_delete": "/admin/articles/article/{live.pk}/delete/",
    "articles_topic_delete": "/admin/articles/topic/{topic.pk}/delete/",
    "library_sitewords_history": "/admin/library/sitewords/{words.pk}/history/",
    "library_sitewords_delete": "/admin/library/sitewords/{words.pk}/delete/",
    "library_glossaryentry_history": "/admin/library/glossaryentry/{entry.pk}/history/",
    "library_glossaryentry_delete": "/admin/library/glossaryentry/{entry.pk}/delete/",
    "library_figure_history": "/admin/library/figure/{figure.pk}/history/",
    "library_figure_delete": "/admin/library/figure/{figure.pk}/delete/",
    "drugs_monograph_history": "/admin/drugs/monograph/{drug.pk}/history/",
    "drugs_monograph_delete": "/admin/drugs/monograph/{drug.pk}/delete/",
    "library_reference_history": "/admin/library/reference/{reference.pk}/history/",
    "library_reference_delete": "/admin/library/reference/{reference.pk}/delete/",
    "accounts_user_delete": "/admin/accounts/user/{author.pk}/delete/",
    "accounts_reviewer_delete": "/admin/accounts/reviewer/{reviewer.reviewer.pk}/delete/",
}
# Part of signing in and out, or Django's own helpers of admin pages.
FRAME = {
    "index", "login", "logout", "password_change", "password_change_done", "autocomplete", "jsi18n", "view_on_site",
    "app_list", "admin_password_reset", "password_reset_done", "password_reset_confirm", "password_reset_complete",
    None,
}  # fmt: skip
WITH_A_ROLE = ["author", "reviewer", "translator", "drug_admin", "head", "operator", "admin", "english_reviewer"]
WITHOUT_ONE = ["nobody", "superuser"]
EVERY = {**DESK, **VERBS_ONLY, **{name: address for name, (address, _who) in SOME.items()}, **NOBODY}


def names(resolver=None, prefix: str = "") -> set:
    """Names of all patterns under /admin/."""
    found = set()
    for each in (resolver or get_resolver()).url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            found |= names(each, route)
        elif isinstance(each, URLPattern) and route.startswith("admin/"):
            found.add(each.name)
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
    for who in WITH_A_ROLE:
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
    for who in WITH_A_ROLE:
        client = signed_in(getattr(world, who))
        assert client.get(address.format(**vars(world))).status_code == (200 if who in allowed else 403), who
        if who not in allowed:
            assert client.post(address.format(**vars(world)), {}).status_code == 403, who
    assert state() == before


@pytest.mark.parametrize("name", NOBODY)
def test_nothing_is_deleted_or_reverted_here(signed_in, world, name):
    before = state()
    for who in WITH_A_ROLE:
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

SIGNING = {"sign-password": PASSWORD}


def write(world, client, address):
    return filled(client.get(address), title="Changed")


def units(world, client, address):
    return filled(client.get(address), unit__0="Otro título")


def restored(world, client, address):
    history = world.live.article.history.order_by("history_id").first()
    return {
        "model": "article", "row": world.live.pk, "field": "title", "history": history.history_id,
        "token": version(world.live, "en"),
    }  # fmt: skip


def titled(world, client, address):
    return filled(client.get(address), title="Changed")


def monograph(world, client, address):
    client.force_login(world.drug_admin)
    return titled(world, client, address)


def granted_before(world, client, address):
    return {
        "approval": world.approval.pk, "kind": "narrowed", "happened_on": "2022-01-01", "reference": world.reference.pk,
    }  # fmt: skip


def corrected(world, client, address):
    return granted_before(world, client, address) | {
        "kind": "granted", "pathway": "regular", "happened_on": "2020-11-10", "note": "A label date.",
    }  # fmt: skip


DRUG_ADMINS = {"drug_admin", "other_drug_admin"}


def figure(world, client, address):
    return figures.fields("new") | {"upload": SimpleUploadedFile("new.png", figures.picture())}


def described(world, client, address):
    return filled(client.get(address), alt="Changed.")


VERBS = {
    "write": ("/admin/articles/article/{live.pk}/change/", write, {"author", "head"}),
    "new article": ("/admin/articles/article/add/", {"title": "New", "slug": "new"}, {"author", "head"}),
    "new topic": ("/admin/articles/topic/add/", {"slug": "new", "name_en": "New"}, {"author", "head"}),
    "name topic": ("/admin/articles/topic/{topic.pk}/change/", {"name_en": "Other"}, {"author", "head"}),
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
        "/admin/drugs/monograph/decisions/{event.pk}/verify/", {},
        {"other_drug_admin", "reviewer", "other_reviewer", "english_reviewer"},
    ),
    "new figure": ("/admin/library/figure/add/", figure, {"author", "head", *DRUG_ADMINS}),
    "change figure": ("/admin/library/figure/{figure.pk}/change/", described, {"author", "head", *DRUG_ADMINS}),
    "submit": ("/admin/desk/documents/{live.pk}/en/submit/", {}, {"author", "head"}),
    "submit translation": ("/admin/desk/documents/{live.pk}/es/submit/", {}, {"translator"}),
    "translate": ("/admin/translate/{live.pk}/es/", units, {"translator"}),
    "sign": ("/admin/desk/editions/{waiting.pk}/sign/", SIGNING, {"reviewer", "other_reviewer", "english_reviewer"}),
    "reaffirm": (
        "/admin/desk/editions/{edition.pk}/reaffirm/", {"reaffirm-password": PASSWORD},
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
        "/admin/desk/documents/{live.pk}/en/withdraw/", {"reason": "Wrong."},
        {"reviewer", "other_reviewer", "english_reviewer", "operator"},
    ),
    "revoke": ("/admin/desk/sign-offs/{sign_off.pk}/revoke/", {"reason": "Wrong."}, {"reviewer", "head", "admin"}),
    "dismiss": (
        "/admin/desk/rechecks/{recheck.pk}/dismiss/", {"reason": "A comma."},
        {"reviewer", "other_reviewer", "english_reviewer"},
    ),
    "dismiss advice": (
        "/admin/desk/documents/{live.pk}/en/findings/",
        {"check": "no-when-to-call", "node": "article", "reason": "A page about the site."}, {"author", "head"},
    ),
    "move": ("/admin/desk/documents/{live.pk}/address/", {"slug": "moved"}, {"head", "admin"}),
    "restore": ("/admin/desk/documents/{live.pk}/en/changes/", restored, {"author", "head"}),
}  # fmt: skip
EVERYBODY = [*WITH_A_ROLE, "other_reviewer", "arabic_translator", "other_drug_admin"]


def attempt(world, signed_in, verb: str, who: str):
    address, data, _allowed = VERBS[verb]
    client, address = signed_in(getattr(world, who)), address.format(**vars(world))
    if callable(data):
        data = data(world, signed_in(world.author if verb != "translate" else world.translator), address)
    before = state()
    response = client.post(address, data)
    return response, state() != before


@pytest.fixture
def prepared(world):
    """Changes in both languages, so that every verb has something to do."""
    pages.edit(world.live, world.author, title="Second title")
    pages.translate(world.live, "es", world.translator, {("article", "title"): "Segundo"})
    return world


@pytest.mark.parametrize("verb", VERBS)
def test_the_right_role_does_it(prepared, signed_in, verb):
    for who in EVERYBODY:
        if who in VERBS[verb][2]:
            with undone():
                response, changed = attempt(prepared, signed_in, verb, who)
            assert (response.status_code, changed) == (302, True), who


@contextmanager
def undone():
    """What happens inside is undone: each in turn finds the same world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("verb", VERBS)
def test_any_other_role_changes_nothing(prepared, signed_in, verb):
    for who in EVERYBODY:
        if who not in VERBS[verb][2]:
            response, changed = attempt(prepared, signed_in, verb, who)
            assert response.status_code in (403, 409), who
            assert not changed, who


@pytest.mark.parametrize("verb", VERBS)
def test_somebody_deactivated_in_the_middle_of_a_session_changes_nothing(prepared, signed_in, verb):
    address, data, allowed = VERBS[verb]
    who = sorted(allowed)[0]
    client, address = signed_in(getattr(prepared, who)), address.format(**vars(prepared))
    assert client.get("/admin/desk/").status_code == 200
    if callable(data):
        data = data(prepared, signed_in(prepared.translator if verb == "translate" else prepared.author), address)
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
