"""Whether an edition stands: the quick answer is that of the rule, applied from the first edition on."""

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from editorial.editions.models import (
    ChainHead,
    Document,
    Edition,
    Release,
    ReleaseEnd,
    Revocation,
    SignOff,
    append_record,
)
from editorial.editions.validity import Validity, find_base
from editorial.editions.verifying import find_valid_editions
from tests.factories import pages, people
from tests.factories.bulk_editions import add_editions
from tests.factories.counting import counted_cost
from tests.layers import layer

pytestmark = pytest.mark.django_db

PEOPLE = 3
person = st.integers(0, PEOPLE - 1)
# What may happen to a page, by anybody: the rule decides what comes of it.
steps = st.lists(
    st.one_of(
        st.tuples(st.just("submit"), st.sampled_from(["en", "es"]), st.sets(person, min_size=1, max_size=2)),
        st.tuples(st.just("publish"), st.sampled_from(["en", "en", "es"]), person, person),
        st.tuples(st.just("sign"), st.integers(0, 9), person),
        st.tuples(st.just("revoke"), st.integers(0, 9), person),
    ),
    max_size=40,
)


@layer
def live() -> Edition:
    return pages.publish(pages.article(people.author()), people.author(), people.reviewer())


class Past:
    """Records of one page, written as the services write them but without their questions."""

    def __init__(self, model: Edition) -> None:
        self.model, self.sign_off = model, model.sign_offs.get()
        self.document = Document.objects.create(kind="article", slug=f"past-{Document.objects.count()}")
        ChainHead.objects.create(document=self.document)
        self.people = [people.person() for _ in range(PEOPLE)]
        self.editions: list[Edition] = []

    def of(self) -> dict:
        models = (Edition, SignOff, Revocation, Release)
        return {model: list(model.objects.filter(document=self.document).order_by("sequence")) for model in models}

    def _copied(self, record, **changed):
        left_out = {"id", "document", "sequence", "previous_digest", "record_digest", "recorded_by", "recorded_at"}
        fields = {field.name: getattr(record, field.name) for field in record._meta.concrete_fields}
        return type(record)(
            **{name: fields[name] for name in fields.keys() - left_out} | changed, document=self.document
        )

    def submit(self, language: str, contributors: set[int]) -> None:
        same = [edition for edition in self.editions if edition.language == language]
        sources = [edition for edition in self.editions if edition.language == "en" and edition.releases.exists()]
        if language != "en" and not sources:
            return
        persons = [self.people[number] for number in sorted(contributors)]
        edition = self._copied(
            self.model, language=language, number=len(same) + 1, base_edition=find_base(self.document, language),
            source_edition=sources[-1] if language != "en" else None,
            contributors=[{"id": item.pk, "name": item.name} for item in persons],
        )  # fmt: skip
        self.editions.append(append_record(edition, user=persons[0]))

    def publish(self, language: str, writer: int, signer: int) -> None:
        self.submit(language, {writer})
        self.sign(0, signer)

    def sign(self, number: int, signer: int) -> None:
        edition, user = self.newest(number), self.people[signer]
        if edition is None or user.pk in {contributor["id"] for contributor in edition.contributors}:
            return
        accepted = self._copied(self.sign_off.review, edition=edition)
        review = append_record(accepted, user=user)
        fields = {"language": edition.language, "number": edition.number, "review_digest": review.record_digest}
        append_record(self._copied(self.sign_off, edition=edition, review=review, **fields), user=user)
        newest = Release.objects.filter(document=self.document, language=edition.language).order_by("-number").first()
        if edition.pk in find_valid_editions(self.of()) and (newest is None or newest.number < edition.number):
            self.release(edition, newest, user)

    def release(self, edition: Edition, before: Release | None, user) -> None:
        now, fields = timezone.now(), {"language": edition.language, "number": edition.number}
        if before:
            append_record(ReleaseEnd(document=self.document, release=before, released_until=now), user=user, at=now)
        model = self.model.releases.get()
        append_record(self._copied(model, edition=edition, released_from=now, **fields), user=user, at=now)

    def revoke(self, number: int, user: int) -> None:
        kept = [sign_off for sign_off in self.of()[SignOff] if not hasattr(sign_off, "revocation")]
        if kept:
            sign_off = kept[number % len(kept)]
            append_record(Revocation(document=self.document, sign_off=sign_off, reason="-"), user=self.people[user])

    def newest(self, number: int) -> Edition | None:
        """The newest or one of those before it."""
        return self.editions[-1 - number % len(self.editions)] if self.editions else None


TAKING_TURNS = [("publish", "en", 0, 1), ("publish", "en", 1, 0), ("publish", "es", 2, 0), ("publish", "en", 0, 2)]


@example(TAKING_TURNS, 0)
@example([*TAKING_TURNS, ("revoke", 0, 0)], 1)
@example([*TAKING_TURNS, ("revoke", 0, 0), ("submit", "en", {2}), ("sign", 0, 1)], 1)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps, going=st.integers(0, 9))
def test_the_quick_answer_is_that_of_the_rule_from_the_first_edition_on(live, steps, going):
    past = Past(live)
    for name, *arguments in steps:
        getattr(past, name)(*arguments)
    of = past.of()
    valid_ids = find_valid_editions(of)
    every = Validity([edition.pk for edition in past.editions])
    for edition in past.editions:
        alone = Validity([edition.pk])
        assert alone.is_valid(edition.pk) == every.is_valid(edition.pk) == (edition.pk in valid_ids)
        assert alone.contributor_ids(edition.pk) == every.contributor_ids(edition.pk)
        for rests_on in filter(None, (edition.base_edition_id, edition.source_edition_id)):
            assert alone.is_valid(rests_on) == (rests_on in valid_ids)
    for language in ("en", "es"):
        released = [edition for edition in past.editions if edition.language == language and edition.releases.exists()]
        base = next((edition for edition in reversed(released) if edition.pk in valid_ids), None)
        assert find_base(past.document, language) == base
    without = [sign_off.pk for sign_off in of[SignOff][going::2]]
    of[SignOff] = [sign_off for sign_off in of[SignOff] if sign_off.pk not in without]
    valid_ids, would_be = find_valid_editions(of), Validity([edition.pk for edition in past.editions], without=without)
    assert {edition.pk for edition in past.editions if would_be.is_valid(edition.pk)} == valid_ids


def test_what_was_revoked_is_read_from_there_on_and_nothing_before(live):
    """The cost is that of the editions that the revocation may have reached."""
    newest = add_editions(live, 300)
    [sign_off] = SignOff.objects.filter(edition__number=290, document=live.document)
    assert Validity([newest.pk]).is_valid(newest.pk)
    append_record(Revocation(document=live.document, sign_off=sign_off, reason="-"), user=sign_off.recorded_by)
    with counted_cost() as cost:
        assert Validity([newest.pk]).is_valid(newest.pk)  # what its signer did not write was signed again since
    assert cost.queries <= 6
    assert cost.rows < 50
