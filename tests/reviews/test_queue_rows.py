"""What the review queue is asked from says what the records say, at any time and whatever was recorded."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings

from editorial.desk.queue import items
from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition, Release, Review, SignOff, Verdict
from editorial.reviews import queue
from editorial.reviews.models import Cause, OpenRecheck, PendingEdition, Recheck, ReturnedEdition, ReviewDate
from editorial.reviews.queue_rows import find_queue_row_problems
from editorial.reviews.services import dismiss_recheck, reaffirm, revoke_sign_off, send_back, withdraw
from tests import PROVING
from tests.databases import on_postgres
from tests.factories import bulk_rows, desk_pasts, pages, people
from tests.factories.recorded_pasts import SECOND, recorded_past
from tests.factories.workplace import DAY
from tests.layers import layer
from tests.reading.query_plans import tables_scanned

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

MIGRATION = import_module("editorial.reviews.migrations.0013_rows_of_what_waits_and_no_more")


@layer
def live() -> Edition:
    return pages.publish(pages.article(people.author()), people.author(), people.reviewer())


def rows_that_a_migration_leaves(document) -> set[int]:
    """Of a row for each edition, those of which the rule that it has of its own says that they wait."""
    with transaction.atomic():
        has_row = PendingEdition.objects.values("edition")
        others = Edition.objects.filter(document=document).exclude(pk__in=has_row).values_list("pk", flat=True)
        PendingEdition.objects.bulk_create(PendingEdition(edition_id=pk, document=document) for pk in others)
        MIGRATION.drop_extra(apps, SimpleNamespace(connection=connection))
        left = set(PendingEdition.objects.filter(document=document).values_list("pk", flat=True))
        transaction.set_rollback(True)
    return left


def sent_back(document) -> set[int]:
    """The rule: of the newest edition in each language, what sent it back; all were submitted by one person."""
    newest = dict(Edition.objects.filter(document=document).order_by("number").values_list("language", "pk"))
    reviews = Review.objects.filter(document=document, edition__in=newest.values(), verdict=Verdict.SENT_BACK)
    return set(reviews.values_list("pk", flat=True))


def newest_sign_offs(at):
    """The rule: of each edition that can be read, the newest sign-off that is not revoked."""
    newer = SignOff.objects.filter(
        edition=OuterRef("edition"), revocation__isnull=True, sequence__gt=OuterRef("sequence")
    )
    released = Release.objects.live(at).values("edition")
    return SignOff.objects.filter(~Exists(newer), revocation__isnull=True, edition__in=released)


@settings(
    max_examples=60 if PROVING else 3 if on_postgres() else 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(steps=[("freeze", 3, "en"), ("withdraw", 3, ""), ("publish", 3, "en", 0), ("sign", 1, "en")])
@example(steps=[("publish", 3, "es", 0), ("freeze", 3, "es"), ("revoke", 3, "en"), ("sign", 3, "en")])
@example(steps=[("freeze", 3, "es"), ("send_back", 3, "es"), ("publish", 3, "en", 30), ("hold", 3, "en")])
@given(steps=desk_pasts.steps)
def test_what_waits_and_what_is_due_is_what_the_records_say_at_any_time(live, steps):
    with recorded_past(live, "article", desk_pasts.DeskPast) as past:
        for step in [("publish", 0, "en", 0), *steps]:
            past.do(*step)
            of_page = Edition.objects.filter(document=past.document)
            pending = set(of_page.filter(queue.is_pending()).values_list("pk", flat=True))
            assert set(PendingEdition.objects.filter(document=past.document).values_list("pk", flat=True)) == pending
            assert rows_that_a_migration_leaves(past.document) == pending
            author = live.recorded_by
            assert {review.pk for review in queue.sent_back_reviews(author, 99)} == sent_back(past.document)
            for at in (past.at, past.at + 35 * SECOND):
                sign_offs = set(newest_sign_offs(at).filter(document=past.document).values_list("pk", "review_due_on"))
                dates = ReviewDate.objects.live(at).filter(document=past.document)
                assert set(dates.values_list("sign_off_id", "review_due_on")) == sign_offs, at


def test_the_services_leave_the_rows_as_a_rebuild_makes_them(live):
    author, reviewer, translator = people.author(), people.reviewer(), people.translator("es")

    def rows():
        return [set(model.objects.values_list()) for model in (PendingEdition, ReturnedEdition, ReviewDate)]

    def check():
        assert list(find_queue_row_problems()) == []
        before = rows()
        for model in (PendingEdition, ReturnedEdition, ReviewDate):
            model.objects.all().delete()
        call_command("rebuild_lists", verbosity=0)
        assert rows() == before

    document = live.document
    pages.publish_translation(document, "es", translator, reviewer)
    pages.edit(document, author, title="Newer")
    waiting = pages.submit(document, "en", user=author)
    assert PendingEdition.objects.filter(edition=waiting).exists()
    check()
    send_back(waiting, user=reviewer, remarks="Say it plainly.")
    assert not PendingEdition.objects.filter(document=document).exists()
    assert [review.edition for review in queue.sent_back_reviews(author, 9)] == [waiting]
    assert queue.sent_back_reviews(reviewer, 9) == []
    reaffirm(
        live, user=reviewer, password=people.PASSWORD, answers=pages.answers(live),
        review_due_on=timezone.localdate() + 9 * DAY,
    )  # fmt: skip
    assert queue.pages_due(timezone.now()).get().edition == live
    check()
    withdraw(document, "es", user=people.operator(), reason="wrong")
    check()
    for sign_off in live.sign_offs.all():
        revoke_sign_off(sign_off, user=people.head(), reason="An error.")
    assert not ReviewDate.objects.exists()
    check()


def test_verify_records_finds_what_the_queue_does_not_show(live):
    pages.submit(pages.article(people.author()), "en", user=people.author())
    ReviewDate.objects.update(review_due_on="2020-01-01")
    [problem] = find_queue_row_problems()
    assert problem.startswith(str(live.document))
    PendingEdition.objects.all().delete()
    assert len(list(find_queue_row_problems())) == 2
    call_command("rebuild_lists", verbosity=0)
    assert list(find_queue_row_problems()) == []


def test_verify_records_finds_what_the_queue_shows_and_what_waits_no_more_and_nobody_can_sign_it(live):
    PendingEdition.objects.create(edition=live, document=live.document)
    [problem] = find_queue_row_problems()
    assert problem.startswith(str(live.document))
    waiting = pages.submit(pages.article(people.author()), "en", user=people.author())
    reviewer = people.reviewer()
    send_back(waiting, user=reviewer, remarks="Say it plainly.")
    PendingEdition.objects.create(edition=waiting, document=waiting.document)
    assert {live, waiting} == set(queue.pending_editions())
    for edition in (live, waiting):
        with pytest.raises(Blocked):
            pages.sign(edition, reviewer)
    call_command("rebuild_lists", verbosity=0)
    assert list(find_queue_row_problems()) == []
    assert not queue.pending_editions().exists()


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite says what it would read")
def test_the_queue_reads_past_no_record_that_is_not_in_it(live):
    bulk_rows.create_queue_items(live, people.reviewer(), 10)
    assert connection.vendor == "sqlite"
    scanned = tables_scanned(lambda: list(items.queue_items(timezone.now())[:25]))
    assert [step for step in scanned if "editions_" in step or "reviews_recheck" in step] == []


def test_the_rows_of_open_rechecks_are_those_that_nobody_settled(live):
    author, reviewer = people.author(), people.reviewer()
    records = [pages.submit(pages.article(author), "en", user=author) for _number in range(3)]
    for record in records:
        Recheck.objects.create(
            edition=live, cause=Cause.EVENT, document=record.document, because=record.record_digest,
            **Recheck.attribution(author),
        )  # fmt: skip
    dismiss_recheck(Recheck.objects.earliest("pk"), user=reviewer, reason="Only a comma.", password=people.PASSWORD)

    def check():
        assert set(Recheck.objects.listed_open()) == set(Recheck.objects.open())
        assert list(find_queue_row_problems()) == []

    check()
    assert Recheck.objects.listed_open().count() == 2
    settled, opened = Recheck.objects.earliest("pk"), Recheck.objects.latest("pk")
    for spoil in (
        lambda: OpenRecheck.objects.create(recheck=settled),
        lambda: OpenRecheck.objects.filter(recheck=opened).delete(),
    ):
        spoil()
        [problem] = find_queue_row_problems()
        assert problem.startswith(str(live.document))
        call_command("rebuild_lists", verbosity=0)
        check()
