"""Urgent notices: written by a drug admin and signed by one reviewer, or sent as a stock notice; and ended."""

import logging
from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import field_blocker, length_blockers, reason_blockers, refuse_if
from editorial.editions.kind_answers import UrgentNews
from editorial.editions.kinds import kind_of
from editorial.editions.models import (
    CorruptEdition,
    Dependency,
    Document,
    Edition,
    Record,
    Release,
    Withdrawal,
    append_site_record,
    lock_site_chain,
)
from editorial.editions.set_inserts import insert_from
from editorial.editions.tree.nodes import UnreadableTree
from editorial.editions.working.copies import lock_user, refreshed_user
from editorial.editions.working.pages import create_page
from editorial.reading.models import NoticedPage, UrgentNotice, UrgentNoticeEnd
from editorial.reading.notice_questions import standing_notices
from editorial.reading.notices import NOTICE
from editorial.reading.site_words import NOTICE_WORDS, PHRASE, SITE_WORDS
from editorial.text_hygiene import is_blank

from .. import rules
from ..models import Recheck
from .rechecks import lock_dependents
from .signing import password_blockers
from .submit import submit
from .withdraw import record_withdrawal

log = logging.getLogger(__name__)

LONGEST_SENTENCE = 300  # characters


def write_notice(record: Record, *, user: User, happened: str, action: str) -> Edition:
    """Begin the notice about a record of a page with its two sentences, and submit it: one reviewer signs it.

    `record` is what its kind calls urgent news. Raises Blocked.
    """
    with transaction.atomic():
        user, news = refreshed_user(user), find_news(record)
        lock_site_chain(UrgentNotice)  # of two who write at once, the second is refused
        refuse_if([*writing_blockers(record, user), *_sentence_blockers(happened, action)])
        assert news is not None  # noqa: S101 (else refused)
        row = create_page(
            NOTICE, f"notice-{record.record_digest[:16]}-{_number(record)}", happened.strip(), user=user,
            action=action.strip(), subject=record.document, because=record.record_digest, happened_on=news.happened_on,
        )  # fmt: skip
        _record_notice(record, news, user=user, text=row.document)
        return submit(row.document, settings.SOURCE_LANGUAGE, user=user, has_no_note=True)


def send_stock_notice(record: Record, *, user: User, password: str) -> UrgentNotice:
    """Warn the readers of every page that rests on a record's page at once, with a sentence that was signed before.

    Who recorded it does not send it. Raises Blocked.
    """
    wrong = [field_blocker("password", blocker) for blocker in password_blockers(user, password)]  # slow on purpose
    with transaction.atomic():
        user, news = lock_user(user), find_news(record)
        lock_site_chain(UrgentNotice)
        refuse_if([*sending_blockers(record, user), *wrong])
        assert news is not None  # noqa: S101 (else refused)
        return _record_notice(record, news, user=user, stock=news.stock)


def end_notice(notice: UrgentNotice, *, user: User, password: str, reason: str) -> UrgentNoticeEnd:
    """Take a notice off all pages before everything is settled, for a reason that is kept. Raises Blocked."""
    wrong = [field_blocker("password", blocker) for blocker in password_blockers(user, password)]
    with transaction.atomic():
        user = lock_user(user)
        documents = lock_dependents([notice.text]) if notice.text else {}
        lock_site_chain(UrgentNoticeEnd)
        refuse_if([*ending_blockers(notice, user), *reason_blockers(reason), *wrong])
        reviewer = rules.find_credentials(user)
        credentials = f"{reviewer.name}, {reviewer.letters}" if reviewer else user.name
        end = append_site_record(
            UrgentNoticeEnd(notice=notice, reason=reason.strip(), credentials=credentials[:220]), user=user
        )
        for document in documents.values():
            _take_down(document, end)
        return end


def take_down_ended_notices() -> list[Withdrawal]:
    """Withdraw the texts of notices that ended by themselves, which no page shows any more: nobody has to review,
    translate or recheck them. May be run by several at once, and again.
    """
    left = Release.objects.open_after(timezone.now()).filter(document__urgent_notice__end__isnull=False)
    records = []
    for document in Document.objects.filter(pk__in=left.values("document")).order_by("pk"):
        try:
            with transaction.atomic():
                locked = lock_dependents([document])[document.pk]
                if left.filter(document=document).exists():
                    records.append(_take_down(locked, locked.urgent_notice.end))
        except Exception:  # whatever it is, the others come down and this one is tried again
            log.exception("What an ended notice said was not taken down: %s", document)
    return records


def find_news(record: Record) -> UrgentNews | None:
    """What the kind of its page says of it; None for what is no urgent news."""
    return kind_of(record.document).urgent_news(record)


