"""Whatever is sent, the desk answers; nothing breaks it."""

import re
from zlib import crc32

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editorial.accounts.models import RoleGrant
from editorial.accounts.roles import Role
from tests import PROVING
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.factories import pages, people
from tests.factories.people import PASSWORD

# The form of a page, which it is sent to: (who, page).
FORMS = {
    "write": ("author", "/admin/articles/article/{live.pk}/change/"),
    "new article": ("author", "/admin/articles/article/add/"),
    "new topic": ("author", "/admin/articles/topic/add/"),
    "topic": ("author", "/admin/articles/topic/{topic.pk}/change/"),
    "new words": ("author", "/admin/library/sitewords/add/"),
    "words": ("author", "/admin/library/sitewords/{words.pk}/change/"),
    "new entry": ("author", "/admin/library/glossaryentry/add/"),
    "entry": ("author", "/admin/library/glossaryentry/{entry.pk}/change/"),
    "new reference": ("author", "/admin/library/reference/add/"),
    "reference": ("author", "/admin/library/reference/{reference.pk}/change/"),
    "new figure": ("author", "/admin/library/figure/add/"),
    "figure": ("author", "/admin/library/figure/{figure.pk}/change/"),
    "new monograph": ("drug_admin", "/admin/drugs/monograph/add/"),
    "monograph": ("drug_admin", "/admin/drugs/monograph/{drug.pk}/change/"),
    "decision": ("drug_admin", "/admin/drugs/monograph/{drug.pk}/record/"),
    "correction": ("drug_admin", "/admin/drugs/monograph/decisions/{event.pk}/correct/"),
    "translate": ("translator", "/admin/translate/{live.pk}/es/"),
    "withdraw": ("operator", "/admin/desk/documents/{live.pk}/en/withdraw/"),
    "revoke": ("head", "/admin/desk/sign-offs/{sign_off.pk}/revoke/"),
    "user": ("admin", "/admin/accounts/user/{author.pk}/change/"),
    "new user": ("admin", "/admin/accounts/user/add/"),
    "password": ("admin", "/admin/accounts/user/{author.pk}/password/"),
    "credentials": ("admin", "/admin/accounts/reviewer/{reviewer.reviewer.pk}/change/"),
    "mail": ("author", "/admin/desk/mail/"),
    "absence": ("head", "/admin/desk/absence/"),
    "policy": ("head", "/admin/reviews/signoffpolicy/add/"),
    "question": ("head", "/admin/reviews/question/{question.pk}/change/"),
    "policy for overdue pages": ("head", "/admin/reviews/overduepolicy/add/"),
    "sign in": (None, "/admin/login/"),
}
# Forms that stand with others on a page: their fields.
PARTS = {
    "sign": ("reviewer", "/admin/desk/editions/{waiting.pk}/sign/", [
        "sign-password", "sign-question-1", "sign-seen", "sign-review_due_on", "sign-publish_at", "sign-remarks",
    ]),
    "reaffirm": ("reviewer", "/admin/desk/editions/{edition.pk}/reaffirm/", [
        "reaffirm-password", "reaffirm-question-1", "reaffirm-seen", "reaffirm-review_due_on", "reaffirm-remarks",
    ]),
    "remark": ("author", "/admin/desk/editions/{waiting.pk}/remark/", ["text", "ask", "node", "thread", "act"]),
    "dismiss advice": ("author", "/admin/desk/documents/{live.pk}/en/findings/", ["check", "node", "reason"]),
    "send back": ("reviewer", "/admin/desk/editions/{waiting.pk}/send-back/", ["back-remarks"]),
    "share a preview": ("author", "/admin/desk/documents/{live.pk}/previews/", ["language", "days"]),
    "move": ("head", "/admin/desk/documents/{live.pk}/address/", ["slug"]),
    "revoke since": ("head", "/admin/desk/sign-offs/revoke/", ["signer", "since", "reason"]),
    "restore": ("author", "/admin/desk/documents/{live.pk}/en/restore/", [
        "model", "row", "field", "history", "token",
    ]),
}  # fmt: skip
NASTY = [
    "", " ", "\0", "0", "-1", "1e9", "9" * 30, "9" * 5000, "٣", "²", "NaN", "null", "'; DROP TABLE x; --", "%s{0}{{x}}",
    "<p data-id='b-1'>x</p><script>", "\u202e", "😀", "9999-12-31", "0001-01-01", "0001-01-01T00:00",
    "9999-12-31T23:59", "2026-03-08T02:30", "\r\n\r\n", "[@nothing]", "[@a][@a]", "../../etc", "x" * 3000, "en", "True",
]  # fmt: skip
texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40))
budget = settings(
    max_examples=settings().max_examples // 3 if PROVING else 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


# All of NASTY in every field takes minutes, so each field gets one, the next field the one that follows, and of long
# forms some fields are tried; `make prove` sends all.
SHARE, LONG = (len(NASTY), 1000) if PROVING else (1, 10)


def one_at_a_time(name: str, fields):
    """(field, value) pairs: each field with its share of the values. Each form begins with another one."""
    start = crc32(name.encode())
    for place, field in enumerate(fields):
        for step in range(SHARE):
            yield field, NASTY[(start + place * SHARE + step) % len(NASTY)]


def sent(client, address: str, data: dict) -> int:
    """The status, and the database as it was."""
    client.raise_request_exception = False
    with transaction.atomic():
        status = client.post(address, data).status_code
        transaction.set_rollback(True)
    return status


def own(name: str, opened: dict) -> list[str]:
    """The fields to try: of rows, which are all alike, those of the first; of a long form, some from all over."""
    rows = re.compile(r"-[1-9]\d*-")
    fields = [field for field in opened if not rows.search(field) and not stock(name, field)]
    return fields[:: len(fields) // LONG + 1]


def stock(name: str, field: str) -> bool:
    """Hidden fields of Django's own inlines, which only a forger changes and Django does not guard."""
    return name in ("user", "credentials") and field.endswith(("_FORMS", "-id"))


def client_of(signed_in, world, who):
    return signed_in(getattr(world, who) if who else None)


@pytest.mark.long
@pytest.mark.parametrize("name", FORMS)
def test_any_one_field_may_hold_anything(signed_in, world, name):
    who, page = FORMS[name]
    client, page = client_of(signed_in, world, who), page.format(**vars(world))
    opened = filled(client.get(page))
    broken = {
        (field, value[:40]): status
        for field, value in one_at_a_time(name, own(name, opened))
        if (status := sent(client, page, opened | {field: value})) >= 500
    }
    assert broken == {}


@pytest.mark.both_databases
@pytest.mark.long
@pytest.mark.parametrize("name", PARTS)
def test_any_one_field_of_a_verb_may_hold_anything(signed_in, world, name):
    who, address, fields = PARTS[name]
    client, address = client_of(signed_in, world, who), address.format(**vars(world))
    history = world.live.article.history.first().history_id
    good = {
        "model": "article", "row": world.live.pk, "field": "lead", "history": history,
        "signer": world.reviewer.pk, "since": "2020-01-01", "reason": "Wrong.",
        "token": pages.version_token(world.live, "en"), "sign-password": PASSWORD, "reaffirm-password": PASSWORD,
    }  # fmt: skip
    base = {field: good.get(field, "") for field in fields}
    broken = {
        (field, value[:40]): status
        for field, value in one_at_a_time(name, fields)
        if (status := sent(client, address, base | {field: value})) >= 500
    }
    assert broken == {}


@pytest.mark.long
@pytest.mark.parametrize("name", FORMS)
def test_all_fields_may_hold_anything(signed_in, world, name):
    who, page = FORMS[name]
    client, page = client_of(signed_in, world, who), page.format(**vars(world))
    opened = filled(client.get(page))

    @budget
    @given(st.fixed_dictionaries({field: texts for field in opened}))
    def check(data):
        assert sent(client, page, data) < 500

    check()


@pytest.mark.long
@pytest.mark.parametrize("name", FORMS)
def test_any_field_may_be_missing(signed_in, world, name):
    who, page = FORMS[name]
    client, page = client_of(signed_in, world, who), page.format(**vars(world))
    opened = filled(client.get(page))
    broken = [
        field
        for field in own(name, opened)
        if sent(client, page, {key: value for key, value in opened.items() if key != field}) >= 500
    ]
    assert broken == []
    assert sent(client, page, {}) < 500


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "address",
    [
        "/admin/desk/editions/{}/", "/admin/desk/editions/{}/page/", "/admin/desk/documents/{}/",
        "/admin/desk/documents/{}/en/submit/", "/admin/desk/documents/{}/en/withdraw/",
        "/admin/desk/documents/{}/en/preview/", "/admin/desk/documents/{}/previews/",
        "/admin/desk/documents/{}/history/", "/admin/desk/documents/{}/en/changes/",
        "/admin/desk/sign-offs/{}/revoke/", "/admin/translate/{}/es/",
        "/admin/articles/article/{}/change/", "/admin/articles/topic/{}/change/", "/admin/library/sitewords/{}/change/",
        "/admin/library/reference/{}/change/", "/admin/library/glossaryentry/{}/change/",
        "/admin/library/figure/{}/change/", "/admin/accounts/user/{}/change/", "/admin/accounts/reviewer/{}/change/",
        "/admin/reviews/signoffpolicy/{}/change/", "/admin/reviews/overduepolicy/{}/change/",
        "/admin/drugs/monograph/{}/change/",
        "/admin/drugs/monograph/{}/record/", "/admin/drugs/monograph/decisions/{}/correct/",
    ],
)  # fmt: skip
def test_any_key_in_an_address_is_answered(signed_in, address, db):
    head = people.head()
    for role in (Role.SITE_ADMIN, Role.DRUG_ADMIN):
        RoleGrant.objects.create(user=head, role=role)
    client = signed_in(head)
    client.raise_request_exception = False
    keys = ["0", "999999", "9" * 18, "9" * 30, "abc", "1.5", "%00", "_3D"]
    answered = {key: client.get(address.format(key)).status_code for key in keys}
    assert {key: status for key, status in answered.items() if status not in (302, 404)} == {}


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("who", "address", "data"),
    [
        ("reviewer", "/admin/desk/rechecks/{recheck.pk}/dismiss/", {}),
        ("author", "/admin/desk/documents/{live.pk}/en/findings/", {"check": "no-when-to-call", "node": "article"}),
    ],
)
def test_a_reason_holds_nothing_that_a_database_cannot_store(signed_in, world, who, address, data):
    sent = {**data, "reason": "A comma.\0"}
    assert signed_in(getattr(world, who)).post(address.format(**vars(world)), sent).status_code == 302


