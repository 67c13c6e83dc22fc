"""What is typed is kept for who typed it, changes nothing that is saved, and is given back to nobody else."""

import html
from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.auth import get_user
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from editorial.desk.kept_text import LIFETIME, LONGEST, MOST, delete_expired, keep_text, list_kept_texts, read_fields
from editorial.desk.models import KeptText
from editorial.editions.blockers import Blocked
from editorial.editions.models import Contribution
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.factories import pages
from tests.factories.people import PASSWORD

SENT = st.text(st.characters(exclude_categories=["Cs"]))  # Django decodes what is sent, so no half of a pair is left
ONE, TWO = "1" * 32, "2" * 32
TYPED = "Typed & <kept> words"
WRITE = "/admin/articles/article/{live.pk}/change/"
TRANSLATE = "/admin/translate/{live.pk}/es/"
EDITION = "/admin/desk/editions/{waiting.pk}/"
# (who, the page, where it keeps, the field that is typed into)
FORMS = {
    "article": ("author", WRITE, WRITE, "lead"),
    "monograph": ("drug_admin", "/admin/drugs/monograph/{drug.pk}/change/", None, "lead"),
    "decision": ("drug_admin", "/admin/drugs/monograph/{drug.pk}/record/", None, "note"),
    "glossary entry": ("author", "/admin/library/glossaryentry/{entry.pk}/change/", None, "short"),
    "site words": ("author", "/admin/library/sitewords/{words.pk}/change/", None, "phrases-0-text"),
    "reference": ("author", "/admin/library/reference/{reference.pk}/change/", None, "title"),
    "figure": ("author", "/admin/library/figure/{figure.pk}/change/", None, "caption"),
    "new article": ("author", "/admin/articles/article/add/", None, "title"),
    "withdrawal": ("reviewer", "/admin/desk/documents/{live.pk}/en/withdraw/", None, "reason"),
    "revocation": ("reviewer", "/admin/desk/sign-offs/{sign_off.pk}/revoke/", None, "reason"),
    "new topic": ("author", "/admin/library/topic/add/", None, "name_en"),
    "policy": ("head", "/admin/reviews/signoffpolicy/add/", None, "reason"),
    "person": ("admin", "/admin/accounts/user/{author.pk}/change/", None, "last_name"),
    "new person": ("admin", "/admin/accounts/user/add/", None, "last_name"),
    "credentials": ("admin", "/admin/accounts/reviewer/{reviewer.reviewer.pk}/change/", None, "letters"),
    "translation": ("translator", TRANSLATE, TRANSLATE, "words"),
}


def opened(world, signed_in, name: str) -> tuple:
    """(client, address, the form as it stands, with something typed into one field)."""
    who, address, _keep, field = FORMS[name]
    client, address = signed_in(getattr(world, who)), address.format(**vars(world))
    data = filled(client.get(address))
    assert field in data
    return client, address, {**data, field: TYPED}


def kept_by(client, address: str, data: dict):
    return client.post(address, {**data, "_keep": "1"})


@pytest.mark.parametrize("name", FORMS)
def test_what_is_typed_is_kept_offered_brought_back_and_gone_once_it_is_saved(signed_in, world, name):
    client, address, data = opened(world, signed_in, name)
    said = kept_by(client, address, data).json()["said"]
    assert said.startswith("Kept ") and said.endswith(", not saved yet")
    [kept] = KeptText.objects.filter(place=address)
    again = client.get(address)
    assert filled(again)[FORMS[name][3]] != TYPED
    assert f'href="?kept={kept.pk}"' in again.content.decode()
    back = client.get(f"{address}?kept={kept.pk}")
    fields = filled(back)
    assert fields[FORMS[name][3]] == TYPED
    assert fields["_window"] == data["_window"]  # so that saving it there forgets it
    response = client.post(address, fields)
    if response.status_code == 302:
        assert not KeptText.objects.filter(place=address).exists()
    else:
        assert filled(response)[FORMS[name][3]] == TYPED
        assert KeptText.objects.filter(place=address).exists()


@pytest.mark.parametrize("name", FORMS)
def test_keeping_changes_nothing_else(signed_in, world, name):
    client, address, data = opened(world, signed_in, name)
    before, contributions = state(), Contribution.objects.count()
    kept_by(client, address, data)
    assert Contribution.objects.count() == contributions
    KeptText.objects.filter(place=address).delete()
    assert state() == before


