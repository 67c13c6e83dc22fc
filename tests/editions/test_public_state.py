"""One number says whether anything that readers see may have changed; the database itself raises it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from editorial.editions.models import Document, OldAddress, PublicState
from editorial.editions.working.copies import change_slug
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.factories import pages, people
from tests.factories.pages import submit

pytestmark = pytest.mark.both_databases


def state() -> dict[str, tuple[int, str]]:
    return {row.scope: (row.number, row.digest) for row in PublicState.objects.all()}


class Publishing:
    """One article, and what can happen to it; each act is a transaction of its own."""

    def __init__(self):
        self.author, self.reviewer, self.head = people.author(), people.reviewer(), people.head()
        self.document = pages.article(self.author, slug="immunotherapy")

    def submit(self, title: str = "Immunotherapy"):
        pages.edit(self.document, self.author, title=title)
        self.edition = submit(self.document, "en", user=self.author)

    def sign(self, **keywords):
        self.sign_off = pages.sign(self.edition, self.reviewer, **keywords)
        return self.sign_off

    def schedule(self):
        self.submit("Later")
        return self.sign(publish_at=timezone.now() + timedelta(days=2))

    def revoke(self):
        return revoke_sign_off(self.sign_off, user=self.head, reason="It was wrong.")

    def withdraw(self):
        return withdraw(self.document, user=self.reviewer, language="en", reason="It is wrong.")

    def rename(self):
        change_slug(self.document, "new-address", user=self.head)

    def rename_back(self):
        change_slug(Document.objects.get(pk=self.document.pk), "immunotherapy", user=self.head)


def test_what_readers_can_see_raises_the_state_and_drafts_do_not(fresh_connection):
    publishing = Publishing()
    before = state()
    publishing.submit()
    assert state() == before, "an edition that nobody signed"
    seen = {before[""]}
    for act in ("sign", "rename", "rename_back", "schedule", "revoke", "withdraw"):
        getattr(publishing, act)()
        after = state()
        assert after[""][0] > before[""][0], act
        assert after["article"][0] > before.get("article", (0, ""))[0], act
        assert {scope for scope in after if after[scope] != before.get(scope)} == {"", "article"}, act
        assert after[""] not in seen, act
        seen.add(after[""])
        before = after


def test_a_change_that_is_rolled_back_raises_nothing(fresh_connection):
    publishing = Publishing()
    publishing.submit()
    before = state()
    with transaction.atomic():
        publishing.sign()
        transaction.set_rollback(True)
    assert state() == before
    with transaction.atomic():
        publishing.rename()
        with transaction.atomic():
            publishing.rename_back()
            transaction.set_rollback(True)
    assert state()[""] != before[""]


def test_two_histories_from_one_backup_never_share_a_state(fresh_connection):
    """The number comes again after a backup was restored; what raised it does not."""
    publishing = Publishing()
    publishing.submit()
    before, seen = state()[""], []
    for _history in range(2):
        with transaction.atomic():
            old = OldAddress.objects.create(document=publishing.document, kind="article", slug="once")
            if connection.vendor == "postgresql":
                connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
            seen.append(state()[""])
            assert old.pk
            transaction.set_rollback(True)
    assert [number for number, _digest in seen] == [before[0] + 1] * 2
    assert seen[0] != seen[1]