def find_notices(record: Record) -> list[UrgentNotice]:
    """Every notice about a record, the oldest first, each with its end."""
    notices = UrgentNotice.objects.filter(because=record.record_digest).select_related("end", "text", "recorded_by")
    return list(notices.order_by("sequence"))


def writing_blockers(record: Record, user: User) -> Iterator[str]:
    """Why this person cannot write a notice about the record."""
    if not user.can(Permission.RECORD_FACTS):
        yield _("Only drug admins write urgent notices.")
    yield from _news_blockers(record)
    if _standing(record).filter(text__isnull=False).exists():
        yield _("There is an urgent notice about this already. Change that one.")


def sending_blockers(record: Record, user: User) -> Iterator[str]:
    """Why this person cannot send the stock notice about the record."""
    if not user.can(Permission.SEND_NOTICE):
        yield _("Only a medical reviewer or a duty operator sends a stock notice.")
    elif not user.can(Permission.HIDE):
        yield from _registration_blockers(user)
    if record.recorded_by_id == user.pk:
        yield _("You recorded this. Somebody else has to send the notice.")
    yield from _news_blockers(record)
    news = find_news(record)
    if news and news.stock not in _signed_phrases():
        yield _(
            "The sentence is not signed: add the phrase “%(key)s” to the site words “%(words)s”, and have them signed."
        ) % {"key": news.stock, "words": NOTICE_WORDS}
    if _standing(record).filter(text=None).exists():
        yield _("A stock notice about this stands already.")


def ending_blockers(notice: UrgentNotice, user: User) -> Iterator[str]:
    """Why this person cannot end a notice, whatever the reason."""
    if not user.can(Permission.REVIEW):
        yield _("Only medical reviewers end an urgent notice.")
    else:
        yield from _registration_blockers(user)
    if end := UrgentNoticeEnd.objects.filter(notice=notice).first():
        yield _("This notice ended on %(day)s.") % {"day": date_format(timezone.localdate(end.recorded_at))}


def _registration_blockers(user: User) -> Iterator[str]:
    reviewer = rules.find_credentials(user)
    if reviewer is None or not reviewer.is_valid_on(timezone.localdate()):
        yield _("Your registration is not valid now. Ask a site admin to renew it.")


def _news_blockers(record: Record) -> Iterator[str]:
    if find_news(record) is None:
        yield _("Urgent notices are for withdrawals, boxed warnings and safety communications.")


def _sentence_blockers(happened: str, action: str) -> Iterator[str]:
    for name, sentence in (("happened", happened), ("action", action)):
        if is_blank(sentence):
            yield field_blocker(name, _("Write one plain sentence."))
        yield from (field_blocker(name, blocker) for blocker in length_blockers(sentence, limit=LONGEST_SENTENCE))


def _standing(record: Record) -> QuerySet[UrgentNotice]:
    return standing_notices(timezone.now()).filter(because=record.record_digest)


def _number(record: Record) -> int:
    """Which text about this record it is: one that ended may be followed by another."""
    return UrgentNotice.objects.filter(because=record.record_digest, text__isnull=False).count() + 1


def _record_notice(record: Record, news: UrgentNews, *, user: User, **said: Document | str) -> UrgentNotice:
    notice = UrgentNotice(because=record.record_digest, subject=record.document, happened_on=news.happened_on, **said)
    append_site_record(notice, user=user)
    # Pages with rechecks because of it that neither lead there nor name it, as by what they claim.
    related = Dependency.objects.filter(edition=OuterRef("edition"), document=record.document)
    rechecks = Recheck.objects.filter(~Exists(related), because=record.record_digest)
    reached = Document.objects.filter(pk__in=rechecks.values("edition__document")).exclude(pk=record.document_id)
    insert_from(reached, NoticedPage, {"notice": notice, "document": F("pk")})
    return notice


def _signed_phrases() -> set[str]:
    """Keys of the phrases for notices that are signed in the source language."""
    live = Release.objects.live(timezone.now()).filter(language=settings.SOURCE_LANGUAGE)
    release = live.with_key(SITE_WORDS, NOTICE_WORDS).select_related("edition").first()
    try:
        phrases = release.edition.tree.root.of_type(PHRASE) if release else []
    except (CorruptEdition, UnreadableTree):  # verify_records tells of it
        return set()
    return {str(phrase.attrs.get("key")) for phrase in phrases if phrase.plain("text")}


def _take_down(document: Document, end: UrgentNoticeEnd) -> Withdrawal:
    return record_withdrawal(
        document, "", timezone.now(), user=end.recorded_by, reason=end.reason or _("All its rechecks are settled."),
        policy="" if end.reason else _("the end of an urgent notice"),
    )  # fmt: skip
