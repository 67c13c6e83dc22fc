"""What nobody can see is left out of everything that is kept for the record. (Of boxes see test_garbage.py.)"""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import models

from editorial.accounts.attribution import Attributed
from editorial.checks.dismissals import dismiss_finding
from editorial.editions import verifying
from editorial.editions.blockers import Blocked
from editorial.editions.models import Contribution
from editorial.reviews.models import Act
from editorial.reviews.services import add_remark, answer_remark, revoke_sign_off, withdraw
from editorial.reviews.services.submit import send_back
from tests.desk.bound_forms import KEPT, TYPED, UNSEEN
from tests.factories import drugs, pages, people
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = pytest.mark.django_db

# Columns of attributed rows that nobody types into: made by the program, chosen from a list, or copied in.
MADE = {
    "digest", "previous_digest", "record_digest", "review_digest", "content_digest", "source_digest", "token_digest",
    "title", "meaning_words", "signer_name", "signer_letters", "signer_specialty", "signer_slug", "credentials",
    "approval_words", "authority", "jurisdiction", "source_key", "source_title", "source_address", "quote",
    "node_id", "advice", "kind", "because", "slug", "signer_distinction", "stock",
}  # fmt: skip


def attributed_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, Attributed)]


@pytest.mark.parametrize("model", attributed_models())
def test_every_column_for_the_record_says_whether_people_type_into_it(model):
    texts = {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices and "_name" not in field.name
    }
    assert texts - MADE == set(model.TYPED)


@layer
def desk():
    author, reviewer = people.author(), people.reviewer()
    document = pages.article(author)
    return SimpleNamespace(author=author, reviewer=reviewer, document=document)


def test_reasons_remarks_and_notes_are_kept_without_what_nobody_can_see(desk):
    first = submit(desk.document, "en", user=desk.author)
    remark = add_remark(first, user=desk.reviewer, text=TYPED)
    sent_back = send_back(first, user=desk.reviewer, remarks=TYPED)
    answer_remark(first, remark, user=desk.reviewer, text="", act=Act.RESOLVED)
    pages.edit(desk.document, desk.author, reason=TYPED, title="Another title")
    signed = pages.sign(submit(desk.document, "en", user=desk.author), desk.reviewer, remarks=TYPED)
    withdrawn = withdraw(desk.document, "en", user=desk.reviewer, reason=TYPED)
    revoked = revoke_sign_off(signed, user=desk.reviewer, reason=TYPED)
    texts = [remark.text, sent_back.remarks, revoked.reason, withdrawn.reason]
    assert [*texts, pages.working(desk.document).history.first().history_change_reason] == [KEPT] * 5
    assert Contribution.objects.last().note == KEPT
    assert list(verifying.find_problems(desk.document)) == []


def test_a_decision_is_recorded_without_what_nobody_can_see_and_its_digest_holds():
    admin = drugs.drug_admin()
    event = drugs.event(drugs.monograph(admin), admin, note=TYPED, submission=f"{UNSEEN}SUPPL-1")
    assert (event.note, event.submission, event.is_intact) == (KEPT, "SUPPL-1", True)


@pytest.mark.parametrize(
    "act",
    [
        lambda desk, edition: add_remark(edition, user=desk.reviewer, text=UNSEEN),
        lambda desk, edition: send_back(edition, user=desk.reviewer, remarks=UNSEEN),
        lambda desk, edition: withdraw(desk.document, "en", user=desk.reviewer, reason=UNSEEN),
        lambda desk, edition: dismiss_finding(
            desk.document, "en", check="no-when-to-call", node_id="article", user=desk.author, reason=UNSEEN
        ),
        lambda desk, edition: answer_remark(
            edition, add_remark(edition, user=desk.reviewer, text="Why?"), user=desk.reviewer, text=UNSEEN, act=Act.SAID
        ),
    ],
)
def test_a_reason_of_which_nothing_can_be_seen_is_none(desk, act):
    edition = submit(desk.document, "en", user=desk.author)
    with pytest.raises(Blocked):
        act(desk, edition)
