"""Policies and questions, as a head of content sets them: for a kind of page that there is, or for every kind."""

import pytest
import time_machine
from django.utils import timezone

from editorial.reviews.models import OverduePolicy, PolicyRecord, Question, SignOffPolicy
from tests.desk.forms import filled
from tests.reading import rendered

ADD = "/admin/reviews/overduepolicy/add/"


@pytest.fixture
def change(world) -> str:
    return f"/admin/reviews/overduepolicy/{world.overdue.pk}/change/"


def test_kinds_are_chosen_from_a_list_without_site_words(signed_in, world):
    root = rendered.parsed(signed_in(world.head).get(ADD))
    [select] = [node for node in root.iter("select") if node.get("name") == "kind"]
    kinds = {option.get("value") for option in select.iter("option")}
    assert {"article", "monograph", "glossary"} <= kinds
    assert "site-words" not in kinds


OF_KINDS = {
    "signoffpolicy": (SignOffPolicy, {"sign_offs": "1", "grave_sign_offs": "2"}),
    "question": (Question, {"about": "anything", "text_en": "It is right.", "order": "90", "is_asked": "on"}),
}


@pytest.mark.parametrize("name", OF_KINDS)
def test_a_row_about_a_kind_that_there_is_not_is_refused(signed_in, world, name):
    """It would never apply, and nobody would be told."""
    (model, typed), before = OF_KINDS[name], OF_KINDS[name][0].objects.count()
    for kind in ("Articles", "articles", "a kind"):
        response = signed_in(world.head).post(f"/admin/reviews/{name}/add/", {"kind": kind, **typed})
        assert response.status_code == 200
        assert "errorlist" in response.content.decode()
    assert model.objects.count() == before


@pytest.mark.parametrize("name", OF_KINDS)
def test_a_row_about_a_kind_that_there_was_not_is_not_widened_by_saving_it(signed_in, world, name):
    model = OF_KINDS[name][0]
    row = model.objects.first()
    model.objects.filter(pk=row.pk).update(kind="Articles")
    client, address = signed_in(world.head), f"/admin/reviews/{name}/{row.pk}/change/"
    form = filled(client.get(address))
    assert form.get("kind", "Articles") == "Articles"
    assert client.post(address, form).status_code == 302
    row.refresh_from_db()
    assert row.kind == "Articles"


def test_the_kind_of_a_policy_that_is_set_is_told_as_people_call_it(signed_in, world, change):
    page = signed_in(world.head).get(change).content.decode()
    assert "Articles</div>" in page
    assert 'name="kind"' not in page


@pytest.mark.parametrize("name", OF_KINDS)
def test_a_row_is_about_every_kind_or_one_and_says_so(signed_in, world, name):
    client, (model, typed) = signed_in(world.head), OF_KINDS[name]
    for kind, called in (("", "every kind"), ("site-words", "Site words")):
        model.objects.filter(kind=kind).delete()
        assert client.post(f"/admin/reviews/{name}/add/", {"kind": kind, **typed}).status_code == 302
        assert model.objects.filter(kind=kind).count() == 1
        cells = rendered.parsed(client.get(f"/admin/reviews/{name}/")).iter()
        told = ["".join(cell.itertext()) for cell in cells if cell.get("class") == "field-of_kind"]
        assert told.count(called) == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"kind": "article", "after_days": "30"},  # it has one
        {"kind": "site-words", "after_days": "30"},
        {"kind": "glossary", "after_days": "0"},
        {"kind": "glossary", "after_days": "3651"},
        {"kind": "glossary", "after_days": "soon"},
        {"kind": "glossary"},
    ],
)
def test_what_makes_no_sense_is_refused_in_words(signed_in, world, typed):
    client = signed_in(world.head)
    response = client.post(ADD, typed)
    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert OverduePolicy.objects.count() == 1


def test_whoever_changes_it_is_who_set_it(signed_in, world, change):
    client = signed_in(world.admin)
    assert client.post(change, filled(client.get(change), after_days="10")).status_code == 302
    policy = OverduePolicy.objects.get()
    assert (policy.kind, policy.after_days, policy.set_by, policy.set_by_name) == (
        "article", 10, world.admin, world.admin.name,
    )  # fmt: skip


