"""Reasons for the record have a length that people can read: what is longer is refused, kept, and changes nothing."""

import pytest

from editorial.checks.dismissals import LONGEST_REASON as LONGEST_DISMISSAL
from editorial.editions.blockers import LONGEST_REASON, Blocked, length_blockers
from editorial.reviews import services
from editorial.reviews.models import LONGEST_REMARK
from tests.desk.conftest import state
from tests.desk.forms import agreed
from tests.factories import pages, people

SERVICES = {
    "withdraw": (LONGEST_REASON, lambda world, text: services.withdraw(
        world.live, "en", user=world.operator, reason=text)),
    "revoke": (LONGEST_REASON, lambda world, text: services.revoke_sign_off(
        world.sign_off, user=world.head, reason=text)),
    "revoke since": (LONGEST_REASON, lambda world, text: services.revoke_sign_offs_since(
        world.reviewer, world.sign_off.signed_at.date(), user=world.head, reason=text)),
    "dismiss a recheck": (LONGEST_REASON, lambda world, text: services.dismiss_recheck(
        world.recheck, user=world.reviewer, password=people.PASSWORD, reason=text)),
    "send back": (LONGEST_REMARK, lambda world, text: services.send_back(
        world.waiting, user=world.reviewer, remarks=text)),
    "sign": (LONGEST_REMARK, lambda world, text: pages.sign(world.waiting, world.reviewer, remarks=text)),
}  # fmt: skip

# {name: (who, address, field, the other fields, limit)}
FORMS = {
    "withdraw": ("operator", lambda world: f"/admin/desk/documents/{world.live.pk}/en/withdraw/", "reason",
                 {"languages": lambda _world: ["en"]}, LONGEST_REASON),
    "revoke": ("head", lambda world: f"/admin/desk/sign-offs/{world.sign_off.pk}/revoke/", "reason", {},
               LONGEST_REASON),
    "revoke since": ("head", lambda _world: "/admin/desk/sign-offs/revoke/", "reason",
                     {"signer": lambda world: world.reviewer.username, "signer_key": lambda world: world.reviewer.pk,
                      "since": lambda _world: "2020-01-01"},
                     LONGEST_REASON),
    "dismiss a recheck": ("reviewer", lambda world: f"/admin/desk/rechecks/{world.recheck.pk}/dismiss/", "reason",
                          {"password": lambda _world: people.PASSWORD}, LONGEST_REASON),
    "send back": ("reviewer", lambda world: f"/admin/desk/editions/{world.waiting.pk}/send-back/", "back-remarks", {},
                  LONGEST_REMARK),
    "sign": ("reviewer", lambda world: f"/admin/desk/editions/{world.waiting.pk}/sign/", "sign-remarks",
             {"sign-password": lambda _world: people.PASSWORD}, LONGEST_REMARK),
    "remark": ("reviewer", lambda world: f"/admin/desk/editions/{world.waiting.pk}/remark/", "text",
               {"node": lambda _world: ""}, LONGEST_REMARK),
    "correct a decision": ("drug_admin", lambda world: f"/admin/drugs/monograph/decisions/{world.event.pk}/correct/",
                           "note", {"is_void": lambda _world: "on"}, LONGEST_REASON),
    "dismiss a finding": ("author", lambda world: f"/admin/desk/documents/{world.live.pk}/en/findings/", "reason",
                          {"check": lambda _world: "no-when-to-call", "node": lambda _world: "article"},
                          LONGEST_DISMISSAL),
}  # fmt: skip


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_refuses_a_reason_that_is_too_long_and_changes_nothing(world, name):
    limit, act = SERVICES[name]
    before = state()
    with pytest.raises(Blocked, match=f"Shorten it to {limit} or fewer"):
        act(world, "x" * (limit + 1))
    assert state() == before


@pytest.mark.parametrize("name", FORMS)
def test_a_form_refuses_a_reason_that_is_too_long_and_keeps_it(signed_in, world, name):
    who, address, field, others, limit = FORMS[name]
    typed = "begin " + "x" * (limit - 8) + " end"  # two more than fit
    before = state()
    data = {key: value(world) for key, value in others.items()}
    if name == "sign":
        data |= agreed(world.waiting, "sign")
    response = signed_in(getattr(world, who)).post(address(world), data | {field: typed})
    assert response.status_code in (400, 409)
    assert typed in response.content.decode()
    assert str(limit) in response.content.decode()
    assert state() == before


@pytest.mark.parametrize(("text", "is_kept"), [("x" * 10, True), ("x" * 11, False), ("a\r\n" * 5, True), ("", True)])
def test_length_counts_characters_as_a_browser_does(text, is_kept):
    assert (not list(length_blockers(text, limit=10))) == is_kept
