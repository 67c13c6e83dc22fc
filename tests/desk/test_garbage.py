"""Whatever is sent, the desk answers; nothing breaks it.

Plain text is read without what nobody can see. Every other value in each field (in `make prove` each) goes through
the forms of a page in memory; what they accept, and what no form reads, goes to the page. test_garbage_sweep.py sends
everything to the page.
"""

from contextlib import contextmanager

import pytest
from django.forms import IntegerField

from editorial.accounts.models import RoleGrant
from editorial.accounts.roles import Role
from tests import PROVING
from tests.databases import on_postgres
from tests.desk.bound_forms import forms_of
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.desk.garbage import FORMS, HUGE, NASTY, PARTS, opened, own, sent, values
from tests.factories import people

# Their views read what was sent without a form.
WITHOUT_FORM = {"dismiss advice", "restore"}
KEPT_NOWHERE = {"sign in"}  # only asks for somebody by their name
EVERY_FORM = [*FORMS, *(pytest.param(name, marks=pytest.mark.both_databases) for name in PARTS)]


@contextmanager
def about(sent_data: str):
    """Says of an error what was sent."""
    try:
        yield
    except Exception as error:
        error.add_note(sent_data[:4000])
        raise


@pytest.mark.long
@pytest.mark.parametrize("name", EVERY_FORM)
def test_anything_sent_in_any_field_is_taken_or_refused_in_words(signed_in, world, name):
    client, address, data = opened(signed_in, world, name)
    forms = forms_of(client, address, data)
    assert (forms == []) is (name in WITHOUT_FORM)
    assert name in KEPT_NOWHERE or [box for form in forms for box in form.unclean] == []
    accepted = [(form, tried(name, form, data)) for form in forms]
    bodies = {
        "all nasty": {field: values(name, step)[0] for step, field in enumerate(data)},
        "nothing": {},
        "accepted": {**data, **{key: value for item in accepted for key, value in together(*item, data).items()}},
    }
    for form, field, good in ((form, *item) for form, fields in accepted for item in fields.items()):
        # Which numbers are too large is for the service to say. (Of a formset's own, Django says it.)
        if isinstance(form.fields[field], IntegerField) and HUGE in good and not field.endswith("_FORMS"):
            bodies.setdefault(f"huge {field.rpartition('-')[2]}", dict(data))[field] = HUGE
    read = {field for form in forms for field in form.fields}
    for step, field in enumerate(field for field in own(name, data) if field not in read):
        bodies[field] = data | {field: values(name, step)[0]}
    answered = {label: sent(client, address, body) for label, body in bodies.items()}
    assert {label: status for label, status in answered.items() if status >= 500} == {}


def tried(name: str, form, data: dict) -> dict[str, list[str]]:
    """{field: the nasty values that it takes}, after each of them was in each field of a form.

    `make test` tries every third value in a field, and in the next fields the others.

    All fields hold one at a time: what is wrong in one keeps no other from being read.
    """
    fields = own(name, form.fields)
    counts = [field for field in fields if field.endswith("_FORMS")]  # without these right nothing else is read
    accepted: dict[str, list[str]] = {field: [] for field in fields}
    for turn in range(0, len(NASTY), 1 if PROVING else 3):
        held = {field: values(name, turn + step)[0] for step, field in enumerate(fields)}
        with about(str(held)):
            refused = form.refused(data | {field: held[field] for field in fields if field not in counts})
        for field in accepted.keys() - (refused or set()) - {*counts}:
            accepted[field].append(held[field])
        for field in counts:
            with about(f"{field} = {held[field]!r}"):
                if form.takes(data | {field: held[field]}):
                    accepted[field].append(held[field])
    for missing in left_out(fields, counts):
        with about(f"no {missing}"):
            form.takes({key: value for key, value in data.items() if key not in missing})
    return accepted


def left_out(fields: list[str], counts: list[str]) -> list[set[str]]:
    """The fields of which a request lacks all: in `make prove` each alone, else each once, among every fourth."""
    others = [field for field in fields if field not in counts]
    groups = [{field} for field in others] if PROVING else [set(others[start::4]) for start in range(4)]
    return [*({field} for field in counts), *filter(None, groups)]


def together(form, accepted: dict[str, list[str]], data: dict) -> dict[str, str]:
    """{field to type into: a nasty value}, as many as the form takes at once.

    A field that is refused beside the others gets the next value that it took alone, or stays as it was.
    """
    typed = {name: field for name, field in form.fields.items() if not field.widget.is_hidden}
    left = {field: [value for value in accepted.get(field, []) if value.strip()][:3] for field in typed}
    while True:
        body = {field: values[0] for field, values in left.items() if values}
        refused = form.refused(data | body)
        if refused is None or not body:
            return body if refused is None else {}
        # Of a form that is refused as a whole, the last field gives way.
        for field in refused & body.keys() or [*body][-1:]:
            left[field].pop(0)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "address",
    [
        "/admin/desk/editions/{}/", "/admin/desk/editions/{}/page/", "/admin/desk/editions/{}/bring-back/",
        "/admin/desk/documents/{}/",
        "/admin/desk/documents/{}/en/submit/", "/admin/desk/documents/{}/en/withdraw/",
        "/admin/desk/documents/{}/en/preview/", "/admin/desk/documents/{}/previews/",
        "/admin/desk/documents/{}/history/", "/admin/desk/documents/{}/en/changes/",
        "/admin/desk/sign-offs/{}/revoke/", "/admin/translate/{}/es/",
        "/admin/articles/article/{}/change/", "/admin/library/topic/{}/change/", "/admin/library/sitewords/{}/change/",
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
    keys = ["9" * 18, "9" * 30, "%00", "0", "999999", "abc", "1.5", "_3D"]
    keys = keys if PROVING or not on_postgres() else keys[:3]  # of the others, no database is asked anything odd
    answered = {key: client.get(address.format(key)).status_code for key in keys}
    assert {key: status for key, status in answered.items() if status not in (302, 404)} == {}


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("who", "address", "data"),
    [
        ("reviewer", "/admin/desk/rechecks/{recheck.pk}/dismiss/", {"password": people.PASSWORD}),
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
        "library/topic",
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
    queries = queries if PROVING or not on_postgres() else queries[:2]
    answered = {query: client.get(f"/admin/{path}/?{query}").status_code for query in queries}
    assert {query: status for query, status in answered.items() if status >= 500} == {}