@pytest.mark.parametrize("part", ["key_points", "sections"])
@pytest.mark.parametrize("key", ["999999", "-1"])
def test_a_part_of_another_article_is_not_saved_here(signed_in, world, part, key):
    client, address = signed_in(world.author), f"/admin/articles/article/{world.live.pk}/change/"
    before = state()
    client.raise_request_exception = False
    response = client.post(address, filled(client.get(address)) | {f"{part}-0-id": key})
    assert 400 <= response.status_code < 500
    assert state() == before


def test_an_unknown_language_has_no_pages_on_the_desk(signed_in, world):
    client = signed_in(world.author)
    for language in ("de", "EN", "es-mx", "xx", "1", "en'"):
        address = f"/admin/desk/documents/{world.live.pk}/{language}"
        assert client.get(f"{address}/findings/").status_code == 405
        assert client.post(f"{address}/findings/").status_code == 404
        assert client.get(f"{address}/preview/").status_code == 404
        for verb in ("submit", "withdraw"):
            assert client.get(f"{address}/{verb}/").status_code == 404
            assert client.post(f"{address}/{verb}/").status_code == 404
        assert client.get(f"{address}/changes/").status_code == client.post(f"{address}/restore/").status_code == 404
        assert client.get(f"/admin/translate/{world.live.pk}/{language}/").status_code == 404


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "path",
    [
        "articles/article",
        "articles/topic",
        "library/sitewords",
        "library/reference",
        "library/glossaryentry",
        "library/figure",
        "drugs/monograph",
    ],
)
def test_any_search_in_a_list_is_answered(signed_in, world, path):
    client = signed_in(world.author)
    client.raise_request_exception = False
    queries = ["q=%00", "q=%F0%9F%98%80", "o=999", "p=abc", "p=99999", "nothing=1", "all=", "e=1"]
    answered = {query: client.get(f"/admin/{path}/?{query}").status_code for query in queries}
    assert {query: status for query, status in answered.items() if status >= 500} == {}
