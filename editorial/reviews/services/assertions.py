"""Checking what editions assert. What stops being so opens a recheck on each edition that says it, in every language.

It is checked whenever something is recorded or verified that may change it, in that transaction, and once a day: what
was announced takes effect by itself.
"""

import logging
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from editorial.accounts.models import User
from editorial.editions.assertions import FACT_FIELDS, check_facts, lock_facts
from editorial.editions.kind_answers import Answer, FactAnswer
from editorial.editions.kinds import kind_of
from editorial.editions.models import AssertedFact, Assertion, Document, Edition, append_record
from editorial.editions.set_inserts import insert_from

from ..mail.recheck_notifications import notify_rechecks
from ..models import Cause, FactChange, Recheck
from ..models.fact_changes import EndedFact
from ..reachable_editions import is_active, is_taken_down
from .holding import hold_schedules
from .rechecks import lock_dependents

log = logging.getLogger(__name__)


def check_assertions(document: Document, *, user: User) -> None:
    """Open a recheck on every edition that asserts what is not so any more since something about `document` changed.

    What counts is what is in force, and what is on record: that somebody recorded an end is reason enough to look. The
    caller changed it in this transaction, and locked its document by `lock_dependents` with `asserting`. The number of
    statements depends neither on how many editions they are nor on how many facts.
    """
    lock_facts()
    now = timezone.now()
    _open(document, _update_facts(_find_asserted(now), timezone.localdate(now)), user=user, now=now)


def lock_asserting(document: Document) -> Document:
    """Lock the document and those whose editions assert facts, in one order, for a change that no others rest on."""
    concerned = Q(pk=document.pk) | Q(pk__in=Assertion.objects.values("edition__document"))
    locked = list(Document.objects.filter(concerned).order_by("pk").select_for_update().values_list("pk", flat=True))
    return Document.objects.get(pk=document.pk) if locked else document


def check_assertions_of_the_day() -> None:
    """The same of what took effect by itself. May be run by several at once, and again: it is checked once a day."""
    now = timezone.now()
    today = timezone.localdate(now)
    if not AssertedFact.objects.filter(checked_on__lt=today).exists():
        return
    try:
        _check_day(now, today)
    except Exception:  # whatever it is, mail goes out and this is tried again
        log.exception("What pages assert could not be checked.")


def _check_day(now: datetime, today: date) -> None:
    with transaction.atomic():
        # Looked for before the locks, which are taken in one order, and again under them.
        before = {fact.text: fact for fact in _find_asserted(now)}
        answers = check_facts(list(before), today)
        keys = {key for text, answer in answers.items() for key in _find_changed(before[text], answer)}
        documents = lock_dependents(list(Document.objects.filter(pk__in=keys)), asserting=True)
        lock_facts()
        by_document: dict[int, list[tuple[AssertedFact, EndedFact]]] = {}
        for fact, ended in _update_facts(_find_asserted(now), today):
            changed = _keys_that_differ(ended["before"], ended["after"]) or documents.keys()
            by_document.setdefault(min(changed, default=_find_page(fact)), []).append((fact, ended))
        AssertedFact.objects.filter(checked_on__lt=today).update(checked_on=today)
        for key, facts in sorted(by_document.items()):
            document = documents.get(key) or Document.objects.select_for_update().get(pk=key)
            user = kind_of(document).find_changer(document, today) or _find_writer(facts)
            _open(document, facts, user=user, now=now)


def _find_asserted(now: datetime) -> QuerySet[AssertedFact]:
    """What editions assert that are live, scheduled or awaiting, or may come back."""
    asserting = _find_asserting(now).filter(assertions__fact=OuterRef("pk"))
    return AssertedFact.objects.filter(Exists(asserting)).order_by("pk")


def _find_asserting(now: datetime) -> QuerySet[Edition]:
    return Edition.objects.filter(is_active(now) | is_taken_down(now))


def _update_facts(facts: Iterable[AssertedFact], today: date) -> list[tuple[AssertedFact, EndedFact]]:
    """Keep what is made of these today; returns those that are not so any more, with what was and is."""
    by_text = {fact.text: fact for fact in facts}
    ended, changed = [], []
    for text, answer in check_facts(list(by_text), today).items():
        fact = by_text[text]
        if told := _find_end(fact, answer):
            ended.append((fact, told))
        if any(getattr(fact, name) != getattr(answer, name) for name in FACT_FIELDS):
            changed.append(fact)
            for name in FACT_FIELDS:
                setattr(fact, name, getattr(answer, name))
    AssertedFact.objects.bulk_update(changed, FACT_FIELDS, batch_size=200)
    return ended


def _find_end(fact: AssertedFact, answer: FactAnswer) -> EndedFact | None:
    """What ended since the fact was last checked: what is in force before what is only on record."""
    told: EndedFact = {"fact": fact.text, "before": fact.answer, "after": answer.answer, "is_verified": True}
    if fact.is_true and not answer.is_true:
        return told
    if fact.is_true_on_record and not answer.is_true_on_record:
        return {**told, "before": fact.answer_on_record, "after": answer.answer_on_record, "is_verified": False}
    return None


def _find_changed(fact: AssertedFact, answer: FactAnswer) -> set[int]:
    return _keys_that_differ(fact.answer, answer.answer) | _keys_that_differ(
        fact.answer_on_record, answer.answer_on_record
    )


def _keys_that_differ(before: Answer, after: Answer) -> set[int]:
    """Keys of the documents that make something else of it."""
    return {int(key) for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _find_page(fact: AssertedFact) -> int:
    """The key of a page that asserts it, where nothing else changed than that nobody can tell any more."""
    return Assertion.objects.filter(fact=fact).order_by("-pk").values_list("edition__document", flat=True)[0]


def _find_writer(facts: list[tuple[AssertedFact, EndedFact]]) -> User:
    """Who submitted the newest edition that asserts one of these, where nobody vouches for what changed."""
    assertions = Assertion.objects.filter(fact__in=[fact for fact, _ended in facts])
    return assertions.select_related("edition__recorded_by").order_by("-pk")[0].edition.recorded_by


def _open(
    document: Document, ended: list[tuple[AssertedFact, EndedFact]], *, user: User, now: datetime
) -> FactChange | None:
    if not ended:
        return None
    record = append_record(FactChange(document=document, ended=[told for _fact, told in ended]), user=user, at=now)
    asserting = Assertion.objects.filter(edition=OuterRef("pk"), fact__in=[fact.pk for fact, _told in ended])
    opened = insert_from(
        _find_asserting(now).filter(Exists(asserting)),
        Recheck,
        {
            "edition": F("pk"),
            "cause": Cause.UNTRUE,
            "document": document,
            "because": record.record_digest,
            "takes_effect_at": None,
            "shows_change": True,
            **Recheck.attribution(user, now),
        },
    )
    if opened:
        rechecks = Recheck.objects.filter(because=record.record_digest, opened_at=now)
        hold_schedules(rechecks.values("edition"), user=user, now=now)
        notify_rechecks(record, opened_at=now)
    return record
