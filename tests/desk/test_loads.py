"""What waits for each reviewer: the database's count is what somebody would count who goes through the list."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from editorial.desk.queue import items
from editorial.desk.reports import overview
from editorial.editions.models import Edition, SignOff
from editorial.reviews.models import Contributor
from tests import PROVING
from tests.databases import on_postgres
from tests.factories import desk_pasts, pages, people
from tests.factories.recorded_pasts import recorded_past
from tests.factories.workplace import DAY
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LANGUAGES = [("en",), ("es",), ("en", "es"), ("ar",)]  # of the reviewers


@layer
def live() -> Edition:
    return pages.publish(pages.article(people.author()), people.author(), people.reviewer())


class PeoplesPast(desk_pasts.DeskPast):
    """One in which `person` signs, and may have written what was submitted."""

    person = None

    def write(self, record):
        record = super().write(record)
        if isinstance(record, SignOff):
            type(record).objects.filter(pk=record.pk).update(recorded_by=self.person)
        return record

    def contribute(self, language: str) -> None:
        if edition := self.newest(language):
            Contributor.objects.get_or_create(edition=edition, user=self.person)


def waiting_for(reviewer, now) -> int:
    """The rule: what is in their languages and they did not write; and did not sign, unless readers have it already."""
    spoken = {row.language for row in reviewer.languages.all()}
    count = 0
    for edition in Edition.objects.filter(pk__in=items.queued_editions(now).values("pk")):
        wrote = Contributor.objects.filter(edition=edition, user=reviewer.user_id).exists()
        signed = edition.sign_offs.filter(recorded_by=reviewer.user_id).exists()
        count += edition.language in spoken and not wrote and (edition.releases.exists() or not signed)
    return count


_language, _who = st.sampled_from(["en", "es"]), st.integers(0, len(LANGUAGES) - 1)
_step = st.one_of(
    st.tuples(st.sampled_from(["freeze", "sign", "sign", "contribute", "contribute"]), st.just(1), _language),
    st.tuples(st.just("publish"), st.just(1), _language, st.sampled_from([0, 0, 30])),
)


@settings(
    max_examples=60 if PROVING else 3 if on_postgres() else 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(steps=[(("freeze", 1, "en"), 0), (("contribute", 1, "en"), 0), (("sign", 1, "en"), 0), (("sign", 1, "en"), 2)])
@example(steps=[(("publish", 1, "en", 0), 0), (("contribute", 1, "en"), 2), (("freeze", 1, "es"), 1)])
@example(steps=[(("freeze", 1, "en"), 1), (("sign", 1, "en"), 0), (("sign", 1, "en"), 0)])
@given(steps=st.lists(st.tuples(_step, _who), min_size=3, max_size=10))
def test_what_waits_for_each_reviewer_is_what_somebody_counts_in_the_list(live, steps):
    with recorded_past(live, "article", PeoplesPast) as past:
        reviewers = [people.reviewer(*languages) for languages in LANGUAGES]
        for step, who in [(("publish", 0, "en", 0), 0), *steps]:
            past.person = reviewers[who]
            past.do(*step)
        loads = {load.user_id: load for load in overview.loads(past.at)}
        for user in reviewers:
            load, reviewer = loads[user.pk], user.reviewer
            assert load.waiting == waiting_for(reviewer, past.at)
            listed = items.queued_editions(past.at).filter(items.pending_for(user, reviewer))
            assert load.waiting == listed.count()
            recent = SignOff.objects.filter(recorded_by=user, recorded_at__gt=past.at - 30 * DAY)
            assert load.signed == recent.count()