def test_who_saves_it_is_told_how_many_pages_come_down(signed_in, world, change):
    with time_machine.travel(timezone.now() + timezone.timedelta(days=3000), tick=False):
        client = signed_in(world.head)
        response = client.post(change, filled(client.get(change), after_days="10"), follow=True)
    assert "already past this limit" in rendered.words(response)


def test_deleting_it_keeps_pages_up(signed_in, world, change):
    client = signed_in(world.head)
    assert client.post(change.replace("change", "delete"), {"post": "yes"}).status_code == 302
    assert not OverduePolicy.objects.exists()


# --- On record, and by two ---


def test_a_form_that_asks_for_fewer_changes_nothing_until_somebody_else_agrees(signed_in, world):
    change = f"/admin/reviews/signoffpolicy/{world.policy.pk}/change/"
    head, admin = signed_in(world.head), signed_in(world.admin)
    form = filled(head.get(change), sign_offs="1", reason="Too few of us.")
    answer = head.post(change, form, follow=True)
    assert "It counts once another head of content or site admin agrees." in rendered.words(answer)
    world.policy.refresh_from_db()
    assert world.policy.sign_offs == 2
    request = PolicyRecord.objects.latest("sequence")
    assert "Too few of us." in rendered.words(admin.get("/admin/desk/policies/"))
    address, answered = f"/admin/desk/policies/{request.pk}/answer/", f"answer-{request.pk}-answer"
    refused = head.post(address, {answered: "agree"})
    assert (refused.status_code, "You asked for this yourself" in rendered.words(refused)) == (409, True)
    assert admin.post(address, {answered: "agree"}).status_code == 302
    world.policy.refresh_from_db()
    assert world.policy.sign_offs == 1


def test_deleting_a_policy_that_asks_for_more_is_asked_for(signed_in, world):
    delete = f"/admin/reviews/signoffpolicy/{world.policy.pk}/delete/"
    answer = signed_in(world.head).post(delete, {"post": "yes"}, follow=True)
    assert "It counts once another" in rendered.words(answer)
    assert SignOffPolicy.objects.filter(pk=world.policy.pk).exists()


def test_a_second_request_about_the_same_policy_keeps_what_was_typed_and_says_why(signed_in, world):
    policy = SignOffPolicy.objects.get(kind="glossary")
    change = f"/admin/reviews/signoffpolicy/{policy.pk}/change/"
    client = signed_in(world.head)
    answer = client.post(change, filled(client.get(change), sign_offs="1", reason="Once more."))
    assert "already waiting for a second person" in rendered.words(answer)
    assert "Once more." in answer.content.decode()


def test_the_refusal_keeps_the_reason_that_was_typed(signed_in, world):
    pk, client = world.policy_request.pk, signed_in(world.admin)
    address = f"/admin/desk/policies/{pk}/answer/"
    assert client.post(address, {f"answer-{pk}-answer": "refuse"}).status_code == 409
    again = client.post(address, {f"answer-{pk}-reason": "Because."})
    assert (again.status_code, "Because." in again.content.decode()) == (400, True)


def test_the_history_of_a_page_shows_the_policies_that_reach_it_and_no_others(signed_in, world):
    client = signed_in(world.head)
    client.post("/admin/reviews/signoffpolicy/add/", {"kind": "article", "sign_offs": "3", "grave_sign_offs": "3"})
    history = rendered.words(client.get(f"/admin/desk/documents/{world.live.pk}/history/"))
    assert "Sign-off policy for" in history
    assert "after: sign-offs: 3; for safety-critical changes: 3" in history
    assert "Policy for overdue pages" in history
    assert "So few." not in history  # that one is about glossary entries


def test_a_changed_question_is_told_where_policies_are_and_in_the_history_of_its_pages(signed_in, world):
    client, question = signed_in(world.head), Question.objects.order_by("pk").first()
    address = f"/admin/reviews/question/{question.pk}/change/"
    typed = filled(client.get(address)) | {"text_en": "Every claim is right.", "asked_of": ""}
    assert client.post(address, typed).status_code == 302
    for page in ("/admin/desk/policies/", f"/admin/desk/documents/{world.live.pk}/history/"):
        words = client.get(page).content.decode()
        assert "Question of the checklist for" in words and "Every claim is right." in words
        assert "all editions" in words and "recorded as it was" not in words