def test_another_is_offered_nothing_and_finds_nothing(signed_in, world):
    client, address, data = opened(world, signed_in, "article")
    kept_by(client, address, data)
    kept = KeptText.objects.get(place=address)
    before = state()
    for who in ("head", "reviewer", "admin", "superuser", "translator", "drug_admin"):
        other = signed_in(getattr(world, who))
        assert html.escape(TYPED) not in other.get(address).content.decode(), who
        assert other.get(f"{address}?kept={kept.pk}").status_code in (403, 404), who
        assert other.post(f"/admin/desk/kept/{kept.pk}/throw-away/").status_code in (403, 404), who
    assert state() == before
    assert client.get(f"/admin/articles/article/{world.draft.pk}/change/?kept={kept.pk}").status_code == 404
    assert client.post(f"/admin/desk/kept/{kept.pk}/throw-away/")["Location"] == address
    assert not KeptText.objects.filter(pk=kept.pk).exists()


@pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 40, "1 OR 1=1", "٣", "\0"])
def test_a_key_that_is_none_is_not_found(signed_in, world, key):
    assert signed_in(world.author).get(WRITE.format(**vars(world)), {"kept": key}).status_code == 404


@pytest.mark.parametrize(("who", "name"), [("reviewer", "article"), ("author", "translation"), ("author", "monograph")])
def test_who_may_not_write_a_page_keeps_nothing_of_it(signed_in, world, who, name):
    _client, address, data = opened(world, signed_in, name)
    before = state()
    response = kept_by(signed_in(getattr(world, who)), address, data)
    assert response.status_code in (200, 403, 409)
    assert state() == before


def test_what_was_kept_on_an_older_version_meets_the_conflict_page(signed_in, world):
    client, address, data = opened(world, signed_in, "article")
    kept_by(client, address, data)
    pages.edit(world.live, world.head, lead="Their lead.")
    kept = KeptText.objects.get(place=address)
    refused = client.post(address, filled(client.get(f"{address}?kept={kept.pk}")))
    assert refused.status_code == 409
    assert filled(refused)["lead"] == TYPED
    assert "Their lead." in refused.content.decode()


def test_a_second_window_takes_nothing_from_the_first(signed_in, world):
    client, address, data = opened(world, signed_in, "article")
    kept_by(client, address, {**data, "_window": ONE})
    kept_by(client, address, {**data, "lead": "Elsewhere", "_window": TWO})
    assert KeptText.objects.filter(place=address).count() == 2
    assert client.post(address, {**data, "_window": TWO}).status_code == 302
    assert KeptText.objects.get(place=address).window == ONE


def test_what_says_the_same_as_what_is_saved_is_not_offered(signed_in, world):
    client, address, data = opened(world, signed_in, "article")
    kept_by(client, address, data)
    pages.edit(world.live, world.author, lead=TYPED)
    assert "?kept=" not in client.get(address).content.decode()


def test_a_new_section_is_kept_and_told(signed_in, world):
    client, address, data = opened(world, signed_in, "article")
    kept_by(client, address, {**data, "sections-1-heading": "A new heading", "sections-1-body": "<p>Its text.</p>"})
    told = client.get(address).content.decode()
    assert "A new heading" in told and "Its text." in told


def test_passwords_and_secrets_are_not_kept(signed_in, world):
    client, address, data = opened(world, signed_in, "article")
    kept_by(client, address, {**data, "sign-password": PASSWORD, "csrfmiddlewaretoken": "x"})
    kept = KeptText.objects.get(place=address)
    assert PASSWORD not in kept.content and "csrf" not in kept.content


def test_remarks_that_were_not_sent_are_offered_with_their_boxes(signed_in, world):
    client, address = signed_in(world.reviewer), EDITION.format(**vars(world))
    client.post(f"{address}kept/", {"remark-on-page": TYPED, "_window": ONE, "_keep": "1"})
    page = client.get(address).content.decode()
    assert f'data-box="remark-on-page">{html.escape(TYPED)}</blockquote>' in page
    assert html.escape(TYPED) not in signed_in(world.other_reviewer).get(address).content.decode()
    assert client.post(f"{address}kept/", {"_window": ONE, "_keep": "1"}).json() == {"said": ""}
    assert not KeptText.objects.filter(place=address).exists()
    assert signed_in(world.operator).post(f"{address}kept/", {"a": "b", "_window": ONE}).status_code == 403


