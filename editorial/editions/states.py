"""Each document's state in each language, for the desk: a constant number of queries, however many documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import all_languages

from .models import Edition, EndCause, Release, ReleaseEnd, Review, Revocation, Verdict, Withdrawal, WorkingVersion
from .models.wordings import SAYS_AS

Key = tuple[int, str]  # (document id, language)


class PublicState(models.TextChoices):
    """What readers see."""

    NONE = "none", _("Not released")
    LIVE = "live", _("Live")
    OUTDATED = "outdated", _("Live, outdated")
    SCHEDULED = "scheduled", _("Scheduled")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class WorkState(models.TextChoices):
    """What is going on behind that."""

    MISSING = "missing", _("Missing")
    IN_WORK = "in-work", _("In progress")
    WAITING = "waiting", _("Awaiting review")
    HELD = "held", _("On hold: a recheck is open")
    SENT_BACK = "sent-back", _("Sent back")
    DONE = "done", _("Nothing open")


@dataclass(frozen=True, slots=True)
class LanguageState:
    """One document in one language. `newest` is its newest edition, without content."""

    language: str
    public: PublicState
    work: WorkState
    newest: Edition | None = None
    live: Release | None = None

    @property
    def badges(self) -> list[models.TextChoices]:
        """What is worth showing: never more than two."""
        if self.public == PublicState.NONE:
            return [self.work] if self.work != WorkState.DONE else [PublicState.NONE]
        return [self.public] + ([self.work] if self.work not in (WorkState.MISSING, WorkState.DONE) else [])


def load_states(document_ids: Iterable[int], at: datetime | None = None) -> dict[int, dict[str, LanguageState]]:
    """{document id: {language: LanguageState}}, every language. A constant number of queries."""
    at = at or timezone.now()
    ids = list(document_ids)
    newest: dict[Key, Edition] = {}
    # Keys rise with numbers: both are given while the document is locked.
    by_language = Edition.objects.filter(document__in=ids).values("document", "language")
    newest_ids = by_language.annotate(newest=Max("pk")).values("newest")
    for edition in Edition.objects.filter(pk__in=newest_ids).defer("content"):
        newest[edition.document_id, edition.language] = edition
    opened: dict[Key, list[Release]] = {}
    for release in (
        Release.objects.filter(document__in=ids)
        .open_after(at)
        .annotate(says_as=SAYS_AS)
        .select_related("edition")
        .defer("edition__content")
    ):
        opened.setdefault((release.document_id, release.language), []).append(release)
    versions = {
        (version.document_id, version.language): version
        for version in WorkingVersion.objects.filter(document__in=ids, token__gt=0)
    }
    sent_back = set(
        Review.objects.filter(edition__in=newest_ids, verdict=Verdict.SENT_BACK).values_list("edition_id", flat=True)
    )
    held = set(
        ReleaseEnd.objects.filter(release__edition__in=newest_ids, cause=EndCause.HELD).values_list(
            "release__edition_id", flat=True
        )
    )
    revoked = set(
        Revocation.objects.filter(sign_off__edition__in=newest_ids).values_list("sign_off__edition_id", flat=True)
    )
    withdrawn: dict[Key, Withdrawal] = {}
    for withdrawal in Withdrawal.objects.filter(document__in=ids, withdrawn_from__lte=at).order_by("sequence"):
        for language in [withdrawal.language] if withdrawal.language else all_languages():
            withdrawn[withdrawal.document_id, language] = withdrawal
    result: dict[int, dict[str, LanguageState]] = {}
    for pk in ids:
        source = next((r for r in opened.get((pk, settings.SOURCE_LANGUAGE), []) if r.released_from <= at), None)
        result[pk] = {}
        for language in all_languages():
            key = (pk, language)
            live = next((r for r in opened.get(key, []) if r.released_from <= at), None)
            public = _public(live, opened.get(key, []), withdrawn.get(key), source)
            stops = Stops(sent_back, held, revoked, withdrawn.get(key))
            work = _work(newest.get(key), versions.get(key), stops, opened.get(key, []))
            result[pk][language] = LanguageState(language, public, work, newest.get(key), live)
    return result


def _public(
    live: Release | None, opened: list[Release], withdrawn: Withdrawal | None, source: Release | None
) -> PublicState:
    if live:
        is_outdated = source is not None and live.says_as != source.says_as  # type: ignore[attr-defined]  # annotated
        return PublicState.OUTDATED if is_outdated else PublicState.LIVE
    if withdrawn:
        return PublicState.WITHDRAWN
    return PublicState.SCHEDULED if opened else PublicState.NONE


@dataclass(frozen=True, slots=True)
class Stops:
    """What keeps newest editions from readers: keys of those sent back, held, with a revoked sign-off; a withdrawal."""

    sent_back: set[int]
    held: set[int]
    revoked: set[int]
    withdrawal: Withdrawal | None


def _work(newest: Edition | None, version: WorkingVersion | None, stops: Stops, opened: list[Release]) -> WorkState:
    if newest is None:
        return WorkState.IN_WORK if version else WorkState.MISSING
    if version and version.changed_at and version.changed_at > newest.frozen_at:
        return WorkState.IN_WORK
    if newest.pk in stops.sent_back:
        return WorkState.SENT_BACK
    if any(release.edition_id == newest.pk for release in opened):
        return WorkState.DONE
    if newest.pk in stops.revoked or (stops.withdrawal and stops.withdrawal.sequence > newest.sequence):
        return WorkState.DONE
    # It has its sign-offs, so nobody can sign it: it comes when nothing about its safety is open any more.
    return WorkState.HELD if newest.pk in stops.held else WorkState.WAITING
