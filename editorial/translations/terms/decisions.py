"""Deciding about terms: one change at a time for all of them, each decision on record with who made it."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import target_languages
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import refuse_if
from editorial.editions.working.copies import refreshed_user

from ..models.terms import Act, Term, TermDecision, TermsVersion, TermTranslation

BATCH = 500  # rows of one statement


def decided_languages(user: User) -> list[str]:
    """The languages in which this user decides about terms."""
    return [language for language in target_languages() if user.can(Permission.DECIDE_TERMS, language=language)]


def decide_blockers(user: User) -> list[str]:
    """Why this user decides about no term; empty when they do."""
    if decided_languages(user):
        return []
    return [_("Your role can't decide about terms. Ask a translator or a head of content.")]


@dataclass
class Decisions:
    """What is about to be written, and who decides it."""

    user: User
    at: datetime = field(default_factory=timezone.now)
    new_terms: list[Term] = field(default_factory=list)
    changed_terms: list[Term] = field(default_factory=list)
    new_translations: list[TermTranslation] = field(default_factory=list)
    changed_translations: list[TermTranslation] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)  # keys of translations
    records: list[TermDecision] = field(default_factory=list)

    def add_term(self, term: Term) -> None:
        self.new_terms.append(term)
        self._record(term, Act.ADDED)

    def change_term(self, term: Term, act: Act = Act.CHANGED) -> None:
        self.changed_terms.append(term)
        self._record(term, act)

    def add_translation(self, translation: TermTranslation) -> None:
        translation.attribute_to(self.user, self.at)
        self.new_translations.append(translation)
        self._record(translation.term, Act.ADDED, translation)

    def change_translation(self, translation: TermTranslation) -> None:
        translation.attribute_to(self.user, self.at)
        self.changed_translations.append(translation)
        self._record(translation.term, Act.CHANGED, translation)

    def remove_translation(self, translation: TermTranslation) -> None:
        self.removed.append(translation.pk)
        self._record(translation.term, Act.REMOVED, translation)

    def _record(self, term: Term, act: Act, translation: TermTranslation | None = None) -> None:
        decided = translation or term
        record = TermDecision(
            term=term,
            act=act,
            language=translation.language if translation else "",
            text=decided.text,
            level=translation.level if translation else "",
            is_kept=term.is_kept,
            note=decided.note,
        )
        record.attribute_to(self.user, self.at)
        self.records.append(record)


@contextmanager
def deciding(user: User) -> Iterator[Decisions]:
    """A transaction in which terms may be changed, by one person at a time. Raises Blocked for who may not."""
    with transaction.atomic():
        TermsVersion.objects.get_or_create(pk=1, defaults={"token": secrets.token_hex(16)})
        version = TermsVersion.objects.select_for_update().get(pk=1)
        user = refreshed_user(user)
        refuse_if(decide_blockers(user))
        decisions = Decisions(user)
        yield decisions
        if decisions.records:
            write_decisions(decisions)
            version.token = secrets.token_hex(16)
            version.save(update_fields=["token"])


def write_decisions(decisions: Decisions) -> None:
    Term.objects.bulk_create(decisions.new_terms, BATCH)
    Term.objects.bulk_update(
        decisions.changed_terms, ["text", "part_of_speech", "is_kept", "note", "is_retired"], BATCH
    )
    for keys in _batches(decisions.removed):
        TermTranslation.objects.filter(pk__in=keys).delete()
    columns = ["text", "level", "note", *TermTranslation.ATTRIBUTION]
    TermTranslation.objects.bulk_update(decisions.changed_translations, columns, BATCH)
    TermTranslation.objects.bulk_create(decisions.new_translations, BATCH)
    TermDecision.objects.bulk_create(decisions.records, BATCH)


def _batches(keys: list[int]) -> Iterable[list[int]]:
    return (keys[place : place + BATCH] for place in range(0, len(keys), BATCH))
