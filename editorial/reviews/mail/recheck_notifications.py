"""Telling people of rechecks, however many one change opened: page by page while they are few, else in one line."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from editorial.editions.compiled_questions import AT, DIGEST, find_rows
from editorial.editions.models import Contribution, Document, Edition, Record, Release, Revocation
from editorial.editions.validity import Validity

from ..absences import find_absences
from ..models import Cause, Contributor, Mail, MailState, Recheck, RecheckQuerySet
from ..recheck_lines import find_earlier_reasons
from . import events
from .notifications import AbleByLanguage
from .outbox import Line, write_mail_lines

# Pages that one change is told of by name. Of more, a person is told how many they are, and where they are listed.
NAMED_PAGES = 20

Pages = dict[str, list[int]]  # {whom somebody stands in for, or "": keys of editions}


def notify_rechecks(record: Record, *, opened_at: datetime) -> None:
    """Tell whoever may sign the editions, or wrote last in them, of what `record` opened then. Nobody is told of the
    edition that was live last of a page that is down.

    Those about safety do not wait for a daily mail. What brings a line up to date that is open already is told with it,
    or at most once a day. The number of queries does not depend on how many rechecks they are.
    """
    few: dict[Line, dict[str, Any]] = {}
    many: dict[Line, dict[str, Any]] = {}
    concerned: dict[Line, list[int]] = {}  # of a line about many, all of its editions
    what, is_urgent = {"what": _title(record.document)}, False
    for (person, cause), pages in _find_pages(record.record_digest, opened_at).items():
        is_urgent = cause.is_about_safety
        said = what | {"cause": cause.value}
        editions = [edition for keys in pages.values() for edition in keys]
        if len(editions) <= NAMED_PAGES:
            for absent, keys in pages.items():
                few |= {(person, edition): said | ({"for": absent} if absent else {}) for edition in keys}
            continue
        line, absentees = (person, editions[0]), set(pages)
        many[line] = said | {"count": len(editions)} | ({"for": absentees.pop()} if absentees.isdisjoint({""}) else {})
        concerned[line] = editions
    reasons = find_earlier_reasons(record.document_id, record.record_digest, opened_at) if few or many else {}
    earlier = _EarlierMail(reasons, {person for person, _key in [*few, *many]})
    told = earlier.renew(few, record.record_digest)
    few = {line: said for line, said in few.items() if line not in told}
    earlier.replace(concerned)
    write_mail_lines(
        events.RECHECK, record.record_digest, few, urgent=is_urgent, not_before=earlier.next_times(few, concerned)
    )
    write_mail_lines(
        events.RECHECKS, record.record_digest, many, urgent=is_urgent, not_before=earlier.next_times(many, concerned)
    )


def _find_pages(because: str, opened_at: datetime) -> dict[tuple[int, Cause], Pages]:
    """{(key of a person, cause): the editions that they are told of}, in the order of their keys."""
    able, deputies = AbleByLanguage(), _find_deputies()
    pages: dict[tuple[int, Cause], Pages] = {}
    # Thousands of editions have a few writers between them.
    for (language, cause, last_writer, wrote), editions in _group_editions(because, opened_at).items():
        people = (able[language] - wrote) | ({last_writer} if last_writer else set())
        told = {
            deputy: absent for person, (deputy, absent) in deputies.items() if person in people and deputy not in wrote
        }
        # As a deputy before as oneself: each is told of a page once.
        for person, absent in (dict.fromkeys(people, "") | told).items():
            pages.setdefault((person, Cause(cause)), {}).setdefault(absent, []).extend(editions)
    return pages


def _group_editions(because: str, opened_at: datetime) -> dict[tuple[str, str, int | None, frozenset[int]], list[int]]:
    """{(language, cause, key of who wrote last, keys of those who may not sign): keys of editions}. Two queries, and
    those of `Validity` where a sign-off on one of the pages was revoked.
    """
    rows = find_rows(_ask_opened, digest=because, at=opened_at)
    contributor_ids: dict[int, set[int]] = {}
    for edition, user in find_rows(_ask_contributors, digest=because, at=opened_at) if rows else ():
        contributor_ids.setdefault(edition, set()).add(user)
    if keys := [edition for edition, *_others, has_revocation in rows if has_revocation]:
        validity = Validity(keys)
        contributor_ids |= {key: validity.contributor_ids(key) for key in keys}
    groups: dict[tuple[str, str, int | None, frozenset[int]], list[int]] = {}
    for edition, language, cause, writer, _has_revocation in rows:
        wrote = frozenset(contributor_ids.get(edition, ()))
        groups.setdefault((language, cause, writer, wrote), []).append(edition)
    return groups


def _opened() -> RecheckQuerySet:
    down = Release.objects.taken_down(AT).filter(edition=OuterRef("edition"))
    return Recheck.objects.filter(~Exists(down), because=DIGEST, opened_at=AT)


def _ask_opened() -> QuerySet[Recheck, Any]:
    page = {"document": OuterRef("edition__document")}
    writers = Contribution.objects.filter(**page, language=OuterRef("edition__language")).order_by("-made_at")
    return (
        _opened()
        .order_by("edition")
        .values_list(
            "edition_id",
            "edition__language",
            "cause",
            Subquery(writers.values("user_id")[:1]),
            Exists(Revocation.objects.filter(**page)),
        )
    )


def _ask_contributors() -> QuerySet[Contributor, Any]:
    contributors = Contributor.objects.filter(edition__in=_opened().order_by().values("edition"))
    return contributors.order_by().values_list("edition_id", "user_id")


def _find_deputies() -> dict[int, tuple[int, str]]:
    """{key of a person who is away today: (key of who stands in, the person's name)}"""
    return {absence.user_id: (absence.deputy_id, absence.user.name) for absence in find_absences()}


class _EarlierMail:
    """What people were told, or have still to be told, of lines that were open before. One query, or none."""

    def __init__(self, reasons: Mapping[int, set[str]], people: set[int]) -> None:
        self.reasons = reasons  # by edition: for what its line was open
        self.by_person: dict[int, list[Mail]] = {}
        if not reasons:
            return
        mails = Mail.objects.filter(
            event__in=(events.RECHECK, events.RECHECKS), user__in=people, because__in=set().union(*reasons.values())
        )
        for mail in mails.order_by("pk"):
            self.by_person.setdefault(mail.user_id, []).append(mail)

    def _find(self, line: Line, editions: list[int]) -> Iterator[Mail]:
        """Mail of before about a line of one edition; or, where `editions` are its many, about many of before."""
        person, edition = line
        mails = self.by_person.get(person, ())
        keys = editions or ([edition] if edition else [])
        reasons = set().union(*(self.reasons.get(key, ()) for key in keys)) if mails else set()
        for mail in mails:
            is_about_it = mail.event == events.RECHECKS or (not editions and mail.edition_id == edition)
            if is_about_it and mail.because in reasons:
                yield mail

    def renew(self, lines: Mapping[Line, Any], because: str) -> set[Line]:
        """Let lines that were not sent yet tell of `because` in the place of what they told; returns them."""
        unsent = Mail.objects.filter(state=MailState.WAITING, claim="")
        newest = {
            mail.pk: line
            for line in lines
            if (mail := max(filter(_is_unsent_line, self._find(line, [])), key=lambda mail: mail.pk, default=None))
        }
        if not newest:
            return set()
        unsent.filter(pk__in=newest).update(because=because)  # but for one that a worker took just now
        renewed = unsent.filter(pk__in=newest, because=because).values_list("pk", flat=True)
        return {newest[pk] for pk in renewed}

    def replace(self, concerned: Mapping[Line, list[int]]) -> None:
        """Take back what was not sent yet of lines about many pages: a new one is written, with their number now."""
        keys = [
            mail.pk
            for line, editions in concerned.items()
            for mail in self._find(line, editions)
            if mail.event == events.RECHECKS and mail.state == MailState.WAITING and not mail.claim
        ]
        if keys:
            Mail.objects.filter(pk__in=keys, state=MailState.WAITING, claim="").delete()

    def next_times(self, lines: Mapping[Line, Any], concerned: Mapping[Line, list[int]]) -> dict[Line, datetime]:
        """{line: a day after it was last sent, or began to be}"""
        now, times = timezone.now(), {}
        for line in lines if self.by_person else ():
            sent = [
                mail.settled_at or now
                for mail in self._find(line, concerned.get(line, []))
                if mail.state == MailState.SENT or (mail.state == MailState.WAITING and mail.claim)
            ]
            if sent:
                times[line] = max(sent) + timedelta(days=1)
        return times


def _is_unsent_line(mail: Mail) -> bool:
    return mail.event == events.RECHECK and mail.state == MailState.WAITING and not mail.claim


def _title(document: Document) -> str:
    """What a document is called: its newest edition, in the source language if it has one there."""
    editions = Edition.objects.filter(document=document, language=settings.SOURCE_LANGUAGE)
    return editions.order_by("-number").values_list("title", flat=True).first() or document.slug