def test_kept_text_stands_in_no_admin_page_and_has_no_history():
    assert KeptText not in admin.site._registry
    assert not hasattr(KeptText, "history")


# --- The service ---


def test_no_role_no_kept_text(world):
    with pytest.raises(Blocked):
        keep_text("/admin/x/", {"a": ["b"]}, window=ONE, user=world.nobody)


@pytest.mark.parametrize(
    ("place", "fields", "window"),
    [
        ("/admin/x/", {"a": ["x" * LONGEST]}, ONE),
        ("/" * 201, {"a": ["b"]}, ONE),
        ("/admin/x/", {"a": ["b"]}, ""),
        ("/admin/x/", {"a": ["b"]}, "1" * 33),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(world, place, fields, window):
    before = state()
    with pytest.raises(Blocked, match=r"\w+ \w+"):
        keep_text(place, fields, window=window, user=world.author)
    assert state() == before


def test_one_person_keeps_so_many_texts_and_the_oldest_give_way(world):
    for number in range(MOST + 3):
        keep_text(f"/admin/{number}/", {"a": ["b"]}, window=ONE, user=world.author)
    keep_text("/admin/0/", {"a": ["b"]}, window=ONE, user=world.head)
    kept = set(KeptText.objects.filter(user=world.author).values_list("place", flat=True))
    assert kept == {f"/admin/{number}/" for number in range(3, MOST + 3)}
    assert list_kept_texts("/admin/0/", user=world.head)


def test_after_thirty_days_it_is_neither_offered_nor_there(world):
    kept = keep_text("/admin/x/", {"a": ["b"]}, window=ONE, user=world.author)
    KeptText.objects.filter(pk=kept.pk).update(kept_at=timezone.now() - LIFETIME + timedelta(minutes=1))
    call_command("delete_kept_text", verbosity=0)
    assert list_kept_texts("/admin/x/", user=world.author)
    KeptText.objects.filter(pk=kept.pk).update(kept_at=timezone.now() - LIFETIME)
    assert not list_kept_texts("/admin/x/", user=world.author)
    assert delete_expired() == 1


@pytest.mark.both_databases
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(SENT, st.lists(SENT, min_size=1), min_size=1))
def test_what_was_kept_comes_back_as_it_was_sent(world, fields):
    kept = keep_text("/admin/x/", fields, window=ONE, user=world.author)
    assert dict(read_fields(KeptText.objects.get(pk=kept.pk)).lists()) == fields


@pytest.mark.both_databases
def test_keeping_costs_the_same_few_questions_however_long_the_page(signed_in, world, django_assert_max_num_queries):
    client, address, data = opened(world, signed_in, "article")
    many = {f"sections-{number}-body": "<p>x</p>" for number in range(200)}
    with django_assert_max_num_queries(9):
        kept_by(client, address, {**data, **many})
    with django_assert_max_num_queries(9):
        kept_by(client, address, data)


# --- Whose form it is ---


def test_a_form_of_another_account_is_neither_saved_nor_shown(signed_in, world):
    address = WRITE.format(**vars(world))
    data = {**filled(signed_in(world.author).get(address)), "lead": TYPED, "_account": world.author.username}
    before = state()
    for sent in (data, {**data, "_keep": "1"}):
        response = signed_in(world.head).post(address, sent)
        assert response.status_code == 409
        assert "kept" not in response.content.decode()
    assert state() == before


@pytest.fixture
def out(world):
    """(a browser whose session has ended, the article's address, the author's form with something typed)."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.author)
    address = WRITE.format(**vars(world))
    page = client.get(address)
    secret = page.context["csrf_token"]
    data = {**filled(page), "lead": TYPED, "_account": world.author.username, "csrfmiddlewaretoken": str(secret)}
    client.logout()
    client.cookies["csrftoken"] = page.cookies["csrftoken"].value
    return client, address, data


def log_in(client, response, password: str = PASSWORD):
    return client.post(
        "/admin/desk/session/",
        {**filled(response), "username": response.context["account"], "password": password,
         "csrfmiddlewaretoken": str(response.context["csrf_token"])},
    )  # fmt: skip


def test_without_scripts_logging_in_again_brings_the_form_back(world, out):
    client, address, data = out
    asked = client.post(address, data)
    assert asked.status_code == 403
    assert Article.objects.get(pk=world.live.pk).lead_en != TYPED
    wrong = log_in(client, asked, "wrong")
    assert wrong.status_code == 403 and 'role="alert"' in wrong.content.decode()
    back = log_in(client, wrong)
    assert back.status_code == 302 and back["Location"].startswith(f"{address}?kept=")
    assert filled(client.get(back["Location"]))["lead"] == TYPED
    assert Article.objects.get(pk=world.live.pk).lead_en != TYPED


def test_logging_in_again_is_for_the_same_account_alone(world, out):
    client, address, data = out
    asked = client.post(address, data)
    sent = {**filled(asked), "username": world.head.username, "password": "wrong",
            "csrfmiddlewaretoken": str(asked.context["csrf_token"])}  # fmt: skip
    assert client.post("/admin/desk/session/", sent).status_code == 403
    assert not get_user(client).is_authenticated
    assert not KeptText.objects.filter(place=address).exists()


@pytest.mark.parametrize("place", ["https://example.org/", "//example.org/admin/", "/en/", "", "/admin/" + "x" * 300])
def test_logging_in_leads_nowhere_else(world, place):
    client = Client()
    sent = {"username": world.author.username, "password": PASSWORD, "_place": place, "_typed": '{"a": ["b"]}'}
    assert client.post("/admin/desk/session/", sent)["Location"] == "/admin/desk/"


@pytest.mark.parametrize("typed", ["", "[]", "1", '{"a": 1}', '{"a": [[]]}', "[" * 9999, '{"a": null}'])
def test_whatever_the_log_in_carries_it_is_answered(world, typed):
    sent = {"username": world.author.username, "password": PASSWORD, "_place": "/admin/x/", "_typed": typed}
    assert Client().post("/admin/desk/session/", sent).status_code == 302


def test_a_script_is_told_whose_session_it_is(signed_in, world):
    assert Client().get("/admin/desk/session/").json()["account"] == ""
    found = signed_in(world.author).get("/admin/desk/session/")
    assert found.json()["account"] == world.author.username
    assert "no-store" in found["Cache-Control"]
    client, ask = Client(), {"HTTP_ACCEPT": "application/json"}
    sent = {"username": world.author.username, "password": "wrong"}
    assert client.post("/admin/desk/session/", sent, **ask).status_code == 400
    sent["password"] = PASSWORD
    assert client.post("/admin/desk/session/", sent, **ask).json()["account"] == world.author.username


def test_a_wrong_password_for_the_log_in_in_place_counts(world):
    client, sent = Client(), {"username": world.author.username, "password": "wrong"}
    answered = [
        client.post("/admin/desk/session/", sent, HTTP_ACCEPT="application/json").status_code for _ in range(12)
    ]
    assert answered[0] == 400 and answered[-1] == 429
    sent["password"] = PASSWORD
    assert client.post("/admin/desk/session/", sent, HTTP_ACCEPT="application/json").status_code == 429


# --- A form whose secret is out of date ---


def expired(world, **headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.author)
    address = WRITE.format(**vars(world))
    data = {**filled(client.get(address)), "lead": TYPED, "_account": world.author.username}
    return client, address, client.post(address, {**data, "csrfmiddlewaretoken": "x" * 64}, **headers)


def test_an_expired_form_comes_back_as_it_was_typed_and_is_not_saved(world):
    client, address, response = expired(world, HTTP_ORIGIN="http://testserver")
    assert response["Location"].startswith(f"{address}?kept=")
    page = client.get(response["Location"])
    assert filled(page)["lead"] == TYPED and "This form had expired" in page.content.decode()
    assert Article.objects.get(pk=world.live.pk).lead_en != TYPED


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/desk/session/", "/admin/desk/mail/", "/en/"])
def test_any_other_form_that_expired_is_refused_in_words_and_tells_nothing_that_was_typed(address, db):
    sent = {"username": "somebody", "password": PASSWORD, "text": TYPED}
    response = Client(enforce_csrf_checks=True).post(address, sent, HTTP_ORIGIN="http://testserver")
    page = response.content.decode()
    assert response.status_code == 403
    assert "This form has expired" in page
    assert PASSWORD not in page and html.escape(TYPED) not in page


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null"])
def test_a_form_from_elsewhere_is_never_filled_in_or_kept(world, origin):
    before = state()
    _client, _address, response = expired(world, **({"HTTP_ORIGIN": origin} if origin else {}))
    assert response.status_code == 403
    assert html.escape(TYPED) not in response.content.decode()
    assert "open the page again" in response.content.decode().lower()
    assert state() == before
